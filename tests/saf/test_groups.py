"""ADDGROUP, ALTGROUP, DELGROUP, CONNECT, REMOVE and LISTGRP."""

from __future__ import annotations


def test_a_group_is_listed_as_racf_lists_it(racf):
    racf("ADDGROUP PAY SUPGROUP(SYS1) OWNER(SYS1) OMVS(GID(77))")
    racf.user("USER1")
    racf("CONNECT USER1 GROUP(PAY) AUTHORITY(CONNECT) UACC(READ)")

    assert racf("LISTGRP PAY OMVS") == [
        "INFORMATION FOR GROUP PAY",
        "    SUPERIOR GROUP=SYS1         OWNER=SYS1        CREATED=26.084",
        "    NO INSTALLATION DATA",
        "    NO MODEL DATA SET",
        "    TERMUACC",
        "    NO SUBGROUPS",
        "    USER(S)=      ACCESS=      ACCESS COUNT=      UNIVERSAL ACCESS=",
        "      USER1         CONNECT       000000               READ",
        "         CONNECT ATTRIBUTES=NONE",
        "         REVOKE DATE=NONE                 RESUME DATE=NONE",
        "",
        "OMVS INFORMATION",
        "----------------",
        "GID= 0000000077",
    ]
    assert racf.saf.unix_name(77, group=True) == "PAY"
    assert racf.saf.acee("USER1").gids == {0, 77}


def test_subgroups_are_shown_six_to_a_line(racf):
    for number in range(5):
        racf(f"ADDGROUP G{number}")

    lines = racf("LISTGRP SYS1")

    assert lines[5] == "    SUBGROUP(S)= G0       G1       G2       G3       G4       SYSCTLG"
    assert lines[6] == "                 VSAMDSET"


def test_a_gid_belongs_to_one_group_unless_shared(racf):
    racf("ADDGROUP PAY OMVS(GID(77))")

    assert racf("ADDGROUP PAY2 OMVS(GID(77))", rc=8) == ["IRR52175I Incorrect GID 77. This value is already in use by PAY."]
    racf("ADDGROUP PAY2 OMVS(GID(77) SHARED)")


def test_a_group_with_anything_in_it_cannot_be_deleted(racf):
    racf("ADDGROUP PAY")
    racf("ADDGROUP SUB SUPGROUP(PAY)")
    assert racf("DELGROUP PAY", rc=8) == ["ICH05004I PAY NOT DELETED"]
    racf("DELGROUP SUB")
    racf.user("USER1")
    racf("CONNECT USER1 GROUP(PAY)")
    assert racf("DELGROUP PAY", rc=8) == ["ICH05004I PAY NOT DELETED"]
    racf("REMOVE USER1 GROUP(PAY)")

    racf("DELGROUP PAY")

    assert racf("LISTGRP PAY", rc=8) == ["ICH51003I NAME NOT FOUND IN RACF DATA SET"]


def test_a_group_cannot_come_below_itself(racf):
    racf("ADDGROUP A")
    racf("ADDGROUP B SUPGROUP(A)")

    assert racf("ALTGROUP A SUPGROUP(B)", rc=8) == ["ICH20006I B CANNOT BE A SUPERIOR GROUP OF A"]


def test_join_authority_makes_subgroups_and_connect_authority_members(racf):
    racf.user("LEAD")
    racf.user("USER1")
    racf("ADDGROUP DEPT")
    racf("ADDGROUP TEAM SUPGROUP(DEPT) OWNER(DEPT)", user="LEAD", rc=8)
    racf("CONNECT USER1 GROUP(DEPT)", user="LEAD", rc=8)

    racf("CONNECT LEAD GROUP(DEPT) AUTHORITY(JOIN)")

    racf("ADDGROUP TEAM SUPGROUP(DEPT) OWNER(DEPT)", user="LEAD")
    racf("CONNECT USER1 GROUP(DEPT)", user="LEAD")


def test_nobody_leaves_the_default_group(racf):
    racf.user("USER1")

    line = "ICH03003I USER1 CANNOT BE REMOVED FROM ITS DEFAULT GROUP SYS1"
    assert racf("REMOVE USER1 GROUP(SYS1)", rc=8) == [line]


def test_a_revoked_connection_gives_no_access(racf):
    racf.user("USER1")
    racf("ADDGROUP PAY")
    racf("CONNECT USER1 GROUP(PAY)")
    assert "PAY" in racf.saf.acee("USER1").groups

    racf("CONNECT USER1 GROUP(PAY) REVOKE")

    assert "PAY" not in racf.saf.acee("USER1").groups


def test_a_universal_group_lists_only_members_with_more_than_use(racf):
    racf("ADDGROUP ALL UNIVERSAL")
    for userid, authority in (("USER1", "USE"), ("LEAD", "CONNECT")):
        racf(f"ADDUSER {userid}")
        racf(f"CONNECT {userid} GROUP(ALL) AUTHORITY({authority})")

    lines = racf("LISTGRP ALL")
    assert "    UNIVERSAL" in lines
    assert [line.split()[0] for line in lines if "      0" in line] == ["LEAD"]
    assert racf("DELGROUP ALL", rc=8)[-1] == "ICH05004I ALL NOT DELETED"
    racf("REMOVE LEAD GROUP(ALL)")
    assert racf("DELGROUP ALL") == [
        "ICH05008I WARNING ALL is a universal group. Run the remove ID utility to remove all users from the group."
    ]
    assert "ALL" not in racf.saf.snapshot().groups


def test_a_group_becomes_universal_only_when_it_is_added(racf):
    racf("ADDGROUP PAY")

    assert racf("ALTGROUP PAY UNIVERSAL", rc=12) == ["IKJ56712I INVALID KEYWORD, UNIVERSAL"]


def test_a_connection_is_owned_by_a_user_or_a_group(racf):
    racf("ADDGROUP PAY")
    racf("ADDUSER USER1")

    assert racf("CONNECT USER1 GROUP(PAY) OWNER(NOBODY)", rc=8) == [
        "ICH02011I OWNER SPECIFIED IS NOT A RACF DEFINED USER OR GROUP"
    ]
