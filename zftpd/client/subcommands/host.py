"""Subcommands that leave FTP for a moment: `!` for a shell command, TSO for a TSO command.

Source: [UG] "! subcommand", "TSO subcommand".
Rules: the shell is that of whoever sits at the terminal or wrote the script. In a job there is none. TSO commands are those of
IKJEFT01, for the user of the job; no command of the machine is among them.
"""

from __future__ import annotations

import subprocess

from zftpd.client.codes import ClientError
from zftpd.client.errors import SubcommandFailed
from zftpd.client.host_files import HostFiles
from zftpd.client.state import Client
from zftpd.client.subcommands.row import Subcommand

_SECONDS = 600


def shell(client: Client, words: list[str], text: str) -> None:
    """Run a command in the local shell, in the local directory, and show what it says."""
    if not words:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="! command")
    if client.tell is not None or not isinstance(client.local, HostFiles):
        raise SubcommandFailed(ClientError.INVALID_ENVIRONMENT, "not-supported", name="!")
    try:
        done = subprocess.run(
            ["/bin/sh", "-c", text], cwd=client.local.cwd, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise SubcommandFailed(ClientError.CLIENT, "local-refused", name=words[0], reason=error) from error
    for line in (*done.stdout.splitlines(), *done.stderr.splitlines()):
        client.console.show(line)


def tso(client: Client, words: list[str], text: str) -> None:
    """Run a TSO command; there is TSO in the address space of a job, and nowhere else."""
    if not words:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="tso command")
    if client.tso is None:
        raise SubcommandFailed(ClientError.INVALID_ENVIRONMENT, "not-supported", name="tso")
    code = client.tso(text)
    if code:
        raise SubcommandFailed(ClientError.CLIENT, "tso-ended", name=words[0].upper(), code=code)


SUBCOMMANDS = (
    Subcommand("!", 1, shell, "! command", "Run a command in the local shell."),
    Subcommand("tso", 2, tso, "tso command", "Run a TSO command, in a job."),
)
