"""The Policy Agent: reads the policy file at start, when it changes and when the operator asks, and tells what came of it.

Source: [IPMSG4] EZZ8431I to EZZ8443I, EZZ8771I, EZZ4249I; [IPMSG2] EZD1586I; [IPCR] "TTLSConfig": if errors are detected during
parsing, no new policies are installed; [IPCG] "AT-TLS actions": connections that are mapped already keep what they were
mapped to.
Rules: faults are told one by one, with file and line, behind the message that there are any. The policy in use stays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from zftpd.attls.errors import PolicyError
from zftpd.attls.policy import Policy, read
from zftpd.messages import message

#: The TCP/IP stack that policies are for, and their kind.
STACK, TYPE = "TCPCS", "TTLS"
#: MODIFY commands that read the policy again. UPDATE would leave an unchanged one alone, which comes to the same.
COMMANDS = frozenset({"PAGENT,REFRESH", "PAGENT,UPDATE"})


@dataclass(frozen=True, slots=True)
class PolicyAgent:
    """The agent of one policy file; `install` puts a policy into use."""

    path: Path
    install: Callable[[Policy], None]

    def start(self, console: Callable[[str], None]) -> None:
        """Read the file for the first time. Raises PolicyError, OSError, UnicodeDecodeError once the console has been told."""
        console(message("pagent.starting"))
        try:
            lines = self._installed()
        except (PolicyError, OSError, UnicodeDecodeError) as error:
            for line in self._faults(error):
                console(line)
            raise
        for line in (message("pagent.initialized"), *lines):
            console(line)

    def refresh(self) -> list[str]:
        """Read the file again and return what there is to say; with faults in it the policy in use stays."""
        try:
            return self._installed()
        except (PolicyError, OSError, UnicodeDecodeError) as error:
            return self._faults(error)

    def modified(self) -> list[str]:
        """Return the answer to MODIFY PAGENT,REFRESH."""
        return [message("pagent.modify"), *self.refresh()]

    def _installed(self) -> list[str]:
        policy = read(self.path.read_text())
        self.install(policy)
        lines: list[str] = [message("pagent.complete", stack=STACK, type=TYPE), message("pagent.installed", stack=STACK)]
        return lines if policy.rules else [*lines, message("pagent.empty", stack=STACK)]

    def _faults(self, error: PolicyError | OSError | UnicodeDecodeError) -> list[str]:
        findings = error.findings if isinstance(error, PolicyError) else [error]
        faults = [message("pagent.fault", file=self.path, fault=finding) for finding in findings]
        return [message("pagent.errors", stack=STACK, type=TYPE), *faults]
