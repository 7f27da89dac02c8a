"""Translate tables from data sets [CR XLATE, CCXLATE, SBDATACONN; zos-ftp-server.md 4.3, 6.3]."""

from __future__ import annotations

import socket

import pytest

from mvsfs.codepages import table
from mvsfs.codepages.xlbin import HEADER, build, compiled, parse
from mvsfs.errors import BadTranslateTable
from mvsfs.info import Allocation, Target

LETTERS = bytes(range(ord("A"), ord("Z") + 1))


def shifted():
    """Tables in which the network's A is the host's B, and so on."""
    pair = table("IBM-1047", "ISO8859-1")
    to_host, to_net = bytearray(pair.to_host), bytearray(pair.to_net)
    for letter in LETTERS:
        after = LETTERS[(LETTERS.index(letter) + 1) % len(LETTERS)]
        to_host[letter] = pair.to_host[after]
        to_net[pair.to_host[after]] = letter
    return bytes(to_host), bytes(to_net)


def file_of(to_host, to_net):
    return [HEADER.ljust(256, b"\x40"), to_host, to_net]


def keep(facts, dsname, records=None):
    """A data set with translate tables."""
    records = records or file_of(*shifted())
    operator = getattr(facts, "facts", facts).operator
    with facts.mvs.open_output(Target(dsname), operator, allocation=Allocation("F", 256, 256)) as out:
        out.write_records(records)


def host(ftp, dsname):
    with ftp.session.server.mvs.open_input(Target(dsname), ftp.session.server.operator) as reader:
        return b"".join(reader.records()).decode("cp1047").rstrip()


def test_site_xlate_translates_both_ways_by_the_data_set_of_that_name(ftp):
    keep(ftp.session.server, "TCPIP.ODD.TCPXLBIN")
    said = ftp.command("SITE XLATE=ODD")
    ftp.command("STOR A.B", b"HAL\r\n")

    assert said == "200 SITE command was accepted"
    assert host(ftp, "IBMUSER.A.B") == "IBM"
    ftp.command("RETR A.B")
    assert ftp.sent == b"HAL\r\n"
    assert "XLate table is ODD" in ftp.command("XSTA (XLATE")


def test_a_table_that_is_not_there_is_refused_and_the_old_one_stays(ftp):
    said = ftp.command("SITE XLATE=NOSUCH")
    ftp.command("STOR A.B", b"HAL\r\n")

    assert said == "200-Translate table NOSUCH cannot be used. XLate ignored.\r\n200 SITE command was accepted"
    assert host(ftp, "IBMUSER.A.B") == "HAL"


def test_a_data_set_without_tables_is_refused(ftp):
    ftp.command("STOR NOT.TABLES", b"HAL\r\n")

    assert "cannot be used" in ftp.command("SITE SBDATACONN=IBMUSER.NOT.TABLES")


@pytest.mark.parametrize("where", ["IBMUSER.MY.TABLE", "'IBMUSER.MY.TABLE'", "/tmp/Table"])
def test_sbdataconn_may_name_the_data_set_or_file_itself(ftp, where):
    keep(ftp.session.server, "IBMUSER.MY.TABLE")
    with ftp.session.server.mvs.unix.open_output("/tmp/Table", ftp.session.server.operator) as out:
        out.write(b"".join(file_of(*shifted())))
    said = ftp.command(f"SITE SBDATACONN={where}")
    ftp.command("STOR A.B", b"HAL\r\n")

    assert said == "200 SITE command was accepted"
    assert host(ftp, "IBMUSER.A.B") == "IBM"


def test_the_last_of_sbdataconn_and_xlate_counts(ftp):
    keep(ftp.session.server, "TCPIP.ODD.TCPXLBIN")
    ftp.command("SITE XLATE=ODD")
    ftp.command("SITE SBDATACONN=(IBM-1047,ISO8859-1)")
    ftp.command("STOR A.B", b"HAL\r\n")

    assert host(ftp, "IBMUSER.A.B") == "HAL"


def test_an_asterisk_brings_back_what_the_session_began_with(talking):
    ftp = talking("SBDATACONN (IBM-037,ISO8859-1)\n")
    keep(ftp.session.server, "TCPIP.ODD.TCPXLBIN")
    ftp.command("SITE XLATE=ODD")
    ftp.command("SITE XLATE=*")
    ftp.command("STOR A.B", b"[]\r\n")
    with ftp.session.server.mvs.open_input(Target("IBMUSER.A.B"), ftp.session.server.operator) as reader:
        record = b"".join(reader.records())

    assert record.rstrip(b"\x40") == b"\xba\xbb"
    assert ftp.session.settings.xlate is None


def test_ftp_data_names_the_tables_that_sessions_begin_with(talking, monkeypatch):
    monkeypatch.setenv("_FTPXLATE_FRED", "FREDDYS.TABLES")
    ftp = talking("XLATE fred\n")
    keep(ftp.session.server, "FREDDYS.TABLES")
    ftp.login()  # tables are read when a session gets its user
    ftp.command("STOR A.B", b"HAL\r\n")

    assert host(ftp, "IBMUSER.A.B") == "IBM"


def test_sbdataconn_wins_over_xlate_in_ftp_data(talking):
    ftp = talking("XLATE ODD\nSBDATACONN (IBM-1047,ISO8859-1)\n")
    keep(ftp.session.server, "TCPIP.ODD.TCPXLBIN")
    ftp.login()
    ftp.command("STOR A.B", b"HAL\r\n")

    assert host(ftp, "IBMUSER.A.B") == "HAL"


@pytest.mark.parametrize("dsname", ["FTPD.SRVRFTP.TCPXLBIN", "TCPIP.SRVRFTP.TCPXLBIN", "TCPIP.STANDARD.TCPXLBIN"])
def test_the_servers_own_tables_are_found_when_nothing_names_any(ftp, dsname):
    keep(ftp.session.server, dsname)
    ftp.login()
    ftp.command("STOR A.B", b"HAL\r\n")

    assert host(ftp, "IBMUSER.A.B") == "IBM"


def test_tables_of_ftp_data_that_cannot_be_read_are_told_and_left_out(talking):
    said = []
    ftp = talking("XLATE NOSUCH\n", console=said.append)
    ftp.command("STOR A.B", b"HAL\r\n")

    assert host(ftp, "IBMUSER.A.B") == "HAL"
    assert [line for line in said if line.startswith("EZYFT00W translate table TCPIP.NOSUCH.TCPXLBIN cannot be used")]


def first_lines(server, *commands):
    """What a client sees that knows nothing of tables: the greeting and the last reply to each command."""
    with socket.create_connection(server.address, 5) as sock, sock.makefile("rwb") as wire:
        seen = [wire.readline().decode()]
        while not wire.readline().startswith(b"220 "):
            pass
        for command in commands:
            wire.write(command.encode() + b"\r\n")
            wire.flush()
            seen.append(wire.readline().decode().rstrip())
    return seen


def test_ccxlate_is_the_table_of_the_control_connection(serving):
    server = serving("CCXLATE ODD\n")
    keep(server, "TCPIP.ODD.TCPXLBIN")
    greeting, answer = first_lines(server, "MNNO")

    assert greeting.startswith("220-ESOC1 HAL ESO BR")  # FTPD1 IBM FTP CS
    assert answer == "200 NJ"


@pytest.mark.parametrize("statement", ["CTRLCONN IBM-850", "EXTENSIONS UTF8"])
def test_ctrlconn_and_utf8_win_over_ccxlate(serving, statement):
    server = serving(f"CCXLATE ODD\n{statement}\n")
    keep(server, "TCPIP.ODD.TCPXLBIN")

    assert first_lines(server, "NOOP")[1] == "200 OK"


def test_a_tagged_file_is_translated_with_the_table_in_force(ftp):
    keep(ftp.session.server, "TCPIP.ODD.TCPXLBIN")
    ftp.command("SITE XLATE=ODD")
    unix, who = ftp.session.server.mvs.unix, ftp.session.server.operator
    with unix.open_output("/tmp/t", who) as out:
        out.write("IBM\n".encode("cp1047"))
    unix.chtag("/tmp/t", "IBM-1047", who, text=True)

    assert ftp.command("RETR /tmp/t").splitlines()[0] == (
        "125-Tagged EBCDIC file translated with current data connection translation table"
    )
    assert ftp.sent == b"HAL\r\n"


def source(pair):
    """The source text of tables: 16 bytes a line, with comments."""
    rows = [" ".join(f"{byte:02X}" for byte in part[at : at + 16]) + f" ; {at:02X}" for part in pair for at in range(0, 256, 16)]
    return "; made by hand\n" + "\n".join(rows) + "\n"


def job(*commands):
    cards = ["//CONV JOB MSGCLASS=H", "//S EXEC PGM=IKJEFT01", "//SYSTSPRT DD SYSOUT=*", "//SYSTSIN DD *", *commands, "/*"]
    return "\r\n".join(cards).encode() + b"\r\n"


def test_convxlat_makes_the_tables_that_xlate_uses(ftp):
    ftp.command("STOR ODD.SOURCE", source(shifted()).encode().replace(b"\n", b"\r\n"))
    ftp.command("SITE FILETYPE=JES")
    ftp.command("STOR X", job(" CONVXLAT ODD.SOURCE 'TCPIP.ODD.TCPXLBIN'"))
    ftp.session.server.jes.wait("JOB00001")
    ftp.command("SITE FILETYPE=SEQ XLATE=ODD")
    ftp.command("STOR A.B", b"HAL\r\n")

    assert host(ftp, "IBMUSER.A.B") == "IBM"


def test_source_and_binary_form_mean_the_same_tables():
    pair = compiled(source(shifted()).splitlines(), "SOURCE")

    assert (pair.to_host, pair.to_net) == shifted()
    assert parse(build(pair), "BINARY").to_net == pair.to_net
    assert parse([b"".join(build(pair))], "ONE PIECE").to_host == pair.to_host


@pytest.mark.parametrize(
    ("lines", "reason", "at"),
    [(["00 01 GG"], "source", 1), (["; nothing", "00 0"], "source", 2), (["00 01"], "length", 2)],
)
def test_a_source_that_is_none_is_refused_with_its_line(lines, reason, at):
    with pytest.raises(BadTranslateTable) as caught:
        compiled(lines, "S")

    assert (caught.value.reason, caught.value.at) == (reason, at)


@pytest.mark.parametrize("records", [[], [b"rubbish"], [HEADER], [HEADER.ljust(256, b"\x40"), bytes(256)]])
def test_a_file_that_holds_no_tables_is_refused(records):
    with pytest.raises(BadTranslateTable):
        parse(records, "X")
