"""Nobody gives away what is not one's own: authority over users and groups makes no superuser, auditor or better member."""

import pytest


def test_an_owner_of_a_user_gives_no_segment_and_no_class_authority(racf):
    racf.user("BOSS")
    racf("ADDUSER CLERK OWNER(BOSS)")

    lines = racf("ALTUSER CLERK OMVS(UID(0)) CLAUTH(FACILITY) NAME('NEW')", user="BOSS")

    assert lines == [
        "ICH21005I NOT AUTHORIZED TO SPECIFY OMVS, OPERAND IGNORED",
        "ICH21005I NOT AUTHORIZED TO SPECIFY CLAUTH, OPERAND IGNORED",
    ]
    user = racf.saf.snapshot().users["CLERK"]
    assert (user.name, user.omvs) == ("NEW", None)
    assert racf("RDEFINE FACILITY BPX.SUPERUSER", user="CLERK", rc=8)


def test_who_has_a_class_may_pass_it_on(racf):
    racf.user("BOSS")
    racf("ALTUSER BOSS CLAUTH(FACILITY)")
    racf("ADDUSER CLERK OWNER(BOSS)")

    assert racf("ALTUSER CLERK CLAUTH(FACILITY)", user="BOSS") == []
    assert racf("RDEFINE FACILITY MY.OWN", user="CLERK") == []


def test_a_group_owner_gives_the_group_no_gid(racf):
    racf.user("LEAD")
    racf("ADDGROUP TEAM OWNER(LEAD)")
    racf("CONNECT LEAD GROUP(TEAM) SPECIAL")

    refusal = ["ICH20021I PROFILE UNCHANGED. NOT AUTHORIZED TO ALTER SEGMENT FOR GROUP TEAM"]
    assert racf("ALTGROUP TEAM OMVS(GID(0))", user="LEAD", rc=8) == refusal
    assert racf.saf.snapshot().groups["TEAM"].gid is None


def test_connect_authority_gives_no_more_than_itself(racf):
    racf.user("LEAD")
    racf.user("USER1")
    racf("ADDGROUP TEAM")
    racf("CONNECT LEAD GROUP(TEAM) AUTHORITY(CONNECT)")

    assert racf("CONNECT USER1 GROUP(TEAM) AUTHORITY(JOIN)", user="LEAD", rc=8) == [
        "ICH02008I AUTHORITY SPECIFIED GREATER THAN THE COMMAND USER"
    ]
    lines = racf("CONNECT USER1 GROUP(TEAM) AUTHORITY(CREATE) SPECIAL OPERATIONS", user="LEAD")

    assert lines == [f"ICH02007I NOT AUTHORIZED TO SPECIFY {word}, OPERAND IGNORED" for word in ("SPECIAL", "OPERATIONS")]
    row = racf.saf.snapshot().connections["USER1"]["TEAM"]
    assert (row.authority, row.special, row.operations) == ("CREATE", False, False)
    assert racf("CONNECT LEAD GROUP(TEAM) SPECIAL", user="LEAD")[0].startswith("ICH02007I")


def test_connect_authority_does_not_touch_a_better_member(racf):
    racf.user("LEAD")
    racf.user("USER1")
    racf("ADDGROUP TEAM")
    racf("CONNECT LEAD GROUP(TEAM) AUTHORITY(CONNECT)")
    racf("CONNECT USER1 GROUP(TEAM) AUTHORITY(JOIN)")

    racf("CONNECT USER1 GROUP(TEAM) AUTHORITY(USE)", user="LEAD", rc=8)

    assert racf.saf.snapshot().connections["USER1"]["TEAM"].authority == "JOIN"


def test_the_owner_of_a_user_gives_no_authority_in_somebody_elses_group(racf):
    racf.user("BOSS")
    racf("ADDUSER CLERK OWNER(BOSS)")
    racf("ADDGROUP PAY")
    racf("CONNECT CLERK GROUP(PAY)")

    assert racf("ALTUSER CLERK GROUP(PAY) AUTHORITY(JOIN)", user="BOSS", rc=8) == [
        "ICH21006I AUTHORITY SPECIFIED GREATER THAN THE COMMAND USER"
    ]
    assert racf.saf.snapshot().connections["CLERK"]["PAY"].authority == "USE"


@pytest.mark.parametrize("command", ["PERMIT 'USER1.**' FROM('PAY.**')", "ADDSD 'USER1.X.**' FROM('PAY.**')"])
def test_an_access_list_is_copied_by_those_who_may_change_it_only(racf, command):
    racf.user("USER1")
    racf("ADDGROUP PAY")
    racf("ADDSD 'PAY.**'")
    racf("ADDSD 'USER1.**' OWNER(USER1)")

    assert racf(command, user="USER1", rc=8) == ["ICH06006I NOT AUTHORIZED TO PAY.**"]


def test_the_minimum_change_interval_holds_for_the_password_command(racf):
    racf.user("USER1", "OLD1")
    racf("SETROPTS PASSWORD(MINCHANGE(5))")

    assert racf("PASSWORD PASSWORD(OLD1 NEW1)", user="USER1", rc=8) == [
        "ICH08017I PASSWORD CHANGE REJECTED DUE TO INSTALLATION MINIMUM CHANGE INTERVAL"
    ]
    racf.at(days=6)
    assert racf("PASSWORD PASSWORD(OLD1 NEW1)", user="USER1") == []
