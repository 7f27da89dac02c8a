"""What is wrong with a policy file: facts with their line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: the line, the statement or parameter, and why."""

    line: int
    statement: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.statement}: {self.reason}"


class PolicyError(Exception):
    """A policy file that cannot be used; `findings` are all that was found, in order of lines."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(map(str, findings)))
        self.findings = findings
