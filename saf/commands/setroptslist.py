"""SETROPTS LIST: the display of the system-wide options.

Source: [RACFCL SETROPTS] "LIST"; the lines after [PYR] captures, apart from their indention.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from saf.classes import BY_NAME
from saf.commands.run import Run
from saf.passwords import PasswordRules
from saf.passwordsyntax import LEGEND, kept_rule

#: Options that are kept and shown.
KEPT_SWITCHES = ("INITSTATS", "SAUDIT", "OPERAUDIT", "CMDVIOL", "ERASE", "ADSP", "REALDSN", "TAPEDSN", "GENERICOWNER")
#: The switches that are on in a new database [RACFCL SETROPTS].
_FIRST = {"INITSTATS": True, "SAUDIT": True, "CMDVIOL": True}
CLASS_LISTS = ("AUDIT", "STATISTICS")
LOG_LEVELS = ("ALWAYS", "NEVER", "SUCCESSES", "FAILURES", "DEFAULT")
JES_WORDS = ("BATCHALLRACF", "XBMALLRACF", "EARLYVERIFY")
_FIRST_CLASSES = ("DATASET", "USER", "GROUP")
_WIDTH = 72


def active_classes(run: Run) -> set[str]:
    """Return the classes that are active."""
    options = run.change.options()
    return set(options.get("classact", [row.name for row in BY_NAME.values() if row.active]))


def display(run: Run) -> list[str]:
    """Return the lines of the display."""
    options = run.change.options()
    kept: dict[str, Any] = options.get("kept", {})
    lines = [*_attributes(kept), *_class_lines(run, options, kept)]
    lines.append(f"AUTOMATIC DATASET PROTECTION IS {_in(kept, 'ADSP')}IN EFFECT")
    lines.append(f"ENHANCED GENERIC NAMING IS {'' if options.get('egn', True) else 'NOT '}IN EFFECT")
    lines.append(f"REAL DATA SET NAMES OPTION IS {_active(kept, 'REALDSN')}")
    held = kept.get("JES", ())
    lines += [f"JES-{word} OPTION IS {'ACTIVE' if word in held else 'INACTIVE'}" for word in JES_WORDS]
    protect = options.get("protectall", "NO")
    if protect == "NO":
        lines.append("PROTECT-ALL OPTION IS NOT IN EFFECT")
    else:
        lines += ["PROTECT-ALL IS ACTIVE, CURRENT OPTIONS:", f"  PROTECT-ALL {_PROTECT[protect]} OPTION IS IN EFFECT"]
    lines += [f"TAPE DATA SET PROTECTION IS {_active(kept, 'TAPEDSN')}", "SECURITY RETENTION PERIOD IN EFFECT IS     0 DAYS."]
    lines.append(f"ERASE-ON-SCRATCH IS {'ACTIVE' if kept.get('ERASE') else 'INACTIVE'}")
    lines.append("SINGLE LEVEL NAMES NOT ALLOWED")
    lines.append(f"LIST OF GROUPS ACCESS CHECKING IS {'ACTIVE' if options.get('grplist', True) else 'INACTIVE'}.")
    days = options.get("inactive", 0)
    not_revoked = "INACTIVE USERIDS ARE NOT BEING AUTOMATICALLY REVOKED."
    lines.append(f"INACTIVE USERIDS ARE BEING AUTOMATICALLY REVOKED AFTER {days} DAYS." if days else not_revoked)
    lines.append("NO DATA SET MODELLING BEING DONE.")
    lines += _password_lines(PasswordRules(**options.get("password", {})))
    lines += _WITHOUT_LABELS
    lines.append(f"GENERIC OWNER ONLY IS {_in(kept, 'GENERICOWNER')}IN EFFECT")
    lines += _WITHOUT_LEVELS
    lines.append(f"ADDCREATOR IS {'' if options.get('addcreator') else 'NOT '}IN EFFECT")
    return [*lines, *_LAST]


def _class_lines(run: Run, options: dict[str, Any], kept: dict[str, Any]) -> list[str]:
    """Return the lines that tell of classes."""
    active = [*_FIRST_CLASSES, *sorted(active_classes(run) - set(_FIRST_CLASSES))]
    generic = [name for name in active if name not in {"USER", "GROUP", "DIGTCERT", "DIGTRING", "DIGTNMAP"}]
    lines: list[str] = []
    lines += _classes("STATISTICS = ", kept.get("STATISTICS", ()))
    lines += _classes("AUDIT CLASSES = ", kept.get("AUDIT", ()))
    lines += _classes("ACTIVE CLASSES = ", active)
    lines += _classes("GENERIC PROFILE CLASSES =  ", generic)
    lines += _classes("GENERIC COMMAND CLASSES =  ", generic)
    lines.append("GENLIST CLASSES =  NONE")
    lines += _classes("GLOBAL CHECKING CLASSES =  ", options.get("global", ()))
    lines += _classes("SETR RACLIST CLASSES =  ", sorted(options.get("raclist", ())))
    lines.append("GLOBAL=YES RACLIST ONLY =  NONE")
    levels: dict[str, str] = kept.get("LOGOPTIONS", {})
    for level in LOG_LEVELS:
        lines += _classes(f'LOGOPTIONS "{level}" CLASSES =  ', [n for n in sorted(BY_NAME) if levels.get(n, "DEFAULT") == level])
    return lines


#: Functions that are not here, as a system shows them that does not use them. [seen PYR]
_WITHOUT_LABELS = (
    "DEFAULT RVARY PASSWORD IS IN EFFECT FOR THE SWITCH FUNCTION.",
    "DEFAULT RVARY PASSWORD IS IN EFFECT FOR THE STATUS FUNCTION.",
    "SECLABEL CONTROL IS NOT IN EFFECT",
)
_WITHOUT_LEVELS = (
    "COMPATIBILITY MODE IS NOT IN EFFECT",
    "MULTI-LEVEL QUIET IS NOT IN EFFECT",
    "MULTI-LEVEL STABLE IS NOT IN EFFECT",
    "NO WRITE-DOWN IS NOT IN EFFECT",
    "MULTI-LEVEL ACTIVE IS NOT IN EFFECT",
    "CATALOGUED DATA SETS ONLY, IS NOT IN EFFECT",
    "USER-ID FOR JES NJEUSERID IS : ????????",
    "USER-ID FOR JES UNDEFINEDUSER IS : ++++++++",
    "PARTNER LU-VERIFICATION SESSIONKEY INTERVAL MAXIMUM/DEFAULT IS    30 DAYS.",
)
_LAST = (
    "KERBLVL =     0",
    "MULTI-LEVEL FILE SYSTEM IS NOT IN EFFECT",
    "MULTI-LEVEL INTERPROCESS COMMUNICATIONS IS NOT IN EFFECT",
    "MULTI-LEVEL NAME HIDING IS NOT IN EFFECT",
    "SECURITY LABEL BY SYSTEM IS NOT IN EFFECT",
    "PRIMARY LANGUAGE DEFAULT : ENU",
    "SECONDARY LANGUAGE DEFAULT : ENU",
)


def _active(kept: dict[str, Any], name: str) -> str:
    return "ACTIVE" if kept.get(name) else "INACTIVE"


def _in(kept: dict[str, Any], name: str) -> str:
    return "" if kept.get(name) else "NOT "


_PROTECT = {"FAILURES": "FAIL", "WARNING": "WARNING"}


def _attributes(kept: dict[str, Any]) -> list[str]:
    words = [name if kept.get(name, _FIRST.get(name, False)) else f"NO{name}" for name in ("INITSTATS",)]
    words.append("WHEN(PROGRAM -- BASIC)" if kept.get("WHEN", True) else "NOWHEN(PROGRAM)")
    words.append(f"TERMINAL({kept.get('TERMINAL', 'READ')})")
    words += [name if kept.get(name, name in _FIRST) else f"NO{name}" for name in ("SAUDIT", "CMDVIOL", "OPERAUDIT")]
    return ["ATTRIBUTES = " + " ".join(words)]


def _classes(title: str, names: Iterable[str]) -> list[str]:
    return _wrapped(title, list(names) or ["NONE"])


def _wrapped(title: str, words: list[str]) -> list[str]:
    """Return words behind a title, further lines below the first word."""
    lines = [title[:-1]]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > _WIDTH:
            lines.append(" " * (len(title) - 1))
        lines[-1] += f" {word}"
    return lines


def _password_lines(rules: PasswordRules) -> list[str]:
    expiry = f"PASSWORD CHANGE INTERVAL IS {rules.interval:>3} DAYS." if rules.interval else "PASSWORDS DO NOT EXPIRE."
    history = "NO PASSWORD HISTORY BEING MAINTAINED."
    if rules.history:
        history = f"{rules.history:>2} GENERATIONS OF PREVIOUS PASSWORDS BEING MAINTAINED."
    lines = [
        "PASSWORD PROCESSING OPTIONS:",
        "  THE ACTIVE PASSWORD ENCRYPTION ALGORITHM IS KDFAES",
        f"  {expiry}",
        f"  PASSWORD MINIMUM CHANGE INTERVAL IS {rules.minchange:>3} DAYS.",
        f"  MIXED CASE PASSWORD SUPPORT IS {'' if rules.mixedcase else 'NOT '}IN EFFECT",
        f"  SPECIAL CHARACTERS ARE {'' if rules.special_characters else 'NOT '}ALLOWED.",
        f"  {history}",
    ]
    if rules.revoke:
        lines += [f"  AFTER {rules.revoke:>2} CONSECUTIVE UNSUCCESSFUL PASSWORD ATTEMPTS,", "      A USERID WILL BE REVOKED."]
    else:
        lines.append("  USERIDS NOT BEING AUTOMATICALLY REVOKED.")
    if rules.warning:
        lines.append(f"  PASSWORD EXPIRATION WARNING LEVEL IS {rules.warning:>3} DAYS.")
    else:
        lines.append("  NO PASSWORD EXPIRATION WARNING MESSAGES WILL BE ISSUED.")
    if not rules.syntax:
        return [*lines, "  NO INSTALLATION PASSWORD SYNTAX RULES."]
    return [*lines, "  INSTALLATION PASSWORD SYNTAX RULES:", *(kept_rule(text).shown for text in rules.syntax), *LEGEND]
