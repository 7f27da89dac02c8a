"""Passwords and phrases that commands set."""

from __future__ import annotations

import threading

import pytest

from saf import Saf, SafError, SafOptions
from saf.errors import PasswordWrong, UserRevoked
from saf.passwords import Scrypt


@pytest.mark.parametrize("command", ["ADDUSER USER1 PHRASE('{}')", "ALTUSER USER2 PHRASE('{}')"])
@pytest.mark.parametrize("phrase", ["short", "lettersalone", "12345678901234", "aaa bbb ccc 12345", "i am user1 and USER2"])
def test_a_phrase_against_the_rules_is_none_and_no_password_either(racf, command, phrase):
    racf("ADDUSER USER2")

    (line,) = racf(command.format(phrase), rc=8)

    assert line.endswith("NEW PASS PHRASE REJECTED BY RACF RULES")
    assert not racf.saf.snapshot().users["USER2"].has_password


@pytest.mark.parametrize("command", ["ADDUSER USER1 PASSWORD(TOOLONGFORONE)", "ALTUSER BASE PASSWORD('A.B')"])
def test_what_is_no_password_is_refused_without_being_told(racf, command):
    racf("ADDUSER BASE")

    assert racf(command, rc=12) == ["IKJ56702I INVALID PASSWORD, ********"]
    assert not racf.saf.snapshot().users["BASE"].has_phrase


def test_noexpired_needs_a_new_secret_and_expired_does_not(racf):
    racf("ADDUSER USER1 PASSWORD(ONE)")

    assert racf("ALTUSER USER1 NOEXPIRED") == ["ICH21007I EXPIRED/NOEXPIRED OPERAND IGNORED"]
    assert racf.refusal("USER1", "ONE").__class__.__name__ == "PasswordExpired"
    racf("ALTUSER USER1 PASSWORD(TWO) NOEXPIRED")
    racf.saf.verify("USER1", "TWO")
    racf("ALTUSER USER1 EXPIRED")
    assert racf.refusal("USER1", "TWO").__class__.__name__ == "PasswordExpired"


def test_a_password_set_before_mixedcase_stays_in_upper_case_until_it_is_changed(racf):
    """[RACFSAG] "Allowing mixed-case passwords"; the unload calls it USBD_PWD_ASIS."""
    racf.user("USER1", "OLD1")
    racf("SETROPTS PASSWORD(MIXEDCASE)")

    racf.saf.verify("USER1", "old1")
    racf("PASSWORD PASSWORD(oLd1 New1)", user="USER1")

    racf.saf.verify("USER1", "New1")
    assert isinstance(racf.refusal("USER1", "NEW1"), PasswordWrong)


def test_the_current_password_is_told_apart_from_a_former_one(racf):
    racf.user("USER1", "ONE")
    racf("SETROPTS PASSWORD(HISTORY(3))")
    racf("PASSWORD PASSWORD(ONE TWO)", user="USER1")

    assert racf("PASSWORD PASSWORD(TWO TWO)", user="USER1", rc=8) == ["ICH08002I NEW PASSWORD CANNOT EQUAL CURRENT PASSWORD"]
    assert racf("PASSWORD PASSWORD(TWO ONE)", user="USER1", rc=8) == [
        "ICH08015I NEW PASSWORD MATCHES A PREVIOUS PASSWORD FOR YOU"
    ]


@pytest.mark.parametrize(("typed", "shown"), [("01/02/70", "70.002"), ("12/31/71", "71.365")])
def test_years_up_to_seventy_are_of_this_century(racf, typed, shown):
    racf("ADDUSER USER1")
    racf(f"ALTUSER USER1 REVOKE({typed})")

    assert racf.saf.snapshot().users["USER1"].revoke_date.year == (2070 if shown.startswith("70") else 1971)
    assert any(f"REVOKE DATE={shown}" in line for line in racf("LISTUSER USER1"))


@pytest.mark.parametrize("operand", [f"NAME('{'N' * 21}')", f"DATA('{'D' * 256}')"])
def test_what_is_longer_than_its_field_is_refused(racf, operand):
    racf(f"ADDUSER USER1 {operand}", rc=12)


def test_the_owner_of_a_user_takes_no_authority_in_a_group_away(racf):
    racf.user("BOSS")
    racf("ADDUSER CLERK OWNER(BOSS)")
    racf("ADDGROUP PAY")
    racf("CONNECT CLERK GROUP(PAY) AUTHORITY(JOIN)")
    racf("CONNECT BOSS GROUP(PAY) AUTHORITY(CONNECT)")

    assert racf("ALTUSER CLERK GROUP(PAY) AUTHORITY(USE)", user="BOSS", rc=8) == [
        "ICH21006I AUTHORITY SPECIFIED GREATER THAN THE COMMAND USER"
    ]


def test_the_right_password_comes_too_late_once_wrong_ones_at_the_same_time_have_revoked(racf):
    """Whoever guesses many at once would otherwise have as many guesses as connections."""
    racf.user("USER1", "RIGHT")
    racf("SETROPTS PASSWORD(REVOKE(2))")
    revoked = threading.Event()

    def late():
        revoked.wait(10)  # the clock is read between the comparison and the answer
        return racf.moment

    other = Saf.open(racf.engine, now=late, options=SafOptions(scrypt=Scrypt(n=16)))
    outcome = []

    def guess():
        with pytest.raises(SafError) as caught:
            other.verify("USER1", "RIGHT")
        outcome.append(caught.value)

    guessing = threading.Thread(target=guess)
    guessing.start()
    for _ in range(2):
        racf.refusal("USER1", "WRONG")
    revoked.set()
    guessing.join(10)

    assert isinstance(outcome[0], UserRevoked)


@pytest.mark.parametrize("days", ["0", "61", "MANY"])
def test_ones_interval_is_no_longer_than_the_systems(racf, days):
    racf.user("USER1")
    racf("SETROPTS PASSWORD(INTERVAL(60))")

    assert racf(f"PASSWORD INTERVAL({days})", user="USER1", rc=8) == ["ICH08003I INTERVAL NOT IN RANGE 1-60"]
    assert racf("PASSWORD INTERVAL(60)", user="USER1") == []


def test_who_has_no_password_changes_none(racf):
    racf("ADDUSER USER1")

    assert racf("PASSWORD PASSWORD(OLD NEW)", user="USER1", rc=8) == ["ICH08008I USER1 NOT DEFINED TO USE A PASSWORD"]
