from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date

import pytest

from jes.errors import Abend, AllocationRefused, JesError, ReaderClosed, WrongState
from mvsfs.access import Access
from mvsfs.errors import AllocationFailed, DatasetExists, InvalidDsname, MvsError, NotAuthorized, SystemAbend, UnixError
from mvsfs.seed import SeedError
from saf.errors import CommandRefused, KeyStoreClosed, OperandError, PasswordWrong, SafError
from zftpd.errors import ControlLost, ExitRefused, FtpError, HandshakeFailed, OptionRefused, Refused
from zftpd.protocol.replymap import CAUSES, ROWS, reply_for, row_for
from zftpd.protocol.wording import TEXTS

VERBS = ("RETR", "STOR", "APPE", "STOU", "DELE", "RNFR", "RNTO", "MKD", "RMD", "CWD", "LIST", "NLST", "SIZE", "PASS", "SITE")
KNOWN = {
    "name": "A.B",
    "path": "/a",
    "userid": "IBMUSER",
    "jobid": "JOB00001",
    "jobname": "*",
    "owner": "*",
    "status": "ALL",
    "seconds": 600,
}
#: Met below the server only (jobs, RACF commands, seed folders), or when nobody is left to be told.
ELSEWHERE = (
    Abend,
    ControlLost,
    WrongState,
    ReaderClosed,
    AllocationRefused,
    CommandRefused,
    OperandError,
    KeyStoreClosed,
    SeedError,
    HandshakeFailed,
)
VALUES = {"int": 1, "str": "X", "float": 1.0, "bool": True, "Access": Access.READ, "date": date(2026, 1, 1)}


def all_below(cls):
    for sub in cls.__subclasses__():
        yield sub
        yield from all_below(sub)


def example(cls):
    """One error of a class, its facts filled with something of their type."""
    if not is_dataclass(cls):
        return cls()
    facts = {field.name: VALUES.get(str(field.type).partition(" |")[0]) for field in fields(cls) if field.init}
    return cls(**{name: "X" if value is None else value for name, value in facts.items()})


DOMAIN = sorted(
    {c for base in (MvsError, JesError, SafError, FtpError) for c in all_below(base)}
    - {Refused, OptionRefused, ExitRefused, *ELSEWHERE},
    key=lambda cls: cls.__name__,
)
DOMAIN = [
    cls
    for cls in DOMAIN
    if not cls.__module__.startswith(("mvsfs.exchange", "jes.", "zftpd.client", "tests")) or cls.__module__ == "jes.errors"
]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("cls", DOMAIN, ids=lambda cls: cls.__name__)
def test_every_error_has_words_for_every_verb(cls, verb):
    said = reply_for(example(cls), verb, **KNOWN)

    assert 400 <= said.code < 600


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.error.__name__}-{row.text}")
def test_every_row_names_a_text(row):
    assert row.text in TEXTS


def test_every_cause_names_a_text():
    assert all(text in TEXTS for rows in CAUSES.values() for _, text in rows)


def test_a_refusal_says_why_first_and_what_failed_last():
    said = reply_for(SystemAbend("213-50", ""), "DELE", name="USER5.PDS(ETCHOST)")

    assert said.wire() == b"550-System completion code and reason: 213-50\r\n550 could not delete USER5.PDS(ETCHOST)\r\n"


def test_an_allocation_failure_shows_the_codes_of_svc_99():
    said = reply_for(AllocationFailed("HELLO.TXT", 38668, 0, 0x42CE), "STOR", name="HELLO.TXT")

    assert said.wire().decode() == (
        "550-SVC99 RETURN CODE=4 S99INFO=0 S99ERROR=38668 HEX=970C S99ERSN code X'000042CE'.\r\n"
        "550 Unable to create data set HELLO.TXT for STOR command.\r\n"
    )


def test_a_refused_user_reads_the_same_for_every_verb():
    error = NotAuthorized("MIKE", "ODMLD.PRD.RUN", Access.UPDATE)

    assert (
        reply_for(error, "STOR", name="ODMLD.PRD.RUN(ODMSUBRJ)").text
        == "STOR fails: ODMLD.PRD.RUN(ODMSUBRJ).  User not authorized."
    )


def test_an_existing_target_of_a_rename_is_named():
    assert reply_for(DatasetExists("A.NEW"), "RNTO", name="A.OLD").text == "Rename fails: A.NEW already exists."


def test_names_are_echoed_as_they_were_typed():
    said = reply_for(InvalidDsname("'1BAD'", "first-character", "1BAD"), "STOR", name="")

    assert said.text == "Invalid data set name \"'1BAD'\".  Use MVS Dsname conventions."


def test_z_os_unix_errors_carry_the_message_of_their_number():
    assert reply_for(UnixError("EEXIST", "/u/x"), "MKD").text == "MKDIR failed: EDC5117I File exists."
    assert reply_for(UnixError("EACCES", "/u/x"), "DELE").text.endswith("Rc = 111")


def test_an_error_that_is_none_of_ours_becomes_the_generic_reply():
    assert row_for(RuntimeError("secret"), "RETR") is None
    assert reply_for(RuntimeError("secret"), "RETR").code == 451
    assert "secret" not in reply_for(RuntimeError("secret"), "RETR").text


def test_exit_words_come_before_the_refusal():
    said = reply_for(ExitRefused("FTCHKCMD", "verb.denied", ("not on Sundays",)), "SITE", userid="MIKE")

    assert said.wire() == b"500-UX-not on Sundays\r\n500 User Exit denies Userid MIKE from using Command SITE\r\n"


def test_a_wrong_password_tells_nothing_more():
    assert reply_for(PasswordWrong("MIKE"), "PASS").text == "PASS command failed"
