"""The client's loop: read a line, find the subcommand, run it, and end with a return code.

Source: page 84 of the source document; [UG] "FTP return codes" and the EXIT parameter.
Rules: an unexpected line end of input ends the session in order. Comment lines begin with `;` or `*`.
"""

from __future__ import annotations

from collections.abc import Callable

from zftpd.client.codes import ClientError, standard_code
from zftpd.client.errors import ConnectionLost, ServerRefused, SubcommandFailed
from zftpd.client.state import Client
from zftpd.client.subcommands import here, link, remote, transfer
from zftpd.client.subcommands.row import Subcommand


def table() -> tuple[Subcommand, ...]:
    """Return every subcommand, in the order that decides an abbreviation."""
    return TABLE


TABLE: tuple[Subcommand, ...] = (
    *link.SUBCOMMANDS,
    *transfer.SUBCOMMANDS,
    *remote.SUBCOMMANDS,
    *here.SUBCOMMANDS,
    here.help_over(table),
)


def find(name: str) -> Subcommand | None:
    """Return the subcommand that `name` means: exact, or an abbreviation of at least the least length."""
    wanted = name.lower()
    for row in TABLE:
        if row.name == wanted:
            return row
    return next((row for row in TABLE if row.name.startswith(wanted) and len(wanted) >= row.least), None)


def run(client: Client, host: str = "", port: int = link.DEFAULT_PORT) -> int:
    """Run a whole session and return its standard return code (0, or yyxxx of the failure that ended it)."""
    if host:
        code = attempt(client, "open", lambda: _open(client, host, port))
        if code and (client.exit_on_error or client.control is None):
            return code
    while True:
        client.say("command")
        line = client.console.read("")
        if line is None:
            link.quit_client(client, [], "")
            return 0
        code, ended = one_line(client, line)
        if ended:
            return 0
        if code and client.exit_on_error:
            link.quit_client(client, [], "")
            return client.fixed_exit if client.fixed_exit is not None else code


def _open(client: Client, host: str, port: int) -> None:
    link.connect(client, host, port)
    link.sign_on(client)


def one_line(client: Client, line: str) -> tuple[int, bool]:
    """Run one line; return its code and whether the session has ended."""
    stripped = line.strip()
    if not stripped or stripped[0] in ";*":
        return 0, False
    name, _, text = stripped.partition(" ")
    shown = name if name.lower().startswith("pa") else stripped
    client.say("echo", line=shown)
    row = find(name)
    if row is None:
        return attempt(client, "help", lambda: _unknown(name)), False
    text = text.strip()
    code = attempt(client, row.name, lambda: row.run(client, text.split(), text))
    return code, row.ends


def _unknown(name: str) -> None:
    raise SubcommandFailed(ClientError.USAGE, "unknown-subcommand", name=name)


def attempt(client: Client, subcommand: str, action: Callable[[], None]) -> int:
    """Run `action` and turn what it raises into messages and a standard code; 0 when it went well."""
    client.last_reply = 0
    try:
        action()
    except ServerRefused as refused:
        return _failed(client, subcommand, refused.code, ClientError.SERVER)
    except ConnectionLost:
        client.disconnect()
        return _failed(client, subcommand, 0, ClientError.SESSION)
    except SubcommandFailed as failed:
        if failed.key:
            client.say(failed.key, **failed.facts)
        return _failed(client, subcommand, 0, failed.error)
    return 0


def _failed(client: Client, subcommand: str, reply: int, error: ClientError) -> int:
    code = standard_code(subcommand, reply)
    client.say("return-code", rc=code, error=int(error))
    return code
