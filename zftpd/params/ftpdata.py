"""FTP.DATA: a text of statements and the settings that it means; the same settings written as FTP.DATA.

Source: zos-ftp-server.md section 6; [CFGREF] "FTP.DATA data set statements".
Not here: finding the file, and the words of a diagnostic (zftpd/messages.py).
Rules: KEYWORD value ; comment, one statement a line, any case, blanks or tabs between; everything to the right of a semicolon
is comment. A bad statement is reported with its line and the others still count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from zftpd.params.defaults import changed, defaults
from zftpd.params.kinds import BadValue
from zftpd.params.param import Param, Where
from zftpd.params.settings import Settings
from zftpd.params.table import PARAMS, STATEMENTS

UNKNOWN, OTHER_SIDE, SITE_ONLY, ABSENT, REPEATED, EXTRA, LIMITED = (
    "unknown",
    "other side",
    "site only",
    "absent",
    "repeated",
    "extra",
    "limited",
)
#: Reasons that leave the server as the file asks: they do not stop a strict start.
HARMLESS = frozenset({OTHER_SIDE, REPEATED, LIMITED})

_COMMENT = re.compile(r";.*")
#: A keyword ends at a blank, or where a list in parentheses begins.
_KEYWORD = re.compile(r"[^\s(]+")
#: Card images whose last eight columns are sequence numbers.
_CARD, _SEQUENCE = 80, 72
_FIRST = re.compile(r"\([^)]*\)|'[^']*'|\S+")


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What is wrong with a statement. `reason` is a word of this module or of kinds.py; `advice` what would do instead."""

    line: int
    statement: str
    reason: str
    value: str = ""
    advice: str = ""

    @property
    def is_harmless(self) -> bool:
        """Tell whether the settings are what the file says all the same."""
        return self.reason in HARMLESS


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as it stands in the file."""

    line: int
    keyword: str
    value: str


@dataclass(frozen=True, slots=True)
class FtpData:
    """What a file says: the settings, what is wrong, and each statement that counted with its row."""

    name: str
    settings: Settings
    diagnostics: tuple[Diagnostic, ...] = ()
    counted: tuple[tuple[Statement, Param], ...] = field(default=(), repr=False)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that stop a strict start."""
        return tuple(each for each in self.diagnostics if not each.is_harmless)


def statements(text: str) -> Iterator[Statement]:
    """Yield the statements of a file with their line numbers."""
    for number, line in enumerate(text.split("\n"), 1):
        words = _COMMENT.sub("", _unnumbered(line.rstrip("\r"))).replace("\t", " ").strip()
        match = _KEYWORD.match(words)
        if match:
            yield Statement(number, match.group().upper(), words[match.end() :].strip())


def _unnumbered(line: str) -> str:
    """Return a card image without the sequence number in its columns 73 to 80."""
    return line[:_SEQUENCE] if len(line) == _CARD and line[_SEQUENCE:].isdecimal() else line


def read(
    text: str,
    name: str = "FTP.DATA",
    *,
    base: Settings | None = None,
    side: Where = Where.SERVER,
    absent: frozenset[str] = frozenset(),
) -> FtpData:
    """Return what the file says on top of `base` (the defaults). `absent` are statements its release does not know."""
    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    found: list[Diagnostic] = []
    counted: list[tuple[Statement, Param]] = []
    for statement in statements(text):
        param = STATEMENTS.get(statement.keyword)
        problem = _misplaced(statement, param, side, absent)
        if problem:
            found.append(problem)
        if param is None or problem:
            continue
        try:
            value, extra = _value(param, statement.value, values.get(param.attribute))
        except BadValue as error:
            found.append(Diagnostic(statement.line, statement.keyword, error.reason, error.text, error.allowed))
            continue
        if param.attribute in lines and not param.kind.repeats:
            found.append(Diagnostic(statement.line, statement.keyword, REPEATED, advice=str(lines[param.attribute])))
        if param.limit_of(value):
            found.append(Diagnostic(statement.line, statement.keyword, LIMITED, statement.value, param.limit))
        if extra:
            found.append(Diagnostic(statement.line, statement.keyword, EXTRA, extra))
        values[param.attribute] = value
        lines[param.attribute] = statement.line
        counted.append((statement, param))
    return FtpData(name, changed(base or defaults(), values), tuple(found), tuple(counted))


def _misplaced(statement: Statement, param: Param | None, side: Where, absent: frozenset[str]) -> Diagnostic | None:
    """Return why a statement does not belong here."""
    keyword = statement.keyword
    if param is None:
        near = get_close_matches(keyword, STATEMENTS, 1, 0.75)
        return Diagnostic(statement.line, keyword, UNKNOWN, advice=near[0] if near else "")
    if keyword in absent or param.name in absent:
        return Diagnostic(statement.line, keyword, ABSENT)
    if not param.where & side:
        return Diagnostic(statement.line, keyword, SITE_ONLY if param.where is Where.SITE else OTHER_SIDE)
    return None


def _value(param: Param, text: str, before: object) -> tuple[object, str]:
    """Return the value and what follows it that belongs to no value."""
    if param.kind.repeats:
        return param.read(text, before), ""
    match = _FIRST.match(text)
    first = match.group() if match else ""
    return param.read(first), text[len(first) :].strip()


def write(settings: Settings, *, side: Where = Where.SERVER, given: Mapping[str, object] | None = None) -> str:
    """Return settings as FTP.DATA; what is not given, and stays so by default, is left out.

    `given` limits the statements to these attributes.
    """
    lines = []
    for param in PARAMS:
        if not param.where & side or (given is not None and param.attribute not in given):
            continue
        value = getattr(settings, param.attribute)
        if value is None and (param.default is None or not param.clearable):
            continue
        texts = param.texts(value) if value != () or param.default != () else []
        lines += [f"{param.name:<24} {text}".rstrip() for text in texts]
    return "\n".join(lines) + "\n"
