"""HELP: what the help library says of a command.

    HELP                                the member COMMANDS
    HELP command [FUNCTION|SYNTAX|OPERANDS[(word ...)]|ALL]

    )F function    )X syntax    )O operands, each behind ))WORD        the lines of a member

Source: [TSO HELP]; the form of help members [known]. Rules: the members are read from SYSHELP, or from SYS1.HELP; an
installation supplies them: none come with this system.
"""

from __future__ import annotations

from jes.hosttext import to_text
from jes.utilities.idcams.parse import AmsSyntax, items
from jes.utilities.tso.session import FAILED, TsoSession
from mvsfs.errors import MvsError
from mvsfs.info import Target

_LIBRARY = "SYS1.HELP"
_SECTIONS = {"FUNCTION": "F", "SYNTAX": "X", "OPERANDS": "O"}
_HEADINGS = {"F": "FUNCTION -", "X": "SYNTAX -", "O": "OPERANDS -"}


def help_(text: str, session: TsoSession) -> int:
    """HELP: show sections of a member of the help library."""
    found = items(text)
    name = found[0].word.upper() if found else "COMMANDS"
    wanted: list[str] = []
    words: set[str] = set()
    for item in found[1:]:
        full = next((key for key in (*_SECTIONS, "ALL") if key.startswith(item.word)), None)
        if full is None:
            raise AmsSyntax("IDC3211I", item.word)
        wanted += _SECTIONS.values() if full == "ALL" else [_SECTIONS[full]]
        words |= {word.upper() for word in item.words}
    lines = _member(name, session)
    if lines is None:
        session.say("nohelp", name=name)
        return FAILED
    for section in wanted or list(_SECTIONS.values()):
        shown = list(_section(lines, section, words))
        if shown:
            session.put(_HEADINGS[section], *shown)
    return 0


def _member(name: str, session: TsoSession) -> list[str] | None:
    """Return the lines of a help member, None when no library has it."""
    step = session.step
    dd = step.dd("SYSHELP")
    libraries = [part.dsname for part in dd.concatenation if part.dsname] if dd is not None else [_LIBRARY]
    for library in libraries:
        try:
            return [to_text(record[:72]).rstrip() for record in step.mvs.records(Target(library, name), step.who)]
        except MvsError:
            continue
    return None


def _section(lines: list[str], section: str, words: set[str]) -> list[str]:
    """Return the lines of one section; of operands those of `words` when there are some."""
    shown: list[str] = []
    within = taken = False
    for line in lines:
        if line.startswith("))"):
            operand = line[2:].split(" ")[0].partition("(")[0].upper()
            taken = not words or operand in words
            line = line[2:]
        elif line.startswith(")"):
            within, taken = line[1:2].upper() == section, not words
            line = line[2:].strip()
            if not line:
                continue
        if within and taken and not line.startswith("*"):
            shown.append(line)
    return shown
