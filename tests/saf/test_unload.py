"""The IRRDBU00 unload: columns as in the manual, and out and in again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saf import Access
from saf.unload.layouts import RECORDS, read, write
from tests.racfworld import World


def furnished(racf):
    racf.user("USER1")
    racf("ADDGROUP PAY OMVS(GID(77)) DATA('payroll')")
    racf("CONNECT USER1 GROUP(PAY) AUTHORITY(CONNECT) SPECIAL")
    racf("ALTUSER USER1 OMVS(UID(100) HOME('/u/user1') PROGRAM('/bin/tcsh')) DATA('desk 7') OPERATIONS")
    racf("ALTUSER USER1 UAUDIT CLAUTH(SERVAUTH FACILITY) TSO(ACCTNUM(ACCT1) PROC(IKJACCNT) SIZE(4096)) DFP(STORCLAS(FAST))")
    racf("ADDSD 'PAY.**' UACC(READ) WARNING AUDIT(ALL(UPDATE))")
    racf("PERMIT 'PAY.**' ID(USER1) ACCESS(CONTROL)")
    racf("RDEFINE SERVAUTH EZB.FTP.*.*.PORT21 APPLDATA('why') OWNER(PAY)")
    racf("PERMIT EZB.FTP.*.*.PORT21 CLASS(SERVAUTH) ID(PAY USER1)")
    racf("RDEFINE STARTED FTPD.* STDATA(USER(USER1) TRUSTED(YES))")


def test_a_users_record_has_the_columns_of_the_manual(racf):
    furnished(racf)

    (line,) = [line for line in racf.saf.unload() if line.startswith("0200 USER1")]

    assert line[14:24] == "2026-03-25"
    assert line[25:33] == "IBMUSER "
    assert (line[39:42], line[44:47], line[49:51]) == ("NO ", "YES", "NO")
    assert line[74:94].rstrip() == "User1"
    assert line[95:103] == "SYS1    "
    assert line[124:130] == "desk 7"


def test_no_secret_is_unloaded(racf):
    racf.user("USER1", "GEHEIM")

    assert not any("scrypt" in line or "GEHEIM" in line for line in racf.saf.unload())


def test_an_unload_taken_into_an_empty_database_gives_the_same_unload(racf, tmp_path):
    furnished(racf)
    lines = list(racf.saf.unload())
    other = World(tmp_path / "other")

    done = other.saf.load(lines)

    assert not done.passed
    skip = ("0200",)  # says whether there is a password, which does not travel
    assert [line for line in other.saf.unload() if not line.startswith(skip)] == [
        line for line in lines if not line.startswith(skip)
    ]
    other.engine.dispose()


def test_decisions_are_those_of_the_system_it_came_from(racf, tmp_path):
    furnished(racf)
    other = World(tmp_path / "other")
    other.saf.load(racf.saf.unload(), password="TEST1")

    acee = other.saf.verify("USER1", "TEST1")

    assert (acee.uid, acee.home, acee.operations) == (100, "/u/user1", True)
    decision = other.saf.auth(acee, "DATASET", "PAY.ROLL", Access.CONTROL)
    assert (decision.allowed, decision.profile, decision.reason) == (True, "PAY.**", "access list: user")
    other.engine.dispose()


def test_secrets_of_users_who_are_there_stay(racf):
    racf.user("USER1", "SECRET")

    racf.saf.load(list(racf.saf.unload()), password="OTHER")

    assert racf.saf.verify("USER1", "SECRET")
    assert racf.saf.verify("IBMUSER", "SYS1")


def test_what_has_no_place_here_is_counted(racf):
    done = racf.saf.load(["0210 USER1    SOMETHING", "0500 " + "X".ljust(246) + " NOCLASS ", "", "nonsense"])

    assert sum(done.passed.values()) == 4


_TEXT = st.text("ABCXYZ019.*", max_size=8)


@given(st.sampled_from(sorted(RECORDS)), st.data())
def test_a_record_written_and_read_is_the_same(kind, data):
    values = {column.name: data.draw(_TEXT)[: column.last - column.first + 1] for column in RECORDS[kind]}

    assert read(write(kind, values)) == (kind, values)


def test_columns_never_overlap():
    for kind, columns in RECORDS.items():
        ends = [4, *(column.last for column in columns)]
        for column, before in zip(columns, ends, strict=False):
            assert column.first == before + 2 or column.first > before + 1, (kind, column)


def test_the_auditors_auditing_is_unloaded_and_taken_in(racf, tmp_path):
    """[RACFMAC] DSBD_GAUDIT_LEVEL, _OKQUAL and _FAQUAL; GRBD_ the same."""
    racf("ADDSD 'SYS1.X.**'")
    racf("RDEFINE FACILITY MY.ONE")
    racf("ALTUSER IBMUSER AUDITOR")
    racf("ALTDSD 'SYS1.X.**' GLOBALAUDIT(SUCCESS(UPDATE) FAILURES(READ))", user="IBMUSER")
    racf("RALTER FACILITY MY.ONE GLOBALAUDIT(ALL(READ))", user="IBMUSER")

    lines = list(racf.saf.unload())
    (dataset,) = [line for line in lines if line.startswith("0400 SYS1.X.")]
    (resource,) = [line for line in lines if line.startswith("0500 MY.ONE")]
    assert (dataset[182:190], dataset[465:473], dataset[474:482]) == ("SUCCESS ", "UPDATE  ", "READ    ")
    assert (resource[358:366], resource[641:649], resource[650:658]) == ("ALL     ", "READ    ", "READ    ")

    other = World(tmp_path / "other")
    other.saf.load(lines)
    assert list(other.saf.unload()) == lines


@pytest.mark.parametrize(
    ("command", "system", "column"), [("", 0, "   "), ("", 60, "060"), ("INTERVAL(30)", 60, "030"), ("NOINTERVAL", 60, "000")]
)
def test_only_nointerval_is_taken_in_as_a_password_that_never_expires(racf, tmp_path, command, system, column):
    racf("ADDUSER USER1 OWNER(IBMUSER)")
    racf(f"SETROPTS PASSWORD(INTERVAL({system}))")
    if command:
        racf(f"PASSWORD USER(USER1) {command}")

    lines = list(racf.saf.unload())
    (line,) = [line for line in lines if line.startswith("0200 USER1")]
    assert line[59:62] == column
    other = World(tmp_path / "other")
    other.saf.load(lines)
    assert (other.saf.snapshot().users["USER1"].interval == 0) is (command == "NOINTERVAL")
