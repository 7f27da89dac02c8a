"""Whole sessions of the client with our own server."""

from __future__ import annotations

import subprocess
import sys

import pytest

from mvsfs.access import Requester
from mvsfs.info import Target
from zftpd.client.host_files import HostFiles
from zftpd.client.local_store import StoreFiles

SIGN_ON = ["IBMUSER", "SYS1"]


@pytest.fixture
def port(zos):
    return zos.port


def said(shown, message):
    """The texts of one message id."""
    return [line.partition(" ")[2] for line in shown if line.startswith(message)]


def test_put_and_get_bring_text_back(zftp, port, zos, tmp_path):
    (tmp_path / "in.txt").write_text("ONE\nTWO\n")

    _, code = zftp([*SIGN_ON, "put in.txt 'IBMUSER.A'", "get 'IBMUSER.A' back.txt", "quit"], port)

    assert 0 == code
    assert "ONE\nTWO\n" == (tmp_path / "back.txt").read_text()
    assert "ONE\nTWO\n" == zos.text("IBMUSER.A")


def test_mget_and_mput_move_members_of_the_working_pds(zftp, port, zos, tmp_path):
    (tmp_path / "M1").write_text("1\n")
    (tmp_path / "M2").write_text("2\n")
    lines = [*SIGN_ON, "mkdir LIB", "cd LIB", "mput M*", "ls", f"lcd {tmp_path}", "lmkdir got", "lcd got", "mget *", "quit"]

    shown, code = zftp(lines, port)

    assert (0, ["M1", "M2"]) == (code, said(shown, "EZA2284I"))
    assert "2\n" == (tmp_path / "got" / "M2").read_text()


def test_without_fwfriendly_the_client_listens(zftp, port, zos):
    zos.seed({"IBMUSER.A": "X\n"})

    shown, _ = zftp([*SIGN_ON, "dir", "quit"], port, fwfriendly=False)

    assert any("PORT 127,0,0,1," in line for line in said(shown, "EZA1701I"))
    assert "250 List completed successfully." in shown


def test_epsv4_asks_for_extended_passive_mode(zftp, port, zos):
    zos.seed({"IBMUSER.A": "X\n"})

    shown, _ = zftp([*SIGN_ON, "dir", "quit"], port, epsv4=True)

    assert ">>> EPSV" in said(shown, "EZA1701I")


def test_a_failure_ends_the_session_with_the_code_of_subcommand_and_reply(zftp, port):
    shown, code = zftp([*SIGN_ON, "get 'NO.SUCH' x", "pwd"], port, exit_on_error=True)

    assert 16550 == code
    assert ["Std Return Code = 16550, Error Code = 00002"] == said(shown, "EZA1735I")
    assert ">>> PWD" not in said(shown, "EZA1701I")


def test_without_exit_the_session_goes_on(zftp, port):
    shown, code = zftp([*SIGN_ON, "get 'NO.SUCH' x", "xyzzy", "put nothing.here", "pwd", "quit"], port)

    assert 0 == code
    assert "257 \"'IBMUSER.'\" is working directory." in shown


def test_a_wrong_password_ends_open_with_the_servers_words(zftp, port):
    shown, code = zftp(["IBMUSER", "WRONG"], port, exit_on_error=True)

    assert 10530 == code
    assert "530 PASS command failed" in shown


def test_passwords_are_not_shown(zftp, port):
    shown, _ = zftp([*SIGN_ON, "pass SECRET9", "quit"], port)

    assert not any("SYS1" in line or "SECRET9" in line for line in shown)


def test_the_local_side_may_be_a_store_of_data_sets(zftp, port, zos):
    zos.seed({"IBMUSER.FROM": {"recfm": "FB", "lrecl": 80, "text": "CARD\n"}})
    local = StoreFiles(zos.mvs, zos.who)

    zftp(
        [*SIGN_ON, "put 'IBMUSER.FROM' 'IBMUSER.VIA'", "locsite recfm=fb lrecl=133", "get 'IBMUSER.VIA' 'IBMUSER.BACK'"],
        port,
        local=local,
    )

    assert "CARD\n" == zos.text("IBMUSER.BACK")
    assert 133 == zos.mvs.find("IBMUSER.BACK").dcb.lrecl


def test_a_connection_that_fails_ends_the_session_only_where_errors_do(zftp):
    shown, code = zftp([], 1, exit_on_error=True)

    assert 10000 == code
    assert said(shown, "EZA2590E")
    assert said(shown, "EZA1735I") == ["Std Return Code = 10000, Error Code = 00008"]

    shown, code = zftp(["quit"], 1)

    assert 0 == code
    assert not said(shown, "EZA1735I")


def test_a_line_that_ends_with_a_plus_goes_on_in_the_next(zftp, port, zos, tmp_path):
    (tmp_path / "in.txt").write_text("ONE\n")

    lines = [*SIGN_ON, "; a comment +", "put in.txt +", "   'IBMUSER.A'", "site +", "lrecl=80 +", "recfm=fb", "pwd+", "quit"]
    shown, code = zftp(lines, port)

    assert 0 == code and "ONE\n" == zos.text("IBMUSER.A")
    assert ">>> SITE lrecl=80 recfm=fb" in said(shown, "EZA1701I")
    assert said(shown, "EZA1465I") == ["Unknown subcommand pwd+"]


def test_a_continuation_at_the_end_of_input_is_the_line_itself(zftp, port):
    shown, code = zftp([*SIGN_ON, "pwd +"], port)

    assert 0 == code and ">>> PWD" in said(shown, "EZA1701I")


def test_debug_writes_what_its_traces_are_about_and_no_password(zftp, port, tmp_path):
    (tmp_path / "in.txt").write_text("ONE\n")

    shown, _ = zftp([*SIGN_ON, "debug all", "put in.txt 'IBMUSER.A'", "user IBMUSER", "SYS1", "debug none", "pwd", "quit"], port)

    traced = said(shown, "EZYFT00I")
    expected = ("CMD  put in.txt", "PAR  put in.txt", "SOC  data connection 127.0.0.1", "FSC  5 bytes of in.txt")
    for begin in (*expected, "INT  put ended", "ACC  user IBMUSER", "FLO  reply 250"):
        assert any(line.startswith(begin) for line in traced), (begin, traced)
    assert not any("SYS1" in line or "pwd" in line for line in traced)


def test_dump_shows_the_control_connection_in_hexadecimal(zftp, port):
    shown, _ = zftp([*SIGN_ON, "dump 1", "pwd", "dump none", "noop", "quit"], port)

    assert "DUMP > 505744" in said(shown, "EZYFT00I")
    assert not any("4e4f4f50" in line for line in said(shown, "EZYFT00I"))


def test_connections_come_from_the_address_chosen(zftp, zos):
    zos.seed({"IBMUSER.A": "X\n"})
    seen = []

    class Looking(list):
        def __iter__(self):
            for line in list.__iter__(self):
                seen.extend(session.client[0] for session in zos.server.sessions)
                yield line

    shown, code = zftp(Looking([*SIGN_ON, "dir", "quit"]), zos.port, source="127.0.0.3", traces=("SOC(1)",))

    assert 0 == code and set(seen) == {"127.0.0.3"}
    assert all("127.0.0.3 port" in line for line in said(shown, "EZYFT00I")) and len(said(shown, "EZYFT00I")) == 2


def test_comments_of_a_command_file_stand_alone_or_behind_a_subcommand(zftp, zos):
    lines = ["IBMUSER SYS1 ; signs on", "; alone", "cd 'SYS1' ; behind a subcommand", "pwd", "quit"]
    shown, _ = zftp(lines, zos.port)

    assert [line for line in shown if line.startswith("EZA1701I >>> CWD")] == ["EZA1701I >>> CWD 'SYS1'"]
    assert any(line.startswith("257 \"'SYS1.'\"") for line in shown)


def test_after_a_get_that_fails_here_the_next_reply_is_that_of_the_next_command(zftp, port, zos):
    zos.seed({"IBMUSER.FROM": {"recfm": "FB", "lrecl": 80, "text": "CARD\n"}, "IBMUSER.HELD": "X\n"})
    with zos.mvs.open_output(Target("IBMUSER.HELD"), zos.who):
        lines = [*SIGN_ON, "get 'IBMUSER.FROM' 'IBMUSER.HELD'", "noop", "quit"]
        shown, _ = zftp(lines, port, local=StoreFiles(zos.mvs, Requester("OTHER", "OTHER")))

    assert any("IBMUSER.HELD" in line for line in said(shown, "EZA1609I"))
    assert shown[shown.index("EZA1701I >>> NOOP") + 1] == "200 OK"


def test_a_put_that_can_be_read_no_further_leaves_the_old_content(zftp, port, zos, tmp_path):
    class Broken(HostFiles):
        def read(self, name, terms):
            yield b"HALF\r\n"
            raise OSError("the medium is gone")

    zos.seed({"IBMUSER.OLD": "OLD\n"})
    shown, _ = zftp([*SIGN_ON, "put any 'IBMUSER.OLD'", "noop", "quit"], port, local=Broken(tmp_path))

    assert "OLD\n" == zos.text("IBMUSER.OLD")
    assert ["Local file any: the medium is gone"] == said(shown, "EZA1609I")
    assert shown[shown.index("EZA1701I >>> NOOP") + 1] == "200 OK"


def test_lcd_goes_on_from_a_unix_directory(zos):
    files = StoreFiles(zos.mvs, zos.who)
    places = []
    for name in ("/u/ibmuser", "sub", "..", "..", "'A.B'", "C"):
        files.change(name)
        places.append(files.where())

    assert ["/u/ibmuser", "/u/ibmuser/sub", "/u/ibmuser", "/u", "A.B.", "A.B.C."] == places


def test_where_the_local_directory_is_a_library_names_are_members(zftp, port, zos):
    zos.seed(
        {
            "IBMUSER.LIB": {"recfm": "FB", "lrecl": 80, "members": {"OLD": "0\n"}},
            "IBMUSER.FROM": {"recfm": "FB", "lrecl": 80, "members": {"A": "1\n", "B": "2\n"}},
        }
    )
    lines = [*SIGN_ON, "lcd 'IBMUSER.LIB'", "lpwd", "cd 'IBMUSER.FROM'", "mget *", "get A C", "cd 'IBMUSER'", "mkdir TO", "cd TO"]
    lines += ["mput *", "put OLD NEW", "lcd 'IBMUSER.LIB.'", "lpwd", "quit"]

    shown, code = zftp(lines, port, local=StoreFiles(zos.mvs, zos.who), exit_on_error=True)

    assert code == 0, "\n".join(shown)
    assert ["A", "B", "C", "OLD"] == zos.members("IBMUSER.LIB") and ["A", "B", "C", "NEW", "OLD"] == zos.members("IBMUSER.TO")
    assert said(shown, "EZA2578I") == ["Local directory is IBMUSER.LIB", "Local directory is IBMUSER.LIB."]


def test_members_that_match_a_mask_are_meant_and_not_data_sets_of_their_names(zftp, port, zos, tmp_path):
    zos.seed(
        {"IBMUSER.LIB": {"recfm": "FB", "lrecl": 80, "members": {"T1": "1\n", "T2": "2\n", "X": "3\n"}}, "IBMUSER.T1": "KEEP\n"}
    )

    _, code = zftp([*SIGN_ON, "mget LIB(T*)", "mdelete LIB(T*)", "mget 'IBMUSER.LIB(*)'", "quit"], port, exit_on_error=True)

    assert code == 0 and zos.members("IBMUSER.LIB") == ["X"] and zos.text("IBMUSER.T1") == "KEEP\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["T1", "T2", "X"]


def test_a_generation_goes_with_its_own_attributes(zftp, port, zos):
    zos.mvs.define_gdg("IBMUSER.GDG", limit=3, who=zos.who)
    zos.seed({"IBMUSER.A": {"recfm": "FB", "lrecl": 133, "text": "CARD\n"}})
    lines = [*SIGN_ON, "locsite recfm=fb lrecl=133", "get 'IBMUSER.A' 'IBMUSER.GDG(+1)'", "put 'IBMUSER.GDG(0)' 'IBMUSER.B'"]
    lines += [
        "mvsput 'IBMUSER.GDG(0)' 'IBMUSER.C'",
        "put 'IBMUSER.A' 'IBMUSER.GDG(+1)'",
        "mvsget 'IBMUSER.GDG(-1)' 'IBMUSER.D'",
        "quit",
    ]

    shown, code = zftp(lines, port, local=StoreFiles(zos.mvs, zos.who), exit_on_error=True)

    assert code == 0, "\n".join(shown)
    assert [zos.info(f"IBMUSER.{name}").dcb.lrecl for name in "BCD"] == [133, 133, 133]
    assert zos.exists("IBMUSER.GDG.G0002V00")


@pytest.mark.parametrize("host", ["no.such.host.invalid", "a..b", "x" * 300, "nul\0"])
def test_a_host_that_is_none_is_unknown(zftp, host):
    shown, code = zftp([], 21, host=host, exit_on_error=True)

    assert code == 10000 and len(said(shown, "EZA1551I")) == 1


@pytest.mark.parametrize("after", [True, False], ids=["after the greeting", "before the greeting"])
def test_at_the_tls_port_tls_begins_without_auth(zftp, zos_start, zos_certificate, after):
    zos = zos_start(implicit=True, ftpdata=f"SECUREIMPLICITZOS {'TRUE' if after else 'FALSE'}\n")
    zos.seed({"IBMUSER.A": "X\n"})
    (pem,) = [path for path in zos_certificate.iterdir() if "BEGIN CERTIFICATE" in path.read_text()]

    shown, code = zftp(
        [*SIGN_ON, "dir", "quit"],
        zos.port,
        exit_on_error=True,
        tlsport=zos.port,
        secureimplicitzos=after,
        secure_dataconn="PRIVATE",
        keyring=str(pem),
    )

    assert code == 0, "\n".join(shown)
    assert not any(">>> AUTH" in line for line in shown) and ">>> PROT P" in said(shown, "EZA1701I")
    assert said(shown, "EZA2895I") and said(shown, "EZA2284I")


def test_the_command_ends_quietly_when_nobody_reads_what_it_shows():
    command = "import sys; from zftpd.client.cli import main; sys.argv[1:] = ['127.0.0.1', '1']; main()"
    with subprocess.Popen(
        [sys.executable, "-c", command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.close()
        assert b"" == process.stderr.read()

    assert 141 == process.returncode
