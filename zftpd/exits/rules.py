"""The shipped FTPOSTPR exit: a rules file says which transfers start which job.

A file of sections, each a rule; the first rule that fits a transfer submits its job, with the symbols replaced:

    # what                     who      command    outcome
    [USER1.INPUT.*]            user=*   command=STOR,APPE   success=yes
    //LOAD&MEMBER JOB ...
    //STEP1 EXEC PGM=IEBGENER
    //SYSUT1 DD DSN=&DSN,DISP=SHR

`[pattern]` is a data set mask (`*` within a qualifier, `**` over qualifiers, `%` one character; with `(member)` mask
members) or, beginning with /, a z/OS UNIX path with * and ?. user= is a mask; command= a list; success= yes, no or any.
Symbols: &DSN &MEMBER &USER &BYTES &COMMAND &PATH; && is one ampersand; an unknown symbol is left for the job.
Rules: symbols hold only what the server knows, checked names and numbers, so that a client cannot write JCL with them; a
path that is no single line of plain characters fits no rule. A statement that a symbol makes longer than its field is refused:
cut, or continued by what follows, it would be another one than the installation wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from mvsfs.names import Mask, MemberMask, is_dsname, is_member
from zftpd.exits.points import ACCEPT, FTPOSTPR, Verdict

COMMANDS = ("RETR", "STOR", "STOU", "APPE", "DELE", "RNTO")
OUTCOMES = {"yes": True, "no": False, "any": None}
SYMBOL = re.compile(r"&(&|[A-Z]{1,8})(\.?)")
_SAFE_PATH = re.compile(r"[\w./+@#$-]+")
#: The last column of a JCL statement; anything in the next one continues it.
_LAST_COLUMN = 71
_HEAD = re.compile(r"\[(?P<pattern>[^\]]+)\]\s*(?P<options>.*)")


@dataclass
class BadRules(Exception):
    """A rules file with a mistake: its line and what is wrong."""

    name: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.name}, line {self.line}: {self.reason}"


class TooLong(Exception):
    """A symbol makes a statement longer than its field."""


@dataclass(frozen=True)
class Rule:
    """One rule. `outcome` None fits both."""

    pattern: str
    user: str
    commands: tuple[str, ...]
    outcome: bool | None
    jcl: str
    fits_name: Callable[[FTPOSTPR], bool]

    def fits(self, done: FTPOSTPR) -> bool:
        """Tell whether the rule is for this transfer."""
        return (
            done.command in self.commands
            and self.outcome in {None, done.is_success}
            and fnmatchcase(done.userid, self.user)
            and self.fits_name(done)
        )

    def job(self, done: FTPOSTPR) -> str:
        """Return the JCL with its symbols replaced. Raises TooLong."""
        path = done.name if done.name.startswith("/") else ""
        values = {
            "&": "&",
            "DSN": "" if path else done.dsname,
            "MEMBER": done.member,
            "USER": done.userid,
            "BYTES": str(done.bytes),
            "COMMAND": done.command,
            "PATH": path,
        }

        def value(match: re.Match[str]) -> str:
            return values.get(match[1], match.group())

        lines = []
        for written in self.jcl.splitlines(keepends=True):
            line = SYMBOL.sub(value, written)
            end = len(line.rstrip())
            if line != written and line.startswith("//") and not line.startswith("//*") and end > _LAST_COLUMN:
                raise TooLong(f"[{self.pattern}]: with its symbols a statement ends in column {end}: {line[:20]}...")
            lines.append(line)
        return "".join(lines)


@dataclass(frozen=True)
class Rules:
    """The rules of one file, callable as an exit."""

    rules: tuple[Rule, ...]

    def __call__(self, done: FTPOSTPR) -> Verdict:
        """Return the job of the first rule that fits."""
        for rule in self.rules:
            if rule.fits(done):
                return Verdict(jobs=(rule.job(done),))
        return ACCEPT


def read_rules(text: str, name: str = "rules") -> Rules:
    """Return the rules of a file. Raises BadRules."""
    rules: list[Rule] = []
    head: tuple[int, str, str] | None = None
    body: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        match = _HEAD.fullmatch(line)
        if match:
            if head:
                rules.append(_rule(name, *head, body))
            head, body = (number, match["pattern"].strip(), match["options"]), []
        elif head:
            body.append(line.rstrip())
        elif line.strip() and not line.startswith("#"):
            raise BadRules(name, number, "stands before the first [pattern]")
    if head:
        rules.append(_rule(name, *head, body))
    return Rules(tuple(rules))


def _rule(name: str, number: int, pattern: str, options: str, body: list[str]) -> Rule:
    """Return one rule of its heading and its job."""
    values = {"user": "*", "command": "STOR,STOU,APPE", "success": "yes"}
    for word in options.split():
        key, equals, value = word.partition("=")
        if key.lower() not in values or not equals:
            raise BadRules(name, number, f"{word!r} is none of user=, command=, success=")
        values[key.lower()] = value
    commands = tuple(values["command"].upper().split(","))
    unknown = [each for each in commands if each not in COMMANDS]
    if unknown:
        raise BadRules(name, number, f"{unknown[0]} is no command after which FTPOSTPR is called")
    if values["success"].lower() not in OUTCOMES:
        raise BadRules(name, number, "success= is yes, no or any")
    jcl = "\n".join(line for line in body if not line.startswith("#")).strip("\n")
    if not jcl:
        raise BadRules(name, number, "has no job")
    outcome = OUTCOMES[values["success"].lower()]
    return Rule(pattern, values["user"].upper(), commands, outcome, jcl + "\n", _name_test(pattern))


def _name_test(pattern: str) -> Callable[[FTPOSTPR], bool]:
    """Return the test of a name against a pattern."""
    if pattern.startswith("/"):
        return lambda done: (
            bool(_SAFE_PATH.fullmatch(done.name)) and done.name.startswith("/") and fnmatchcase(done.name, pattern)
        )
    dsname, paren, member = pattern.upper().rstrip(")").partition("(")
    mask = Mask(dsname, "catalog")
    fits_member = MemberMask(member) if paren else None

    def fits(done: FTPOSTPR) -> bool:
        # what a client typed of a transfer that was refused, or as the name of a job, may be no name
        if not is_dsname(done.dsname) or (done.member and not is_member(done.member)) or not mask.matches(done.dsname):
            return False
        return fits_member is None or bool(done.member and fits_member.matches(done.member))

    return fits
