"""Nobody gives away what is not one's own: authority over users and groups makes no superuser, auditor or better member."""

import pytest

from saf.access import Access


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

    assert racf(command, user="USER1", rc=8)[0].split(" ", 1)[0] == ("ICH06006I" if "PERMIT" in command else "ICH09035I")


def test_the_minimum_change_interval_holds_for_the_password_command(racf):
    racf.user("USER1", "OLD1")
    racf("SETROPTS PASSWORD(MINCHANGE(5))")

    assert racf("PASSWORD PASSWORD(OLD1 NEW1)", user="USER1", rc=8) == [
        "ICH08017I PASSWORD CHANGE REJECTED DUE TO INSTALLATION MINIMUM CHANGE INTERVAL"
    ]
    racf.at(days=6)
    assert racf("PASSWORD PASSWORD(OLD1 NEW1)", user="USER1") == []


def test_operations_opens_data_sets_and_changes_no_access_list(racf):
    racf.user("OPER")
    racf("ALTUSER OPER OPERATIONS")
    racf("ADDGROUP PAY")
    racf("ADDSD 'PAY.DATA' UACC(NONE)")
    assert racf.saf.auth(racf.saf.acee("OPER"), "DATASET", "PAY.DATA", Access.ALTER).allowed

    assert racf("PERMIT 'PAY.DATA' ID(OPER) ACCESS(ALTER)", user="OPER", rc=8) == ["ICH06006I NOT AUTHORIZED TO PAY.DATA"]


def test_the_global_table_gives_access_and_no_authority_over_the_profile(racf):
    racf.user("USER1")
    racf("ADDGROUP PAY")
    racf("ADDSD 'PAY.DATA' UACC(NONE)")
    racf("RDEFINE GLOBAL DATASET ADDMEM('PAY.DATA'/ALTER)")
    racf("SETROPTS GLOBAL(DATASET)")

    assert racf("PERMIT 'PAY.DATA' ID(USER1) ACCESS(ALTER)", user="USER1", rc=8)


def test_alter_in_the_access_list_of_a_discrete_profile_does_change_it(racf):
    racf.user("USER1")
    racf("ADDGROUP PAY")
    racf("ADDSD 'PAY.DATA' UACC(NONE)")
    racf("PERMIT 'PAY.DATA' ID(USER1) ACCESS(ALTER)")

    assert racf("PERMIT 'PAY.DATA' ID(*) ACCESS(READ)", user="USER1") == []


@pytest.mark.parametrize(
    "command", ["RDEFINE STARTED BAD.* STDATA(USER(IBMUSER) TRUSTED(YES))", "RALTER STARTED MINE.* NOSTDATA"]
)
def test_a_class_authorization_makes_no_trusted_started_task(racf, command):
    racf.user("USER1")
    racf("ALTUSER USER1 CLAUTH(STARTED)")
    assert racf("RDEFINE STARTED MINE.*", user="USER1") == []

    assert racf(command, user="USER1", rc=8)[0].startswith(("ICH10103I", "ICH11103I"))


def test_a_group_is_moved_only_below_one_in_which_one_may_add_groups(racf):
    racf.user("LEAD")
    racf("ADDGROUP TEAM OWNER(LEAD)")
    racf("ADDGROUP OTHER")
    racf("CONNECT LEAD GROUP(SYS1) AUTHORITY(JOIN)")

    assert racf("ALTGROUP TEAM SUPGROUP(OTHER)", user="LEAD", rc=8) == ["ICH20002I NOT AUTHORIZED TO ALTER TEAM"]
    racf("CONNECT LEAD GROUP(OTHER) AUTHORITY(JOIN)")

    assert racf("ALTGROUP TEAM SUPGROUP(OTHER)", user="LEAD") == []


@pytest.mark.parametrize("command", ["ADDSD 'TEAM.**'", "ADDGROUP BELOW SUPGROUP(TEAM)", "CONNECT USER2 GROUP(TEAM)"])
def test_a_revoked_connection_gives_no_authority(racf, command):
    racf.user("USER1")
    racf.user("USER2")
    racf("ADDGROUP TEAM")
    racf("CONNECT USER1 GROUP(TEAM) AUTHORITY(JOIN)")
    racf("CONNECT USER1 GROUP(TEAM) REVOKE(03/26/26)")
    racf.at(days=2)

    racf(command, user="USER1", rc=8)


@pytest.fixture
def keeper(racf):
    """USER1 may connect and export what is USER1's own; USER2 and the authority have certificates with keys."""
    racf.user("USER1")
    racf.user("USER2")
    racf("RACDCERT ID(USER1) GENCERT SUBJECTSDN(CN('1')) WITHLABEL('C')")
    racf("RACDCERT ID(USER2) GENCERT SUBJECTSDN(CN('2')) WITHLABEL('C')")
    racf("RACDCERT CERTAUTH GENCERT SUBJECTSDN(CN('CA')) WITHLABEL('C')")
    racf("RACDCERT ID(USER1) ADDRING(R)")
    racf("RDEFINE FACILITY IRR.DIGTCERT.CONNECT UACC(READ)")
    racf("RDEFINE FACILITY IRR.DIGTCERT.EXPORT UACC(READ)")
    return racf


@pytest.mark.parametrize("which", ["ID(USER2) LABEL('C')", "CERTAUTH LABEL('C') USAGE(PERSONAL)", "LABEL('C') USAGE(CERTAUTH)"])
def test_who_may_connect_ones_own_certificates_connects_no_others(keeper, which):
    assert keeper(f"RACDCERT CONNECT({which} RING(R))", user="USER1", rc=8)[0].startswith("IRRD101I")
    assert keeper("RACDCERT CONNECT(LABEL('C') RING(R))", user="USER1") == []


def test_a_private_key_is_exported_with_exportkey_only(keeper):
    package = "RACDCERT EXPORT(LABEL('C')) DSN('USER1.P12') FORMAT(PKCS12DER) PASSWORD('X')"
    assert keeper("RACDCERT EXPORT(LABEL('C')) DSN('USER1.PEM')", user="USER1") == []
    assert keeper(package, user="USER1", rc=8)[0].startswith("IRRD101I")

    keeper("RDEFINE FACILITY IRR.DIGTCERT.EXPORTKEY UACC(READ)")

    assert keeper(package, user="USER1") == []
