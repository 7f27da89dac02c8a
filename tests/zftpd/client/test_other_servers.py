"""Whole sessions with servers of others, in clear and under TLS, in every way to have a data connection."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.source_document.ftpsserver import found
from zftpd.client.local_store import StoreFiles
from zftpd.net.certificates import self_signed

pytestmark = pytest.mark.clients
WAYS = {"passive": {}, "active": {"fwfriendly": False}, "extended": {"epsv4": True}}
TEXT, IMAGE = "ONE\n\nTWO\n", bytes(range(256)) * 2000


def said(shown, message):
    """The texts of one message id."""
    return [line.partition(" ")[2] for line in shown if line.startswith(message)]


@pytest.fixture(params=["vsftpd", "proftpd"])
def peer(request, tmp_path_factory):
    """A server that is started in clear or under TLS: (port, login, settings of a client)."""
    folder = tmp_path_factory.mktemp("peer")
    server = found(request.param, folder)
    certificate, key = self_signed("peer", lambda: datetime.now(UTC), None)

    def start(*, tls):
        server.tls = tls
        port = server.start(key + certificate)
        (folder / "ring").write_text(certificate)
        secure = {
            "secure_mechanism": "TLS",
            "secure_ftp": "REQUIRED",
            "secure_dataconn": "PRIVATE",
            "keyring": str(folder / "ring"),
        }
        return port, " ".join(server.login), secure if tls else {}

    yield start
    server.stop()


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
@pytest.mark.parametrize("tls", [False, True], ids=["clear", "TLS"])
def test_files_go_there_and_back_and_are_listed_renamed_and_deleted(zftp, peer, tmp_path, tls, way):
    port, login, secure = peer(tls=tls)
    (tmp_path / "one.txt").write_text(TEXT)
    (tmp_path / "two.txt").write_text("2\n")
    (tmp_path / "image").write_bytes(IMAGE)
    (tmp_path / "part").write_bytes(IMAGE[:1000])
    (tmp_path / "down").mkdir()
    lines = [
        login,
        "cd incoming",
        "mput *.txt",
        "ls",
        "dir (disk",
        "binary",
        "put image",
        "put part",
        "get image back",
        "mkdir sub",
    ]
    lines += [
        "srestart get image part",
        "ascii",
        "append two.txt one.txt",
        "rename one.txt three.txt",
        "get three.txt",
        "lcd down",
    ]
    lines += ["mget *.txt", "mdelete *.txt", "delete image", "rmdir sub", "quit"]

    shown, code = zftp(lines, port, exit_on_error=True, inacttime=15, **{**secure, **way})

    assert code == 0, "\n".join(shown)
    assert sorted(said(shown, "EZA2284I")) == ["one.txt", "two.txt"] and "one.txt" in (tmp_path / "DIROUTP").read_text()
    assert IMAGE == (tmp_path / "back").read_bytes() == (tmp_path / "part").read_bytes()
    assert TEXT + "2\n" == (tmp_path / "three.txt").read_text() == (tmp_path / "down" / "three.txt").read_text()
    assert "2\n" == (tmp_path / "down" / "two.txt").read_text()


@pytest.mark.parametrize("line", ["ebcdic", "block", "record", "language en", "mkfifo x", "cprotect clear", "get nothing"])
def test_what_a_server_does_not_know_ends_the_subcommand_with_its_code(zftp, peer, line):
    port, login, _ = peer(tls=False)

    shown, code = zftp([login, line], port, exit_on_error=True, inacttime=15)

    assert (code % 1000 >= 500 and code // 1000 not in (0, 99)) or said(shown, "EZA2899I"), shown


def test_a_site_that_a_server_does_not_know_is_no_failure_of_put(zftp, peer, zos):
    zos.seed({"IBMUSER.A": {"recfm": "FB", "lrecl": 80, "text": "CARD\n"}})
    port, login, _ = peer(tls=False)
    lines = [login, "cd incoming", "put 'IBMUSER.A' a.txt", "get a.txt 'IBMUSER.B'", "delete a.txt", "quit"]

    shown, code = zftp(lines, port, exit_on_error=True, inacttime=15, local=StoreFiles(zos.mvs, zos.who))

    assert code == 0, "\n".join(shown)
    assert any(line.startswith(("50", "55")) for line in shown) and zos.text("IBMUSER.B") == "CARD\n"
