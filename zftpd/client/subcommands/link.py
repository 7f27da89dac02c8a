"""Connecting and leaving: OPEN, USER, PASS, CLOSE, QUIT, AUTH, PRIVATE, CLEAR, PROTECT, CCC.

Source: pages 12, 58 and 84 of the source document; [UG] subcommand pages.
"""

from __future__ import annotations

import socket

from zftpd.client import netrc, traces
from zftpd.client.codes import ClientError
from zftpd.client.connection import Control
from zftpd.client.errors import ConnectionLost, ServerRefused, SubcommandFailed, timed
from zftpd.client.state import Client
from zftpd.client.subcommands.row import Subcommand
from zftpd.params.settings import Settings

DEFAULT_PORT = 21


def is_port(text: str) -> bool:
    """Tell whether a word is a port number."""
    return text.isdecimal() and text.isascii() and len(text) <= 5 and 0 < int(text) < 65536


def open_session(client: Client, words: list[str], _text: str) -> None:
    """Connect, secure the connection where configured, and sign on."""
    if client.control is not None:
        raise SubcommandFailed(ClientError.ALREADY_CONNECTED, "already-connected", host=client.control.host)
    if not words or len(words) > 2 or not all(is_port(word) for word in words[1:]):
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="open host [port]")
    connect(client, words[0], int(words[1]) if len(words) > 1 else DEFAULT_PORT)
    sign_on(client)


def connect(client: Client, host: str, port: int) -> None:
    """Open the control connection, read the greeting, and start TLS where the mechanism, a policy or TLSPORT says so.

    A server that greets with a refusal is left at once.
    """
    try:
        address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0]
    except (OSError, ValueError) as error:
        raise SubcommandFailed(ClientError.CONNECT_FAILED, "unknown-host", host=host) from error
    client.say("connecting", host=host, address=address, port=port)
    opening, patience = float(client.settings.myopentime) or None, float(client.settings.inacttime) or None
    try:
        client.control = control = Control(host, port, opening, client.source, opening)
    except OSError as error:
        if isinstance(error, TimeoutError):
            client.say("timed-out", operation=INITIAL)
        failed, reason = timed(error, ClientError.CONNECT_FAILED), error.strerror or str(error)
        raise SubcommandFailed(failed, "connection-failed", host=host, port=port, reason=reason) from error
    traces.tell(client, "SOC", "control connection {0[0]} port {0[1]} to {1[0]} port {1[1]}".format(*control.ends))
    implicit = port == client.settings.tlsport and client.settings.tlsmechanism == "FTP"
    client.secure_at_once()
    if implicit and not client.settings.secureimplicitzos:
        client.handshake(control)
    try:
        client.final(operation=INITIAL)
    except ServerRefused:
        client.disconnect()
        raise
    control.patience = patience
    if implicit:
        if not control.is_tls:
            client.handshake(control)
        client.protect_as_configured()
    elif control.is_tls:
        client.protection = "P"  # AT-TLS secures data connections by itself as well
    elif needs_tls(client.settings):
        client.secure()


#: What EZA2589E calls the wait for a connection and its greeting; MYOPENTIME limits both.
INITIAL = "Initial connection"


def needs_tls(settings: Settings) -> bool:
    """Tell whether this session begins with AUTH: `-a tls` or SECURE_MECHANISM TLS in FTP.DATA."""
    return settings.secure_mechanism is not None


def sign_on(client: Client) -> None:
    """Ask for the user name; the password is asked for when the server wants one."""
    control = client.connected()
    if client.use_netrc and (entry := netrc.find(client.netrc, control.host, resolved=client.settings.netrclevel == 2)):
        _sign_on(client, entry.user or client.userid, entry.password, entry.account)
        return
    client.say("name", host=control.host, user=client.userid)
    line = client.console.read("")
    if line is None:
        raise SubcommandFailed(ClientError.INPUT_EOF, "interrupted")
    # A batch job answers with user and password on one line ([UG] "Submitting FTP requests in batch").
    name, _, rest = (line if client.console.interactive else without_comment(line)).strip().partition(" ")
    _sign_on(client, name or client.userid, secret(rest))


def without_comment(line: str) -> str:
    """Return a line of a command input file without the comment that a blank and `;` begin ([UG], the same page)."""
    return line.partition(" ;")[0]


def secret(text: str) -> str:
    """Return a password: one word, or a password phrase in quotation marks."""
    text = text.strip()
    quote = text[:1]
    if quote and quote in "'\"" and len(text) > 1 and text.endswith(quote):
        return text[1:-1]
    return text.partition(" ")[0]


def user(client: Client, words: list[str], text: str) -> None:
    """Sign on as another user."""
    if not words:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="user userid [password]")
    _sign_on(client, words[0], secret(text.partition(" ")[2]))


def _sign_on(client: Client, name: str, given: str, account: str = "") -> None:
    """USER, and PASS and ACCT where the server asks for them; what was not given is asked for."""
    traces.tell(client, "ACC", f"user {name}")
    answer = client.exchange(f"USER {name}")
    if answer.code == WANTS_PASSWORD:
        answer = client.exchange(f"PASS {given or _ask(client, 'password')}")
    if answer.code == WANTS_ACCOUNT:
        client.exchange(f"ACCT {account or _ask(client, 'account')}")


#: The replies that ask for more (RFC 959 5.4).
WANTS_PASSWORD, WANTS_ACCOUNT = 331, 332


def _ask(client: Client, what: str) -> str:
    """Return the password or account that was typed or is in the input."""
    client.say(what)
    answer = client.console.read_hidden("")
    if answer is None:
        raise SubcommandFailed(ClientError.INPUT_EOF, "interrupted")
    return secret(answer) if what == "password" else answer.strip()


def password(client: Client, words: list[str], text: str) -> None:
    """Send a password."""
    client.exchange(f"PASS {secret(text) if words else _ask(client, 'password')}")


def account(client: Client, words: list[str], text: str) -> None:
    """Send accounting information."""
    if not words:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="acct information")
    client.exchange(f"ACCT {text}")


def close(client: Client, _words: list[str], _text: str) -> None:
    """Leave the server and stay in the client."""
    client.connected()
    _farewell(client)


def quit_client(client: Client, _words: list[str], _text: str) -> None:
    """Leave the server, if there is one, and the client."""
    if client.control is not None:
        _farewell(client)


def _farewell(client: Client) -> None:
    try:
        client.exchange("QUIT")
    except (ServerRefused, ConnectionLost):
        pass
    client.disconnect()


def auth(client: Client, words: list[str], _text: str) -> None:
    """Start TLS on a session that began in clear."""
    if not words or words[0].upper() != "TLS":
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="auth tls")
    client.secure()


def private(client: Client, _words: list[str], _text: str) -> None:
    """Protect data connections."""
    client.protect("P")


def clear(client: Client, _words: list[str], _text: str) -> None:
    """Leave data connections unprotected."""
    client.protect("C")


def protect(client: Client, words: list[str], _text: str) -> None:
    """Set the protection of data connections by its word."""
    levels = {"CLEAR": "C", "PRIVATE": "P", "SAFE": "S"}
    if not words or words[0].upper() not in levels:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="protect clear|safe|private")
    client.protect(levels[words[0].upper()])


def ccc(client: Client, _words: list[str], _text: str) -> None:
    """Take the control connection out of TLS."""
    control = client.connected()
    if not control.is_tls:
        raise SubcommandFailed(ClientError.SESSION, "no-tls")
    client.exchange("CCC")
    try:
        control.stop_tls(notify=client.settings.tlsrfclevel != "CCCNONOTIFY")
    except (OSError, ValueError) as error:
        client.disconnect()
        raise ConnectionLost(str(error)) from error


def command_protection(client: Client, words: list[str], text: str) -> None:
    """Set the protection of commands, or show it: CLEAR is CCC, and under TLS they are private and cannot be SAFE alone."""
    level = words[0].upper() if words else ""
    if level == "CLEAR":
        ccc(client, [], "")
    elif level not in ("", "PRIVATE", "SAFE"):
        raise SubcommandFailed(ClientError.USAGE, "usage", usage=_CPROTECT)
    elif level and not client.connected().is_tls:
        raise SubcommandFailed(ClientError.SESSION, "no-tls")
    elif level == "SAFE":
        raise SubcommandFailed(ClientError.INVALID_PARAM, "not-supported", name=f"cprotect {text}")
    client.say("commands", state="private" if client.connected().is_tls else "clear")


_CPROTECT = "cprotect [clear|safe|private]"
SUBCOMMANDS = (
    Subcommand("open", 1, open_session, "open host [port]", "Connect to a server and sign on."),
    Subcommand("user", 1, user, "user userid [password]", "Sign on as another user."),
    Subcommand("pass", 2, password, "pass [password]", "Send a password."),
    Subcommand("acct", 3, account, "acct information", "Send accounting information."),
    Subcommand("close", 2, close, "close", "Leave the server; the client goes on."),
    Subcommand("quit", 3, quit_client, "quit", "Leave the server and the client.", ends=True),
    Subcommand("auth", 2, auth, "auth tls", "Start TLS on the control connection."),
    Subcommand("private", 3, private, "private", "Protect data connections (PROT P)."),
    Subcommand("safe", 2, lambda client, _w, _t: client.protect("S"), "safe", "Ask for integrity only (PROT S)."),
    Subcommand("clear", 3, clear, "clear", "Do not protect data connections (PROT C)."),
    Subcommand("protect", 4, protect, "protect clear|safe|private", "Set the protection of data connections."),
    Subcommand("cprotect", 2, command_protection, _CPROTECT, "Set or show the protection of commands; clear is CCC."),
    Subcommand("ccc", 2, ccc, "ccc", "Take the control connection out of TLS."),
)
