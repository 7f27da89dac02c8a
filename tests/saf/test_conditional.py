"""Conditional access lists: PERMIT WHEN, what meets a condition, displays and unloads."""

from __future__ import annotations

import pytest

from saf import Access
from saf.errors import EntryNotAuthorized
from saf.profiles import PortOfEntry
from tests.racfworld import World

ZONE = "EZB.NETACCESS.MVS1.TCPIP.ZONEA"
FROM_ZONE = PortOfEntry("SERVAUTH", ZONE)


@pytest.fixture
def zone(racf):
    """USER1 may come from zone A; PAY.DATA is readable from there only."""
    racf.user("USER1")
    racf("ADDGROUP PAY")
    racf("RDEFINE SERVAUTH EZB.NETACCESS.*.*.ZONEA UACC(READ)")
    racf("ADDSD 'PAY.DATA' UACC(NONE)")
    racf("PERMIT 'PAY.DATA' ID(USER1) ACCESS(READ) WHEN(SERVAUTH(EZB.NETACCESS.*.*.ZONEA))")
    return racf


def held(racf, acee, name="PAY.DATA", wanted=Access.READ, saf_class="DATASET"):
    return racf.saf.auth(acee, saf_class, name, wanted)


def test_an_entry_counts_where_its_condition_is_met(zone):
    assert not held(zone, zone.saf.acee("USER1")).allowed

    decision = held(zone, zone.saf.verify("USER1", "SECRET", port=FROM_ZONE))

    assert decision.allowed
    assert decision.reason == "conditional access list: USER1 WHEN(SERVAUTH(EZB.NETACCESS.*.*.ZONEA))"


def test_the_condition_names_the_profile_not_the_zone(zone):
    zone("PERMIT 'PAY.DATA' RESET(WHEN)")
    zone(f"PERMIT 'PAY.DATA' ID(USER1) ACCESS(READ) WHEN(SERVAUTH({ZONE}))")

    assert not held(zone, zone.saf.verify("USER1", "SECRET", port=FROM_ZONE)).allowed


def test_the_standard_list_is_mended_upwards_only(zone):
    zone("PERMIT 'PAY.DATA' ID(USER1) ACCESS(UPDATE)")
    acee = zone.saf.verify("USER1", "SECRET", port=FROM_ZONE)

    assert held(zone, acee, wanted=Access.UPDATE).allowed
    zone("PERMIT 'PAY.DATA' ID(USER1) ACCESS(NONE)")
    assert held(zone, acee).allowed


@pytest.mark.parametrize("who", ["PAY", "*"])
def test_groups_and_everybody_may_stand_in_the_list(zone, who):
    zone("CONNECT USER1 GROUP(PAY)")
    zone("PERMIT 'PAY.DATA' RESET")
    zone(f"PERMIT 'PAY.DATA' ID({who}) ACCESS(READ) WHEN(SERVAUTH(EZB.NETACCESS.*.*.ZONEA))")

    assert held(zone, zone.saf.verify("USER1", "SECRET", port=FROM_ZONE)).allowed
    zone("ALTUSER USER1 RESTRICTED")
    zone("PERMIT EZB.NETACCESS.*.*.ZONEA CLASS(SERVAUTH) ID(USER1) ACCESS(READ)")
    assert held(zone, zone.saf.verify("USER1", "SECRET", port=FROM_ZONE)).allowed is (who == "PAY")


def test_an_inactive_class_meets_no_condition(zone):
    acee = zone.saf.verify("USER1", "SECRET", port=FROM_ZONE)
    zone("SETROPTS NOCLASSACT(SERVAUTH)")

    assert not held(zone, acee).allowed


def test_a_zone_that_is_not_permitted_is_no_way_in(zone):
    zone("RALTER SERVAUTH EZB.NETACCESS.*.*.ZONEA UACC(NONE)")

    with pytest.raises(EntryNotAuthorized):
        zone.saf.verify("USER1", "SECRET", port=FROM_ZONE)
    with pytest.raises(EntryNotAuthorized):
        zone.saf.verify("USER1", "SECRET", port=PortOfEntry("SERVAUTH", "EZB.NETACCESS.MVS1.TCPIP.OTHER"))

    assert [(violation.cause, violation.resource) for violation in zone.violations] == [
        ("entry", ZONE),
        ("entry", "EZB.NETACCESS.MVS1.TCPIP.OTHER"),
    ]


def test_a_terminal_without_a_profile_is_open_unless_setropts_says_otherwise(racf):
    racf.user("USER1")
    terminal = PortOfEntry("TERMINAL", "7F000001")
    racf("SETROPTS CLASSACT(TERMINAL)")
    assert racf.saf.verify("USER1", "SECRET", port=terminal).conditions == {("TERMINAL", "7F000001")}

    racf("SETROPTS TERMINAL(NONE)")
    with pytest.raises(EntryNotAuthorized):
        racf.saf.verify("USER1", "SECRET", port=terminal)

    racf("RDEFINE TERMINAL 7F0000* UACC(READ)")
    assert racf.saf.verify("USER1", "SECRET", port=terminal)


def test_a_controlled_program_meets_when_program(racf):
    acee = racf.user("USER1")
    racf("ADDGROUP PAY")
    racf("ADDSD 'PAY.**' UACC(NONE)")
    racf("PERMIT 'PAY.**' ID(USER1) ACCESS(UPDATE) WHEN(PROGRAM(PAYROLL))")
    assert not held(racf, racf.saf.running(acee, "PAYROLL"), "PAY.X").allowed

    racf("RDEFINE PROGRAM PAYROLL ADDMEM('PAY.LOAD'//NOPADCHK) UACC(READ)")

    assert held(racf, racf.saf.running(acee, "PAYROLL"), "PAY.X", Access.UPDATE).allowed
    assert not held(racf, racf.saf.running(acee, "IEBGENER"), "PAY.X").allowed
    assert not held(racf, racf.saf.running(racf.saf.running(acee, "PAYROLL"), "IEBGENER"), "PAY.X").allowed
    racf("SETROPTS NOWHEN(PROGRAM)")
    assert not held(racf, racf.saf.running(acee, "PAYROLL"), "PAY.X").allowed


@pytest.mark.parametrize(
    ("operand", "kind", "name"),
    [
        ("CONSOLE(MASTER)", "CONSOLE", "MASTER"),
        ("APPCPORT(NET1.LU1)", "APPCPORT", "NET1.LU1"),
        ("TERMINAL(L123)", "TERMINAL", "L123"),
        ("JESINPUT(RDR1)", "JESINPUT", "RDR1"),
        ("CRITERIA(SQLROLE('teller'))", "CRITERIA", "SQLROLE=teller"),
    ],
)
def test_conditions_that_nothing_meets_are_kept_and_shown(racf, operand, kind, name):
    racf.user("USER1")
    racf("RDEFINE FACILITY BPX.X UACC(NONE)")
    result = racf.saf.command(racf.saf.operator(), f"PERMIT BPX.X CLASS(FACILITY) ID(USER1) ACCESS(READ) WHEN({operand})")

    assert result.rc in (0, 4)
    assert f"USER1    READ       000000    {kind:<8} {name}" in racf("RLIST FACILITY BPX.X AUTHUSER")
    assert not held(racf, racf.saf.acee("USER1"), "BPX.X", saf_class="FACILITY").allowed


def test_entries_are_replaced_deleted_one_by_one_and_by_class(zone):
    zone("RDEFINE SERVAUTH EZB.NETACCESS.*.*.ZONEB UACC(READ)")
    zone("PERMIT 'PAY.DATA' ID(USER1) ACCESS(UPDATE) WHEN(SERVAUTH(EZB.NETACCESS.*.*.ZONEA EZB.NETACCESS.*.*.ZONEB))")
    assert [(row.name[-5:], row.level.name) for row in conditional(zone)] == [("ZONEA", "UPDATE"), ("ZONEB", "UPDATE")]

    zone("PERMIT 'PAY.DATA' ID(USER1) DELETE WHEN(SERVAUTH(EZB.NETACCESS.*.*.ZONEB))")
    assert len(conditional(zone)) == 1
    assert zone("PERMIT 'PAY.DATA' ID(USER1) DELETE WHEN(SERVAUTH(NOT.THERE))", rc=4)[-1] == (
        "ICH06014I USER1 not authorized, DELETE ignored for WHEN(SERVAUTH(NOT.THERE))"
    )
    zone("PERMIT 'PAY.DATA' ID(USER1) DELETE WHEN(SERVAUTH(*))")
    assert conditional(zone) == ()


def conditional(racf, saf_class="DATASET", name="PAY.DATA"):
    return next(row for row in racf.saf.snapshot().profiles(saf_class) if row.name == name).conditional


@pytest.mark.parametrize(
    ("reset", "standard", "conditions"),
    [("RESET", 0, 0), ("RESET(ALL)", 0, 0), ("RESET(STANDARD)", 0, 1), ("RESET(WHEN)", 1, 0)],
)
def test_reset_empties_the_lists_that_it_names(zone, reset, standard, conditions):
    zone("PERMIT 'PAY.DATA' ID(IBMUSER) ACCESS(READ)")

    zone(f"PERMIT 'PAY.DATA' {reset}")

    profile = next(row for row in zone.saf.snapshot().profiles("DATASET") if row.name == "PAY.DATA")
    assert (len(profile.access_list), len(profile.conditional)) == (standard, conditions)


def test_from_copies_both_lists(zone):
    zone("ADDSD 'PAY.OTHER'")
    zone("PERMIT 'PAY.OTHER' FROM('PAY.DATA')")

    assert conditional(zone, name="PAY.OTHER") == conditional(zone)


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("PERMIT 'PAY.DATA' ID(USER1) WHEN", "ICH06018I PERMIT failed. WHEN operand is incorrect without a value."),
        (
            "PERMIT 'PAY.DATA' ID(USER1) WHEN(SYSID(SYS1))",
            "ICH06020I PERMIT failed. WHEN(SYSID) operand is invalid for this class.",
        ),
        (
            "PERMIT 'PAY.DATA' ID(USER1) WHEN(CRITERIA(A(B)))",
            "ICH06022I PERMIT FAILED. WHEN(CRITERIA) IS NOT VALID FOR THIS CLASS.",
        ),
        (
            "PERMIT Z CLASS(FACILITY) ID(USER1) WHEN(PROGRAM(X))",
            "ICH06020I PERMIT failed. WHEN(PROGRAM) operand is invalid for this class.",
        ),
    ],
)
def test_conditions_that_a_class_does_not_have_are_refused(zone, command, message):
    zone("RDEFINE FACILITY Z")

    assert zone(command, rc=8) == [message]


def test_conditions_that_cannot_be_met_yet_are_warned_of(zone):
    said = zone("PERMIT 'PAY.DATA' ID(USER1) WHEN(JESINPUT(INTRDR))", rc=4)

    assert said == [
        "ICH06019I WARNING: Class JESINPUT is not currently active.",
        "ICH06015I WARNING - In class JESINPUT resource INTRDR not currently protected by RACF.",
    ]
    assert zone("PERMIT 'PAY.DATA' ID(USER1) ACCESS(READ) WHEN(SERVAUTH(*))") == [
        "ICH06013I WHEN(SERVAUTH(*)) OPERAND IGNORED. INVALID WITH ACCESS OPERAND."
    ]


def test_displays_show_the_conditional_list(zone):
    lines = zone("LISTDSD DATASET('PAY.DATA') AUTHUSER")
    head = lines.index("   ID    ACCESS   ACCESS COUNT  CLASS                ENTITY NAME")

    assert lines[head + 2] == "USER1    READ       000000    SERVAUTH EZB.NETACCESS.*.*.ZONEA"
    zone("ADDSD 'PAY.G.*'")
    assert zone("LISTDSD DATASET('PAY.G.*') AUTHUSER")[-3:] == [
        "   ID    ACCESS   CLASS                ENTITY NAME",
        "-------- ------- -------- ---------------------------------------",
        "NO ENTRIES IN CONDITIONAL ACCESS LIST",
    ]


def test_an_unload_holds_the_conditional_lists(zone, tmp_path):
    zone("RDEFINE FACILITY BPX.X")
    zone("PERMIT BPX.X CLASS(FACILITY) ID(USER1) ACCESS(READ) WHEN(TERMINAL(L1))", rc=4)
    records = list(zone.saf.unload())
    other = World(tmp_path / "other")

    other.saf.load(records)

    assert [line[:4] for line in records if line[:4] in ("0402", "0507")] == ["0402", "0507"]
    assert conditional(other) == conditional(zone)
    assert conditional(other, "FACILITY", "BPX.X") == conditional(zone, "FACILITY", "BPX.X")
    other.engine.dispose()
