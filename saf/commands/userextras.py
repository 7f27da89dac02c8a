"""Attributes of users that are kept for programs and shown: WHEN, ADSP, GRPACC, UAUDIT, ROAUDIT, MODEL, and CLAUTH.

Source: [RACFCL] ADDUSER, ALTUSER, LISTUSER.
Rules: CLAUTH lets its holder define profiles of a class. WHEN limits terminals only, of which there are none here. All of them
lie in the segment BASE of a user.
"""

from __future__ import annotations

from dataclasses import replace

from saf.classes import BY_NAME
from saf.commands.operands import Keyword, Operands, Takes, listed, plain, valued
from saf.commands.run import Run
from saf.errors import OperandError
from saf.profiles import User

BASE = "BASE"
SWITCHES = ("ADSP", "GRPACC", "UAUDIT", "ROAUDIT")
_AUDITING = ("UAUDIT", "ROAUDIT")
_DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
KEYWORDS = (
    *plain(*SWITCHES, *(f"NO{name}" for name in SWITCHES), "NOOIDCARD", "NOMODEL"),
    *listed("CLAUTH", "NOCLAUTH"),
    *valued("MODEL"),
    Keyword("WHEN", Takes.FIELDS, (*listed("DAYS"), *valued("TIME"))),
)


def apply(run: Run, user: User, operands: Operands, refusal: str) -> User:
    """Return the user with the attributes that the operands set. `refusal` tells what is not the issuer's to give."""
    issuer = run.change.user(run.acee.userid)
    own = set(clauth(issuer)) if issuer else set()
    base = dict(user.segments.get(BASE, {}))
    for name in SWITCHES:
        chosen = operands.any_of(name, f"NO{name}")
        if chosen and name in _AUDITING and not (run.acee.special or run.acee.auditor):
            run.say(refusal, keyword=chosen)
        elif chosen == name:
            base[name] = "YES"
        elif chosen:
            base.pop(name, None)
    if {"CLAUTH", "NOCLAUTH"} & set(operands.given):
        given, gone = _classes(operands.values("CLAUTH")), _classes(operands.values("NOCLAUTH"))
        if run.acee.special or (given | gone) <= own:
            base["CLAUTH"] = " ".join(sorted((set(base.get("CLAUTH", "").split()) | given) - gone))
        else:
            run.say(refusal, keyword="CLAUTH" if given else "NOCLAUTH")
    if "MODEL" in operands or "NOMODEL" in operands:
        base["MODEL"] = operands.value("MODEL").upper()
    if "WHEN" in operands:
        base |= _logon(operands.fields("WHEN"))
    return replace(user, segments={**user.segments, BASE: {name: value for name, value in base.items() if value}})


def _classes(values: list[str]) -> set[str]:
    chosen = {value.upper() for value in values}
    for name in chosen:
        if name not in BY_NAME:
            raise OperandError("invalid", name, "CLASS NAME")
    return chosen


def _logon(given: Operands) -> dict[str, str]:
    said = {}
    if "DAYS" in given:
        days = [word.upper() for word in given.values("DAYS")]
        for day in days:
            if day not in (*_DAYS, "ANYDAY", "WEEKDAYS"):
                raise OperandError("invalid", day, "DAYS")
        said["DAYS"] = " ".join(days)
    if "TIME" in given:
        text = given.value("TIME").upper()
        first, _, last = text.partition(":")
        if text != "ANYTIME" and not (_is_time(first) and _is_time(last)):
            raise OperandError("invalid", text, "TIME")
        said["TIME"] = text
    return said


def _is_time(text: str) -> bool:
    return len(text) == 4 and text.isdecimal() and int(text[:2]) < 24 and int(text[2:]) < 60


def clauth(user: User) -> list[str]:
    """Return the classes of which the user may define profiles."""
    return user.segments.get(BASE, {}).get("CLAUTH", "").split()


def attribute_words(user: User) -> list[str]:
    """Return the words that LISTUSER adds to ATTRIBUTES."""
    base = user.segments.get(BASE, {})
    return [name for name in SWITCHES if base.get(name)]


def logon_lines(user: User) -> list[str]:
    """Return the lines of LISTUSER about days and times."""
    base = user.segments.get(BASE, {})
    time = base.get("TIME", "ANYTIME")
    return [
        " LOGON ALLOWED   (DAYS)          (TIME)",
        " ---------------------------------------------",
        f" {base.get('DAYS', 'ANYDAY'):<32}{time.replace(':', ' - ') if time != 'ANYTIME' else time}",
    ]
