"""The segments of user profiles that commands set and lists show: OMVS in full, TSO, DFP, CICS and others as they were given.

Source: [RACFCL] ADDUSER.
Rules: the product itself uses OMVS only; the other segments are kept, listed and unloaded for programs that expect them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from saf.commands.operands import Keyword, Operands, Takes, listed, plain, valued, whole_number
from saf.commands.run import Run
from saf.profiles import Omvs, User

MAX_ID = 2_147_483_647
_LIMITS = ("CPUTIMEMAX", "ASSIZEMAX", "FILEPROCMAX", "PROCUSERMAX", "THREADSMAX", "MMAPAREAMAX")
_TSO = (
    "ACCTNUM",
    "COMMAND",
    "DEST",
    "HOLDCLASS",
    "JOBCLASS",
    "MAXSIZE",
    "MSGCLASS",
    "PROC",
    "SECLABEL",
    "SIZE",
    "SYSOUTCLASS",
    "UNIT",
    "USERDATA",
)
_DFP = ("DATAAPPL", "DATACLAS", "MGMTCLAS", "STORCLAS")
_WORKATTR = ("WANAME", "WABLDG", "WADEPT", "WAROOM", "WAADDR1", "WAADDR2", "WAADDR3", "WAADDR4", "WAACCNT", "WAEMAIL")
_CICS = ("OPCLASS", "OPIDENT", "OPPRTY", "RSLKEY", "TIMEOUT", "TSLKEY", "XRFSOFF")
_LANGUAGE = ("PRIMARY", "SECONDARY")
_NETVIEW = ("CONSNAME", "CTL", "DOMAINS", "IC", "MSGRECVR", "NGMFADMN", "NGMFVSPN", "OPCLASS")
_OPERPARM = (
    "ALTGRP",
    "AUTH",
    "AUTO",
    "CMDSYS",
    "DOM",
    "KEY",
    "LEVEL",
    "LOGCMDRESP",
    "MFORM",
    "MIGID",
    "MONITOR",
    "MSCOPE",
    "ROUTCODE",
    "STORAGE",
    "UD",
)
#: Segments that are kept as they were given, in the order of LISTUSER.
TEXT_SEGMENTS = {
    "TSO": _TSO,
    "DFP": _DFP,
    "CICS": _CICS,
    "LANGUAGE": _LANGUAGE,
    "NETVIEW": _NETVIEW,
    "OPERPARM": _OPERPARM,
    "WORKATTR": _WORKATTR,
}

_OMVS_FIELDS = (
    *plain("SHARED", "AUTOUID", "NOUID", "NOHOME", "NOPROGRAM"),
    *valued("UID", "HOME", "PROGRAM", *_LIMITS),
)
KEYWORDS = (
    Keyword("OMVS", Takes.FIELDS, _OMVS_FIELDS),
    Keyword("NOOMVS"),
    *(
        Keyword(name, Takes.FIELDS, (*listed(*fields), *plain(*(f"NO{f}" for f in fields))))
        for name, fields in TEXT_SEGMENTS.items()
    ),
    *plain(*(f"NO{name}" for name in TEXT_SEGMENTS)),
)


def apply(run: Run, user: User, operands: Operands, refusal: str) -> User:
    """Return the user with the segments that the operands set or remove.

    Segments are SPECIAL's to give, whoever owns the user, or an owner could make a superuser; `refusal` tells the others.
    """
    wanted = [word for name in ("OMVS", *TEXT_SEGMENTS) for word in (name, f"NO{name}") if word in operands]
    if wanted and not run.acee.special:
        for word in wanted:
            run.say(refusal, keyword=word)
        return user
    if "NOOMVS" in operands:
        user = replace(user, omvs=None, segments={k: v for k, v in user.segments.items() if k != "OMVS"})
    if "OMVS" in operands:
        user = _omvs(run, user, operands.fields("OMVS"))
    for name, fields in TEXT_SEGMENTS.items():
        segments = dict(user.segments)
        if f"NO{name}" in operands:
            segments.pop(name, None)
        if name in operands:
            segments[name] = _text(dict(segments.get(name, {})), operands.fields(name), fields)
        user = replace(user, segments=segments)
    return user


def _text(segment: dict[str, str], given: Operands, fields: Iterable[str]) -> dict[str, str]:
    for field in fields:
        if field in given:
            segment[field] = " ".join(given.values(field))
        elif f"NO{field}" in given:
            segment.pop(field, None)
    return segment


def _omvs(run: Run, user: User, given: Operands) -> User:
    omvs = user.omvs or Omvs()
    if "UID" in given:
        uid = whole_number(given.value("UID"), "UID", 0, MAX_ID)
        _check_shared(run, user.userid, uid, shared="SHARED" in given)
        omvs = replace(omvs, uid=uid)
    elif "AUTOUID" in given:
        uid = free_number({other.omvs.uid for other in run.change.users() if other.omvs})
        run.say("IRR52177I", userid=user.userid, number=uid)
        omvs = replace(omvs, uid=uid)
    elif "NOUID" in given:
        omvs = replace(omvs, uid=None)
    if "HOME" in given or "NOHOME" in given:
        omvs = replace(omvs, home=given.value("HOME", "/"))
    if "PROGRAM" in given or "NOPROGRAM" in given:
        omvs = replace(omvs, program=given.value("PROGRAM", "/bin/sh"))
    limits = _text(dict(user.segments.get("OMVS", {})), given, _LIMITS)
    segments = dict(user.segments)
    if limits:
        segments["OMVS"] = limits
    return replace(user, omvs=omvs, segments=segments)


def _check_shared(run: Run, userid: str, uid: int, *, shared: bool) -> None:
    # [RACFCL SHARED.IDS]: UID 0 is shared on purpose by so many that RACF, without the profile, lets any be shared. We ask for
    # SHARED except for 0, as an installation with SHARED.IDS does.
    if shared or uid == 0:
        return
    for other in run.change.users():
        if other.omvs and other.omvs.uid == uid and other.userid != userid:
            raise run.refuse("IRR52174I", number=uid, name=other.userid)


def free_number(used: set[int | None]) -> int:
    """Return the first number from 1,000 on that is not used: what AUTOUID and AUTOGID assign."""
    number = _FIRST_AUTOMATIC
    while number in used:
        number += 1
    return number


_FIRST_AUTOMATIC = 1000


def omvs_lines(user: User) -> list[str]:
    """Return the OMVS part of a LISTUSER display."""
    if user.omvs is None:
        return ["", "NO OMVS INFORMATION"]
    uid = "NONE" if user.omvs.uid is None else f"{user.omvs.uid:010d}"
    lines = [
        "",
        "OMVS INFORMATION",
        "----------------",
        f"UID= {uid}",
        f"HOME= {user.omvs.home}",
        f"PROGRAM= {user.omvs.program}",
    ]
    limits = user.segments.get("OMVS", {})
    return lines + [f"{name}= {limits.get(name, 'NONE')}" for name in _LIMITS]


def text_lines(user: User, name: str) -> list[str]:
    """Return the part of a LISTUSER display for a segment other than OMVS."""
    segment = user.segments.get(name)
    if not segment:
        return ["", f"NO {name} INFORMATION"]
    title = f"{name} INFORMATION"
    return ["", title, "-" * len(title), *(f"{field}= {value}" for field, value in segment.items())]
