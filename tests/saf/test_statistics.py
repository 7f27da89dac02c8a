"""Counts: connects by INITSTATS, accesses by SETROPTS STATISTICS."""

from __future__ import annotations

import threading

import pytest

from saf import Access
from saf.address import engine_at
from tests.racfworld import World


def test_sign_ons_count_as_connects_of_the_group(racf):
    racf.user("USER1")
    lines = racf("LISTUSER USER1")
    assert "    CONNECTS=    00  UACC=NONE     LAST-CONNECT=UNKNOWN" in lines

    for _ in range(3):
        racf.saf.verify("USER1", "SECRET")
    racf.saf.acee("USER1", begins=True)
    racf.saf.acee("USER1")

    lines = racf("LISTUSER USER1")
    assert "    CONNECTS=    04  UACC=NONE     LAST-CONNECT=26.084/11:00:00" in lines
    assert " LAST-ACCESS=26.084/11:00:00" in lines
    assert "      USER1         USE           000004               NONE" in racf("LISTGRP SYS1")


def test_many_connects_have_a_comma(racf):
    racf.user("USER1")
    with racf.saf.context.database.note() as sql:
        sql.exec_driver_sql("UPDATE saf_connection SET connects = 5905 WHERE userid = 'USER1'")

    assert "    CONNECTS= 5,905  UACC=NONE     LAST-CONNECT=UNKNOWN" in racf("LISTUSER USER1")


def test_refused_sign_ons_do_not_count(racf):
    racf.user("USER1")
    racf("RDEFINE APPL FTP UACC(NONE)")

    racf.refusal("USER1", "WRONG")
    racf.refusal("USER1", "SECRET", applid="FTP")

    assert racf.saf.snapshot().connections["USER1"]["SYS1"].connects == 0
    assert " LAST-ACCESS=UNKNOWN" in racf("LISTUSER USER1")


def test_noinitstats_writes_nothing_down(racf):
    racf.user("USER1")
    racf("SETROPTS NOINITSTATS")

    racf.saf.verify("USER1", "SECRET")

    assert " LAST-ACCESS=UNKNOWN" in racf("LISTUSER USER1")


@pytest.fixture
def counted(racf):
    racf.user("USER1")
    racf("ADDGROUP PAY")
    racf("ADDSD 'PAY.DATA' UACC(READ)")
    racf("PERMIT 'PAY.DATA' ID(USER1) ACCESS(UPDATE)")
    racf("SETROPTS STATISTICS(DATASET)")
    return racf


def access(racf, wanted=Access.READ, who="USER1", name="PAY.DATA"):
    return racf.saf.auth(racf.saf.acee(who), "DATASET", name, wanted)


def test_accesses_by_discrete_profiles_are_counted(counted):
    for _ in range(2):
        access(counted)
    access(counted, Access.UPDATE)
    counted("ADDUSER USER2")
    access(counted, who="USER2")
    access(counted, Access.UPDATE, "USER2")

    lines = counted("LISTDSD DATASET('PAY.DATA') ALL")
    assert "  000000         000000        000001       000003" in lines
    assert "USER1     UPDATE      000003" in lines


def test_the_day_of_the_last_access_is_shown(counted):
    counted.at(days=3)
    access(counted)

    lines = counted("LISTDSD DATASET('PAY.DATA') HISTORY")
    assert lines[-1] == "  084    26          087    26         084    26"


def test_classes_without_statistics_and_generic_profiles_are_not_counted(counted):
    counted("ADDSD 'PAY.G.*' UACC(READ)")
    access(counted, name="PAY.G.X")
    counted("SETROPTS NOSTATISTICS(DATASET)")
    access(counted)

    assert "NOT APPLICABLE FOR GENERIC PROFILE" in counted("LISTDSD DATASET('PAY.G.*') STATISTICS")
    assert "  000000         000000        000000       000000" in counted("LISTDSD DATASET('PAY.DATA') STATISTICS")


def test_what_was_counted_goes_with_the_profile(counted):
    access(counted)
    counted("DELDSD 'PAY.DATA'")
    counted("ADDSD 'PAY.DATA' UACC(READ)")

    assert "  000000         000000        000000       000000" in counted("LISTDSD DATASET('PAY.DATA') STATISTICS")


def test_counting_is_no_change_and_loses_nothing_among_threads(counted):
    snapshot = counted.saf.snapshot()
    acee = counted.saf.acee("USER1")

    def use():
        for _ in range(5):
            counted.saf.auth(acee, "DATASET", "PAY.DATA", Access.READ)

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert counted.saf.snapshot() is snapshot
    assert "  000000         000000        000000       000020" in counted("LISTDSD DATASET('PAY.DATA') STATISTICS")


def test_counts_are_unloaded_and_loaded(counted, tmp_path):
    counted.saf.verify("USER1", "SECRET")
    access(counted)
    records = list(counted.saf.unload())
    connect = next(line for line in records if line.startswith("0205 USER1"))
    profile = next(line for line in records if line.startswith("0400 PAY.DATA"))

    assert connect[43:62] == "11:00:00 2026-03-25"
    assert connect[72:77] == "00001"
    assert profile[122:127] == "00001"
    other = World(tmp_path / "other")
    other.saf.load(records)
    assert other.saf.snapshot().connections["USER1"]["SYS1"].connects == 1
    other.engine.dispose()


def test_a_database_of_an_earlier_version_gets_what_it_lacks(tmp_path):
    engine = engine_at(str(tmp_path))
    World(tmp_path).engine.dispose()
    with engine.begin() as sql:
        sql.exec_driver_sql("DROP TABLE saf_statistic")
        sql.exec_driver_sql("ALTER TABLE saf_connection DROP COLUMN connects")
        sql.exec_driver_sql("ALTER TABLE saf_connection DROP COLUMN last_connect")
        sql.exec_driver_sql("ALTER TABLE saf_profile DROP COLUMN conditional")

    world = World(tmp_path)

    world.user("USER1")
    world.saf.verify("USER1", "SECRET")
    world("RDEFINE FACILITY X")
    assert "    CONNECTS=    01  UACC=NONE     LAST-CONNECT=26.084/11:00:00" in world("LISTUSER USER1")
    world.engine.dispose()
    engine.dispose()
