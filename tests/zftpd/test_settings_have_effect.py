"""Settings that act in places of their own, each seen from the outside."""

from __future__ import annotations

import ftplib
import io
import struct
import threading
from dataclasses import replace

import pytest

from mvsfs.info import Target
from zftpd.console import Console


@pytest.fixture
def client(serving):
    """Sign on to a server with these statements."""
    opened = []

    def begin(statements="", userid="IBMUSER", password="SYS1", **options):
        server = serving(statements, **options)
        ftp = ftplib.FTP(encoding="latin-1")
        opened.append(ftp)
        ftp.connect(*server.address)
        if userid:
            ftp.login(userid, password)
        ftp.server = server
        return ftp

    yield begin
    for ftp in opened:
        ftp.close()


def shown(ftp, command):
    lines = []
    ftp.retrlines(command, lines.append)
    return lines


def text_file(server, path, *lines):
    """A z/OS UNIX text file in EBCDIC."""
    with server.mvs.unix.open_output(path, server.facts.operator) as out:
        out.write(b"".join(line.encode("cp1047") + b"\x15" for line in lines))


def tree(ftp):
    """A directory with a file and a directory with a file."""
    ftp.cwd("/tmp")
    ftp.mkd("/tmp/t")
    ftp.mkd("/tmp/t/sub")
    for path in ("/tmp/t/a.txt", "/tmp/t/sub/b.txt"):
        ftp.storlines(f"STOR {path}", io.BytesIO(b"x\n"))
    ftp.cwd("/tmp/t")
    return ftp


def test_listsubdir_shows_what_lies_in_directories(client):
    ftp = tree(client())

    assert shown(ftp, "NLST *") == ["a.txt", "sub/b.txt"]
    rows = shown(ftp, "LIST *")
    assert [rows[1], rows[2], rows[3][:6]] == ["", "sub:", "total "]
    assert rows[4].endswith(" b.txt")


def test_nolistsubdir_shows_names_only(client):
    ftp = tree(client())
    ftp.sendcmd("SITE NOLISTSUBDIR")

    assert shown(ftp, "NLST *") == ["a.txt", "sub"]


def test_migratevol_marks_volumes_of_migrated_data_sets(client):
    ftp = client()
    ftp.storlines("STOR A.B", io.BytesIO(b"x\n"))
    volser = shown(ftp, "LIST")[1][:6].strip()
    ftp.sendcmd(f"SITE MIGRATEVOL={volser}")

    assert shown(ftp, "LIST")[1].split() == ["Migrated", "A.B"]


def test_ctrlconn_is_the_page_of_the_control_connection(client):
    ftp = client()
    ftp.sendcmd("SITE CTRLCONN=IBM-850")
    ftp.encoding = "cp850"
    ftp.file = ftp.sock.makefile("r", encoding="cp850")
    ftp.cwd("/tmp")
    ftp.mkd("/tmp/Ä")
    ftp.cwd("/tmp/Ä")

    assert ftp.pwd() == "/tmp/Ä"
    assert "not available" in ftp.sendcmd("SITE CTRLCONN=IBM-1047")


def test_a_banner_may_name_the_administrator_and_the_host(client):
    ftp = client(userid="")
    text_file(ftp.server, "/tmp/banner", "Call %E about %L, 100%%")
    ftp.close()
    settings = ftp.server.facts.settings
    ftp.server._daemon.use(replace(settings, banner="/tmp/banner", adminemailaddress="ops@example.com"))
    with ftplib.FTP() as again:
        greeting = again.connect(*ftp.server.address)

    assert "220-Call ops@example.com about MVS1.EXAMPLE.COM, 100%" in greeting


def test_traces_go_to_the_console_only_while_they_are_on(client):
    said = []
    ftp = client("DEBUGONSITE TRUE\n", console=said.append)
    ftp.sendcmd("NOOP")
    assert not [line for line in said if " CMD " in line]
    ftp.sendcmd("SITE DEBUG=(CMD,PAR,FSC,SOC)")
    ftp.sendcmd("SITE PRIMARY=7")
    ftp.storlines("STOR A.B", io.BytesIO(b"x\n"))
    ftp.sendcmd("NOOP")  # what is told after a reply has been told by now
    traces = [line.split(maxsplit=2)[2] for line in said if line.startswith("EZYFT00I ID=")]

    assert "CMD  SITE PRIMARY=7" in traces
    assert "PAR  PRIMARY is 7" in traces
    assert "FSC  STOR IBMUSER.A.B 3 bytes, 1 records" in traces
    assert "SOC  OpenData in" in traces


def test_traces_hide_passwords(client):
    said = []
    client("DEBUG CMD\n", console=said.append)

    assert any(line.endswith("CMD  PASS ********") for line in said)
    assert not any("SYS1" in line for line in said if "CMD " in line)


def test_the_next_user_begins_with_the_settings_of_ftp_data(client):
    ftp = client("DEBUGONSITE TRUE\nPRIMARY 3\n")
    ftp.sendcmd("SITE DEBUG=CMD PRIMARY=7")
    ftp.login("IBMUSER", "SYS1")

    assert ftp.server.sessions[0].settings.primary == 3


def test_trace_true_starts_with_the_basic_traces(client):
    ftp = client("TRACE TRUE\n")

    assert "Active server traces - CMD INT FSC SOC" in ftp.sendcmd("XSTA (DEBUG")


def test_debug_on_site_needs_the_statement(client):
    assert "not allowed" in client().sendcmd("SITE DEBUG=ALL")


def test_smfdcfg_records_the_configuration(client):
    ftp = client("SMFDCFG TYPE119\nINACTIVE 777\n")
    mvs, operator = ftp.server.mvs, ftp.server.facts.operator
    with mvs.open_input(Target("SYS1.SMFDATA"), operator) as reader:
        (record,) = reader.records()

    assert struct.unpack_from(">H", record, 18)[0] == 71
    assert "INACTIVE 777" in " ".join(record.decode("cp1047").split())


def test_ftplogging_decides_whether_the_activity_log_is_shown(client):
    words = {}
    for statement in ("FTPLOGGING TRUE\n", "FTPLOGGING FALSE\n"):
        lines = words[statement] = []
        ftp = client(statement, console=Console((lines.append,)))
        ftp.storlines("STOR A.B", io.BytesIO(b"x\n"))
        ftp.sendcmd("NOOP")

    assert any(line.startswith("EZYFS84I") and "IBMUSER.A.B" in line for line in words["FTPLOGGING TRUE\n"])
    assert not [line for line in words["FTPLOGGING FALSE\n"] if line.startswith("EZYFS")]


def test_a_destination_is_refused_in_words(client):
    assert "DEST ignored" in client().sendcmd("SITE DEST=USER@NODE")


def held(ftp, dsname="IBMUSER.BUSY"):
    """Another job has the data set to itself until the answer is closed."""
    return ftp.server.mvs.open_output(Target(dsname), replace(ftp.server.facts.operator, jobname="BATCHJOB", asid=0x2A))


@pytest.fixture
def minutes(monkeypatch):
    """Minutes of a quarter of a second."""
    monkeypatch.setattr("zftpd.commands.waiting.MINUTE", 0.25)


def test_a_transfer_waits_for_who_holds_its_data_set(client, minutes):
    ftp = client()
    ftp.storlines("STOR BUSY", io.BytesIO(b"old\n"))
    ftp.sendcmd("SITE DSWAITTIME=30")
    writer = held(ftp)
    threading.Timer(0.6, writer.discard).start()
    said = ftp.sendcmd("EPSV") and shown(ftp, "RETR BUSY")

    assert said == ["old"]


def test_the_wait_is_told_with_holder_and_attempts(client, minutes):
    ftp = client()
    ftp.storlines("STOR BUSY", io.BytesIO(b"old\n"))
    ftp.sendcmd("SITE DSWAITTIME=2")
    with held(ftp) as writer:
        ftp.makepasv()
        told = ftp.sendcmd("RETR BUSY")
        with pytest.raises(ftplib.error_temp, match="450 Data set IBMUSER.BUSY is allocated to another job"):
            ftp.getresp()
        writer.discard()

    assert [told.splitlines()[0], told.splitlines()[1], told.splitlines()[-1]] == [
        "125-FTP Server unable to obtain SHARED use of IBMUSER.BUSY which is held by: 002A BATCHJOB EXCLUSIVE on SYSDSN",
        "125-Data set access will be retried in 1 minute intervals - 2 attempts remaining",
        "125 Data set access will be retried in 1 minute intervals - 0 attempts remaining",
    ]


def test_removeinbeof_drops_the_mark_that_ends_a_text(client):
    ftp = client("REMOVEINBEOF TRUE\n")
    ftp.voidcmd("TYPE A")
    with ftp.transfercmd("STOR A.B") as data:
        data.sendall(b"one\r\n\x1a")
    ftp.voidresp()

    assert shown(ftp, "RETR A.B") == ["one"]


@pytest.mark.parametrize("word", ["DEBUG", "DUMP"])
def test_traces_need_the_servauth_profile_as_well_as_the_statement(client, word):
    ftp = client("DEBUGONSITE TRUE\nDUMPONSITE TRUE\n")
    saf = ftp.server.saf
    for command in (
        "ADDUSER USER2 PASSWORD(FIRST1)",
        "ALTUSER USER2 PASSWORD(SECOND2) NOEXPIRED",
        f"RDEFINE SERVAUTH EZB.FTP.MVS1.FTPD1.SITE.{word} UACC(NONE)",
    ):
        assert saf.command(saf.acee("IBMUSER"), command).rc == 0
    ftp.login("USER2", "SECOND2")
    assert "not allowed" in ftp.sendcmd(f"SITE {word}=ALL")
    saf.command(saf.acee("IBMUSER"), f"PERMIT EZB.FTP.MVS1.FTPD1.SITE.{word} CLASS(SERVAUTH) ID(USER2) ACCESS(READ)")

    assert "Active server" in ftp.sendcmd(f"SITE {word}=ALL")


def test_site_always_ends_in_200_and_goes_on_after_a_word_that_is_wrong(client):
    ftp = client("DEBUGONSITE TRUE\n")

    assert ftp.sendcmd("SITE LRECL=abc FOO=1 PRIMARY=7").splitlines() == [
        "200-Lrecl parameter (abc) is not numeric. Lrecl ignored.",
        "200-Unrecognized parameter 'FOO=1' on SITE command.",
        "200 SITE command was accepted",
    ]
    assert "Primary allocation 7 tracks" in ftp.sendcmd("XSTA (PRIMARY")
    assert ftp.sendcmd("SITE PRIMARY=8 CHMOD 755 not=a=name").splitlines() == [
        "200-Chmod invalid filename not=a=name",
        "200 SITE command was accepted",
    ]
    assert "Primary allocation 8 tracks" in ftp.sendcmd("XSTA (PRIMARY")
    assert ftp.sendcmd("SITE DEBUG=(CMD,FSC(2)) SECONDARY=3").splitlines()[0] == "200-Active server traces - CMD FSC"


def test_stat_shows_the_code_pages_in_force(client):
    ftp = client()

    assert "211-SBDataconn codeset names: IBM-1047,ISO8859-1" in ftp.sendcmd("STAT").splitlines()
    ftp.sendcmd("SITE SBDATACONN=(IBM-1141,IBM-850)")
    assert "211-SBDataconn codeset names: IBM-1141,IBM-850" in ftp.sendcmd("STAT").splitlines()


def test_log_entries_of_a_session_share_its_identifier(client):
    """Job name and five digits, as exits and SMF records have it too [CR FTPLOGGING]."""
    said = []
    ftp = client("FTPLOGGING TRUE\n", console=Console((said.append,)))
    ftp.storlines("STOR A.B", io.BytesIO(b"x\n"))
    ftp.sendcmd("NOOP")
    entries = [line.split()[1] for line in said if line.startswith("EZYFS")]

    assert len(entries) > 2
    assert set(entries) == {"ID=FTPD100001"}
