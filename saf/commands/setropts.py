"""SETROPTS: the system-wide options.

Source: [RACFCL SETROPTS]. RACLIST, GENERIC, GENCMD, GLOBAL and REFRESH have nothing to do here, since every
change of a profile holds at once in every process and generic profiles are always in use; they are answered as done.
Not here: auditing options, which RACF writes SMF records for; they are refused.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from saf.classes import BY_NAME
from saf.commands.operands import Keyword, Operands, Takes, listed, plain, valued, whole_number
from saf.commands.run import Command, Run
from saf.errors import OperandError
from saf.passwords import PasswordRules

_ALL = "*"
_ALWAYS_SO = ("RACLIST", "GENERIC", "GENCMD", "GLOBAL")
_PASSWORD = Keyword(
    "PASSWORD",
    Takes.FIELDS,
    (
        *valued("INTERVAL", "HISTORY", "REVOKE", "MINCHANGE"),
        *plain("NOHISTORY", "NOREVOKE", "MIXEDCASE", "NOMIXEDCASE", "SPECIALCHARS", "NOSPECIALCHARS"),
    ),
)


def setropts(run: Run, operands: Operands) -> int:
    """SETROPTS: change or list the options."""
    may_list = run.acee.special or run.acee.auditor
    only_lists = set(operands.given) <= {"LIST"}
    if not run.acee.special and not (only_lists and may_list):
        raise run.refuse("ICH14001I")
    _classes(run, operands)
    _switches(run, operands)
    if "PASSWORD" in operands:
        _password(run, operands.fields("PASSWORD"))
    if "LIST" in operands:
        run.show(*_display(run))
    if set(operands.given) & {*_ALWAYS_SO, "REFRESH"}:
        for name in _ALWAYS_SO:
            _named_classes(operands.values(name))
        run.say("ICH14063I")
    return 0


def _named_classes(values: list[str]) -> set[str]:
    if _ALL in values:
        return set(BY_NAME)
    chosen = {value.upper() for value in values}
    unknown = sorted(chosen - set(BY_NAME))
    if unknown:
        raise OperandError("invalid", unknown[0], "CLASS NAME")
    return chosen


def _active(run: Run) -> set[str]:
    options = run.change.options()
    return set(options.get("classact", [row.name for row in BY_NAME.values() if row.active]))


def _classes(run: Run, operands: Operands) -> None:
    active = _active(run)
    if "CLASSACT" in operands:
        active |= _named_classes(operands.values("CLASSACT"))
    if "NOCLASSACT" in operands:
        active -= _named_classes(operands.values("NOCLASSACT"))
    if {"CLASSACT", "NOCLASSACT"} & set(operands.given):
        run.change.put_option("classact", sorted(active))


def _switches(run: Run, operands: Operands) -> None:
    for name in ("EGN", "GRPLIST"):
        chosen = operands.any_of(name, f"NO{name}")
        if chosen:
            run.change.put_option(name.lower(), chosen == name)
    chosen = operands.any_of("PROTECTALL", "NOPROTECTALL")
    if chosen:
        mode = operands.value("PROTECTALL", "FAILURES").upper() if chosen == "PROTECTALL" else "NO"
        if mode not in ("FAILURES", "WARNING", "NO"):
            raise OperandError("invalid", mode, "PROTECTALL")
        run.change.put_option("protectall", mode)
    if "INACTIVE" in operands:
        run.change.put_option("inactive", whole_number(operands.value("INACTIVE"), "INACTIVE", 1, 255))
    if "NOINACTIVE" in operands:
        run.change.put_option("inactive", 0)


def _password(run: Run, given: Operands) -> None:
    rules = PasswordRules(**run.change.options().get("password", {}))
    # INTERVAL(0) is not RACF's, which has no system-wide NOINTERVAL; it is how a test system gets back to its default.
    limits = {"INTERVAL": (0, 254), "HISTORY": (1, 32), "REVOKE": (1, 255), "MINCHANGE": (0, 254)}
    chosen: dict[str, Any] = {}
    for name, (low, high) in limits.items():
        if name in given:
            chosen[name.lower()] = whole_number(given.value(name), name, low, high)
    for name in ("HISTORY", "REVOKE"):
        if f"NO{name}" in given:
            chosen[name.lower()] = 0
    for name, fact in (("MIXEDCASE", "mixedcase"), ("SPECIALCHARS", "special_characters")):
        switch = given.any_of(name, f"NO{name}")
        if switch:
            chosen[fact] = switch == name
    rules = replace(rules, **chosen)
    run.change.put_option("password", asdict(rules))


def _display(run: Run) -> list[str]:
    options = run.change.options()
    active = sorted(_active(run) | {"DATASET", "USER", "GROUP"})
    protect = options.get("protectall", "NO")
    inactive = options.get("inactive", 0)
    lines = ["ATTRIBUTES = INITSTATS WHEN(PROGRAM -- BASIC)"]
    for start in range(0, len(active), _CLASSES_PER_LINE):
        title = "ACTIVE CLASSES = " if start == 0 else " " * 17
        lines.append(title + " ".join(active[start : start + _CLASSES_PER_LINE]))
    lines.append(f"ENHANCED GENERIC NAMING IS {'' if options.get('egn', True) else 'NOT '}IN EFFECT")
    lines.append(f"LIST OF GROUPS ACCESS CHECKING IS {'ACTIVE' if options.get('grplist', True) else 'INACTIVE'}.")
    if inactive:
        lines.append(f"INACTIVE USERIDS ARE BEING AUTOMATICALLY REVOKED AFTER {inactive} DAYS.")
    else:
        lines.append("INACTIVE USERIDS ARE NOT BEING AUTOMATICALLY REVOKED.")
    if protect == "NO":
        lines.append("PROTECT-ALL IS NOT IN EFFECT")
    else:
        lines += ["PROTECT-ALL IS ACTIVE, CURRENT OPTIONS:", f" PROTECT-ALL {protect} OPTION IS IN EFFECT"]
    return lines + _password_lines(PasswordRules(**options.get("password", {})))


def _password_lines(rules: PasswordRules) -> list[str]:
    expiry = f"PASSWORD CHANGE INTERVAL IS {rules.interval} DAYS." if rules.interval else "PASSWORDS DO NOT EXPIRE."
    history = "NO PASSWORD HISTORY BEING MAINTAINED."
    if rules.history:
        history = f"{rules.history} GENERATIONS OF PREVIOUS PASSWORDS BEING MAINTAINED."
    lines = [
        "PASSWORD PROCESSING OPTIONS:",
        f"  {expiry}",
        f"  PASSWORD MINIMUM CHANGE INTERVAL IS {rules.minchange} DAYS.",
        f"  MIXED CASE PASSWORD SUPPORT IS {'' if rules.mixedcase else 'NOT '}IN EFFECT",
        f"  SPECIAL CHARACTERS ARE {'' if rules.special_characters else 'NOT '}ALLOWED.",
        f"  {history}",
    ]
    if rules.revoke:
        return [*lines, f"  AFTER {rules.revoke} CONSECUTIVE UNSUCCESSFUL PASSWORD ATTEMPTS,", "      A USERID WILL BE REVOKED."]
    return [*lines, "  USERIDS NOT BEING AUTOMATICALLY REVOKED."]


_CLASSES_PER_LINE = 7

_KEYWORDS = (
    *listed("CLASSACT", "NOCLASSACT", *_ALWAYS_SO),
    *plain("REFRESH", "EGN", "NOEGN", "GRPLIST", "NOGRPLIST", "NOPROTECTALL", "NOINACTIVE", "LIST"),
    *valued("INACTIVE"),
    Keyword("PROTECTALL", Takes.OPTIONAL),
    _PASSWORD,
)
COMMANDS = (Command("SETROPTS", ("SETR",), setropts, _KEYWORDS, 0, required=False),)
