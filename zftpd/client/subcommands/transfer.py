"""Moving data: GET, PUT, APPEND, MGET, MPUT, and DIR and LS which use the data connection too.

Source: [UG] subcommand pages; page 84 of the source document for DIR.
"""

from __future__ import annotations

from dataclasses import replace

from zftpd.client.codes import ClientError
from zftpd.client.errors import SubcommandFailed
from zftpd.client.listed import checked, in_library, lines, names
from zftpd.client.local import Terms
from zftpd.client.moving import fetch, receiving, send
from zftpd.client.state import Client
from zftpd.client.subcommands.row import Subcommand
from zftpd.transfer.options import WireType


def listing(client: Client, command: str, into: str | None) -> None:
    """LIST or NLST: each line shown as EZA2284I, or kept in a local file."""
    with receiving(client, command, into or command) as chunks:
        if into:
            client.local.write(into, chunks, of_listing(client), replace=True)
        else:
            for line in lines(chunks):
                client.say("listing", line=line)


def of_listing(client: Client) -> Terms:
    """Return the terms of a listing, which is text in stream mode whatever TYPE says."""
    return replace(client.terms(), wire=WireType("A"))


def dir_(client: Client, words: list[str], _text: str) -> None:
    """List with attributes."""
    listing(client, _command("LIST", words), _into(client, words, "DIROUTP"))


def ls(client: Client, words: list[str], _text: str) -> None:
    """List names only."""
    listing(client, _command("NLST", words), _into(client, words, "LSOUTPUT"))


def _command(verb: str, words: list[str]) -> str:
    """`(DISK` is for the client; what stands before it is for the server."""
    arguments = [word for word in words if not word.upper().startswith("(D")]
    return " ".join([verb, *arguments])


def _into(client: Client, words: list[str], name: str) -> str | None:
    """Return the local file of `(DISK`: FTP.DIROUTP or FTP.LSOUTPUT, without FTP where the local directory is a UNIX one."""
    if not any(word.upper().startswith("(D") for word in words):
        return None
    return name if client.local.where().startswith("/") else f"FTP.{name}"


def get(client: Client, words: list[str], _text: str) -> None:
    """Fetch one file: get remote [local] [(REPLACE]."""
    replacing = any(word.upper().startswith("(R") for word in words)
    names = [word for word in words if not word.startswith("(")]
    if not names:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="get remote [local] [(REPLACE]")
    fetch(client, names[0], names[1] if len(names) > 1 else client.local.default_name(names[0]), replace=replacing)


def put(client: Client, words: list[str], _text: str) -> None:
    """Store one file: put local [remote]."""
    if not words:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="put local [remote]")
    send(
        client, words[0], words[1] if len(words) > 1 else client.local.remote_name(words[0]), "STOU" if client.sunique else "STOR"
    )


def append(client: Client, words: list[str], _text: str) -> None:
    """Add a local file to the end of a remote one."""
    if len(words) < 2:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="append local remote")
    send(client, words[0], words[1], "APPE")


def mget(client: Client, words: list[str], _text: str) -> None:
    """Fetch every remote file that matches: NLST, then GET of each name as listed."""
    if not words:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="mget pattern...")
    for pattern in words:
        for name in remote_names(client, pattern):
            if confirmed(client, "mget", name):
                fetch(client, name, client.local.default_name(name), replace=True)


def remote_names(client: Client, pattern: str) -> list[str]:
    """Return what NLST gives for a pattern; nothing found is the server's refusal."""
    with receiving(client, f"NLST {pattern}", pattern) as chunks:
        found = names(chunks)
    return [in_library(checked(name, pattern), pattern) for name in found]


def mput(client: Client, words: list[str], _text: str) -> None:
    """Store every local file that matches."""
    if not words:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="mput pattern...")
    for pattern in words:
        found = client.local.names(pattern) if client.globbing else [pattern]
        if not found:
            client.say("no-match", pattern=pattern)
        for name in found:
            if confirmed(client, "mput", name):
                send(client, name, client.local.relative_name(name), "STOU" if client.sunique else "STOR")


def mdelete(client: Client, words: list[str], _text: str) -> None:
    """Delete every remote file that matches."""
    if not words:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="mdelete pattern...")
    for pattern in words:
        for name in remote_names(client, pattern):
            if confirmed(client, "mdelete", name):
                client.exchange(f"DELE {name}")


def confirmed(client: Client, verb: str, name: str) -> bool:
    """Ask, where somebody is there to answer and PROMPT is on."""
    if not (client.prompting and client.console.interactive):
        return True
    client.say("confirm", verb=verb, name=name)
    answer = (client.console.read("") or "n").strip().lower()
    if answer.startswith("s"):
        client.prompting = False
        return True
    return answer.startswith("y")


SUBCOMMANDS = (
    Subcommand("get", 1, get, "get remote [local] [(REPLACE]", "Fetch one file."),
    Subcommand("put", 2, put, "put local [remote]", "Store one file."),
    Subcommand("append", 2, append, "append local remote", "Add to the end of a remote file."),
    Subcommand("mget", 2, mget, "mget pattern...", "Fetch all files that match."),
    Subcommand("mput", 2, mput, "mput pattern...", "Store all local files that match."),
    Subcommand("mdelete", 2, mdelete, "mdelete pattern...", "Delete all files that match."),
    Subcommand("dir", 2, dir_, "dir [pattern] [(DISK]", "List with attributes."),
    Subcommand("ls", 2, ls, "ls [pattern] [(DISK]", "List names."),
)
