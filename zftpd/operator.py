"""Operator commands: MODIFY DEBUG and DUMP, DISPLAY of the sessions, as words in and lines out; and their command line.

Source: [CR] MODIFY command for the FTP daemon: DEBUG=(...), DUMP=(...); the display is our own.
Not here: the local socket that carries them (net/operatorsocket.py).
Rules: a MODIFY counts for sessions that begin after it, as on z/OS. Every command is answered, unknown ones with what there is.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from zftpd.attls.pagent import COMMANDS as PAGENT
from zftpd.messages import message
from zftpd.params.defaults import changed
from zftpd.params.settings import Settings
from zftpd.params.traces import debug_after, dump_after

_MODIFY = re.compile(r"(DEBUG|DUMP)\s*=\s*(.+)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """What DISPLAY says of a session."""

    session: int
    userid: str
    client: str
    since: str
    command: str
    name: str
    bytes: int
    tls: bool


@dataclass
class OperatorCommands:
    """What operator commands may reach: the settings of new sessions, and the sessions that run."""

    settings: Callable[[], Settings]
    use: Callable[[Settings], None]
    rows: Callable[[], list[SessionRow]]
    reload: Callable[[], list[str]]
    netstat: Callable[[str], list[str]]
    jes: Callable[[str], list[str]] = lambda _text: []
    pagent: Callable[[], list[str]] = lambda: [message("pagent.none")]

    def run(self, text: str) -> list[str]:
        """Return the answer to one command."""
        verb, _, rest = text.strip().partition(" ")
        if verb.upper() == "DISPLAY":
            return [json.dumps(asdict(row)) for row in self.rows()]
        if verb.upper() == "MODIFY":
            return self._modify(rest.strip())
        if verb.upper() == "NETSTAT":
            return self.netstat(rest.strip())
        if verb.upper() == "JES":
            return self.jes(text)
        return [message("operator.unknown", verb=verb or "nothing")]

    def _modify(self, text: str) -> list[str]:
        if text.upper() == "RELOAD":
            return self.reload()
        if "".join(text.upper().split()) in PAGENT:
            return self.pagent()
        match = _MODIFY.fullmatch(text)
        if not match:
            return [message("operator.modify")]
        name, asked = match[1].upper(), match[2].strip()
        settings = self.settings()
        active = settings.debug if name == "DEBUG" else settings.dump
        after = (debug_after if name == "DEBUG" else dump_after)(active, asked)
        if after is None:
            return [message("operator.invalid", name=name, asked=asked)]
        self.use(changed(settings, {name.lower(): after}))
        return [message(f"operator.{name.lower()}", active=" ".join(after) or "NONE")]


def row_of(session: Any) -> SessionRow:
    """Return what DISPLAY says of a session."""
    transfer = session.transfer
    since = f"{session.started:%H:%M:%S}" if session.started else ""
    client = f"{session.client[0]} {session.client[1]}"
    return SessionRow(
        session.number,
        session.userid or "-",
        client,
        since,
        transfer.verb or "-",
        transfer.name,
        session.moving() or transfer.bytes,
        session.is_protected,
    )


def table(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Return the display as a table."""
    head = f"{'SESSION':>7} {'USER':<8} {'CLIENT':<22} {'SINCE':<8} {'TLS':<3} {'CMD':<4} {'BYTES':>12} DATA SET"
    body = [
        f"{row['session']:>7} {row['userid']:<8} {row['client']:<22} {row['since']:<8} {'yes' if row['tls'] else 'no':<3} "
        f"{row['command']:<4} {row['bytes']:>12} {row['name']}"
        for row in rows
    ]
    return [head, *body, f"{len(rows)} session{'s' * (len(rows) != 1)}"]


def _parser(prog: str, description: str) -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog=prog, description=description)
    made.add_argument("--socket", type=Path, help="control socket of the server (default: the one in the data folder)")
    return made


def display(arguments: Sequence[str]) -> int:
    """`zftpd display`: show the sessions that run."""
    made = _parser("zftpd display", "Show the sessions that run.")
    made.add_argument("--json", action="store_true", help="one JSON object a line")
    options = made.parse_args(list(arguments))
    answers = ask_server(options.socket, "DISPLAY")
    if answers is None:
        return 1
    rows = sorted((json.loads(line) for line in answers), key=lambda row: row["session"])
    for line in [json.dumps(row) for row in rows] if options.json else table(rows):
        print(line)  # noqa: T201
    return 0


def modify(arguments: Sequence[str]) -> int:
    """`zftpd modify DEBUG=(CMD,JES)`: change what new sessions begin with."""
    made = _parser("zftpd modify", "Change traces of new sessions, or read FTP.DATA or the AT-TLS policy again.")
    made.add_argument("command", nargs="+", help="DEBUG=(...), DUMP=(...), RELOAD or PAGENT,REFRESH")
    options = made.parse_args(list(arguments))
    answers = ask_server(options.socket, f"MODIFY {' '.join(options.command)}")
    for line in dict.fromkeys(answers or ()):
        print(line)  # noqa: T201
    return 1 if answers is None or any(line.partition(" ")[0].endswith("E") for line in answers) else 0


def ask_server(path: Path | None, command: str) -> list[str] | None:
    """Ask every process of the server; None, with a word on stderr, when none answers."""
    from mvsfs.paths import data_folder
    from zftpd.net.operatorsocket import NoServer, ask

    try:
        return ask(path or data_folder() / "operator", command)
    except NoServer as error:
        print(f"zftpd: {error}", file=sys.stderr)  # noqa: T201
        return None
