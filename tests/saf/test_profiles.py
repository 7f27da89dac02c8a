"""ADDSD, ALTDSD, DELDSD, LISTDSD, RDEFINE, RALTER, RDELETE, RLIST, PERMIT, SEARCH and SETROPTS."""

from __future__ import annotations

import pytest

from saf import Access


def test_a_data_set_profile_is_listed_as_racf_lists_it(racf):
    racf("ADDGROUP PAY")
    racf("ADDSD 'PAY.**' UACC(READ) WARNING OWNER(PAY)")
    racf("PERMIT 'PAY.**' ID(IBMUSER) ACCESS(ALTER)")

    lines = racf("LISTDSD DATASET('PAY.**') AUTHUSER")

    assert lines[:13] == [
        "INFORMATION FOR DATASET PAY.** (G)",
        "",
        "LEVEL  OWNER    UNIVERSAL ACCESS   WARNING   ERASE",
        "-----  -------- ----------------   -------   -----",
        " 00    PAY             READ          YES     NO",
        "",
        "AUDITING",
        "--------",
        "FAILURES(READ)",
        "",
        "NOTIFY",
        "--------",
        "NO USER TO BE NOTIFIED",
    ]
    at = lines.index("   ID     ACCESS")
    assert lines[at : at + 3] == ["   ID     ACCESS", "--------  -------", "IBMUSER   ALTER"]
    assert lines[-1] == "NO ENTRIES IN CONDITIONAL ACCESS LIST"


def test_a_resource_profile_is_listed_as_racf_lists_it(racf):
    racf("RDEFINE FACILITY BPX.SUPERUSER UACC(NONE)")
    racf("PERMIT BPX.SUPERUSER CLASS(FACILITY) ID(IBMUSER) ACCESS(READ)")

    lines = racf("RLIST FACILITY BPX.SUPERUSER AUTHUSER")

    assert lines[:7] == [
        "CLASS      NAME",
        "-----      ----",
        "FACILITY   BPX.SUPERUSER",
        "",
        "LEVEL  OWNER      UNIVERSAL ACCESS  YOUR ACCESS  WARNING",
        "-----  --------   ----------------  -----------  -------",
        " 00    IBMUSER         NONE               READ    NO",
    ]
    counted = ["USER      ACCESS   ACCESS COUNT", "----      ------   ------ -----", "IBMUSER   READ        000000"]
    at = lines.index(counted[0])
    assert lines[at : at + 3] == counted
    assert "CREATION DATE  LAST REFERENCE DATE  LAST CHANGE DATE" in racf("RLIST FACILITY BPX.SUPERUSER ALL")


def test_noracf_leaves_the_base_segment_out(racf):
    racf("RDEFINE STARTED FTPD.* STDATA(USER(FTPD) TRUSTED(YES))")

    lines = racf("RLIST STARTED FTPD.* STDATA NORACF")

    assert "UNIVERSAL ACCESS" not in "".join(lines)
    assert "USER= FTPD" in lines and "TRUSTED= YES" in lines and "GROUP=" in lines


def test_a_name_without_quotes_gets_the_users_prefix(racf):
    racf.user("USER1")

    racf("ADDSD PRIVATE.** UACC(NONE)", user="USER1")

    assert racf("SEARCH CLASS(DATASET)") == ["USER1.PRIVATE.** (G)"]


def test_the_first_qualifier_is_a_user_or_group(racf):
    assert racf("ADDSD 'NOBODY.**'", rc=8) == ["ICH51003I NAME NOT FOUND IN RACF DATA SET"]
    assert racf("ADDSD '*.X'", rc=12) == ["IKJ56702I INVALID DATASET NAME, '*.X'"]


def test_only_who_may_define_does(racf):
    racf.user("USER1")
    racf("ADDGROUP PAY")
    assert racf("ADDSD 'PAY.**'", user="USER1", rc=8) == ["ICH09007I NOT AUTHORIZED TO DEFINE PAY.**"]
    assert racf("RDEFINE FACILITY X.Y", user="USER1", rc=8) == ["ICH10103I NOT AUTHORIZED TO DEFINE X.Y."]

    racf("CONNECT USER1 GROUP(PAY) AUTHORITY(CREATE)")

    racf("ADDSD 'PAY.**'", user="USER1")


def test_the_owner_and_the_hlq_change_access_lists_and_others_do_not(racf):
    racf.user("USER1")
    racf.user("USER2")
    racf("ADDSD 'USER1.**'")

    assert racf("PERMIT 'USER1.**' ID(USER2)", user="USER2", rc=8) == ["ICH06006I NOT AUTHORIZED TO USER1.**"]
    racf("PERMIT 'USER1.**' ID(USER2)", user="USER1")


def test_entries_are_deleted_and_unknown_names_told(racf):
    racf.user("USER1")
    racf("ADDSD 'USER1.**'")

    assert racf("PERMIT 'USER1.**' ID(NOBODY USER1) ACCESS(READ)", rc=4) == ["ICH06007I NOBODY NOT DEFINED TO RACF"]
    racf("PERMIT 'USER1.**' ID(USER1) DELETE")
    assert racf("PERMIT 'USER1.**' ID(USER1) DELETE", rc=4) == ["ICH06002I USER1    NOT AUTHORIZED, DELETE IGNORED"]


def test_reset_empties_an_access_list_and_from_copies_one(racf):
    racf.user("USER1")
    racf("RDEFINE SERVAUTH EZB.A UACC(READ)")
    racf("PERMIT EZB.A CLASS(SERVAUTH) ID(USER1) ACCESS(CONTROL)")
    racf("RDEFINE SERVAUTH EZB.B FROM(EZB.A)")
    racf("RDEFINE SERVAUTH EZB.C")
    racf("PERMIT EZB.C CLASS(SERVAUTH) FROM(EZB.A)")
    racf("PERMIT EZB.A CLASS(SERVAUTH) RESET")

    profiles = {profile.name: profile for profile in racf.saf.snapshot().profiles("SERVAUTH")}

    assert profiles["EZB.A"].access_list == {}
    assert profiles["EZB.B"].access_list == profiles["EZB.C"].access_list == {"USER1": Access.CONTROL}
    assert profiles["EZB.B"].uacc is Access.READ


@pytest.mark.parametrize(
    ("command", "line", "rc"),
    [
        ("RDEFINE NOCLASS X", "IKJ56702I INVALID CLASS, NOCLASS", 12),
        ("RDEFINE DATASET X", "IKJ56702I INVALID CLASS, DATASET", 12),
        ("RDEFINE FACILITY X", "ICH10102I X ALREADY DEFINED TO CLASS FACILITY.", 8),
        ("RALTER FACILITY Y UACC(READ)", "ICH11102I Y NOT DEFINED TO CLASS FACILITY.", 8),
        ("RDELETE FACILITY Y", "ICH12102I Y NOT DEFINED TO CLASS FACILITY.", 8),
        ("RLIST FACILITY Y", "ICH13003I Y NOT FOUND", 4),
        ("RLIST APPL *", "ICH13004I NOTHING TO LIST", 8),
        ("RALTER FACILITY X UACC(SOME)", "IKJ56702I INVALID UNIVERSAL ACCESS, SOME", 12),
        ("PERMIT Y CLASS(FACILITY) ID(IBMUSER)", "ICH06004I Y NOT DEFINED TO RACF", 8),
        ("PERMIT X CLASS(FACILITY)", "IKJ56701I MISSING ID", 12),
        ("LISTDSD DATASET('A.B')", "ICH35003I NO RACF DESCRIPTION FOUND FOR A.B", 4),
        ("DELDSD 'A.B'", "ICH09020I A.B NOT DEFINED TO RACF", 8),
        ("ALTDSD 'A.B' UACC(READ)", "ICH22001I A.B NOT DEFINED TO RACF", 8),
    ],
)
def test_what_cannot_be_is_refused(racf, command, line, rc):
    racf("RDEFINE FACILITY X")

    assert racf(command, rc=rc) == [line]


def test_rlist_shows_the_profile_that_covers_a_name(racf):
    racf("RDEFINE SERVAUTH EZB.FTP.** UACC(NONE)")

    assert racf("RL SERVAUTH EZB.FTP.MVS1.FTPD1.PORT21")[2] == "SERVAUTH   EZB.FTP.** (G)"


def test_started_task_data_is_kept_and_shown(racf):
    racf("RDEFINE STARTED FTPD.* STDATA(USER(TCPCS) GROUP(SYS1) TRUSTED(YES))")

    assert racf("RLIST STARTED FTPD.* STDATA NORACF")[-6:-1] == [
        "USER= TCPCS",
        "GROUP= SYS1",
        "TRUSTED= YES",
        "PRIVILEGED= NO",
        "TRACE= NO",
    ]


def test_search_filters_by_mask_filter_and_number(racf):
    for userid, uid in (("PAYROLL", 1), ("PAYDAY", 2), ("OTHER", 3)):
        racf(f"ADDUSER {userid} OMVS(UID({uid}))")

    assert racf("SEARCH CLASS(USER) MASK(PAY)") == ["PAYDAY", "PAYROLL"]
    assert racf("SEARCH CLASS(USER) MASK(PAY,ROLL)") == ["PAYROLL"]
    assert racf("SEARCH CLASS(USER) FILTER(PAY%%%)") == ["PAYDAY"]
    assert racf("SEARCH CLASS(USER) UID(3)") == ["OTHER"]
    assert racf("SEARCH CLASS(USER) UID(4)", rc=8) == ["ICH31005I NO ENTRIES MEET SEARCH CRITERIA"]
    racf.user("USER1")
    assert racf("SEARCH CLASS(USER)", user="USER1") == ["USER1"]


def test_system_options_are_specials_to_change_and_auditors_to_list(racf):
    racf.user("USER1")
    assert racf("SETROPTS LIST", user="USER1", rc=8) == ["ICH14002I NOT AUTHORIZED TO SPECIFY LIST; KEYWORD IGNORED."]
    racf("ALTUSER USER1 AUDITOR")

    assert "ENHANCED GENERIC NAMING IS IN EFFECT" in racf("SETROPTS LIST", user="USER1")
    racf("SETROPTS NOEGN", user="USER1", rc=8)


def test_options_set_are_options_listed(racf):
    racf("SETROPTS PASSWORD(INTERVAL(60) HISTORY(8) REVOKE(3) MINCHANGE(1) MIXEDCASE SPECIALCHARS)")
    racf("SETROPTS PROTECTALL(FAILURES) INACTIVE(90) NOEGN NOGRPLIST NOCLASSACT(SDSF)")

    lines = "\n".join(racf("SETROPTS LIST"))

    for part in (
        "PASSWORD CHANGE INTERVAL IS  60 DAYS.",
        " 8 GENERATIONS OF PREVIOUS PASSWORDS BEING MAINTAINED.",
        "AFTER  3 CONSECUTIVE UNSUCCESSFUL PASSWORD ATTEMPTS,",
        "MIXED CASE PASSWORD SUPPORT IS IN EFFECT",
        "SPECIAL CHARACTERS ARE ALLOWED.",
        "PROTECT-ALL FAIL OPTION IS IN EFFECT",
        "AFTER 90 DAYS.",
        "ENHANCED GENERIC NAMING IS NOT IN EFFECT",
        "LIST OF GROUPS ACCESS CHECKING IS INACTIVE.",
    ):
        assert part in lines
    (_, active) = lines.split("ACTIVE CLASSES")
    assert "SDSF" not in active.split("GENERIC PROFILE")[0]


def test_options_that_only_auditing_knows_are_kept_and_listed(racf):
    racf(
        "SETROPTS AUDIT(SERVAUTH) SAUDIT CMDVIOL ERASE NOINITSTATS LOGOPTIONS(ALWAYS(SERVAUTH)) JES(BATCHALLRACF) NOWHEN(PROGRAM)"
    )

    lines = racf("SETROPTS LIST")

    assert lines[0] == "ATTRIBUTES = NOINITSTATS NOWHEN(PROGRAM) TERMINAL(READ) SAUDIT CMDVIOL NOOPERAUDIT"
    for line in ("AUDIT CLASSES = SERVAUTH", 'LOGOPTIONS "ALWAYS" CLASSES =  SERVAUTH', "JES-BATCHALLRACF OPTION IS ACTIVE"):
        assert line in lines
    assert "ERASE-ON-SCRATCH IS ACTIVE" in lines

    racf("SETROPTS NOAUDIT(*) NOERASE LOGOPTIONS(DEFAULT(*)) JES(NOBATCHALLRACF)")

    lines = racf("SETROPTS LIST")
    assert {"AUDIT CLASSES = NONE", "ERASE-ON-SCRATCH IS INACTIVE", "JES-BATCHALLRACF OPTION IS INACTIVE"} <= set(lines)


def test_with_addcreator_whoever_defines_a_profile_may_alter_it(racf):
    racf("RDEFINE FACILITY X.BEFORE UACC(NONE)")
    racf("SETROPTS ADDCREATOR")
    racf("RDEFINE FACILITY X.AFTER UACC(NONE)")

    assert "NO USERS IN ACCESS LIST" in racf("RLIST FACILITY X.BEFORE AUTHUSER")
    assert "IBMUSER   ALTER       000000" in racf("RLIST FACILITY X.AFTER AUTHUSER")


def test_clauth_lets_a_user_define_profiles_of_that_class_only(racf):
    racf.user("USER1")
    racf("ALTUSER USER1 CLAUTH(SERVAUTH)")

    racf("RDEFINE SERVAUTH EZB.FTP.** UACC(NONE)", user="USER1")

    assert " CLASS AUTHORIZATIONS=SERVAUTH" in racf("LISTUSER USER1")
    assert racf("RDEFINE FACILITY X.Y", user="USER1", rc=8) == ["ICH10103I NOT AUTHORIZED TO DEFINE X.Y."]
    racf("ALTUSER USER1 NOCLAUTH(SERVAUTH)")
    racf("RDEFINE SERVAUTH EZB.OTHER.** UACC(NONE)", user="USER1", rc=8)


def test_refresh_is_answered_as_done(racf):
    assert racf("SETROPTS RACLIST(FACILITY SERVAUTH) REFRESH") == ["ICH14063I SETROPTS command complete."]
    assert racf("SETROPTS GENERIC(DATASET) REFRESH") == ["ICH14063I SETROPTS command complete."]
    racf("SETROPTS RACLIST(NOCLASS) REFRESH", rc=12)


def test_names_in_parentheses_may_follow_the_class_after_a_blank(racf):
    racf("RDEFINE FACILITY (BPX.A BPX.B) UACC(NONE)")
    racf("RALTER FACILITY (BPX.A)  UACC(READ)")

    assert "FACILITY   BPX.A" in racf("RLIST FACILITY (BPX.A BPX.B) AUTH")
    racf("RDELETE FACILITY (BPX.A BPX.B)")
    assert racf.saf.snapshot().profiles("FACILITY") == []


def test_globalaudit_is_the_auditors_to_set_and_to_see(racf):
    racf.user("USER1")
    racf.user("CHECKER")
    racf("ALTUSER CHECKER AUDITOR")
    racf("ADDSD 'USER1.X' OWNER(USER1)")
    racf("RDEFINE FACILITY X OWNER(USER1)")
    for command, refusal in (
        ("ALTDSD 'USER1.X' GLOBALAUDIT(ALL(READ))", "ICH22003I NOT AUTHORIZED TO ALTER USER1.X"),
        ("RALTER FACILITY X GLOBALAUDIT(SUCCESS(UPDATE))", "ICH11103I NOT AUTHORIZED TO ALTER X."),
    ):
        assert racf(command, user="USER1", rc=8) == [refusal]
        racf(command, user="CHECKER")

    assert "ALL(READ)" in racf("LISTDSD DATASET('USER1.X') ALL", user="CHECKER")
    assert "SUCCESS(UPDATE)" in racf("RLIST FACILITY X", user="CHECKER")
    assert "GLOBALAUDIT" not in racf("LISTDSD DATASET('USER1.X') ALL", user="USER1")
    assert racf("ALTDSD 'USER1.X' UACC(READ)", user="CHECKER", rc=8) == ["ICH22003I NOT AUTHORIZED TO ALTER USER1.X"]


def test_erase_is_kept_and_shown(racf):
    racf("ADDSD 'SYS1.X' ERASE")
    assert " 00    IBMUSER         NONE          NO      YES" in racf("LISTDSD DATASET('SYS1.X')")

    racf("ALTDSD 'SYS1.X' NOERASE")
    assert " 00    IBMUSER         NONE          NO      NO" in racf("LISTDSD DATASET('SYS1.X')")


def test_switches_that_change_nothing_here_are_shown_as_they_were_set(racf):
    racf("SETROPTS ADSP REALDSN TAPEDSN GENERICOWNER")

    assert {
        "AUTOMATIC DATASET PROTECTION IS IN EFFECT",
        "REAL DATA SET NAMES OPTION IS ACTIVE",
        "TAPE DATA SET PROTECTION IS ACTIVE",
        "GENERIC OWNER ONLY IS IN EFFECT",
    } <= set(racf("SETROPTS LIST"))


def test_from_of_a_data_set_profile_takes_the_prefix_as_other_names_do(racf):
    racf("ADDSD 'IBMUSER.MODEL' UACC(READ)")
    racf("ADDSD 'SYS1.NEW' FROM(MODEL)")

    assert racf.saf.snapshot().index("DATASET").covering("SYS1.NEW").uacc.name == "READ"


def test_who_is_to_be_notified_of_a_data_set_is_a_user(racf):
    assert racf("ADDSD 'SYS1.NEW' NOTIFY(NOBODY)", rc=8) == [
        "ICH09038I COMMAND PROCESSING TERMINATED. USER SPECIFIED FOR NOTIFY NOT RACF DEFINED"
    ]


@pytest.mark.parametrize("command", ["RDEFINE", "RALTER", "RDELETE"])
@pytest.mark.parametrize("saf_class", ["DIGTCERT", "DIGTRING", "DIGTNMAP"])
def test_profiles_of_certificates_are_racdcerts_alone(racf, command, saf_class):
    assert racf(f"{command} {saf_class} X", rc=12) == [f"IKJ56702I INVALID CLASS, {saf_class}"]


def test_operations_protects_group_data_sets_of_groups_that_the_user_is_not_in(racf):
    racf.user("OPER")
    racf("ALTUSER OPER OPERATIONS")
    racf("ADDGROUP PAY")
    assert racf("ADDSD 'PAY.ONE.**'", user="OPER") == []

    racf("CONNECT OPER GROUP(PAY)")

    assert racf("ADDSD 'PAY.TWO.**'", user="OPER", rc=8) == ["ICH09007I NOT AUTHORIZED TO DEFINE PAY.TWO.**"]


@pytest.mark.parametrize("function", ["EXPORT", "GENREQ"])
def test_what_is_written_needs_a_data_set(racf, function):
    racf("RACDCERT GENCERT SUBJECTSDN(CN('X')) WITHLABEL('X') NISTECC")

    assert racf(f"RACDCERT {function}(LABEL('X'))", rc=8) == [
        "IRRD130I The DSN keyword(s) must be specified. The request is not processed."
    ]


def test_multiid_is_for_mappings(racf):
    assert racf("RACDCERT MULTIID LIST", rc=8) == ["IRRD136I MULTIID cannot be used for the function specified."]


class TestSearch:
    """[RACFCL SEARCH] AGE, USER and CLIST."""

    @pytest.fixture
    def old(self, racf):
        """SYS1.OLD of 30 days ago, SYS1.NEW of today, SYS1.G.**, and USER1 who may read the first."""
        racf.user("USER1")
        racf("ADDSD 'SYS1.OLD' UACC(NONE)")
        racf("PERMIT 'SYS1.OLD' ID(USER1)")
        racf("ADDSD 'SYS1.G.**' UACC(NONE)")
        racf.at(days=30)
        racf("ADDSD 'SYS1.NEW' UACC(NONE)")
        return racf

    @pytest.mark.parametrize(("days", "names"), [(30, ["SYS1.OLD"]), (0, ["SYS1.NEW", "SYS1.OLD"])])
    def test_age_finds_discrete_profiles_not_referred_to_for_so_many_days(self, old, days, names):
        assert old(f"SEARCH MASK(SYS1) AGE({days})") == names

    def test_age_counts_from_the_last_reference(self, old):
        old("SETROPTS STATISTICS(DATASET)")
        old.saf.auth(old.saf.acee("USER1"), "DATASET", "SYS1.OLD", Access.READ)

        assert old("SEARCH MASK(SYS1) AGE(30)", rc=8) == ["ICH31005I NO ENTRIES MEET SEARCH CRITERIA"]

    def test_user_finds_what_a_user_may_read(self, old):
        assert old("SR MASK(SYS1) USER(USER1)") == ["SYS1.OLD"]
        assert old("SR USER(IBMUSER)", user="USER1", rc=8)[0].startswith("ICH31009I")

    def test_clist_is_made_of_the_names(self, old):
        old("SEARCH MASK(SYS1) NOGENERIC NOLIST CLIST('DELDSD ' ' GENERIC')")

        assert old.datasets["IBMUSER.EXEC.RACF.CLIST"].decode().splitlines() == [
            "00000010DELDSD 'SYS1.NEW' GENERIC",
            "00000020DELDSD 'SYS1.OLD' GENERIC",
        ]
