"""The client's loop: read a line, find the subcommand, run it, and end with a return code.

Source: page 84 of the source document; [UG] "FTP return codes", "FTP client error logging" and the EXIT parameter.
Rules: EZA1735I comes only where a failure ends the session, as its manual page says. The end of input ends the session in order.
Comment lines begin with `;` or `*`; in input that nobody types a blank and `;` begin a comment behind a subcommand too. A line
that ends with a blank and `+` goes on in the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from zftpd.client import traces
from zftpd.client.codes import ClientError, exits, standard_code
from zftpd.client.errors import ConnectionLost, ServerRefused, SubcommandFailed
from zftpd.client.masking import masked, nothing_but_the_name
from zftpd.client.parameters import StartParameters, parse
from zftpd.client.state import Client
from zftpd.client.subcommands import doublebyte, here, host, link, localsite, mvscopy, proxy, remote, restarts, transfer
from zftpd.client.subcommands.row import Subcommand
from zftpd.client.texts import text


def table() -> tuple[Subcommand, ...]:
    """Return every subcommand, in the order that decides an abbreviation."""
    return TABLE


TABLE: tuple[Subcommand, ...] = (
    *link.SUBCOMMANDS,
    *transfer.SUBCOMMANDS,
    *mvscopy.SUBCOMMANDS,
    *restarts.SUBCOMMANDS,
    *localsite.SUBCOMMANDS,
    *remote.SUBCOMMANDS,
    *doublebyte.SUBCOMMANDS,
    *here.SUBCOMMANDS,
    *host.SUBCOMMANDS,
    *proxy.SUBCOMMANDS,
    here.help_over(table),
)


def find(name: str) -> Subcommand | None:
    """Return the subcommand that `name` means: exact, or an abbreviation of at least the least length.

    Raises SubcommandFailed for an abbreviation that more than one subcommand begins with.
    """
    wanted = ALIASES.get(name.lower(), name.lower())
    for row in TABLE:
        if row.name == wanted:
            return row
    begun = [row for row in TABLE if row.name.startswith(wanted)]
    meant = [row for row in begun if len(wanted) >= row.least]
    if len(meant) == 1:
        return meant[0]
    if begun:
        raise SubcommandFailed(ClientError.USAGE, "ambiguous", name=name)
    return None


#: Other names of subcommands.
ALIASES = {"?": "help", "account": "acct", "cwd": "cd", "bye": "quit"}


def asked(client: Client, parameters: StartParameters) -> StartParameters:
    """Ask for the host, whose line may hold port and options as well (page 84). Raises BadParameters."""
    client.say("connect-to")
    line = client.console.read("")
    if not (line or "").strip():
        return parameters
    client.say("echo", line=(line or "").strip())
    given = parse((line or "").split())
    client.exit_on_error = client.exit_on_error or given.exit_on_error
    client.fixed_exit = given.fixed_exit if given.fixed_exit is not None else client.fixed_exit
    if given.exit_on_error and not parameters.exit_on_error:
        client.say("exit-set")
    return replace(parameters, host=given.host, port=given.port)


def run(client: Client, host: str = "", port: int = link.DEFAULT_PORT) -> int:
    """Run a whole session and return its return code: 0, or what the failure that ended it comes to."""
    if host:
        code = attempt(client, "open", lambda: _open(client, host, port))
        if code and client.exit_on_error:
            return code
    while True:
        client.say("command")
        line = client.console.read("")
        if line is None:
            link.quit_client(client, [], "")
            return 0
        line = continued(client, line)
        code, ended = one_line(client, line)
        if ended:
            return 0
        if code:
            link.quit_client(client, [], "")
            return code


def continued(client: Client, line: str) -> str:
    """Return a line with those that continue it; the end of input ends it too."""
    while line.rstrip().endswith(CONTINUATION) and line.lstrip()[:1] not in COMMENTS:
        more = client.console.read("")
        line = f"{line.rstrip()[:-1].rstrip()} {(more or '').strip()}"
    return line


def _open(client: Client, host: str, port: int) -> None:
    link.connect(client, host, port)
    link.sign_on(client)


def one_line(client: Client, line: str) -> tuple[int, bool]:
    """Run one line; return the code that ends the session (0: none does) and whether it has ended by itself."""
    stripped = line.strip()
    if not stripped or stripped[0] in COMMENTS:
        return 0, False
    name, _, text = (stripped[0], "", stripped[1:]) if stripped[0] == "!" else stripped.partition(" ")
    row, failed = _looked_up(name)
    # Where signing on was not reached, the input's user and password come to stand where a subcommand is expected.
    shown = masked(stripped) if row is not None or client.control is not None else nothing_but_the_name(stripped)
    if not client.console.interactive and stripped[0] != "!":
        text = link.without_comment(f" {text}")
    client.say("echo", line=shown)
    traces.tell(client, "CMD", shown)
    if failed is not None:
        client.say(failed.key, **failed.facts)
        return _failed(client, "ambiguous", 0, failed.error), False
    if row is None:
        return attempt(client, "unknown", lambda: _unknown(name)), False
    text = text.strip()
    traces.tell(client, "PAR", masked(f"{row.name} {text}").rstrip())
    code = attempt(client, row.name, lambda: row.run(client, text.split(), text), bare=not text)
    traces.tell(client, "INT", f"{row.name} ended, last reply {client.last_reply or 'none'}")
    return code, row.ends


def _looked_up(name: str) -> tuple[Subcommand | None, SubcommandFailed | None]:
    """Return the subcommand that a name means, or what is wrong with the name."""
    try:
        return find(name), None
    except SubcommandFailed as failed:
        return None, failed


def _unknown(name: str) -> None:
    raise SubcommandFailed(ClientError.USAGE, "unknown-subcommand", name=name)


def attempt(client: Client, subcommand: str, action: Callable[[], None], *, bare: bool = False) -> int:
    """Run `action` and turn what it raises into messages; return the code that ends the session, 0 when none does.

    `bare`: the subcommand stood alone on its line.
    """
    client.last_reply = 0
    try:
        action()
    except ServerRefused as refused:
        return _failed(client, subcommand, refused.code, client_error(subcommand, refused.code), bare=bare)
    except ConnectionLost as lost:
        client.disconnect()
        return _failed(client, subcommand, 0, lost.error, bare=bare)
    except SubcommandFailed as failed:
        if failed.key:
            client.say(failed.key, **failed.facts)
        return _failed(client, subcommand, client.last_reply, failed.error, bare=bare)
    return 0


def client_error(subcommand: str, reply: int) -> ClientError:
    """Return the client error number of a refusal by the server."""
    return ClientError.LOGIN_FAILED if reply == LOGIN_REFUSED and subcommand in SIGNING_ON else ClientError.SERVER


#: What a line that goes on ends with, and what a comment begins with.
CONTINUATION = " +"
COMMENTS = (";", "*")
LOGIN_REFUSED = 530
SIGNING_ON = ("open", "user", "pass", "acct")


def _failed(client: Client, subcommand: str, reply: int, error: ClientError, *, bare: bool = False) -> int:
    """Say what the failure comes to where it ends the session or is to be logged, and return the code that ends it."""
    standard = standard_code(subcommand, reply)
    ends = client.exit_on_error and exits(subcommand, bare=bare)
    if ends:
        client.say("return-code", rc=standard, error=int(error))
    if client.settings.logclienterr:
        _log(client, subcommand, reply, standard, error, ends=ends)
    return max(computed(client, standard, error), 1) if ends else 0


def computed(client: Client, standard: int, error: ClientError) -> int:
    """Return the return code: EXIT=n, or by CLIENTERRCODES the standard code, the error number, or number and subcommand."""
    if client.fixed_exit is not None:
        return client.fixed_exit
    if client.settings.clienterrcodes == "TRUE":
        return int(error)
    if client.settings.clienterrcodes == "EXTENDED":
        return int(error) * 100 + standard // 1000
    return standard


def _log(client: Client, subcommand: str, reply: int, standard: int, error: ClientError, *, ends: bool) -> None:
    """EZZ9830I, at the terminal or, in a job, to the operator."""
    kinds = {"FALSE": "STD", "TRUE": "CEC", "EXTENDED": "CEE"}
    line = text(
        "logged",
        name=client.jobname or client.userid,
        code=standard // 1000,
        subcommand=subcommand,
        reply=reply or "n/a",
        used="EX" if ends else "NX",
        kind="FIX" if client.fixed_exit is not None else kinds[client.settings.clienterrcodes],
        rc=computed(client, standard, error),
    )
    (client.tell or client.console.show)(line)
