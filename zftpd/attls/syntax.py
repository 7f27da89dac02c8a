"""The Policy Agent's syntax: statements with braces, parameters by line, comments.

Source: [IPCR] "Policy Agent configuration file": `Statement name`, `{`, lines of `Parameter value`, nested statements, `}`;
`#` begins a comment; keywords do not depend on case, names do.
Rules: pure; knows no statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from zftpd.attls.errors import Finding

_MAX_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Parameter:
    """One line inside a statement."""

    name: str
    value: str
    line: int


@dataclass(slots=True)
class Block:
    """One statement with its parameters and nested statements."""

    keyword: str
    name: str
    line: int
    parameters: list[Parameter] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


#: Tells whether an open statement takes another, by its keyword, inside; None stands for a keyword that is no statement.
Takes = Callable[[Block, str], bool | None]


def blocks(text: str, takes: Takes = lambda _outer, _inner: None) -> tuple[list[Block], list[Finding]]:
    """Return the statements of a policy file, and what is wrong with its braces.

    A statement that none of the open ones takes shows that a brace is missing: those before it end there, so that what follows is
    read all the same.
    """
    tokens = list(_tokens(text))
    findings: list[Finding] = []
    found: list[Block] = []
    stack: list[Block] = []
    for place, (line, words) in enumerate(tokens):
        if words == "{":
            continue
        if words == "}":
            if stack:
                stack.pop()
            else:
                findings.append(Finding(line, "}", "closes nothing"))
            continue
        keyword, _, value = words.partition(" ")
        if place + 1 < len(tokens) and tokens[place + 1][1] == "{":
            findings += _unclosed(stack, keyword, takes)
            if len(stack) >= _MAX_DEPTH:
                return found, [*findings, Finding(line, keyword, "is nested too deeply")]
            block = Block(keyword, value.strip(), line)
            (stack[-1].blocks if stack else found).append(block)
            stack.append(block)
        elif stack:
            stack[-1].parameters.append(Parameter(keyword, value.strip(), line))
        else:
            findings.append(Finding(line, keyword, "stands outside of any statement"))
    findings += [_not_closed(block) for block in stack]
    return found, findings + _orphaned_braces(tokens)


def _unclosed(stack: list[Block], keyword: str, takes: Takes) -> list[Finding]:
    """End the open statements that cannot hold the one that begins, and return what is to be said of them."""
    if not stack or takes(stack[-1], keyword) is not False:
        return []
    ended = []
    while stack and not takes(stack[-1], keyword):
        ended.append(_not_closed(stack.pop()))
    return ended


def _not_closed(block: Block) -> Finding:
    return Finding(block.line, f"{block.keyword} {block.name}".strip(), "is not closed")


def _orphaned_braces(tokens: list[tuple[int, str]]) -> list[Finding]:
    previous = ""
    orphans = []
    for line, words in tokens:
        if words == "{" and previous in ("", "{", "}"):
            orphans.append(Finding(line, "{", "belongs to no statement"))
        previous = words
    return orphans


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    """Give each line's words, braces as tokens of their own."""
    for number, raw in enumerate(text.splitlines(), 1):
        line = _without_comment(raw).replace("\t", " ")
        rest = line.strip()
        while rest:
            cut = min((at for at in (rest.find("{"), rest.find("}")) if at >= 0), default=len(rest))
            words = " ".join(rest[:cut].split())
            if words:
                yield number, words
            if cut < len(rest):
                yield number, rest[cut]
            rest = rest[cut + 1 :].strip()


def _without_comment(line: str) -> str:
    """Return a line up to a `#` that stands at its beginning or after a blank: a label may hold one."""
    at = line.find("#")
    while at > 0 and not line[at - 1].isspace():
        at = line.find("#", at + 1)
    return line if at < 0 else line[:at]
