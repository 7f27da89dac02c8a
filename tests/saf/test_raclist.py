"""What decisions see in RACLISTed classes, and the global access checking table."""

from __future__ import annotations

import pytest

from saf import Access
from tests.racfworld import World

RESOURCE = "EZB.FTP.MVS1.FTPD1.PORT2121"
STALE = "RACLISTED PROFILES FOR SERVAUTH WILL NOT REFLECT THE"


@pytest.fixture
def listed(racf):
    racf.user("USER1")
    racf(f"RDEFINE SERVAUTH {RESOURCE} UACC(NONE)")
    racf("SETROPTS RACLIST(SERVAUTH)")
    return racf


def may(racf, resource=RESOURCE, wanted=Access.READ, saf_class="SERVAUTH"):
    return racf.saf.auth(racf.saf.acee("USER1"), saf_class, resource, wanted).allowed


def test_a_change_waits_for_the_refresh(listed):
    assert listed(f"PERMIT {RESOURCE} CLASS(SERVAUTH) ID(USER1) ACCESS(READ)") == [
        f"ICH06011I {STALE} UPDATE(S) UNTIL A SETROPTS REFRESH IS ISSUED"
    ]
    assert not may(listed)

    assert listed("SETROPTS RACLIST(SERVAUTH) REFRESH") == ["ICH14063I SETROPTS command complete."]

    assert may(listed)


def test_the_commands_show_what_is_defined_not_what_is_in_storage(listed):
    listed(f"RALTER SERVAUTH {RESOURCE} UACC(READ)")

    assert any("READ" in line for line in listed(f"RLIST SERVAUTH {RESOURCE}"))
    assert not may(listed)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("RDEFINE SERVAUTH EZB.NEW", f"ICH10006I {STALE} ADDITION(S) UNTIL A SETROPTS REFRESH IS ISSUED."),
        (f"RALTER SERVAUTH {RESOURCE} UACC(READ)", f"ICH11009I {STALE} UPDATE(S) UNTIL A SETROPTS REFRESH IS ISSUED."),
        (f"RDELETE SERVAUTH {RESOURCE}", f"ICH12002I {STALE} DELETION(S) UNTIL A SETROPTS REFRESH IS ISSUED."),
    ],
)
def test_each_command_says_that_a_refresh_is_to_come(listed, command, said):
    assert listed(command) == [said]


def test_what_is_in_storage_is_the_same_for_every_process_and_after_a_restart(listed):
    listed(f"RALTER SERVAUTH {RESOURCE} UACC(READ)")
    other = listed.another()

    assert not other.auth(other.acee("USER1"), "SERVAUTH", RESOURCE, Access.READ).allowed


def test_noraclist_goes_back_to_the_profiles(listed):
    listed(f"RALTER SERVAUTH {RESOURCE} UACC(READ)")
    listed("SETROPTS NORACLIST(SERVAUTH)")

    assert may(listed)
    assert "SETR RACLIST CLASSES =  NONE" in listed("SETROPTS LIST")


def test_conditions_and_segments_are_kept_in_storage(racf):
    racf.user("USER1")
    racf("RDEFINE SERVAUTH EZB.NETACCESS.*.*.A UACC(READ)")
    racf("RDEFINE FACILITY X UACC(NONE)")
    racf("PERMIT X CLASS(FACILITY) ID(USER1) ACCESS(READ) WHEN(SERVAUTH(EZB.NETACCESS.*.*.A))")
    racf("RDEFINE STARTED FTPD.* STDATA(USER(FTPD) TRUSTED(YES))")
    before = {name: racf.saf.snapshot().profiles(name) for name in ("FACILITY", "STARTED")}

    racf("SETROPTS RACLIST(FACILITY STARTED)")

    for name, profiles in before.items():
        for old, new in zip(profiles, racf.saf.snapshot().profiles(name), strict=True):
            assert (old.name, old.access_list, old.conditional, old.segments, old.uacc) == (
                new.name,
                new.access_list,
                new.conditional,
                new.segments,
                new.uacc,
            )


def test_a_refresh_of_a_class_that_is_not_raclisted_changes_nothing(racf):
    assert racf("SETROPTS RACLIST(FACILITY) REFRESH") == ["ICH14063I SETROPTS command complete."]
    assert "SETR RACLIST CLASSES =  NONE" in racf("SETROPTS LIST")


@pytest.fixture
def everybody(racf):
    racf.user("USER1")
    racf("ADDSD 'SYS1.**' UACC(NONE)")
    racf("RDEFINE GLOBAL DATASET ADDMEM('SYS1.HELP'/READ 'SYS1.&RACUID..*'/ALTER)")
    racf("SETROPTS GLOBAL(DATASET)")
    return racf


def test_the_global_table_is_asked_before_the_profile(everybody):
    assert may(everybody, "SYS1.HELP", saf_class="DATASET")
    assert not may(everybody, "SYS1.HELP", Access.UPDATE, "DATASET")
    assert not may(everybody, "SYS1.OTHER", saf_class="DATASET")
    assert "GLOBAL CHECKING CLASSES =  DATASET" in everybody("SETROPTS LIST")


def test_it_holds_neither_for_restricted_users_nor_when_it_is_off(everybody):
    everybody("ALTUSER USER1 RESTRICTED")
    assert not may(everybody, "SYS1.HELP", saf_class="DATASET")

    everybody("ALTUSER USER1 NORESTRICTED")
    everybody("SETROPTS NOGLOBAL(DATASET)")
    assert not may(everybody, "SYS1.HELP", saf_class="DATASET")


def test_entries_are_listed_and_deleted(everybody):
    assert "SYS1.HELP/READ" in everybody("RLIST GLOBAL DATASET")
    everybody("RALTER GLOBAL DATASET DELMEM('SYS1.HELP'/READ)")

    assert not may(everybody, "SYS1.HELP", saf_class="DATASET")


def test_an_entry_without_a_level_is_refused(racf):
    assert racf("RDEFINE GLOBAL DATASET ADDMEM('SYS1.HELP')", rc=12) == ["IKJ56702I INVALID MEMBER, SYS1.HELP"]


def test_the_table_is_unloaded_and_loaded(everybody, tmp_path):
    other = World(tmp_path / "other")
    other.saf.load(everybody.saf.unload())

    assert "SYS1.HELP/READ" in other("RLIST GLOBAL DATASET")
    other.engine.dispose()
