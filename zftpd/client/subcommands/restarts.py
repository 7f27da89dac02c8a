"""RESTART and SRESTART: go on with a transfer that broke.

Source: [UG] "REStart subcommand", "SRestart subcommand"; zos-ftp-server.md 1.8.
Rules: RESTART goes on from the checkpoint data set, in TYPE E under MODE B or C. SRESTART goes on from what the receiver has,
in TYPE A or I, MODE S and STRU F, and only between z/OS UNIX files (or files of this machine) on our side.
"""

from __future__ import annotations

from zftpd.client import traces
from zftpd.client.checkpoints import kept
from zftpd.client.codes import ClientError
from zftpd.client.errors import SubcommandFailed
from zftpd.client.moving import fetch, receiving, resume, send
from zftpd.client.state import Client
from zftpd.client.subcommands.row import Subcommand

_USAGE = "srestart get remote [local] | srestart put local [remote]"


def restart(client: Client, words: list[str], _text: str) -> None:
    """Go on from the last marker of the checkpoint data set."""
    if words:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="restart")
    client.connected()
    if client.wire.type != "E" or client.wire.mode == "S":
        raise SubcommandFailed(ClientError.USAGE, "restart-mode")
    found = kept(client.local, client.settings)
    if found is None:
        raise SubcommandFailed(
            ClientError.FILE_ACCESS, "no-checkpoint", name=client.local.checkpoint(client.settings.chkptprefix)
        )
    traces.tell(client, "FSC", f"restart {found.subcommand} of {found.local} at {found.here}, there {found.theirs}")
    client.restart_marker = found.theirs
    if found.subcommand == "get":
        fetch(client, found.remote, found.local, replace=True, again=found)
    else:
        verb = "APPE" if found.subcommand == "append" else "STOR"
        send(client, found.local, found.remote, verb, announce=False, again=found)


def stream_restart(client: Client, words: list[str], _text: str) -> None:
    """Go on where the receiver's file ends."""
    direction = _direction(words)
    client.connected()
    wire = client.wire
    if wire.mode != "S" or wire.stru != "F" or wire.type not in "AI" or client.settings.filetype != "SEQ":
        raise SubcommandFailed(ClientError.USAGE, "srestart-mode")
    if direction == "GET":
        _get(client, words[1], words[2] if len(words) > 2 else client.local.default_name(words[1]))
    else:
        _put(client, words[1], words[2] if len(words) > 2 else client.local.remote_name(words[1]))


def _direction(words: list[str]) -> str:
    """Return GET or PUT. Raises SubcommandFailed."""
    first = words[0].upper() if words else ""
    found = next((name for name, least in (("GET", 1), ("PUT", 2)) if len(first) >= least and name.startswith(first)), "")
    if not found or not 2 <= len(words) <= 3:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage=_USAGE)
    return found


def _get(client: Client, remote: str, local: str) -> None:
    """Ask for what lies behind the bytes that are here, and add it to them."""
    client.restart_marker = str(client.local.wire_size(local, client.terms()))
    with receiving(client, f"RETR {remote}", local) as chunks:
        client.local.write(local, chunks, client.terms(), replace=True, append=True)


def _put(client: Client, local: str, remote: str) -> None:
    """Ask for the size of what is there, and send what lies behind it."""
    client.local.wire_size(local, client.terms())  # a data set is refused before the server is asked
    size = client.exchange(f"SIZE {remote}").text.strip()
    if not size.isdecimal() or not size.isascii():
        raise SubcommandFailed(ClientError.SERVER, "data-failed", reason=f"no size in {size!r}")
    resume(client, local, remote, int(size))


SUBCOMMANDS = (
    Subcommand("restart", 3, restart, "restart", "Go on with a transfer from the checkpoint data set."),
    Subcommand("srestart", 2, stream_restart, _USAGE, "Go on with a transfer in stream mode."),
)
