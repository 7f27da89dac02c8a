"""Who may do what to which resource."""

from __future__ import annotations

import pytest

from saf import Access


def access(racf, user, resource, saf_class="DATASET"):
    """The highest access that a user is allowed."""
    acee = racf.saf.acee(user)
    allowed = [level for level in Access if racf.saf.auth(acee, saf_class, resource, level, log=False).allowed]
    return allowed[-1].name if allowed else "NONE"


def test_a_user_owns_what_begins_with_the_user_id(racf):
    racf.user("USER1")
    racf("ADDSD 'USER1.**' UACC(NONE)")

    assert access(racf, "USER1", "USER1.X") == "ALTER"


def test_an_unprotected_data_set_is_anybodys_unless_protectall_says_no(racf):
    racf.user("USER1")
    assert access(racf, "USER1", "PAY.ROLL") == "ALTER"

    racf("SETROPTS PROTECTALL(FAILURES)")

    assert access(racf, "USER1", "PAY.ROLL") == "NONE"
    assert access(racf, "USER1", "USER1.X") == "ALTER"


def test_protectall_warning_lets_through_and_tells(racf):
    acee = racf.user("USER1")
    racf("SETROPTS PROTECTALL(WARNING)")

    decision = racf.saf.auth(acee, "DATASET", "PAY.ROLL", Access.READ)

    assert decision.allowed and decision.warning
    assert [violation.warning for violation in racf.violations] == [True]


def test_universal_access_holds_for_whoever_is_not_listed(racf):
    racf.user("USER1")
    racf("ADDGROUP PAY")
    racf("ADDSD 'PAY.**' UACC(READ)")

    assert access(racf, "USER1", "PAY.ROLL") == "READ"


def test_the_users_own_entry_beats_groups_and_universal_access(racf):
    racf.user("USER1")
    racf("ADDGROUP PAY")
    racf("CONNECT USER1 GROUP(PAY)")
    racf("ADDSD 'PAY.**' UACC(UPDATE)")
    racf("PERMIT 'PAY.**' ID(PAY) ACCESS(ALTER)")
    racf("PERMIT 'PAY.**' ID(USER1) ACCESS(NONE)")

    assert access(racf, "USER1", "PAY.ROLL") == "NONE"


def test_of_several_groups_the_highest_entry_counts(racf):
    racf.user("USER1")
    for group, level in (("PAY", "READ"), ("AUDIT", "CONTROL")):
        racf(f"ADDGROUP {group}")
        racf(f"CONNECT USER1 GROUP({group})")
    racf("ADDSD 'PAY.**' UACC(NONE)")
    racf("PERMIT 'PAY.**' ID(PAY) ACCESS(READ)")
    racf("PERMIT 'PAY.**' ID(AUDIT) ACCESS(CONTROL)")

    assert access(racf, "USER1", "PAY.ROLL") == "CONTROL"


def test_a_group_entry_that_is_too_low_is_not_mended_by_universal_access(racf):
    racf.user("USER1")
    racf("ADDGROUP PAY")
    racf("CONNECT USER1 GROUP(PAY)")
    racf("ADDSD 'PAY.**' UACC(UPDATE)")
    racf("PERMIT 'PAY.**' ID(PAY) ACCESS(READ)")

    assert access(racf, "USER1", "PAY.ROLL") == "READ"


def test_the_asterisk_entry_stands_for_every_user_but_a_restricted_one(racf):
    racf.user("USER1")
    racf.user("USER2")
    racf("ALTUSER USER2 RESTRICTED")
    racf("ADDGROUP PAY")
    racf("ADDSD 'PAY.**' UACC(NONE)")
    racf("PERMIT 'PAY.**' ID(*) ACCESS(READ)")

    assert access(racf, "USER1", "PAY.ROLL") == "READ"
    assert access(racf, "USER2", "PAY.ROLL") == "NONE"


def test_operations_may_everything_with_data_sets_except_where_it_is_listed(racf):
    racf.user("OPER1")
    racf("ALTUSER OPER1 OPERATIONS")
    racf("ADDGROUP PAY")
    racf("ADDSD 'PAY.**' UACC(NONE)")
    assert access(racf, "OPER1", "PAY.ROLL") == "ALTER"

    racf("PERMIT 'PAY.**' ID(OPER1) ACCESS(READ)")

    assert access(racf, "OPER1", "PAY.ROLL") == "READ"


def test_operations_gives_nothing_in_servauth(racf):
    racf.user("OPER1")
    racf("ALTUSER OPER1 OPERATIONS")
    racf("RDEFINE SERVAUTH EZB.FTP.** UACC(NONE)")

    assert access(racf, "OPER1", "EZB.FTP.MVS1.FTPD1.PORT21", "SERVAUTH") == "NONE"


def test_the_most_specific_profile_decides(racf):
    racf.user("USER1")
    racf("ADDGROUP PAY")
    for name, level in (("PAY.**", "NONE"), ("PAY.JUN*.**", "READ"), ("PAY.JUNE.*", "UPDATE"), ("PAY.JUNE.LIST", "ALTER")):
        racf(f"ADDSD '{name}' UACC({level})")

    assert access(racf, "USER1", "PAY.MAY") == "NONE"
    assert access(racf, "USER1", "PAY.JUNK.A.B") == "READ"
    assert access(racf, "USER1", "PAY.JUNE.DATA") == "UPDATE"
    assert access(racf, "USER1", "PAY.JUNE.LIST") == "ALTER"


def test_warning_mode_lets_through_what_would_be_refused_and_tells(racf):
    acee = racf.user("USER1")
    racf("ADDGROUP PAY")
    racf("ADDSD 'PAY.**' UACC(NONE) WARNING")

    decision = racf.saf.auth(acee, "DATASET", "PAY.ROLL", Access.UPDATE)

    assert (decision.allowed, decision.warning, decision.held) == (True, True, Access.NONE)
    assert racf.violations[0].warning


def test_a_decision_carries_its_reason_and_profile(racf):
    acee = racf.user("USER1")
    racf("ADDGROUP PAY")
    racf("ADDSD 'PAY.**' UACC(READ)")

    decision = racf.saf.auth(acee, "DATASET", "PAY.ROLL", Access.UPDATE)

    assert (decision.rc, decision.reason, decision.profile, decision.held) == (8, "UACC", "PAY.**", Access.READ)


def test_a_permit_holds_for_the_next_question_in_every_process(racf):
    acee = racf.user("USER1")
    other = racf.another()
    racf("ADDGROUP PAY")
    racf("ADDSD 'PAY.**' UACC(NONE)")
    assert not other.auth(acee, "DATASET", "PAY.ROLL", Access.READ).allowed

    racf("PERMIT 'PAY.**' ID(USER1) ACCESS(READ)")

    assert other.auth(acee, "DATASET", "PAY.ROLL", Access.READ).allowed


def test_spool_files_are_their_owners_and_nobody_elses(racf):
    racf.user("USER1")
    racf.user("USER2")
    name = "N1.USER1.USER1A.JOB00012.D0000002.JESMSGLG"

    assert access(racf, "USER1", name, "JESSPOOL") == "ALTER"
    assert access(racf, "USER2", name, "JESSPOOL") == "NONE"

    racf("RDEFINE JESSPOOL *.USER1.** UACC(NONE)")
    racf("PERMIT *.USER1.** CLASS(JESSPOOL) ID(USER2) ACCESS(READ)")

    assert access(racf, "USER2", name, "JESSPOOL") == "READ"


@pytest.mark.parametrize("saf_class", ["SERVAUTH", "FACILITY", "JESJOBS", "APPL", "OPERCMDS"])
def test_without_a_profile_the_answer_is_not_protected(racf, saf_class):
    acee = racf.user("USER1")

    decision = racf.saf.auth(acee, saf_class, "ANY.THING", Access.READ)

    assert (decision.allowed, decision.rc) == (True, 4)


def test_acting_for_another_user_needs_a_profile(racf):
    acee = racf.user("USER1")
    assert not racf.saf.auth(acee, "SURROGAT", "PAYUSER.SUBMIT", Access.READ).allowed

    racf("RDEFINE SURROGAT PAYUSER.SUBMIT")
    racf("PERMIT PAYUSER.SUBMIT CLASS(SURROGAT) ID(USER1)")

    assert racf.saf.auth(acee, "SURROGAT", "PAYUSER.SUBMIT", Access.READ).allowed


def test_a_class_that_is_not_active_protects_nothing(racf):
    racf.user("USER1")
    racf("RDEFINE SERVAUTH EZB.** UACC(NONE)")
    racf("SETROPTS NOCLASSACT(SERVAUTH)")

    assert access(racf, "USER1", "EZB.FTP.MVS1.FTPD1.PORT21", "SERVAUTH") == "ALTER"


def test_without_list_of_groups_checking_only_the_current_group_counts(racf):
    racf.user("USER1")
    racf("ADDGROUP PAY")
    racf("CONNECT USER1 GROUP(PAY)")
    racf("ADDSD 'PAY.**' UACC(NONE)")
    racf("PERMIT 'PAY.**' ID(PAY) ACCESS(READ)")

    racf("SETROPTS NOGRPLIST")

    assert access(racf, "USER1", "PAY.ROLL") == "NONE"


class TestGroupOperations:
    """[RACFSAG] scope of authority for attributes at the group level: group1, what it owns, what its users and groups own."""

    @pytest.fixture
    def scope(self, racf):
        racf.user("OPER")
        racf("ADDGROUP GROUP1")
        racf("ADDGROUP GROUP2 SUPGROUP(GROUP1) OWNER(GROUP1)")
        racf("ADDUSER USER2 DFLTGRP(GROUP1) OWNER(GROUP1)")
        racf("ADDUSER USER6 OWNER(USER2)")
        racf("ADDGROUP GROUPY OWNER(USER2)")
        racf("CONNECT OPER GROUP(GROUP1) OPERATIONS")
        for owner in ("GROUP1", "GROUP2", "USER2", "USER6", "GROUPY", "SYS1"):
            racf(f"ADDSD 'SYS1.{owner}.**' OWNER({owner}) UACC(NONE)")
        return racf

    @pytest.mark.parametrize(
        ("owner", "level"),
        [
            ("GROUP1", Access.ALTER),
            ("GROUP2", Access.ALTER),
            ("USER2", Access.ALTER),
            ("USER6", Access.NONE),
            ("GROUPY", Access.NONE),
            ("SYS1", Access.NONE),
        ],
    )
    def test_reaches_the_data_sets_in_the_scope_of_the_group(self, scope, owner, level):
        assert scope.saf.auth(scope.saf.acee("OPER"), "DATASET", f"SYS1.{owner}.X", Access.READ).held is level

    def test_gives_way_to_an_entry_of_the_access_list(self, scope):
        scope("PERMIT 'SYS1.GROUP1.**' ID(OPER) ACCESS(READ)")

        assert scope.saf.auth(scope.saf.acee("OPER"), "DATASET", "SYS1.GROUP1.X", Access.UPDATE).allowed is False

    def test_does_not_count_in_a_class_that_operations_does_not_open(self, scope):
        scope("RDEFINE FACILITY MY.ONE OWNER(GROUP1) UACC(NONE)")

        assert not scope.saf.auth(scope.saf.acee("OPER"), "FACILITY", "MY.ONE", Access.READ).allowed


@pytest.mark.parametrize(("owner", "rc"), [("GROUP1", 0), ("USER2", 0), ("USER6", 8), ("GROUPY", 8)])
def test_group_special_reaches_what_users_of_the_group_own_and_no_further(racf, owner, rc):
    racf.user("LEAD")
    racf("ADDGROUP GROUP1")
    racf("ADDUSER USER2 DFLTGRP(GROUP1) OWNER(GROUP1)")
    racf("ADDUSER USER6 OWNER(USER2)")
    racf("ADDGROUP GROUPY OWNER(USER2)")
    racf("CONNECT LEAD GROUP(GROUP1) SPECIAL")
    racf(f"ADDSD 'SYS1.X.**' OWNER({owner})")

    racf("ALTDSD 'SYS1.X.**' DATA('MINE')", user="LEAD", rc=rc)


def test_group_special_does_not_reach_a_user_whom_a_user_owns(racf):
    racf.user("LEAD")
    racf("ADDGROUP GROUP1")
    racf("ADDUSER USER2 DFLTGRP(GROUP1) OWNER(GROUP1)")
    racf("ADDUSER USER6 OWNER(USER2)")
    racf("CONNECT LEAD GROUP(GROUP1) SPECIAL")

    racf("ALTUSER USER2 NAME('X')", user="LEAD")
    racf("ALTUSER USER6 NAME('X')", user="LEAD", rc=8)


def test_a_group_auditor_lists_what_the_group_owns(racf):
    racf.user("AUDI")
    racf("ADDGROUP GROUP1")
    racf("CONNECT AUDI GROUP(GROUP1) AUDITOR")
    racf("ADDSD 'SYS1.X.**' OWNER(GROUP1)")
    racf("ADDSD 'SYS1.Y.**'")

    assert racf("LISTDSD DATASET('SYS1.X.**')", user="AUDI")[0].startswith("INFORMATION FOR DATASET SYS1.X.**")
    racf("LISTDSD DATASET('SYS1.Y.**')", user="AUDI", rc=8)
    racf("ALTDSD 'SYS1.X.**' UACC(READ)", user="AUDI", rc=8)


@pytest.mark.parametrize(
    ("authority", "level", "may"),
    [("USE", "UPDATE", False), ("CREATE", "UPDATE", True), ("CREATE", "READ", False), ("USE", "ALTER", True)],
)
def test_a_group_data_set_is_created_with_alter_or_with_create_authority_and_update(racf, authority, level, may):
    """[RACFSAG] "Controlling the creation of new data sets"."""
    racf.user("USER1")
    racf("ADDGROUP PAY")
    racf(f"CONNECT USER1 GROUP(PAY) AUTHORITY({authority})")
    racf("ADDSD 'PAY.**' UACC(NONE)")
    racf(f"PERMIT 'PAY.**' ID(USER1) ACCESS({level})")
    user = racf.saf.acee("USER1")

    assert racf.saf.may_create(user, "PAY.NEW") is may
    assert [violation.wanted for violation in racf.violations] == ([] if may else [Access.ALTER])
