"""A policy: rules with their actions, every reference resolved and every value checked.

Source: [IPCR] "AT-TLS policy statements"; "TTLSConfig": if errors are detected during parsing, no new policies are installed.
Rules: pure. A file with anything wrong gives no policy at all, but a list of everything that was found. Rules of one priority
come in the order of their names ([IPCG] "AT-TLS rules").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from zftpd.attls import ciphers as cipher_table
from zftpd.attls.ciphers import Cipher
from zftpd.attls.errors import Finding, PolicyError
from zftpd.attls.kinds import AddressRange, PortRange
from zftpd.attls.statements import BY_KEYWORD, Statement, target_of
from zftpd.attls.syntax import Block, Parameter, blocks

_ANY_ADDRESS = (AddressRange("All"),)
_ANY_PORT = (PortRange(),)
_Range = TypeVar("_Range", AddressRange, PortRange)


@dataclass(frozen=True)
class Part:
    """One statement, checked: the values given, and the statements inside it or referred to."""

    keyword: str
    name: str
    given: Mapping[str, object]
    parts: Mapping[str, tuple[Part, ...]]

    def value(self, parameter: str) -> object:
        """Return what was given, else the default."""
        if parameter in self.given:
            return self.given[parameter]
        return BY_KEYWORD[self.keyword.lower()].parameters[parameter].default

    def part(self, keyword: str) -> Part | None:
        """Return the statement of that kind, or None."""
        found = self.parts.get(keyword, ())
        return found[0] if found else None


@dataclass(frozen=True)
class Rule:
    """One TTLSRule: which connections it is for, and its three actions."""

    name: str
    local: tuple[AddressRange, ...]
    remote: tuple[AddressRange, ...]
    local_ports: tuple[PortRange, ...]
    remote_ports: tuple[PortRange, ...]
    jobname: str
    userid: str
    direction: str
    priority: int
    group: Part
    environment: Part | None
    connection: Part | None


@dataclass(frozen=True)
class Policy:
    """All rules, the one to be asked first in front; `groups` numbers the group actions for reports."""

    rules: tuple[Rule, ...] = ()
    groups: Mapping[str, int] = field(default_factory=dict)


class _Reader:
    """Turns blocks into parts, collecting what is wrong."""

    def __init__(self, top: list[Block]) -> None:
        self.findings: list[Finding] = []
        self._known: dict[tuple[str, str], Block] = {}
        self._made: dict[int, Part] = {}
        for block in top:
            if block.keyword.lower() not in BY_KEYWORD:
                self._found(block.line, block.keyword, "is no statement of an AT-TLS policy")
                continue
            key = (block.keyword.lower(), block.name)
            if key in self._known:
                self._found(block.line, f"{block.keyword} {block.name}", "is defined twice")
            if not block.name:
                self._found(block.line, block.keyword, "has no name")
            self._known[key] = block

    def _found(self, line: int, statement: str, reason: str) -> None:
        self.findings.append(Finding(line, statement, reason))

    def part(self, block: Block, statement: Statement) -> Part:
        """Return a statement checked, each only once."""
        if id(block) not in self._made:
            given = self._values(block, statement)
            parts = self._parts(block, statement)
            for name in statement.required:
                if name not in given and name not in parts:
                    self._found(block.line, f"{block.keyword} {block.name}".strip(), f"needs {name}")
            self._made[id(block)] = Part(statement.keyword, block.name, given, parts)
        return self._made[id(block)]

    def _values(self, block: Block, statement: Statement) -> dict[str, object]:
        specs = {name.lower(): (name, spec) for name, spec in statement.parameters.items()}
        references = {f"{part}Ref".lower() for part in statement.parts}
        given: dict[str, object] = {}
        for parameter in block.parameters:
            if parameter.name.lower() in references:
                continue
            if parameter.name.lower() not in specs:
                self._found(parameter.line, parameter.name, f"is no parameter of {statement.keyword}")
                continue
            name, spec = specs[parameter.name.lower()]
            try:
                value = spec.convert(parameter.value)
            except ValueError as error:
                self._found(parameter.line, parameter.name, f"{parameter.value or 'nothing'}: {error}")
                continue
            if spec.many:
                earlier = given.get(name, ())
                given[name] = (*earlier, value) if isinstance(earlier, tuple) else (value,)
            else:
                given[name] = value
        return given

    def _parts(self, block: Block, statement: Statement) -> dict[str, tuple[Part, ...]]:
        kinds = {part.lower(): part for part in statement.parts}
        parts: dict[str, tuple[Part, ...]] = {}
        for inner in block.blocks:
            kind = kinds.get(inner.keyword.lower())
            if kind is None:
                self._found(inner.line, inner.keyword, f"is no part of {statement.keyword}")
                continue
            parts[kind] = (*parts.get(kind, ()), self.part(inner, BY_KEYWORD[target_of(kind).lower()]))
        for parameter in block.parameters:
            kind = kinds.get(parameter.name.lower().removesuffix("ref"))
            if kind is not None and parameter.name.lower().endswith("ref"):
                part = self._referred(parameter, target_of(kind))
                if part is not None:
                    parts[kind] = (*parts.get(kind, ()), part)
        for kind, found in parts.items():
            if len(found) > 1 and kind not in statement.lists:
                self._found(block.line, f"{block.keyword} {block.name}".strip(), f"has more than one {kind}")
        return parts

    def _referred(self, parameter: Parameter, target: str) -> Part | None:
        block = self._known.get((target.lower(), parameter.value))
        if block is None:
            self._found(parameter.line, parameter.name, f"there is no {target} {parameter.value}")
            return None
        return self.part(block, BY_KEYWORD[target.lower()])


def read(text: str) -> Policy:
    """Return the policy in a file. Raises: PolicyError with everything that is wrong with it."""
    top, findings = blocks(text, _takes)
    reader = _Reader(top)
    reader.findings += findings
    rules = []
    for block in top:
        statement = BY_KEYWORD.get(block.keyword.lower())
        if statement is None:
            continue
        part = reader.part(block, statement)
        if statement.keyword == "TTLSCipherParms" or part.parts.get("TTLSCipherParms"):
            _check_ciphers(part, block, reader.findings)
        if statement.keyword == "TTLSRule" and part.part("TTLSGroupAction") is not None:
            rules.append(_rule(part))
            _check_rule(rules[-1], block, reader.findings)
    if reader.findings:
        unique = dict.fromkeys(reader.findings)
        raise PolicyError(sorted(unique, key=lambda finding: finding.line))
    ordered = tuple(sorted(rules, key=lambda rule: (-rule.priority, rule.name)))
    names = dict.fromkeys(rule.group.name for rule in rules)
    return Policy(ordered, {name: number for number, name in enumerate(names, 1)})


def _takes(outer: Block, inner: str) -> bool | None:
    """Tell whether a statement takes another inside, None where the inner one is no statement.

    One that refers to a statement of the kind already takes none, unless it takes several.
    """
    around = BY_KEYWORD.get(outer.keyword.lower())
    if around is None or inner.lower() not in BY_KEYWORD | {part.lower(): None for part in around.parts}:
        return None
    kind = next((part for part in around.parts if part.lower() == inner.lower()), "")
    referred = any(parameter.name.lower() == f"{kind}Ref".lower() for parameter in outer.parameters)
    return bool(kind) and (kind in around.lists or not referred)


def _rule(part: Part) -> Rule:
    group = part.part("TTLSGroupAction")
    if group is None:  # `read` asks first
        raise ValueError(part.name)
    return Rule(
        part.name,
        _addresses(part, "Local"),
        _addresses(part, "Remote"),
        _ports(part, "Local"),
        _ports(part, "Remote"),
        str(part.value("Jobname")),
        str(part.value("Userid")),
        str(part.value("Direction")),
        int(str(part.value("Priority"))),
        group,
        part.part("TTLSEnvironmentAction"),
        part.part("TTLSConnectionAction"),
    )


def _addresses(rule: Part, side: str) -> tuple[AddressRange, ...]:
    found: list[AddressRange] = []
    inline = rule.given.get(f"{side}Addr")
    if isinstance(inline, AddressRange):
        found.append(inline)
    for kind in ("Addr", "AddrSet", "AddrGroup"):
        for part in rule.parts.get(f"{side}{kind}", ()):
            found += _ranges(part, AddressRange)
    return tuple(found) or _ANY_ADDRESS


def _ports(rule: Part, side: str) -> tuple[PortRange, ...]:
    found: list[PortRange] = []
    inline = rule.given.get(f"{side}PortRange")
    if isinstance(inline, PortRange):
        found.append(inline)
    for kind in ("PortRange", "PortGroup"):
        for part in rule.parts.get(f"{side}{kind}", ()):
            found += _ranges(part, PortRange)
    return tuple(found) or _ANY_PORT


def _ranges(part: Part, kind: type[_Range]) -> list[_Range]:
    found = [value for value in part.given.values() if isinstance(value, kind)]
    for inner in part.parts.values():
        for one in inner:
            found += _ranges(one, kind)
    return found


def _check_rule(rule: Rule, block: Block, findings: list[Finding]) -> None:
    if rule.group.value("TTLSEnabled") and rule.environment is None:
        findings.append(Finding(block.line, f"TTLSRule {rule.name}", "needs TTLSEnvironmentAction, since its group is enabled"))


def _check_ciphers(part: Part, block: Block, findings: list[Finding]) -> None:
    holder = part if part.keyword == "TTLSCipherParms" else part.part("TTLSCipherParms")
    try:
        suites(holder)
    except ValueError as error:
        findings.append(Finding(block.line, f"{block.keyword} {block.name}".strip(), str(error)))


def suites(parms: Part | None) -> tuple[Cipher, ...]:
    """Return the cipher suites of a TTLSCipherParms in order. Raises: ValueError for an unknown one."""
    if parms is None:
        return ()
    found: list[Cipher] = []
    for parameter, digits in (("V3CipherSuites4Char", 4), ("V3CipherSuites", 2)):
        values = parms.given.get(parameter, ())
        for text in values if isinstance(values, tuple) else ():
            found += cipher_table.listed(str(text), digits)
    return tuple(dict.fromkeys(found))
