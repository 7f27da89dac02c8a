"""The grammar of data set names, members, relative generations and the masks that search for them.

Source: [CODES 501] and [ZREF] for the rules of names, [IDCAMS LISTCAT], [ISPF 3.4] for the generic characters.
Not here: prefixes, quotes and working directories, which are the FTP server's (zftpd/naming.py).
Rules: pure; names come out in upper case. X'C0' is spelled `{` in IBM-1047 and may stand in a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mvsfs.errors import InvalidDsname
from mvsfs.info import Target

MAX_DSNAME = 44
MAX_QUALIFIER = 8
#: A generation data set adds .GnnnnVnn, so a base may have 35 characters.
MAX_GDG_BASE = 35
#: No mask needs more: every character of a name may have an asterisk behind it.
_MAX_MASK = 2 * MAX_DSNAME
#: Relative generations are signed numbers of up to three digits.
MAX_GENERATION = 999

_FIRST = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ$@#")
_REST = _FIRST | frozenset("0123456789-{")
_MEMBER_REST = _REST - {"-"}
_RELATIVE = re.compile(r"[+-]?\d{1,3}\Z")
_ABSOLUTE = re.compile(r"(?P<base>.+)\.G(?P<number>\d{4})V(?P<version>\d{2})\Z")


def check_dsname(text: str) -> str:
    """Return the data set name in upper case.

    Raises InvalidDsname: empty, a qualifier of more than 8 characters, a wrong first or later character, over 44 in all.
    """
    name = text.upper()
    if not name:
        raise InvalidDsname(text, "empty")
    for qualifier in name.split("."):
        _check_qualifier(text, qualifier)
    if len(name) > MAX_DSNAME:
        raise InvalidDsname(text, "length")
    return name


def _check_qualifier(text: str, qualifier: str) -> None:
    if not qualifier:
        raise InvalidDsname(text, "empty", qualifier)
    if len(qualifier) > MAX_QUALIFIER:
        raise InvalidDsname(text, "qualifier-long", qualifier)
    if qualifier[0] not in _FIRST:
        raise InvalidDsname(text, "first-character", qualifier)
    if not _REST.issuperset(qualifier):
        raise InvalidDsname(text, "character", qualifier)


def check_member(text: str) -> str:
    """Return the member name in upper case.

    Raises InvalidDsname with rule `member`: a member has 1-8 characters, no hyphen, and does not begin with a digit.
    """
    name = text.upper()
    if not name or len(name) > MAX_QUALIFIER or name[0] not in _FIRST or not _MEMBER_REST.issuperset(name):
        raise InvalidDsname(text, "member", name)
    return name


def is_dsname(text: str) -> bool:
    """Tell whether the text is a data set name without member."""
    try:
        check_dsname(text)
    except InvalidDsname:
        return False
    return True


def is_member(text: str) -> bool:
    """Tell whether the text is a member name."""
    try:
        check_member(text)
    except InvalidDsname:
        return False
    return True


def parse_target(text: str) -> Target:
    """Return the data set, member or relative generation meant by `A.B`, `A.B(M)`, `A.B(+1)` (no quotes, no prefix).

    Raises InvalidDsname as check_dsname and check_member do; an unclosed parenthesis is rule `character`.
    """
    base, parenthesis, inner = text.strip().partition("(")
    if not parenthesis:
        return Target(check_dsname(base))
    if not inner.endswith(")"):
        raise InvalidDsname(text, "character", inner)
    inner = inner[:-1].strip()
    dsname = check_dsname(base)
    if _RELATIVE.match(inner):
        return Target(dsname, generation=int(inner))
    return Target(dsname, member=check_member(inner))


def generation_dsname(base: str, number: int, version: int = 0) -> str:
    """Return the absolute name of a generation, `A.B.G0004V00`.

    Raises InvalidDsname with rule `length` when the base leaves no room for the suffix.
    """
    if len(base) > MAX_GDG_BASE:
        raise InvalidDsname(base, "length")
    return f"{base}.G{number:04d}V{version:02d}"


def split_generation(dsname: str) -> tuple[str, int, int] | None:
    """Return (base, number, version) of an absolute generation name, or None when it is none."""
    match = _ABSOLUTE.match(dsname)
    return (match["base"], int(match["number"]), int(match["version"])) if match else None


def _literal_start(pattern: str) -> str:
    """Return what every covered name begins with: up to the first generic character, less a dot that `.**` may swallow."""
    start = re.split(r"[*%]", pattern, maxsplit=1)[0]
    return start.removesuffix(".") if pattern.startswith("**", len(start)) else start


@dataclass(frozen=True, slots=True)
class Mask:
    """A pattern over data set names.

    Style `ftp` [CODES 501, ZREF]: `%` is one character, `*` ends a qualifier; the last `*` of the pattern also covers all further
    qualifiers. Style `catalog` (IDCAMS, ISPF, RACF-like): `*` stays within its qualifier. In both, `**` is any number
    of qualifiers, none included.

    Raises InvalidDsname: rule `wildcard` for a `*` that is not last in its qualifier (ftp) or `***`, `length` for a mask of more
    than twice the length of a name; otherwise as names.
    """

    pattern: str
    style: str = "ftp"
    prefix: str = field(init=False)
    _regex: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        text = self.pattern.upper()
        object.__setattr__(self, "pattern", text)
        object.__setattr__(self, "prefix", _literal_start(text))
        object.__setattr__(self, "_regex", re.compile(self._translate(text)))

    @property
    def is_generic(self) -> bool:
        """Tell whether there is any generic character: without one the mask is a name."""
        return "*" in self.pattern or "%" in self.pattern

    @property
    def is_prefix(self) -> bool:
        """Tell whether the mask covers exactly the names that begin with `prefix`: a range, with nothing left to compare."""
        return self.style == "ftp" and self.pattern == self.prefix + "*"

    @property
    def regex(self) -> str:
        r"""The pattern as a regular expression to be used with fullmatch, for stores that filter by themselves."""
        return self._regex.pattern

    def matches(self, dsname: str) -> bool:
        """Tell whether the mask covers this data set name."""
        return self._regex.fullmatch(dsname) is not None

    def _translate(self, text: str) -> str:
        if not text:
            raise InvalidDsname(text, "empty")
        if len(text) > _MAX_MASK:
            raise InvalidDsname(text, "length")
        # `**` twice in a row says no more than once, and would be tried in every way that a name can be parted
        qualifiers: list[str] = []
        for qualifier in text.split("."):
            if qualifier != "**" or qualifiers[-1:] != ["**"]:
                qualifiers.append(qualifier)
        return "".join(
            self._qualifier(text, qualifier, number == len(qualifiers) - 1) for number, qualifier in enumerate(qualifiers)
        )

    def _qualifier(self, text: str, qualifier: str, is_last: bool) -> str:
        if qualifier == "**":
            return rf"(?:[^.]+{_END})*"
        literal = qualifier.replace("*", "").replace("%", "")
        if not _REST.issuperset(literal):
            raise InvalidDsname(text, "character", qualifier)
        if not qualifier:
            raise InvalidDsname(text, "empty", qualifier)
        if qualifier[0] not in _FIRST | {"*", "%"}:
            raise InvalidDsname(text, "first-character", qualifier)
        if len(qualifier.rstrip("*")) > MAX_QUALIFIER:
            raise InvalidDsname(text, "qualifier-long", qualifier)
        if "**" in qualifier or (self.style == "ftp" and "*" in qualifier[:-1]):
            raise InvalidDsname(text, "wildcard", qualifier)
        regex = re.escape(qualifier).replace(r"\*", "[^.]*").replace("%", "[^.]")
        if self.style == "ftp" and is_last and qualifier.endswith("*"):
            # The final asterisk reaches over further qualifiers: 'USER1.*' lists everything below USER1.
            return regex.removesuffix("[^.]*") + (".+" if qualifier == "*" else ".*")
        return ("[^.]+" if qualifier == "*" else regex) + _END


#: A qualifier ends with a dot or with the name.
_END = r"(?:\.|$)"


@dataclass(frozen=True, slots=True)
class MemberMask:
    """A pattern over member names: `*` is any characters, `%` exactly one.

    Raises InvalidDsname with rule `member` for a character that no member name may hold.
    """

    pattern: str
    _regex: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        text = re.sub(r"\*+", "*", self.pattern.upper())  # several in a row would be tried in every way
        if not text or not _MEMBER_REST.issuperset(text.replace("*", "").replace("%", "")):
            raise InvalidDsname(self.pattern, "member", text)
        object.__setattr__(self, "pattern", text)
        object.__setattr__(self, "_regex", re.compile(re.escape(text).replace(r"\*", ".*").replace("%", ".")))

    @property
    def is_generic(self) -> bool:
        """Tell whether there is any generic character."""
        return "*" in self.pattern or "%" in self.pattern

    def matches(self, member: str) -> bool:
        """Tell whether the mask covers this member name."""
        return self._regex.fullmatch(member) is not None
