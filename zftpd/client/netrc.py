"""NETRC: names and passwords by host, so that nobody is asked.

Source: [UG] "Using the NETRC data set"; NETRCLEVEL of [CR].
Rules: pure. `machine host login user password secret account text`, words in any order and over any number of lines; `default`
stands for every host that no entry before it names. `macdef` and what follows up to an empty line are passed over.
"""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Login:
    """What an entry says; empty where it says nothing."""

    user: str = ""
    password: str = ""
    account: str = ""


def find(text: str, host: str, *, resolved: bool = False) -> Login | None:
    """Return the entry for a host, or None. `resolved` also compares addresses (NETRCLEVEL 2)."""
    for name, login in entries(text):
        if name is None or name.lower() == host.lower() or (resolved and addresses(name) & addresses(host)):
            return login
    return None


def entries(text: str) -> list[tuple[str | None, Login]]:
    """Return the entries in order: the host (None for `default`) and what it says."""
    words = re.sub(r"(?m)^\s*macdef\b.*?(?:\n\s*\n|\Z)", "", text, flags=re.DOTALL).split()
    found: list[tuple[str | None, Login]] = []
    queue = iter(words)
    for word in queue:
        if word == "default":
            found.append((None, Login()))
        elif word == "machine":
            found.append((next(queue, ""), Login()))
        elif found and word in ("login", "password", "account"):
            field = "user" if word == "login" else word
            given: dict[str, str] = {field: next(queue, "")}
            name, login = found[-1]
            found[-1] = (name, replace(login, **given))
    return found


def addresses(host: str) -> set[str]:
    """Return the addresses of a host, none where it has none."""
    try:
        return {str(row[4][0]) for row in socket.getaddrinfo(host, None)}
    except OSError:
        return set()
