"""Signing on with passwords and phrases."""

from __future__ import annotations

import threading

import pytest

from saf import SafError
from saf.errors import (
    ApplNotAuthorized,
    GroupNotConnected,
    NewPasswordInvalid,
    PasswordExpired,
    PasswordWrong,
    UserNotDefined,
    UserRevoked,
)


def test_ibmuser_signs_on_with_the_password_of_a_new_system(racf):
    acee = racf.saf.verify("ibmuser", "sys1")

    assert (acee.userid, acee.group, acee.special, acee.uid, acee.home) == ("IBMUSER", "SYS1", True, 0, "/u/ibmuser")


def test_a_second_start_leaves_the_database_as_it_is(racf):
    racf("ALTUSER IBMUSER PASSWORD(OTHER) NOEXPIRED")

    assert racf.another().bootstrap() is False
    assert racf.another().verify("IBMUSER", "OTHER").userid == "IBMUSER"


def test_an_unknown_user_and_a_wrong_password_are_refused(racf):
    assert isinstance(racf.refusal("NOBODY", "X"), UserNotDefined)
    assert isinstance(racf.refusal("IBMUSER", "WRONG"), PasswordWrong)
    assert [violation.cause for violation in racf.violations] == ["not-defined", "password"]


def test_passwords_are_upper_case_unless_mixed_case_is_in_effect(racf):
    racf.user("USER1", "secret")
    assert racf.saf.verify("USER1", "SeCrEt")

    racf("SETROPTS PASSWORD(MIXEDCASE)")
    racf("ALTUSER USER1 PASSWORD(SeCrEt) NOEXPIRED")

    assert racf.saf.verify("USER1", "SeCrEt")
    assert isinstance(racf.refusal("USER1", "SECRET"), PasswordWrong)


def test_a_password_set_by_an_administrator_is_expired(racf):
    racf("ADDUSER USER1 PASSWORD(START)")
    assert isinstance(racf.refusal("USER1", "START"), PasswordExpired)

    acee = racf.saf.verify("USER1", "START", new_password="OWN1", verify_new="OWN1")

    assert acee.password_changed
    assert racf.saf.verify("USER1", "OWN1")


def test_a_new_password_that_is_repeated_otherwise_changes_nothing(racf):
    racf.user("USER1", "SECRET")

    error = racf.refusal("USER1", "SECRET", new_password="OWN1", verify_new="OWN2")

    assert (type(error), error.rule) == (NewPasswordInvalid, "verify")
    assert racf.saf.verify("USER1", "SECRET")


@pytest.mark.parametrize(("new", "rule"), [("TOO.LONG9", "length"), ("A B", "character"), ("SECRET", "history")])
def test_a_new_password_follows_the_rules(racf, new, rule):
    racf.user("USER1", "SECRET")

    assert racf.refusal("USER1", "SECRET", new_password=new).rule == rule


def test_former_passwords_are_refused_as_far_as_the_history_goes(racf):
    racf.user("USER1", "P0")
    racf("SETROPTS PASSWORD(HISTORY(2))")
    for old, new in (("P0", "P1"), ("P1", "P2"), ("P2", "P3")):
        racf.saf.verify("USER1", old, new_password=new)

    assert racf.refusal("USER1", "P3", new_password="P1").rule == "history"
    assert racf.saf.verify("USER1", "P3", new_password="P0")


def test_a_password_expires_after_its_interval(racf):
    racf.user("USER1")
    racf("SETROPTS PASSWORD(INTERVAL(30))")
    racf.at(days=29)
    assert racf.saf.verify("USER1", "SECRET")

    racf.at(days=1)

    assert isinstance(racf.refusal("USER1", "SECRET"), PasswordExpired)


def test_nointerval_keeps_a_password_for_ever(racf):
    racf.user("USER1")
    racf("SETROPTS PASSWORD(INTERVAL(30))")
    racf("PASSWORD USER(USER1) NOINTERVAL")

    racf.at(days=300)

    assert racf.saf.verify("USER1", "SECRET")


def test_too_many_wrong_attempts_revoke(racf):
    racf.user("USER1")
    racf("SETROPTS PASSWORD(REVOKE(3))")
    for _ in range(2):
        assert isinstance(racf.refusal("USER1", "WRONG"), PasswordWrong)

    assert racf.refusal("USER1", "WRONG").reason == "failures"
    assert isinstance(racf.refusal("USER1", "SECRET"), UserRevoked)
    assert any("REVOKED" in line for line in racf("LISTUSER USER1"))

    racf("ALTUSER USER1 RESUME")

    assert racf.saf.verify("USER1", "SECRET")


def test_a_right_password_starts_the_count_anew(racf):
    racf.user("USER1")
    racf("SETROPTS PASSWORD(REVOKE(3))")
    for _ in range(3):
        racf.refusal("USER1", "WRONG")
        racf.refusal("USER1", "WRONG")
        assert racf.saf.verify("USER1", "SECRET")


def test_a_user_may_be_revoked_from_a_day_on(racf):
    racf.user("USER1")
    racf("ALTUSER USER1 REVOKE(03/27/26) RESUME(03/30/26)")
    assert racf.saf.verify("USER1", "SECRET")

    racf.at(days=2)
    assert racf.refusal("USER1", "SECRET").reason == "date"

    racf.at(days=3)
    assert racf.saf.verify("USER1", "SECRET")


def test_an_inactive_user_is_revoked(racf):
    racf.user("USER1")
    racf("SETROPTS INACTIVE(60)")
    racf.at(days=50)
    assert racf.saf.verify("USER1", "SECRET")
    racf.at(days=50)
    assert racf.saf.verify("USER1", "SECRET")

    racf.at(days=61)

    assert racf.refusal("USER1", "SECRET").reason == "inactive"


def test_a_phrase_has_its_own_rules_and_keeps_its_case(racf):
    racf("ADDUSER USER1 PHRASE('Correct horse 42')")
    racf("ALTUSER USER1 PHRASE('Correct horse 42') NOEXPIRED")

    assert racf.saf.verify("USER1", "Correct horse 42")
    assert isinstance(racf.refusal("USER1", "CORRECT HORSE 42"), PasswordWrong)
    assert racf.refusal("USER1", "Correct horse 42", new_password="user1 is my 1 name").rule == "userid"


def test_a_protected_user_cannot_sign_on_with_any_password(racf):
    assert racf("ADDUSER FTPD NOPASSWORD") == ["ICH01024I User FTPD is defined as PROTECTED."]

    assert isinstance(racf.refusal("FTPD", ""), PasswordWrong)
    assert isinstance(racf.refusal("FTPD", "SYS1"), PasswordWrong)
    assert racf.saf.acee("FTPD").userid == "FTPD"


def test_neither_wrong_passwords_nor_time_revoke_a_protected_user(racf):
    racf("ADDUSER FTPD NOPASSWORD")
    racf("SETROPTS PASSWORD(REVOKE(2)) INACTIVE(60)")
    racf.at(days=100)

    for _ in range(3):
        assert isinstance(racf.refusal("FTPD", "GUESS"), PasswordWrong)

    assert racf.saf.acee("FTPD").userid == "FTPD"
    assert not any("REVOKED" in line for line in racf("LISTUSER FTPD"))


def test_a_revoked_connection_to_the_default_group_refuses(racf):
    racf.user("USER1")
    racf("CONNECT USER1 GROUP(SYS1) REVOKE")

    assert isinstance(racf.refusal("USER1", "SECRET"), GroupNotConnected)


def test_an_application_may_be_closed_to_users(racf):
    racf.user("USER1")
    racf("RDEFINE APPL OMVSAPPL UACC(NONE)")

    assert isinstance(racf.refusal("USER1", "SECRET", applid="OMVSAPPL"), ApplNotAuthorized)

    racf("PERMIT OMVSAPPL CLASS(APPL) ID(USER1)")

    assert racf.saf.verify("USER1", "SECRET", applid="OMVSAPPL")


def test_the_last_access_is_the_one_before_this_sign_on(racf):
    racf.user("USER1")
    assert racf.saf.verify("USER1", "SECRET").last_access is None
    first = racf.moment
    racf.at(hours=1)

    assert racf.saf.verify("USER1", "SECRET").last_access == first


def test_a_job_that_begins_is_an_access(racf):
    racf.user("JOBUSER")
    racf.saf.acee("JOBUSER")
    assert racf.saf.acee("JOBUSER", begins=True).last_access is None
    first = racf.moment
    racf.at(hours=1)

    assert racf.saf.acee("JOBUSER", begins=True).last_access == first


def test_wrong_attempts_at_the_same_time_are_all_counted(racf):
    racf.user("USER1")

    def attempt():
        with pytest.raises(SafError):
            racf.saf.verify("USER1", "WRONG")

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert racf.refusal("USER1", "WRONG").failures == 9


def test_secrets_are_kept_as_salted_scrypt(racf):
    racf.user("USER1")
    racf.user("USER2")
    with racf.saf.context.database.read() as tables:
        one, two = (tables.user_row(userid)["password"] for userid in ("USER1", "USER2"))

    assert one.startswith("scrypt$16$8$1$")
    assert one.split("$")[4:] != two.split("$")[4:]
