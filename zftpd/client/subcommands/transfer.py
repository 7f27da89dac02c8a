"""Moving data: GET, PUT, APPEND, MGET, MPUT, and DIR and LS which use the data connection too.

Source: [UG] subcommand pages; page 84 of the source document for DIR.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from jes.utilities.refusals import words as words_of
from mvsfs.errors import MvsError
from zftpd.client import traces
from zftpd.client.codes import ClientError
from zftpd.client.connection import DataConnection
from zftpd.client.errors import ServerRefused, SubcommandFailed
from zftpd.client.local import line_ends
from zftpd.client.state import Client
from zftpd.client.subcommands.row import Subcommand
from zftpd.transfer.options import WireType

#: A reply class that no reply reaches.
REFUSED_BY_NONE = 10


@contextmanager
def receiving(client: Client, command: str, name: str) -> Iterator[Iterator[bytes]]:
    """Give the chunks that a command sends us; however that ends here, the server's last word is read with it."""
    data = start(client, command)
    try:
        yield data.chunks()
    except OSError as error:
        data.abort()
        client.reply()
        raise SubcommandFailed(ClientError.FILE_WRITE, "local-refused", name=name, reason=error) from error
    except SubcommandFailed:
        data.abort()
        client.reply(REFUSED_BY_NONE)
        raise
    finally:
        data.close()
    client.reply()


def start(client: Client, command: str) -> DataConnection:
    """Agree on a data connection, send the command, and establish the connection after the server's 1yz."""
    data = client.open_data()
    try:
        if client.restart_marker:
            marker, client.restart_marker = client.restart_marker, ""
            client.exchange(f"REST {marker}")
        client.exchange(command)
        client.establish(data)
    except ServerRefused:
        data.close()
        raise
    except (OSError, ValueError) as error:
        data.close()
        client.reply(REFUSED_BY_NONE)  # it has said that it begins, and says now that it could not
        raise SubcommandFailed(ClientError.CONNECT_FAILED, "data-failed", reason=error) from error
    return data


def listing(client: Client, command: str, into: str | None) -> None:
    """LIST or NLST: each line shown as EZA2284I, or kept in a local file."""
    with receiving(client, command, into or command) as chunks:
        if into:
            client.local.write(into, chunks, WireType("A"), replace=True)
        else:
            for line in lines(chunks):
                client.say("listing", line=line)


def lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """Yield the lines of a listing."""
    rest = b""
    for chunk in line_ends(chunks):
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line.decode("latin-1")
    if rest:
        yield rest.decode("latin-1")


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
    replace = any(word.upper().startswith("(R") for word in words)
    names = [word for word in words if not word.startswith("(")]
    if not names:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="get remote [local] [(REPLACE]")
    fetch(client, names[0], names[1] if len(names) > 1 else client.local.default_name(names[0]), replace=replace)


def fetch(client: Client, remote: str, local: str, *, replace: bool) -> None:
    """RETR into a local file; a local refusal comes before the server is asked, and a broken transfer keeps nothing."""
    client.connected()
    if client.local.exists(local) and not replace and not client.console.interactive:
        replace = True  # in a batch run nobody can be asked: as with data sets, the content is replaced
    began = time.monotonic()
    with receiving(client, f"RETR {remote}", local) as chunks:
        total = client.local.write(local, chunks, client.wire, replace=replace or client.console.interactive)
    traces.tell(client, "FSC", f"{total} bytes into {local}")
    show_rate(client, total, began)


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


def send(client: Client, local: str, remote: str, verb: str, *, announce: bool = True) -> None:
    """STOR, STOU or APPE of a local file. The local file is opened first, so a missing one costs the server nothing.

    `announce`: with SENDSITE on, a SITE tells the server before PUT what the local data set is like; nobody minds its answer.
    """
    client.connected()
    chunks = client.local.read(local, client.wire)
    words = client.local.site_words(local) if announce and client.sendsite and verb != "APPE" else ""
    if words:
        client.exchange(f"SITE {words}", accept=REFUSED_BY_NONE)
    began = time.monotonic()
    data = start(client, f"{verb} {remote}")
    total = 0
    try:
        total = data.send(_readable(chunks, local))
    except OSError:
        pass  # the server cut the data connection; why, its reply says
    except SubcommandFailed:
        data.abort()  # or the server would take what it has for the whole file
        client.reply(REFUSED_BY_NONE)
        raise
    finally:
        data.close()
    client.reply()
    traces.tell(client, "FSC", f"{total} bytes of {local}")
    show_rate(client, total, began)


def _readable(chunks: Iterable[bytes], name: str) -> Iterator[bytes]:
    """Yield the chunks of a local file. Raises SubcommandFailed where it cannot be read any further."""
    try:
        yield from chunks
    except OSError as error:
        raise SubcommandFailed(ClientError.FILE_READ, "local-refused", name=name, reason=error) from error
    except MvsError as error:
        raise SubcommandFailed(ClientError.FILE_READ, "local-refused", name=name, reason=words_of(error)) from error


def show_rate(client: Client, total: int, began: float) -> None:
    """EZA1617I with what was moved."""
    seconds = max(time.monotonic() - began, 0.001)
    client.say("transferred", bytes=total, seconds=seconds, rate=total / 1000 / seconds)


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
        return list(lines(chunks))


def mput(client: Client, words: list[str], _text: str) -> None:
    """Store every local file that matches."""
    if not words:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="mput pattern...")
    for pattern in words:
        names = client.local.names(pattern) if client.globbing else [pattern]
        if not names:
            client.say("no-match", pattern=pattern)
        for name in names:
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
