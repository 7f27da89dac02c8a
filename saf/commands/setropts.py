"""SETROPTS: the system-wide options.

Source: [RACFCL SETROPTS]. GENERIC, GENCMD and GENLIST have nothing to do here, since generic profiles are always in use and a
change of one holds at once in every process; they are answered as done.
Not here: the display (setroptslist.py). Auditing options are kept and shown; what is audited is every refusal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from saf import passwordsyntax
from saf.classes import BY_NAME
from saf.commands.operands import Keyword, Operands, Takes, listed, plain, valued, whole_number
from saf.commands.run import Command, Run
from saf.commands.setroptslist import CLASS_LISTS, JES_WORDS, KEPT_SWITCHES, LOG_LEVELS, active_classes, display
from saf.errors import OperandError
from saf.passwords import PasswordRules
from saf.raclist import IN_STORAGE, kept_profile
from saf.schema import OPTIONS

_ALL = "*"
#: What AUDITOR may set; AUDITOR is not SPECIAL's to have.
_AUDITORS = ("AUDIT", "NOAUDIT", "SAUDIT", "NOSAUDIT", "CMDVIOL", "NOCMDVIOL", "OPERAUDIT", "NOOPERAUDIT", "LOGOPTIONS")
_IN_STORAGE = ("RACLIST", "GENERIC", "GENCMD", "GLOBAL", "GENLIST")
_RULES = tuple(f"RULE{number}" for number in range(1, 9))
_RULE_FIELDS = (*valued("LENGTH"), *listed(*(word for word, *_ in passwordsyntax.KINDS)))
_PASSWORD = Keyword(
    "PASSWORD",
    Takes.FIELDS,
    (
        *valued("INTERVAL", "HISTORY", "REVOKE", "MINCHANGE", "WARNING", "ALGORITHM"),
        *plain("NOHISTORY", "NOREVOKE", "MIXEDCASE", "NOMIXEDCASE", "SPECIALCHARS", "NOSPECIALCHARS"),
        *plain("NOWARNING", "NOALGORITHM", "NORULES", *(f"NO{name}" for name in _RULES)),
        *(Keyword(name, Takes.FIELDS, _RULE_FIELDS) for name in _RULES),
    ),
)


def setropts(run: Run, operands: Operands) -> int:
    """SETROPTS: change or list the options."""
    allowed = {"LIST", *_AUDITORS} if run.acee.auditor else set()
    refused = [name for name in operands.given if name not in allowed] if not run.acee.special else []
    if refused or not operands.given:
        raise run.refuse("ICH14002I", keyword=",".join(refused) or "LIST")
    _classes(run, operands)
    _switches(run, operands)
    _kept(run, operands)
    if "PASSWORD" in operands:
        _password(run, operands.fields("PASSWORD"))
    _in_storage(run, operands)
    if "LIST" in operands:
        run.show(*display(run))
    if set(operands.given) & {*_IN_STORAGE, *(f"NO{name}" for name in _IN_STORAGE), "REFRESH"}:
        run.say("ICH14063I")
    return 0


def _in_storage(run: Run, operands: Operands) -> None:
    """Take the profiles of RACLISTed classes into storage, and turn global access checking on and off.

    Decisions in a RACLISTed class see its profiles as they were at RACLIST or the last REFRESH.
    """
    for name in _IN_STORAGE:
        _named_classes([*operands.values(name), *operands.values(f"NO{name}")], name)
    options = run.change.options()
    listed = set(options.get("raclist", ()))
    wanted = _named_classes(operands.values("RACLIST")) - _NEVER_RACLISTED
    if "REFRESH" in operands:
        wanted &= listed
    for name in wanted:
        run.change.put_option(f"{IN_STORAGE}{name}", [kept_profile(profile) for profile in run.change.profiles(name)])
    gone = _named_classes(operands.values("NORACLIST"))
    for name in gone & listed:
        run.change.remove(OPTIONS, f"{IN_STORAGE}{name}")
    if {"RACLIST", "NORACLIST"} & set(operands.given):
        run.change.put_option("raclist", sorted((listed | wanted) - gone))
    if {"GLOBAL", "NOGLOBAL"} & set(operands.given) and "REFRESH" not in operands:
        checked = set(options.get("global", ())) | _named_classes(operands.values("GLOBAL"))
        run.change.put_option("global", sorted(checked - _named_classes(operands.values("NOGLOBAL"))))


#: DATASET has its own way of keeping profiles in storage; the others are no resource classes.
_NEVER_RACLISTED = {"DATASET", "USER", "GROUP", "GLOBAL"}


def _named_classes(values: list[str], called: str = "CLASS NAME") -> set[str]:
    if _ALL in values:
        return set(BY_NAME)
    chosen = {value.upper() for value in values}
    unknown = sorted(chosen - set(BY_NAME))
    if unknown:
        raise OperandError("invalid", unknown[0], called)
    return chosen


def _classes(run: Run, operands: Operands) -> None:
    active = active_classes(run)
    if "CLASSACT" in operands:
        active |= _named_classes(operands.values("CLASSACT"))
    if "NOCLASSACT" in operands:
        active -= _named_classes(operands.values("NOCLASSACT"))
    if {"CLASSACT", "NOCLASSACT"} & set(operands.given):
        run.change.put_option("classact", sorted(active))


def _switches(run: Run, operands: Operands) -> None:
    for name in ("EGN", "GRPLIST", "ADDCREATOR"):
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


def _kept(run: Run, operands: Operands) -> None:
    """Keep the options that SETROPTS LIST shows and nothing here depends on."""
    kept: dict[str, Any] = dict(run.change.options().get("kept", {}))
    for name in KEPT_SWITCHES:
        chosen = operands.any_of(name, f"NO{name}")
        if chosen:
            kept[name] = chosen == name
    for name in CLASS_LISTS:
        held = set(kept.get(name, ())) | _named_classes(operands.values(name))
        kept[name] = sorted(held - _named_classes(operands.values(f"NO{name}")))
    if "LOGOPTIONS" in operands:
        kept["LOGOPTIONS"] = _logged(dict(kept.get("LOGOPTIONS", {})), operands.fields("LOGOPTIONS"))
    for word in operands.fields("JES").given:
        kept["JES"] = sorted(
            {*kept.get("JES", ())} - {word.removeprefix("NO")} | ({word} if not word.startswith("NO") else set())
        )
    if {"WHEN", "NOWHEN"} & set(operands.given):
        kept["WHEN"] = operands.any_of("WHEN", "NOWHEN") == "WHEN"
    if "TERMINAL" in operands:
        level = operands.value("TERMINAL").upper()
        if level not in ("READ", "NONE"):
            raise OperandError("invalid", level, "TERMINAL")
        kept["TERMINAL"] = level
    run.change.put_option("kept", kept)


def _logged(levels: dict[str, str], given: Operands) -> dict[str, str]:
    """Return the level by class, changed as LOGOPTIONS says."""
    for level in LOG_LEVELS:
        for name in _named_classes(given.values(level)):
            levels[name] = level
    return {name: level for name, level in levels.items() if level != "DEFAULT"}


def _password(run: Run, given: Operands) -> None:
    rules = PasswordRules(**run.change.options().get("password", {}))
    # INTERVAL(0) is not RACF's, which has no system-wide NOINTERVAL; it is how a test system gets back to its default.
    limits = {"INTERVAL": (0, 254), "HISTORY": (1, 32), "REVOKE": (1, 255), "MINCHANGE": (0, 254), "WARNING": (1, 255)}
    chosen: dict[str, Any] = {}
    for name, (low, high) in limits.items():
        if name in given:
            chosen[name.lower()] = whole_number(given.value(name), name, low, high)
    for name in ("HISTORY", "REVOKE", "WARNING"):
        if f"NO{name}" in given:
            chosen[name.lower()] = 0
    for name, fact in (("MIXEDCASE", "mixedcase"), ("SPECIALCHARS", "special_characters")):
        switch = given.any_of(name, f"NO{name}")
        if switch:
            chosen[fact] = switch == name
    if given.value("ALGORITHM", "KDFAES").upper() != "KDFAES":
        raise OperandError("invalid", given.value("ALGORITHM"), "ALGORITHM")
    chosen["syntax"] = _syntax(rules.syntax, given)
    run.change.put_option("password", asdict(replace(rules, **chosen)))


def _syntax(known: Sequence[str], given: Operands) -> tuple[str, ...]:
    """Return the syntax rules, changed as RULEn, NORULEn and NORULES say."""
    rules = {} if "NORULES" in given else {int(text[0]): text for text in known}
    for number, name in enumerate(_RULES, 1):
        if f"NO{name}" in given:
            rules.pop(number, None)
        if name in given:
            fields = given.fields(name)
            if "LENGTH" not in fields:
                raise OperandError("missing", "LENGTH", "LENGTH")
            contents = [(word, fields.values(word)) for word, *_ in passwordsyntax.KINDS if word in fields]
            rules[number] = passwordsyntax.made(number, fields.value("LENGTH"), contents).kept
    return tuple(rules[number] for number in sorted(rules))


_JES = Keyword("JES", Takes.FIELDS, plain(*JES_WORDS, *(f"NO{word}" for word in JES_WORDS)))
_KEYWORDS = (
    *listed("CLASSACT", "NOCLASSACT", *_IN_STORAGE, *(f"NO{name}" for name in _IN_STORAGE)),
    *listed(*CLASS_LISTS, *(f"NO{name}" for name in CLASS_LISTS)),
    *plain("REFRESH", "EGN", "NOEGN", "GRPLIST", "NOGRPLIST", "NOPROTECTALL", "NOINACTIVE", "LIST"),
    *plain("ADDCREATOR", "NOADDCREATOR", *KEPT_SWITCHES, *(f"NO{name}" for name in KEPT_SWITCHES)),
    *valued("INACTIVE", "TERMINAL"),
    Keyword("PROTECTALL", Takes.OPTIONAL),
    Keyword("LOGOPTIONS", Takes.FIELDS, listed(*LOG_LEVELS)),
    Keyword("WHEN", Takes.FIELDS, plain("PROGRAM")),
    Keyword("NOWHEN", Takes.FIELDS, plain("PROGRAM")),
    _JES,
    _PASSWORD,
)
COMMANDS = (Command("SETROPTS", ("SETR",), setropts, _KEYWORDS, 0, required=False),)
