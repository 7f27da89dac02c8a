"""Passwords and phrases of users: what ADDUSER and ALTUSER set, and the command PASSWORD or PHRASE.

Source: [RACFCL] ADDUSER, ALTUSER, PASSWORD; [RACFMC].
Not here: the rules of passwords (saf/passwords.py), signing on (saf/signon.py).
Rules: no message holds what was typed for a secret.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import update

from saf import names
from saf.commands.authority import controls
from saf.commands.operands import Keyword, Operands, listed, valued, whole_number
from saf.commands.run import Command, Run
from saf.errors import NewPasswordInvalid, OperandError
from saf.passwords import check_new, folded, hashed, is_phrase, matches
from saf.profiles import User
from saf.schema import USERS

_HIDDEN = "********"


def reset(run: Run, userid: str, group: str, operands: Operands, refusal: str, *, lasting: bool = False) -> dict[str, object]:
    """Return the columns that PASSWORD and PHRASE of an administrator write: the secret, expired.

    A password without a value is the name of the default group. One that the user need not change (`lasting`: NOEXPIRED) obeys
    the syntax rules. `refusal` is what the command says of a phrase against the rules. Raises: CommandRefused, OperandError.
    """
    columns: dict[str, object] = {}
    for kind, default in (("password", group), ("phrase", "")):
        if kind.upper() in operands:
            columns |= _secret(run, userid, operands.value(kind.upper(), default), kind, refusal, lasting=lasting)
    return columns


def _secret(run: Run, userid: str, new: str, kind: str, refusal: str, *, lasting: bool) -> dict[str, object]:
    rules = run.snapshot.password_rules
    secret = folded(new, rules)
    try:
        if is_phrase(secret) != (kind == "phrase"):
            raise NewPasswordInvalid(userid, "length", kind == "phrase")
        check_new(userid, secret, rules, (), user_change=False, syntax=lasting)
    except NewPasswordInvalid as error:
        if error.phrase:
            raise run.refuse(refusal) from None
        if error.rule == "syntax":
            raise run.refuse("ICH21034I") from None
        raise OperandError("invalid", _HIDDEN, "PASSWORD") from None
    columns: dict[str, object] = {kind: _kept(run, secret), f"{kind}_date": None, "failures": 0}
    return columns | ({"password_as_is": rules.mixedcase} if kind == "password" else {})


def _kept(run: Run, secret: str) -> str:
    return hashed(secret, run.context.options.scrypt, run.context.options.random)


def altered(run: Run, user: User, operands: Operands) -> dict[str, object]:
    """Return the columns that ALTUSER writes: new secrets, none any more, or when they expire."""
    chosen = operands.any_of("EXPIRED", "NOEXPIRED")
    lasting = chosen == "NOEXPIRED"
    columns = reset(run, user.userid, user.default_group, operands, "ICH21039I", lasting=lasting)
    fresh = [kind for kind in ("password", "phrase") if kind in columns]
    for kind in ("password", "phrase"):
        if f"NO{kind.upper()}" in operands:
            columns |= {kind: "", f"{kind}_date": None}
    if lasting and not fresh:
        run.say("ICH21007I")
    elif lasting:
        columns |= {f"{kind}_date": run.today for kind in fresh}
    elif chosen:
        columns |= {"password_date": None, "phrase_date": None}
    return columns


def password(run: Run, operands: Operands) -> int:
    """PASSWORD: change one's own password, phrase or interval, or another user's interval."""
    chosen = [names.userid(word) for word in operands.values("USER")] or [run.acee.userid]
    for userid in chosen:
        user = run.change.user(userid)
        if user is None:
            raise run.refuse("ICH08001I", userid=userid)
        if userid != run.acee.userid and not controls(run, user.owner):
            raise run.refuse("ICH08007I", userid=userid)
        if "INTERVAL" in operands:
            run.change.put_user(replace(user, interval=_interval(run, operands.value("INTERVAL"))))
        elif "NOINTERVAL" in operands:
            if not controls(run, user.owner):
                raise run.refuse("ICH08007I", userid=userid)
            run.change.put_user(replace(user, interval=0))
    for kind in ("PASSWORD", "PHRASE"):
        if kind in operands:
            _change_own(run, kind.lower(), operands.values(kind))
    return 0


def _interval(run: Run, text: str) -> int:
    """Return the days of INTERVAL, which are no more than SETROPTS PASSWORD(INTERVAL) says. Raises: CommandRefused."""
    most = run.snapshot.password_rules.interval or _LONGEST
    try:
        return whole_number(text, "INTERVAL", 1, most)
    except OperandError:
        raise run.refuse("ICH08003I", most=most) from None


_LONGEST = 254


def _change_own(run: Run, kind: str, values: Sequence[str]) -> None:
    row = run.change.user_row(run.acee.userid)
    if len(values) != 2:
        raise OperandError("missing", kind, "NEW PASSWORD")
    rules = run.snapshot.password_rules
    old = folded(values[0], rules, as_is=row["password_as_is"]) if row else ""
    new = folded(values[1], rules)
    if kind == "password" and (row is None or not row[kind]):
        raise run.refuse("ICH08008I", userid=run.acee.userid)
    if row is None or not matches(old, row[kind]):
        raise run.refuse("ICH08022I" if kind == "phrase" else "ICH08005I")
    former = [row[kind], *row[f"{kind}_history"]]
    set_on = row[f"{kind}_date"]
    try:
        if is_phrase(new) != (kind == "phrase"):
            raise NewPasswordInvalid(run.acee.userid, "length", kind == "phrase")
        if rules.minchange and set_on is not None and run.today < set_on + timedelta(days=rules.minchange):
            raise NewPasswordInvalid(run.acee.userid, "interval", kind == "phrase")
        if matches(new, row[kind]):
            raise NewPasswordInvalid(run.acee.userid, "same", kind == "phrase")
        check_new(run.acee.userid, new, rules, former)
    except NewPasswordInvalid as error:
        for_password, for_phrase = _REJECTED.get(error.rule, _BY_SYNTAX)
        raise run.refuse(for_phrase if error.phrase else for_password) from None
    now = {kind: _kept(run, new), f"{kind}_date": run.today, f"{kind}_history": former[: rules.history]}
    if kind == "password":
        now["password_as_is"] = rules.mixedcase
    run.change.sql.execute(update(USERS).where(USERS.c.userid == run.acee.userid).values(**now))


#: What PASSWORD says of a new password and of a new phrase, by the rule that was broken.
_REJECTED = {
    "interval": ("ICH08017I", "ICH08018I"),
    "history": ("ICH08015I", "ICH08024I"),
    "same": ("ICH08002I", "ICH08021I"),
}
_BY_SYNTAX = ("ICH08014I", "ICH08020I")
_KEYWORDS = (*listed("PASSWORD", "PHRASE", "USER"), *valued("INTERVAL"), Keyword("NOINTERVAL"))
COMMANDS = (Command("PASSWORD", ("PW", "PHRASE"), password, _KEYWORDS, 0, required=False),)
