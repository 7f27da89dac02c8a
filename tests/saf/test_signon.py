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


def test_ibmuser_signs_on_with_the_password_of_a_new_system(zos):
    acee = zos.saf.verify("ibmuser", "sys1")

    assert (acee.userid, acee.group, acee.special, acee.uid, acee.home) == ("IBMUSER", "SYS1", True, 0, "/u/ibmuser")


def test_a_second_start_leaves_the_database_as_it_is(zos):
    zos("ALTUSER IBMUSER PASSWORD(OTHER) NOEXPIRED")

    assert zos.another().bootstrap() is False
    assert zos.another().verify("IBMUSER", "OTHER").userid == "IBMUSER"


def test_an_unknown_user_and_a_wrong_password_are_refused(zos):
    assert isinstance(zos.refusal("NOBODY", "X"), UserNotDefined)
    assert isinstance(zos.refusal("IBMUSER", "WRONG"), PasswordWrong)
    assert [violation.cause for violation in zos.violations] == ["not-defined", "password"]


def test_passwords_are_upper_case_unless_mixed_case_is_in_effect(zos):
    zos.user("USER1", "secret")
    assert zos.saf.verify("USER1", "SeCrEt")

    zos("SETROPTS PASSWORD(MIXEDCASE)")
    zos("ALTUSER USER1 PASSWORD(SeCrEt) NOEXPIRED")

    assert zos.saf.verify("USER1", "SeCrEt")
    assert isinstance(zos.refusal("USER1", "SECRET"), PasswordWrong)


def test_a_password_set_by_an_administrator_is_expired(zos):
    zos("ADDUSER USER1 PASSWORD(START)")
    assert isinstance(zos.refusal("USER1", "START"), PasswordExpired)

    acee = zos.saf.verify("USER1", "START", new_password="OWN1", verify_new="OWN1")

    assert acee.password_changed
    assert zos.saf.verify("USER1", "OWN1")


def test_a_new_password_that_is_repeated_otherwise_changes_nothing(zos):
    zos.user("USER1", "SECRET")

    error = zos.refusal("USER1", "SECRET", new_password="OWN1", verify_new="OWN2")

    assert (type(error), error.rule) == (NewPasswordInvalid, "verify")
    assert zos.saf.verify("USER1", "SECRET")


@pytest.mark.parametrize(("new", "rule"), [("TOO.LONG9", "length"), ("A B", "character"), ("SECRET", "history")])
def test_a_new_password_follows_the_rules(zos, new, rule):
    zos.user("USER1", "SECRET")

    assert zos.refusal("USER1", "SECRET", new_password=new).rule == rule


def test_former_passwords_are_refused_as_far_as_the_history_goes(zos):
    zos.user("USER1", "P0")
    zos("SETROPTS PASSWORD(HISTORY(2))")
    for old, new in (("P0", "P1"), ("P1", "P2"), ("P2", "P3")):
        zos.saf.verify("USER1", old, new_password=new)

    assert zos.refusal("USER1", "P3", new_password="P1").rule == "history"
    assert zos.saf.verify("USER1", "P3", new_password="P0")


def test_a_password_expires_after_its_interval(zos):
    zos.user("USER1")
    zos("SETROPTS PASSWORD(INTERVAL(30))")
    zos.at(days=29)
    assert zos.saf.verify("USER1", "SECRET")

    zos.at(days=1)

    assert isinstance(zos.refusal("USER1", "SECRET"), PasswordExpired)


def test_nointerval_keeps_a_password_for_ever(zos):
    zos.user("USER1")
    zos("SETROPTS PASSWORD(INTERVAL(30))")
    zos("PASSWORD USER(USER1) NOINTERVAL")

    zos.at(days=300)

    assert zos.saf.verify("USER1", "SECRET")


def test_too_many_wrong_attempts_revoke(zos):
    zos.user("USER1")
    zos("SETROPTS PASSWORD(REVOKE(3))")
    for _ in range(2):
        assert isinstance(zos.refusal("USER1", "WRONG"), PasswordWrong)

    assert zos.refusal("USER1", "WRONG").reason == "failures"
    assert isinstance(zos.refusal("USER1", "SECRET"), UserRevoked)
    assert any("REVOKED" in line for line in zos("LISTUSER USER1"))

    zos("ALTUSER USER1 RESUME")

    assert zos.saf.verify("USER1", "SECRET")


def test_a_right_password_starts_the_count_anew(zos):
    zos.user("USER1")
    zos("SETROPTS PASSWORD(REVOKE(3))")
    for _ in range(3):
        zos.refusal("USER1", "WRONG")
        zos.refusal("USER1", "WRONG")
        assert zos.saf.verify("USER1", "SECRET")


def test_a_user_may_be_revoked_from_a_day_on(zos):
    zos.user("USER1")
    zos("ALTUSER USER1 REVOKE(03/27/26) RESUME(03/30/26)")
    assert zos.saf.verify("USER1", "SECRET")

    zos.at(days=2)
    assert zos.refusal("USER1", "SECRET").reason == "date"

    zos.at(days=3)
    assert zos.saf.verify("USER1", "SECRET")


def test_an_inactive_user_is_revoked(zos):
    zos.user("USER1")
    zos("SETROPTS INACTIVE(60)")
    zos.at(days=50)
    assert zos.saf.verify("USER1", "SECRET")
    zos.at(days=50)
    assert zos.saf.verify("USER1", "SECRET")

    zos.at(days=61)

    assert zos.refusal("USER1", "SECRET").reason == "inactive"


def test_a_phrase_has_its_own_rules_and_keeps_its_case(zos):
    zos("ADDUSER USER1 PHRASE('Correct horse 42')")
    zos("ALTUSER USER1 PHRASE('Correct horse 42') NOEXPIRED")

    assert zos.saf.verify("USER1", "Correct horse 42")
    assert isinstance(zos.refusal("USER1", "CORRECT HORSE 42"), PasswordWrong)
    assert zos.refusal("USER1", "Correct horse 42", new_password="user1 is my 1 name").rule == "userid"


def test_a_protected_user_cannot_sign_on_with_any_password(zos):
    assert zos("ADDUSER FTPD NOPASSWORD") == ["ICH01024I User FTPD is defined as PROTECTED."]

    assert isinstance(zos.refusal("FTPD", ""), PasswordWrong)
    assert isinstance(zos.refusal("FTPD", "SYS1"), PasswordWrong)
    assert zos.saf.acee("FTPD").userid == "FTPD"


def test_a_revoked_connection_to_the_default_group_refuses(zos):
    zos.user("USER1")
    zos("CONNECT USER1 GROUP(SYS1) REVOKE")

    assert isinstance(zos.refusal("USER1", "SECRET"), GroupNotConnected)


def test_an_application_may_be_closed_to_users(zos):
    zos.user("USER1")
    zos("RDEFINE APPL OMVSAPPL UACC(NONE)")

    assert isinstance(zos.refusal("USER1", "SECRET", applid="OMVSAPPL"), ApplNotAuthorized)

    zos("PERMIT OMVSAPPL CLASS(APPL) ID(USER1)")

    assert zos.saf.verify("USER1", "SECRET", applid="OMVSAPPL")


def test_the_last_access_is_the_one_before_this_sign_on(zos):
    zos.user("USER1")
    assert zos.saf.verify("USER1", "SECRET").last_access is None
    first = zos.moment
    zos.at(hours=1)

    assert zos.saf.verify("USER1", "SECRET").last_access == first


def test_wrong_attempts_at_the_same_time_are_all_counted(zos):
    zos.user("USER1")

    def attempt():
        with pytest.raises(SafError):
            zos.saf.verify("USER1", "WRONG")

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert zos.refusal("USER1", "WRONG").failures == 9


def test_secrets_are_kept_as_salted_scrypt(zos):
    zos.user("USER1")
    zos.user("USER2")
    with zos.saf.context.database.read() as tables:
        one, two = (tables.user_row(userid)["password"] for userid in ("USER1", "USER2"))

    assert one.startswith("scrypt$16$8$1$")
    assert one.split("$")[4:] != two.split("$")[4:]
