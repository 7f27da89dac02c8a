"""One transfer: agree on a data connection, send the command, move the data, and hear the server's last word.

Source: RFC 959 5.4; [UG] GET, PUT.
Rules: what came counts only with the server's last word: it is read before the local side commits, and a refusal there discards.
Whatever goes wrong on our side, the last word is read, so that the next reply is that of the next command.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from jes.utilities.refusals import words as words_of
from mvsfs.errors import MvsError
from mvsfs.records.parts import skip_bytes
from zftpd.client import traces
from zftpd.client.checkpoints import Checkpoint, Keeper, is_checkpointed
from zftpd.client.codes import ClientError
from zftpd.client.data import DataConnection
from zftpd.client.dataport import establish, failure, open_data
from zftpd.client.errors import SubcommandFailed, timed
from zftpd.client.progress import Progress
from zftpd.client.replies import ServerReply
from zftpd.client.state import COMPLETE, REFUSED_BY_NONE, Client

Marked = Callable[[ServerReply], None]


class Transfer:
    """A transfer that has begun."""

    def __init__(self, client: Client, data: DataConnection, *, ended: bool) -> None:
        """Take a data connection; `ended`: the server said its last word already."""
        self._client = client
        self.data = data
        self._ended = ended
        self._marked: Marked | None = None

    def finish(self, accept: int) -> None:
        """Close the data connection and hear the last word, if it was not heard yet. Raises ServerRefused."""
        self.data.close()
        if not self._ended and self._client.control is not None:
            self._ended = True
            self._client.final(accept, self._marked)

    def abort(self) -> None:
        """Break the data connection off, and hear what the server says to that."""
        self.data.abort()
        self.finish(REFUSED_BY_NONE)

    def chunks(self) -> Iterator[bytes]:
        """Yield what the server sends, and end only when it says that this was all. Raises SubcommandFailed, ServerRefused."""
        progress = Progress(self._client.say, self._client.settings.progress)
        try:
            for chunk in self.data.chunks():
                progress.add(len(chunk))
                yield chunk
        except OSError as error:
            raise SubcommandFailed(timed(error, ClientError.SESSION), "data-lost", reason=error) from error
        self.finish(FAILURE_OF_A_TRANSFER)

    def send(self, chunks: Iterable[bytes], marked: Marked | None) -> int:
        """Send all chunks and return how many bytes they were; markers that the server confirms meanwhile are told.

        Raises SubcommandFailed where the server hangs up before the end and does not say why.
        """
        total = 0
        lost: OSError | None = None
        self._marked = marked
        progress = Progress(self._client.say, self._client.settings.progress)
        try:
            for size in self.data.send(chunks):
                total += size
                progress.add(size)
                self._hear()
        except OSError as error:
            lost = error  # the server cut the data connection; why, its reply says
        self.finish(FAILURE_OF_A_TRANSFER)
        if lost is not None:
            raise SubcommandFailed(timed(lost, ClientError.SESSION), "data-lost", reason=lost) from lost
        return total

    def _hear(self) -> None:
        """Read the markers that were confirmed; without this they would be lost with the connection."""
        if self._marked is None or self._ended or self._client.control is None:
            return
        while self._client.control.has_reply():
            reply = self._client.reply()
            if reply.code >= COMPLETE:
                self._ended = True
                return
            self._marked(reply)


#: The first digit of a reply that says that a transfer failed.
FAILURE_OF_A_TRANSFER = 4


def start(client: Client, command: str) -> Transfer:
    """Agree on a data connection, send the command, and establish the connection after the server's 1yz.

    Raises SubcommandFailed, ServerRefused, ConnectionLost.
    """
    data = open_data(client)
    try:
        if client.restart_marker:
            marker, client.restart_marker = client.restart_marker, ""
            client.exchange(f"REST {marker}")
        client.send(command)
        reply = client.reply()
        transfer = Transfer(client, data, ended=reply.code >= COMPLETE)
        if reply.code < COMPLETE or not data.listening:
            establish(client, data)
    except (OSError, ValueError) as error:
        data.close()
        failed = failure(client, error)
        client.final(REFUSED_BY_NONE)  # it has said that it begins, and says now that it could not
        raise failed from error
    except BaseException:
        data.close()
        raise
    return transfer


@contextmanager
def receiving(client: Client, command: str, name: str) -> Iterator[Iterator[bytes]]:
    """Give the chunks that a command sends us; however that ends here, the server's last word is read with it."""
    transfer = start(client, command)
    try:
        yield transfer.chunks()
    except OSError as error:
        transfer.abort()
        raise SubcommandFailed(ClientError.FILE_WRITE, "local-refused", name=name, reason=error) from error
    except SubcommandFailed:
        transfer.abort()
        raise
    finally:
        transfer.data.close()
    transfer.finish(FAILURE_OF_A_TRANSFER)


def fetch(client: Client, remote: str, local: str, *, replace: bool, again: Checkpoint | None = None) -> None:
    """RETR into a local file; a broken transfer keeps nothing.

    Where markers are kept, what came up to the last one stays. `again`: the checkpoint at which a transfer goes on.
    """
    client.connected()
    if client.local.exists(local) and not replace and not client.console.interactive:
        replace = True  # in a batch run nobody can be asked: as with data sets, the content is replaced
    began = time.monotonic()
    with checkpointing(client, again or Checkpoint("get", local, remote)) as keeper:
        terms = client.terms(again.here if again else 0, keeper.mark if keeper else None)
        with receiving(client, f"RETR {remote}", local) as chunks:
            total = client.local.write(local, chunks, terms, replace=replace or client.console.interactive)
    traces.tell(client, "FSC", f"{total} bytes into {local}")
    show_rate(client, total, began)


def send(client: Client, local: str, remote: str, verb: str, *, announce: bool = True, again: Checkpoint | None = None) -> None:
    """STOR, STOU or APPE of a local file. The local file is opened first, so a missing one costs the server nothing.

    `announce`: with SENDSITE on, a SITE tells the server before PUT what the local data set is like; nobody minds its answer.
    `again`: the checkpoint at which a transfer goes on.
    """
    client.connected()
    chunks = client.local.read(local, client.terms(again.here if again else 0))
    words = client.local.site_words(local) if announce and client.sendsite and verb != "APPE" else ""
    if words:
        client.exchange(f"SITE {words}", accept=REFUSED_BY_NONE)
    began = time.monotonic()
    with checkpointing(client, again or Checkpoint(_NAMES.get(verb, ""), local, remote)) as keeper:
        total = _sent(client, f"{verb} {remote}", _readable(chunks, local), keeper)
    traces.tell(client, "FSC", f"{total} bytes of {local}")
    show_rate(client, total, began)


def resume(client: Client, local: str, remote: str, size: int) -> None:
    """STOR what of a local file lies behind its first `size` bytes on the wire."""
    client.restart_marker = str(size)
    rest = skip_bytes(_readable(client.local.read(local, client.terms()), local), size)
    began = time.monotonic()
    total = _sent(client, f"STOR {remote}", rest, None)
    show_rate(client, total, began)


#: The subcommands whose transfers may be restarted: a unique name cannot be given again.
_NAMES = {"STOR": "put", "APPE": "append"}
_MARK = re.compile(r"MARK (\S+) = (\S+)")


def _sent(client: Client, command: str, chunks: Iterator[bytes], keeper: Keeper | None) -> int:
    """Send all of it, and keep the markers that the server confirms."""

    def marked(reply: ServerReply) -> None:
        found = _MARK.search(reply.text) if reply.code == MARKED else None
        if found and keeper and found.group(1).isdecimal():
            keeper.mark(found.group(2), int(found.group(1)))

    transfer = start(client, command)
    try:
        return transfer.send(chunks, marked if keeper else None)
    except SubcommandFailed:
        transfer.abort()  # or the server would take what it has for the whole file
        raise
    finally:
        transfer.data.close()


#: The reply that confirms a restart marker (RFC 959 4.2).
MARKED = 110


@contextmanager
def checkpointing(client: Client, transfer: Checkpoint) -> Iterator[Keeper | None]:
    """Keep the markers of a transfer, if they are to be kept: None if not."""
    goes_on = bool(transfer.theirs)  # what was begun is ended, whatever is set now
    if not transfer.subcommand or not (goes_on or is_checkpointed(client.settings, client.wire, transfer.subcommand)):
        yield None
        return
    keeper = Keeper(client.local, client.settings, transfer)
    try:
        yield keeper
    except BaseException:
        keeper.flush()
        raise
    keeper.forget()


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
