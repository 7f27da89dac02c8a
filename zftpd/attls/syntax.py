"""The Policy Agent's syntax: statements with braces, parameters by line, comments.

Source: [IPCR] "Policy Agent configuration file": `Statement name`, `{`, lines of `Parameter value`, nested statements, `}`;
`#` begins a comment; keywords do not depend on case, names do.
Rules: pure; knows no statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from zftpd.attls.errors import Finding, PolicyError

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


def blocks(text: str) -> list[Block]:
    """Return the statements of a policy file. Raises: PolicyError."""
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
        opens = place + 1 < len(tokens) and tokens[place + 1][1] == "{"
        if opens and len(stack) < _MAX_DEPTH:
            block = Block(keyword, value.strip(), line)
            (stack[-1].blocks if stack else found).append(block)
            stack.append(block)
        elif opens:
            raise PolicyError([*findings, Finding(line, keyword, "is nested too deeply")])
        elif stack:
            stack[-1].parameters.append(Parameter(keyword, value.strip(), line))
        else:
            findings.append(Finding(line, keyword, "stands outside of any statement"))
    findings += [Finding(block.line, block.keyword, "is not closed") for block in stack]
    findings += _orphaned_braces(tokens)
    if findings:
        raise PolicyError(sorted(findings, key=lambda finding: finding.line))
    return found


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
