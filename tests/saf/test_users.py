"""ADDUSER, ALTUSER, DELUSER, PASSWORD and LISTUSER."""

from __future__ import annotations

import pytest


def test_a_new_user_is_listed_as_racf_lists_it(racf):
    racf("ADDUSER USER1 NAME('ANNE USER') OWNER(SYS1) DATA('DESK 7')")

    assert racf("LISTUSER USER1") == [
        "USER=USER1     NAME=ANNE USER             OWNER=SYS1      CREATED=26.084",
        " DEFAULT-GROUP=SYS1     PASSDATE=N/A    PASS-INTERVAL=N/A PHRASEDATE=N/A",
        " ATTRIBUTES=PROTECTED",
        " REVOKE DATE=NONE   RESUME DATE=NONE",
        " LAST-ACCESS=UNKNOWN",
        " CLASS AUTHORIZATIONS=NONE",
        " INSTALLATION-DATA=DESK 7",
        " NO-MODEL-NAME",
        " LOGON ALLOWED   (DAYS)          (TIME)",
        " ---------------------------------------------",
        " ANYDAY                          ANYTIME",
        "  GROUP=SYS1      AUTH=USE      CONNECT-OWNER=IBMUSER   CONNECT-DATE=26.084",
        "    CONNECTS=    00  UACC=NONE     LAST-CONNECT=UNKNOWN",
        "    CONNECT ATTRIBUTES=NONE",
        "    REVOKE DATE=NONE   RESUME DATE=NONE",
        "SECURITY-LEVEL=NONE SPECIFIED",
        "CATEGORY-AUTHORIZATION",
        " NONE SPECIFIED",
        "SECURITY-LABEL=NONE SPECIFIED",
    ]


def test_several_users_may_be_given_in_parentheses(racf):
    racf("ADDUSER (USER1 USER2) PASSWORD(START)")

    assert {"USER1", "USER2"} <= set(racf.saf.snapshot().users)


def test_a_command_that_fails_for_one_user_changes_nothing(racf):
    racf("ADDUSER (USER1 IBMUSER) PASSWORD(START)", rc=8)

    assert "USER1" not in racf.saf.snapshot().users


def test_the_omvs_segment_is_kept_changed_and_listed(racf):
    racf("AU USER1 OMVS(UID(100) HOME('/u/user1') PROGRAM('/bin/sh') THREADSMAX(200))")
    racf("ALU USER1 OMVS(HOME(/home/one))")

    lines = racf("LU USER1 NORACF OMVS")

    assert lines[:6] == ["USER=USER1", "", "OMVS INFORMATION", "----------------", "UID= 0000000100", "HOME= /home/one"]
    assert "THREADSMAX= 200" in lines
    racf("ALU USER1 NOOMVS")
    assert racf("LU USER1 NORACF OMVS")[-1] == "NO OMVS INFORMATION"
    assert racf.saf.home_of("USER1") is None


def test_a_uid_belongs_to_one_user_unless_shared(racf):
    racf("AU USER1 OMVS(UID(100))")

    (line,) = [line for line in racf("AU USER2 OMVS(UID(100))", rc=8) if line.startswith("IRR")]

    assert line == "IRR52174I Incorrect UID 100. This value is already in use by USER1."
    racf("AU USER2 OMVS(UID(100) SHARED)")


def test_autouid_takes_the_first_free_number(racf):
    assert racf("AU USER1 OMVS(AUTOUID)")[0] == "IRR52177I User USER1 was assigned an OMVS UID value of 1000."
    assert racf("AU USER2 OMVS(AUTOUID)")[0] == "IRR52177I User USER2 was assigned an OMVS UID value of 1001."


def test_the_tso_segment_is_kept_for_whoever_asks(racf):
    racf("AU USER1 TSO(ACCTNUM(ACCT#) PROC(ISPFPROC) SIZE(4096))")

    assert racf("LU USER1 NORACF TSO")[2:] == [
        "TSO INFORMATION",
        "---------------",
        "ACCTNUM= ACCT#",
        "PROC= ISPFPROC",
        "SIZE= 4096",
    ]


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("ADDUSER IBMUSER", "IKJ56702I INVALID USERID, IBMUSER"),
        ("ADDUSER SYS1", "IKJ56702I INVALID USERID, SYS1"),
        ("ADDUSER USER1 DFLTGRP(NOGROUP)", "ICH51003I NAME NOT FOUND IN RACF DATA SET"),
        ("ALTUSER NOBODY NAME('X')", "ICH21009I UNABLE TO LOCATE NOBODY"),
        ("DELUSER NOBODY", "IKJ56702I INVALID USERID, NOBODY"),
        ("DELUSER IBMUSER", "ICH04011I Deletion of IBMUSER not allowed."),
    ],
)
def test_what_cannot_be_is_refused(racf, command, line):
    assert racf(command, rc=8) == [line]


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("ADDUSER TOOLONGNAME", "IKJ56702I INVALID USERID, TOOLONGNAME"),
        ("ADDUSER 'USER1'", "IKJ56702I INVALID USERID, USER1"),
        ("ADDUSER USER1 NONSENSE(1)", "IKJ56712I INVALID KEYWORD, NONSENSE"),
        ("ADDUSER USER1 OWNER", "IKJ56701I MISSING OWNER"),
        ("ADDUSER USER1 OMVS(UID(MANY))", "IKJ56702I INVALID UID, MANY"),
        ("ADDUSER USER1 NAME('X", "IKJ56703I MISSING ENDING QUOTE, 'X"),
        ("FROBNICATE X", "IKJ56500I COMMAND FROBNICATE NOT FOUND"),
        ("", "IKJ56500I COMMAND '' NOT FOUND"),
        ("ALTUSER IBMUSER REVOKE(YESTERDAY)", "IKJ56702I INVALID DATE, YESTERDAY"),
    ],
)
def test_what_is_not_understood_is_told(racf, command, line):
    assert racf(command, rc=12) == [line]


def test_a_user_without_authority_administers_nobody(racf):
    racf.user("USER1")
    racf.user("USER2")

    assert racf("ADDUSER USER3", user="USER1", rc=8) == ["ICH01005I NOT AUTHORIZED TO ISSUE ADDUSER"]
    assert racf("ALTUSER USER2 REVOKE", user="USER1", rc=8) == ["ICH21010I NOT AUTHORIZED TO ISSUE ALTUSER"]
    assert racf("DELUSER USER2", user="USER1", rc=8) == ["ICH04010I NOT AUTHORIZED TO ISSUE DELUSER"]
    assert racf("LISTUSER USER2", user="USER1", rc=8) == ["ICH30010I NOT AUTHORIZED TO ISSUE LISTUSER"]
    assert racf("LISTUSER", user="USER1")[0].startswith("USER=USER1")


def test_an_owner_administers_but_gives_no_system_attribute(racf):
    racf.user("BOSS")
    racf("ADDUSER CLERK OWNER(BOSS)")

    lines = racf("ALTUSER CLERK NAME('NEW') SPECIAL", user="BOSS")

    assert lines == ["ICH21005I NOT AUTHORIZED TO SPECIFY SPECIAL, OPERAND IGNORED"]
    user = racf.saf.snapshot().users["CLERK"]
    assert (user.name, user.special) == ("NEW", False)


def test_group_special_reaches_down_the_owning_groups(racf):
    racf.user("LEAD")
    racf("ADDGROUP DEPT")
    racf("ADDGROUP TEAM SUPGROUP(DEPT) OWNER(DEPT)")
    racf("CONNECT LEAD GROUP(DEPT) SPECIAL")
    racf("ADDUSER WORKER DFLTGRP(TEAM) OWNER(TEAM)")
    racf("ADDUSER STRANGER")

    racf("ALTUSER WORKER NAME('X')", user="LEAD")
    racf("ALTUSER STRANGER NAME('X')", user="LEAD", rc=8)
    racf("ADDUSER NEWMAN DFLTGRP(TEAM) OWNER(TEAM)", user="LEAD")


def test_altuser_changes_the_membership_of_a_group(racf):
    racf.user("USER1")
    racf("ADDGROUP PAY")
    assert racf("ALTUSER USER1 GROUP(PAY) AUTHORITY(JOIN)", rc=8) == ["ICH30001I UNABLE TO LOCATE CONNECT ENTRY USER1"]
    racf("CONNECT USER1 GROUP(PAY)")

    racf("ALTUSER USER1 GROUP(PAY) AUTHORITY(JOIN) UACC(READ)")

    row = racf.saf.snapshot().connections["USER1"]["PAY"]
    assert (row.authority, row.uacc.name) == ("JOIN", "READ")


def test_one_changes_ones_own_password(racf):
    racf.user("USER1", "OLD1")

    assert racf("PASSWORD PASSWORD(WRONG NEW1)", user="USER1", rc=8) == ["ICH08005I VALUE SPECIFIED IS NOT CURRENT PASSWORD"]
    racf("PW PASSWORD(OLD1 NEW1)", user="USER1")

    assert racf.saf.verify("USER1", "NEW1")


def test_only_an_administrator_frees_a_password_from_expiry(racf):
    racf.user("USER1")

    racf("PASSWORD NOINTERVAL", user="USER1", rc=8)
    racf("PASSWORD INTERVAL(30)", user="USER1")
    assert any("PASS-INTERVAL= 30" in line for line in racf("LISTUSER USER1"))


def test_deleting_a_user_takes_connections_certificates_and_rings_along(racf):
    racf.user("USER1")
    racf("RACDCERT ID(USER1) GENCERT SUBJECTSDN(CN('X')) WITHLABEL('X') NISTECC")
    racf("RACDCERT ID(USER1) ADDRING(R)")
    racf("RACDCERT ID(USER1) CONNECT(LABEL('X') RING(R))")

    racf("DELUSER USER1")

    assert racf("RACDCERT ID(USER1) LIST", rc=8) == ["IRRD102I User ID USER1 is not defined to RACF."]
    racf("ADDUSER USER1")
    assert racf("RACDCERT ID(USER1) LISTRING(*)", rc=8) == ["IRRD115I User USER1 has no rings."]


def test_a_user_with_data_set_profiles_stays(racf):
    racf.user("USER1")
    racf("ADDSD 'USER1.**'")

    assert racf("DELUSER USER1", rc=8) == ["ICH04009I USER1 CANNOT BE DELETED. DATA SET PROFILES STILL EXIST."]


def test_attributes_and_segments_for_programs_are_kept_and_listed(racf):
    racf("ADDUSER USER1 UAUDIT NOADSP CICS(OPCLASS(1,2) OPIDENT(ABC)) LANGUAGE(PRIMARY(ENU)) NETVIEW(CTL(GLOBAL))")
    racf("ALTUSER USER1 WHEN(DAYS(WEEKDAYS) TIME(0800:1700)) MODEL('USER1.MODEL')")

    lines = racf("LISTUSER USER1 CICS LANGUAGE NETVIEW")

    assert " ATTRIBUTES=PROTECTED UAUDIT" in lines
    assert " WEEKDAYS                        0800 - 1700" in lines
    assert " MODEL-NAME=USER1.MODEL" in lines
    assert {"OPCLASS= 1 2", "OPIDENT= ABC", "PRIMARY= ENU", "CTL= GLOBAL"} <= set(lines)
    racf("ALTUSER USER1 NOCICS NOUAUDIT")
    assert "NO CICS INFORMATION" in racf("LISTUSER USER1 CICS")
    assert racf("ALTUSER USER1 WHEN(TIME(2500:1700))", rc=12) == ["IKJ56702I INVALID TIME, 2500:1700"]


def test_clauth_user_with_join_in_the_group_may_define_users(racf):
    racf.user("USER1")
    racf("ADDGROUP PAY")
    racf("CONNECT USER1 GROUP(PAY) AUTHORITY(JOIN)")
    racf("ADDUSER NEW1 DFLTGRP(PAY)", user="USER1", rc=8)

    racf("ALTUSER USER1 CLAUTH(USER)")

    racf("ADDUSER NEW1 DFLTGRP(PAY)", user="USER1")
    racf("ADDUSER NEW2 DFLTGRP(SYS1)", user="USER1", rc=8)


def test_a_uid_without_a_gid_of_the_default_group_is_told(racf):
    racf("ADDGROUP PAY")

    assert racf("ADDUSER USER1 DFLTGRP(PAY) PASSWORD(X) OMVS(UID(7))") == [
        "ICH01019I User USER1 is assigned an OMVS UID, but default group PAY does not have a GID. Processing continues."
    ]
    assert racf("ADDUSER USER2 PASSWORD(X) OMVS(UID(8))") == []
