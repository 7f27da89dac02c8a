"""Who may do what to which resource."""

from __future__ import annotations

import pytest

from saf import Access


def access(zos, user, resource, saf_class="DATASET"):
    """The highest access that a user is allowed."""
    acee = zos.saf.acee(user)
    allowed = [level for level in Access if zos.saf.auth(acee, saf_class, resource, level, log=False).allowed]
    return allowed[-1].name if allowed else "NONE"


def test_a_user_owns_what_begins_with_the_user_id(zos):
    zos.user("USER1")
    zos("ADDSD 'USER1.**' UACC(NONE)")

    assert access(zos, "USER1", "USER1.X") == "ALTER"


def test_an_unprotected_data_set_is_anybodys_unless_protectall_says_no(zos):
    zos.user("USER1")
    assert access(zos, "USER1", "PAY.ROLL") == "ALTER"

    zos("SETROPTS PROTECTALL(FAILURES)")

    assert access(zos, "USER1", "PAY.ROLL") == "NONE"
    assert access(zos, "USER1", "USER1.X") == "ALTER"


def test_protectall_warning_lets_through_and_tells(zos):
    acee = zos.user("USER1")
    zos("SETROPTS PROTECTALL(WARNING)")

    decision = zos.saf.auth(acee, "DATASET", "PAY.ROLL", Access.READ)

    assert decision.allowed and decision.warning
    assert [violation.warning for violation in zos.violations] == [True]


def test_universal_access_holds_for_whoever_is_not_listed(zos):
    zos.user("USER1")
    zos("ADDGROUP PAY")
    zos("ADDSD 'PAY.**' UACC(READ)")

    assert access(zos, "USER1", "PAY.ROLL") == "READ"


def test_the_users_own_entry_beats_groups_and_universal_access(zos):
    zos.user("USER1")
    zos("ADDGROUP PAY")
    zos("CONNECT USER1 GROUP(PAY)")
    zos("ADDSD 'PAY.**' UACC(UPDATE)")
    zos("PERMIT 'PAY.**' ID(PAY) ACCESS(ALTER)")
    zos("PERMIT 'PAY.**' ID(USER1) ACCESS(NONE)")

    assert access(zos, "USER1", "PAY.ROLL") == "NONE"


def test_of_several_groups_the_highest_entry_counts(zos):
    zos.user("USER1")
    for group, level in (("PAY", "READ"), ("AUDIT", "CONTROL")):
        zos(f"ADDGROUP {group}")
        zos(f"CONNECT USER1 GROUP({group})")
    zos("ADDSD 'PAY.**' UACC(NONE)")
    zos("PERMIT 'PAY.**' ID(PAY) ACCESS(READ)")
    zos("PERMIT 'PAY.**' ID(AUDIT) ACCESS(CONTROL)")

    assert access(zos, "USER1", "PAY.ROLL") == "CONTROL"


def test_a_group_entry_that_is_too_low_is_not_mended_by_universal_access(zos):
    zos.user("USER1")
    zos("ADDGROUP PAY")
    zos("CONNECT USER1 GROUP(PAY)")
    zos("ADDSD 'PAY.**' UACC(UPDATE)")
    zos("PERMIT 'PAY.**' ID(PAY) ACCESS(READ)")

    assert access(zos, "USER1", "PAY.ROLL") == "READ"


def test_the_asterisk_entry_stands_for_every_user_but_a_restricted_one(zos):
    zos.user("USER1")
    zos.user("USER2")
    zos("ALTUSER USER2 RESTRICTED")
    zos("ADDGROUP PAY")
    zos("ADDSD 'PAY.**' UACC(NONE)")
    zos("PERMIT 'PAY.**' ID(*) ACCESS(READ)")

    assert access(zos, "USER1", "PAY.ROLL") == "READ"
    assert access(zos, "USER2", "PAY.ROLL") == "NONE"


def test_operations_may_everything_with_data_sets_except_where_it_is_listed(zos):
    zos.user("OPER1")
    zos("ALTUSER OPER1 OPERATIONS")
    zos("ADDGROUP PAY")
    zos("ADDSD 'PAY.**' UACC(NONE)")
    assert access(zos, "OPER1", "PAY.ROLL") == "ALTER"

    zos("PERMIT 'PAY.**' ID(OPER1) ACCESS(READ)")

    assert access(zos, "OPER1", "PAY.ROLL") == "READ"


def test_operations_gives_nothing_in_servauth(zos):
    zos.user("OPER1")
    zos("ALTUSER OPER1 OPERATIONS")
    zos("RDEFINE SERVAUTH EZB.FTP.** UACC(NONE)")

    assert access(zos, "OPER1", "EZB.FTP.MVS1.FTPD1.PORT21", "SERVAUTH") == "NONE"


def test_the_most_specific_profile_decides(zos):
    zos.user("USER1")
    zos("ADDGROUP PAY")
    for name, level in (("PAY.**", "NONE"), ("PAY.JUN*.**", "READ"), ("PAY.JUNE.*", "UPDATE"), ("PAY.JUNE.LIST", "ALTER")):
        zos(f"ADDSD '{name}' UACC({level})")

    assert access(zos, "USER1", "PAY.MAY") == "NONE"
    assert access(zos, "USER1", "PAY.JUNK.A.B") == "READ"
    assert access(zos, "USER1", "PAY.JUNE.DATA") == "UPDATE"
    assert access(zos, "USER1", "PAY.JUNE.LIST") == "ALTER"


def test_warning_mode_lets_through_what_would_be_refused_and_tells(zos):
    acee = zos.user("USER1")
    zos("ADDGROUP PAY")
    zos("ADDSD 'PAY.**' UACC(NONE) WARNING")

    decision = zos.saf.auth(acee, "DATASET", "PAY.ROLL", Access.UPDATE)

    assert (decision.allowed, decision.warning, decision.held) == (True, True, Access.NONE)
    assert zos.violations[0].warning


def test_a_decision_carries_its_reason_and_profile(zos):
    acee = zos.user("USER1")
    zos("ADDGROUP PAY")
    zos("ADDSD 'PAY.**' UACC(READ)")

    decision = zos.saf.auth(acee, "DATASET", "PAY.ROLL", Access.UPDATE)

    assert (decision.rc, decision.reason, decision.profile, decision.held) == (8, "UACC", "PAY.**", Access.READ)


def test_a_permit_holds_for_the_next_question_in_every_process(zos):
    acee = zos.user("USER1")
    other = zos.another()
    zos("ADDGROUP PAY")
    zos("ADDSD 'PAY.**' UACC(NONE)")
    assert not other.auth(acee, "DATASET", "PAY.ROLL", Access.READ).allowed

    zos("PERMIT 'PAY.**' ID(USER1) ACCESS(READ)")

    assert other.auth(acee, "DATASET", "PAY.ROLL", Access.READ).allowed


def test_spool_files_are_their_owners_and_nobody_elses(zos):
    zos.user("USER1")
    zos.user("USER2")
    name = "N1.USER1.USER1A.JOB00012.D0000002.JESMSGLG"

    assert access(zos, "USER1", name, "JESSPOOL") == "ALTER"
    assert access(zos, "USER2", name, "JESSPOOL") == "NONE"

    zos("RDEFINE JESSPOOL *.USER1.** UACC(NONE)")
    zos("PERMIT *.USER1.** CLASS(JESSPOOL) ID(USER2) ACCESS(READ)")

    assert access(zos, "USER2", name, "JESSPOOL") == "READ"


@pytest.mark.parametrize("saf_class", ["SERVAUTH", "FACILITY", "JESJOBS", "APPL", "OPERCMDS"])
def test_without_a_profile_the_answer_is_not_protected(zos, saf_class):
    acee = zos.user("USER1")

    decision = zos.saf.auth(acee, saf_class, "ANY.THING", Access.READ)

    assert (decision.allowed, decision.rc) == (True, 4)


def test_acting_for_another_user_needs_a_profile(zos):
    acee = zos.user("USER1")
    assert not zos.saf.auth(acee, "SURROGAT", "PAYUSER.SUBMIT", Access.READ).allowed

    zos("RDEFINE SURROGAT PAYUSER.SUBMIT")
    zos("PERMIT PAYUSER.SUBMIT CLASS(SURROGAT) ID(USER1)")

    assert zos.saf.auth(acee, "SURROGAT", "PAYUSER.SUBMIT", Access.READ).allowed


def test_a_class_that_is_not_active_protects_nothing(zos):
    zos.user("USER1")
    zos("RDEFINE SERVAUTH EZB.** UACC(NONE)")
    zos("SETROPTS NOCLASSACT(SERVAUTH)")

    assert access(zos, "USER1", "EZB.FTP.MVS1.FTPD1.PORT21", "SERVAUTH") == "ALTER"


def test_without_list_of_groups_checking_only_the_current_group_counts(zos):
    zos.user("USER1")
    zos("ADDGROUP PAY")
    zos("CONNECT USER1 GROUP(PAY)")
    zos("ADDSD 'PAY.**' UACC(NONE)")
    zos("PERMIT 'PAY.**' ID(PAY) ACCESS(READ)")

    zos("SETROPTS NOGRPLIST")

    assert access(zos, "USER1", "PAY.ROLL") == "NONE"
