"""The connections that clients of this process have under AT-TLS, for `netstat TTLS`.

Source: page 85 of the source document. The stack of z/OS knows every connection; here each process knows its own.
Rules: any number of threads. A connection is entered when it is secured and leaves when it is closed.
"""

from __future__ import annotations

import os
import threading
from dataclasses import replace

from zftpd.attls.policy import Policy
from zftpd.attls.report import Secured

_FIRST = (os.getpid() << 12) & 0xFFFFF000


class Outbound:
    """A table of secured connections, each with the policy that it was mapped by."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: dict[int, tuple[Secured, Policy]] = {}
        self._next = _FIRST

    def enter(self, secured: Secured, policy: Policy) -> int:
        """Enter a connection and return its number, which replaces the one it has."""
        with self._lock:
            self._next += 1
            self._rows[self._next] = (replace(secured, number=self._next), policy)
            return self._next

    def leave(self, number: int) -> None:
        """Forget a connection; one that is not known is no error."""
        with self._lock:
            self._rows.pop(number, None)

    def rows(self) -> list[tuple[Secured, Policy]]:
        """Return the connections there are now."""
        with self._lock:
            return list(self._rows.values())


OUTBOUND = Outbound()
"""The table of this process."""
