"""PROXY: a second control connection, and transfers from one server to the other that do not pass through the client.

Source: [UG] "PROXy subcommand"; page 12 of the source document for the statements by which a server takes no part in it; RFC 959
5.2.
Rules: `proxy get` fetches on the first connection and stores on the second, `proxy put` the other way round; every other
subcommand behind PROXY is for the second connection. The server that sends connects to the one that receives. Data connections
are in clear.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from zftpd.client.codes import ClientError
from zftpd.client.data import passive_numbers
from zftpd.client.errors import ServerRefused, SubcommandFailed
from zftpd.client.local import simple_name
from zftpd.client.state import COMPLETE, REFUSED_BY_NONE, Client
from zftpd.client.subcommands import link, remote
from zftpd.client.subcommands.row import Subcommand
from zftpd.client.subcommands.transfer import remote_names

_USAGE = "proxy subcommand"
_ABORTED = 426
#: What may stand behind PROXY for the second connection alone.
_OTHERS = {
    row.name: row
    for row in (*link.SUBCOMMANDS, *remote.SUBCOMMANDS)
    if row.name not in ("open", "quit", "auth", "private", "protect", "safe", "clear", "ccc")
}


def proxy(client: Client, words: list[str], text: str) -> None:
    """Do what stands behind PROXY."""
    if not words:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage=_USAGE)
    verb, rest = words[0].lower(), words[1:]
    if verb == "open":
        _open(client, rest)
        return
    second = _second(client)
    moves: dict[str, Callable[[], None]] = {
        "get": lambda: _copy(client, second, rest, "get"),
        "put": lambda: _copy(second, client, rest, "put"),
        "append": lambda: _copy(second, client, rest, "append", "APPE"),
        "mget": lambda: _copy_many(client, second, rest),
        "mput": lambda: _copy_many(second, client, rest),
    }
    if verb in moves:
        moves[verb]()
    elif verb in ("dir", "ls"):
        _list(second, verb, rest)
    elif verb in _OTHERS:
        _OTHERS[verb].run(second, rest, text.partition(" ")[2].strip())
        if verb == "close":
            client.secondary = None
    else:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage=_USAGE)


def _open(client: Client, rest: list[str]) -> None:
    """Connect to the second server and sign on."""
    client.connected()
    if client.secondary is not None and client.secondary.control is not None:
        host = client.secondary.control.host
        raise SubcommandFailed(ClientError.ALREADY_CONNECTED, "already-connected", host=host)
    client.secondary = replace(client, control=None, secondary=None, number=0, protection="C")
    link.open_session(client.secondary, rest, " ".join(rest))


def _second(client: Client) -> Client:
    if client.secondary is None or client.secondary.control is None:
        raise SubcommandFailed(ClientError.NEEDS_CONNECTION, "proxy-first")
    return client.secondary


def _list(second: Client, verb: str, rest: list[str]) -> None:
    from zftpd.client.subcommands.transfer import dir_, ls

    (dir_ if verb == "dir" else ls)(second, rest, " ".join(rest))


def _copy(source: Client, target: Client, rest: list[str], name: str, store: str = "STOR") -> None:
    """Have the source's server send a file to the target's."""
    if not 1 <= len(rest) <= 2:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage=f"proxy {name} file [file]")
    _between(source, target, rest[0], rest[1] if len(rest) > 1 else rest[0], store)


def _copy_many(source: Client, target: Client, patterns: list[str]) -> None:
    for pattern in patterns:
        for name in remote_names(source, pattern):
            _between(source, target, name, simple_name(name), "STOR")


def _between(source: Client, target: Client, name: str, stored: str, verb: str) -> None:
    """PASV to the receiver, PORT to the sender, then both halves of the transfer."""
    if "P" in (source.protection, target.protection):
        raise SubcommandFailed(ClientError.PROXY, "proxy-no-tls")
    answer = target.exchange("PASV")
    try:
        numbers = passive_numbers(answer.text)
    except ValueError as error:
        raise SubcommandFailed(ClientError.PROXY, "data-failed", reason=error) from error
    source.exchange(f"PORT {','.join(map(str, numbers))}")
    target.send(f"{verb} {stored}")
    if target.reply().code >= COMPLETE:
        raise SubcommandFailed(ClientError.PROXY, "data-failed", reason=f"{verb} has not begun")
    try:
        source.exchange(f"RETR {name}")
    except ServerRefused:
        # Or the receiver waits for a connection that nobody will make. It answers once for the transfer and once for ABOR.
        if target.exchange("ABOR", accept=REFUSED_BY_NONE).code == _ABORTED:
            target.final(REFUSED_BY_NONE)
        raise
    target.final()


SUBCOMMANDS = (Subcommand("proxy", 4, proxy, _USAGE, "Act on a second server, or transfer between the two."),)
