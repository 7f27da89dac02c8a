"""RESTART and SRESTART: transfers that broke go on where both sides know the place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zftpd.client.checkpoints import Checkpoint
from zftpd.client.host_files import HostFiles
from zftpd.client.local_store import StoreFiles

SIGN_ON = ["IBMUSER", "SYS1", "ebcdic"]
RECORDS = [f"RECORD {number:04d}" for number in range(1000)]
TEXT = "".join(f"{record}\n" for record in RECORDS)


def said(shown, message):
    """The texts of one message id."""
    return [line.partition(" ")[2] for line in shown if line.startswith(message)]


def sent(shown):
    """The commands that were sent."""
    return [text.removeprefix(">>> ") for text in said(shown, "EZA1701I")]


def address_space(zos):
    """The user as an address space of its own, which may open twice what it holds."""
    return replace(zos.who, asid=77)


def breaking(chunks, size):
    """Chunks of which something breaks after so many bytes."""
    for chunk in chunks:
        yield chunk[:size]
        size -= len(chunk)
        if size <= 0:
            raise OSError("the line is down")


class Breaking:
    """A local side whose data break at some byte."""

    broken_at = 7000

    def read(self, name, terms):
        content = super().read(name, terms)
        return breaking(content, self.broken_at) if "CHKPOINT" not in name.upper() else content

    def write(self, name, chunks, terms, **more):
        if "CHKPOINT" not in name.upper():
            chunks = breaking(chunks, self.broken_at)
        return super().write(name, chunks, terms, **more)


class BreakingStore(Breaking, StoreFiles):
    """Data sets."""


class BreakingFiles(Breaking, HostFiles):
    """Files of this machine."""


@pytest.fixture
def port(zos):
    return zos.port


@pytest.mark.parametrize("mode", ["block", "compress"])
@pytest.mark.parametrize(
    ("local", "remote"), [("'IBMUSER.FROM'", "'IBMUSER.TO'"), ("/tmp/from", "/tmp/to"), ("'IBMUSER.FROM'", "/tmp/to")]
)
def test_a_put_that_broke_goes_on_from_the_last_marker(zftp, port, zos, mode, local, remote):
    zos.seed({"IBMUSER.FROM": {"recfm": "FB", "lrecl": 80, "text": TEXT}})
    store = StoreFiles(zos.mvs, address_space(zos))
    _as(zos, local, TEXT)

    broken, failed = zftp(
        [*SIGN_ON, mode, "locsite chkptint=40", f"put {local} {remote}"],
        port,
        exit_on_error=True,
        local=BreakingStore(zos.mvs, address_space(zos)),
    )
    kept = zos.exists("IBMUSER.FTP.CHKPOINT")
    shown, code = zftp([*SIGN_ON, mode, "restart", "quit"], port, exit_on_error=True, local=store)

    assert failed // 1000 == 27 and kept
    assert any(line.startswith("110 MARK ") for line in broken)
    assert code == 0, "\n".join(shown)
    assert any(command.startswith("REST ") and command != "REST 0" for command in sent(shown))
    assert _text(zos, remote) == TEXT
    assert not zos.exists("IBMUSER.FTP.CHKPOINT")


@pytest.mark.parametrize("mode", ["block", "compress"])
@pytest.mark.parametrize(
    ("remote", "local"), [("'IBMUSER.FROM'", "'IBMUSER.TO'"), ("/tmp/from", "/tmp/to"), ("/tmp/from", "'IBMUSER.TO'")]
)
def test_a_get_that_broke_goes_on_from_the_last_marker(zftp, port, zos, mode, local, remote):
    zos.seed({"IBMUSER.FROM": {"recfm": "FB", "lrecl": 80, "text": TEXT}})
    _as(zos, remote, TEXT)
    lines = [*SIGN_ON, mode, "site chkptint=40", "locsite recfm=fb lrecl=80", f"get {remote} {local}"]

    _, failed = zftp(lines, port, exit_on_error=True, local=BreakingStore(zos.mvs, address_space(zos)))
    partly = _text(zos, local)
    shown, code = zftp(
        [*SIGN_ON, mode, "restart", "quit"], port, exit_on_error=True, local=StoreFiles(zos.mvs, address_space(zos))
    )

    assert failed // 1000 == 16 and partly and TEXT.startswith(partly) and partly != TEXT
    assert code == 0, "\n".join(shown)
    assert _text(zos, local) == TEXT
    assert not zos.exists("IBMUSER.FTP.CHKPOINT")


def test_files_of_this_machine_are_restarted_as_well(zftp, port, zos, tmp_path):
    (tmp_path / "from").write_text(TEXT)
    mode = [*SIGN_ON, "block", "locsite chkptint=40", "site chkptint=40"]

    zftp([*mode, "put from 'IBMUSER.THERE'"], port, exit_on_error=True, local=BreakingFiles(tmp_path))
    _, code = zftp([*mode, "restart", "quit"], port, exit_on_error=True)
    assert (code, zos.text("IBMUSER.THERE")) == (0, TEXT)

    zftp([*mode, "get 'IBMUSER.THERE' back"], port, exit_on_error=True, local=BreakingFiles(tmp_path))
    assert TEXT.startswith((tmp_path / "back").read_text()) and (tmp_path / "ftp.chkpoint").exists()
    _, code = zftp([*mode, "restart", "quit"], port, exit_on_error=True)

    assert code == 0 and (tmp_path / "back").read_text() == TEXT
    assert sorted(path.name for path in tmp_path.iterdir()) == ["back", "from"]


@pytest.mark.parametrize(
    ("prefix", "place", "name"),
    [("HOME", "'A.B'", "'IBMUSER.FTP.CHKPOINT'"), ("USERID", "/tmp", "'IBMUSER.FTP.CHKPOINT'"),
     ("LOCAL", "'A.B'", "'A.B.FTP.CHKPOINT'"), ("LOCAL", "'IBMUSER.LIB'", "'IBMUSER.LIB(CHKPOINT)'"),
     ("LOCAL", "/tmp", "/tmp/ftp.chkpoint")],
)  # fmt: skip
def test_chkptprefix_says_where_the_checkpoint_is_kept(zos, prefix, place, name):
    zos.seed({"IBMUSER.LIB": {"recfm": "VB", "lrecl": 255, "members": {"A": "1\n"}}})
    store = StoreFiles(zos.mvs, address_space(zos))
    store.change(place)

    assert store.checkpoint(prefix) == name


def test_without_restget_nothing_is_kept_of_a_get(zftp, port, zos):
    zos.seed({"IBMUSER.FROM": {"recfm": "FB", "lrecl": 80, "text": TEXT}})
    lines = [*SIGN_ON, "block", "site chkptint=40", "locsite norestget", "get 'IBMUSER.FROM' 'IBMUSER.TO'"]

    zftp(lines, port, exit_on_error=True, local=BreakingStore(zos.mvs, address_space(zos)))

    assert not zos.exists("IBMUSER.FTP.CHKPOINT")
    assert not zos.exists("IBMUSER.TO") or not zos.records("IBMUSER.TO")


@pytest.mark.parametrize("before", [["ascii", "block"], ["ebcdic"]], ids=["ASCII", "stream"])
def test_restart_is_refused_in_another_type_or_in_stream_mode(zftp, port, before):
    shown, code = zftp(["IBMUSER", "SYS1", *before, "restart"], port, exit_on_error=True)

    assert code // 1000 == 56 and len(said(shown, "EZA2073I")) == 1


def test_restart_without_a_checkpoint_is_refused(zftp, port, tmp_path):
    shown, code = zftp([*SIGN_ON, "block", "restart"], port, exit_on_error=True)

    assert code // 1000 == 56 and len(said(shown, "EZA2075I")) == 1


@given(
    st.sampled_from(["get", "put", "append"]),
    st.from_regex(r"\A[!-~]{1,60}\Z"),
    st.from_regex(r"\A[!-~]{1,60}\Z"),
    st.integers(0, 2**60),
)
def test_a_checkpoint_is_read_as_it_was_written(subcommand, local, remote, here):
    written = Checkpoint(subcommand, local, remote, str(here), here)

    assert Checkpoint.of(written.lines()) == written


@given(st.text(max_size=200))
def test_what_is_no_checkpoint_is_none(text):
    assert Checkpoint.of(text) is None or "MARK" in text


@pytest.fixture
def streaming(zos_start):
    """A system with EXTENSIONS SIZE and REST_STREAM."""
    return zos_start(ftpdata="EXTENSIONS SIZE\nEXTENSIONS REST_STREAM\n")


@pytest.mark.parametrize("type_", ["ascii", "binary"])
def test_srestart_goes_on_where_the_receiver_ends(zftp, streaming, tmp_path, type_):
    (tmp_path / "all").write_text(TEXT)
    (tmp_path / "part").write_text(TEXT[:4004])
    lines = ["IBMUSER", "SYS1", type_, "put all /tmp/all", "put part /tmp/there", "srestart put all /tmp/there"]
    lines += ["srestart get /tmp/all part", "get /tmp/there back", "quit"]

    shown, code = zftp(lines, streaming.port, exit_on_error=True)

    assert code == 0, "\n".join(shown)
    assert (tmp_path / "part").read_text() == TEXT == (tmp_path / "back").read_text()
    offset = 4004 + (TEXT[:4004].count("\n") if type_ == "ascii" else 0)
    assert [command for command in sent(shown) if command.startswith("REST")] == [f"REST {offset}"] * 2


@pytest.mark.parametrize(
    ("line", "message"), [("srestart 100", "EZA1461I"), ("srestart get", "EZA1461I"), ("srestart get 'A.B' 'C.D'", "EZA2077I")]
)
def test_srestart_knows_no_data_sets_and_no_markers(zftp, zos, line, message):
    shown, code = zftp(["IBMUSER", "SYS1", line], zos.port, exit_on_error=True, local=StoreFiles(zos.mvs, address_space(zos)))

    assert code // 1000 == 80 and len(said(shown, message)) == 1


def _as(zos, name, text):
    if name.startswith("/"):
        with zos.mvs.unix.open_output(name, zos.who) as file:
            file.write("".join(text).encode("cp037").replace(b"\x25", b"\x15"))


def _text(zos, name):
    if not name.startswith("/"):
        return "".join(f"{record.decode('cp037').rstrip()}\n" for record in zos.records(name.strip("'")))
    with zos.mvs.unix.open_input(name, zos.who) as file:
        lines = b"".join(bytes(chunk) for chunk in file.chunks()).split(b"\x15")
    return "".join(f"{line.decode('cp037').rstrip()}\n" for line in lines[:-1])
