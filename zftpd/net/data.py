"""Data connections: passive and active, clear and under TLS, in and out, with an ear to the control connection.

Source: RFC 959 3.2, 3.3; RFC 1123 4.1.2; zos-ftp-server.md 1.7.
Rules: one listener per session is kept and used again, or many short transfers exhaust the ports; what still waits on it is
dropped before it is announced anew. PORT connects when the transfer starts. Every wait also watches the control connection
(ABOR, death of the client) and the stop of the server.
"""

from __future__ import annotations

import os
import socket
import ssl
import struct
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from zftpd.errors import DataConnectionFailed, DataConnectionLost
from zftpd.net.keepalive import arm
from zftpd.net.tls import TlsServer
from zftpd.net.wake import Ears
from zftpd.protocol.addresses import plain_host

#: Bytes handed on at once. A multiple of 80, so that card images need not be cut and joined again.
CHUNK = 80 * 3276
#: How long a receive may wait for a whole chunk before ABOR and the stop are looked for.
LISTEN_SECONDS = 0.25
#: How often ABOR and the stop are looked for while data move: a look costs as much as the conversion of 64 KiB.
LOOK_SECONDS = 0.01
#: How long a client may take to connect, and how long we wait on after a stranger has connected instead.
OPEN_SECONDS = 60.0
STRANGER_SECONDS = 5.0
CONNECT_SECONDS = 30.0
BACKLOG = 8

#: The two ends of a connection, the local one first.
Ends = tuple[tuple[str, int], tuple[str, int]]
Watch = Callable[[list[int], float | None, tuple[int, ...]], set[int]]


def _end(ask: Callable[[], tuple[Any, ...]]) -> tuple[str, int]:
    """Return one end of a connection; nothing for a peer that has reset it already, which the transfer will find out."""
    try:
        host, port = ask()[:2]
    except OSError:
        return "", 0
    return plain_host(host), port


def _dismiss(connection: socket.socket) -> None:
    """Close a connection that nobody will use, in order: closed with bytes unread (a ClientHello) it would be reset."""
    try:
        connection.setblocking(False)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(CHUNK):
            pass
    except OSError:
        pass
    connection.close()


class DataPort:
    """The data side of one session."""

    def __init__(self, control: socket.socket, watch: Watch) -> None:
        """Serve the session whose control connection this is. `watch` waits, and raises what the control side demands."""
        self._local = control.getsockname()
        self._peer = control.getpeername()
        self._family = control.family
        self._watch = watch
        self._listener: socket.socket | None = None
        self._listens_at: tuple[str, int] = ("", 0)
        self._callers = Ears()
        self._passive = False
        self._aim: tuple[str, int] | None = None
        self._connection: socket.socket | None = None
        self._moved = 0
        self._looked = 0.0
        self._has_sent = False
        self.unsettled = False
        self.ended: socket.socket | None = None
        self.range: tuple[int, int] | None = None
        self.same_peer = False
        self.timeout = 300.0
        self.keepalive = 0

    @property
    def moving(self) -> int:
        """Bytes that the transfer which runs now has moved; 0 between transfers."""
        return self._moved if self._connection is not None else 0

    def listen(self) -> tuple[str, int]:
        """Listen, and return the address to announce. Raises DataConnectionFailed when the range is used up."""
        if self._listener is None:
            self._listener = self._bound()
            self._listens_at = _end(self._listener.getsockname)
            self._callers = Ears(self._listener.fileno())
        self._drain()
        self._passive, self._aim = True, None
        return self._listens_at

    def _bound(self) -> socket.socket:
        """Return a listener on the control connection's own address."""
        low, high = self.range or (0, 0)
        for port in range(low, high + 1):
            listener = socket.socket(self._family, socket.SOCK_STREAM)
            try:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                listener.bind((self._local[0], port, *self._local[2:]))
                listener.listen(BACKLOG)
            except OSError:
                listener.close()
                continue
            listener.setblocking(False)
            return listener
        raise DataConnectionFailed("range" if self.range else "open")

    def _drain(self) -> None:
        """Close connections that came for a transfer which never took place."""
        while self._listener is not None and self._callers.wait(0.0):
            try:
                stale, _ = self._listener.accept()
            except OSError:
                return
            _dismiss(stale)

    def aim(self, host: str, port: int) -> None:
        """Remember where the client listens."""
        self._passive, self._aim = False, (host, port)

    def drop(self) -> None:
        """Forget a prepared or open connection; who has connected already is let go by `settle`."""
        self._abandon()
        self.unsettled = True

    def settle(self) -> None:
        """Let go whoever connected for a transfer that was refused."""
        self.unsettled = False
        self._drain()

    def open(self, tls: Callable[[Ends, str], TlsServer | None]) -> Ends:
        """Make the connection and return its ends, the local one first. `tls` says what secures it, given its direction.

        Raises DataConnectionFailed.
        """
        direction = "Inbound" if self._passive else "Outbound"
        connection, ends = self._accepted() if self._passive else self._connected()
        self._passive, self._aim = False, None
        if self.keepalive:
            arm(connection, self.keepalive)
        try:
            server = tls(ends, direction)
        except BaseException:
            _dismiss(connection)
            raise
        connection = server.data(connection) if server is not None else connection
        self._connection, self._moved, self._has_sent = connection, 0, False
        return ends

    def _accepted(self) -> tuple[socket.socket, Ends]:
        """Return the connection of the client, and of nobody else where that is demanded, with its ends."""
        assert self._listener is not None
        deadline = time.monotonic() + OPEN_SECONDS
        failure = DataConnectionFailed("open")
        while (left := deadline - time.monotonic()) > 0:
            try:
                connection, peer = self._listener.accept()
            except BlockingIOError:
                self._watch([self._listener.fileno()], left, ())
                continue
            except OSError as error:
                raise failure from error
            caller = plain_host(peer[0]), peer[1]
            if not self.same_peer or caller[0] == plain_host(self._peer[0]):
                return connection, (self._listens_at, caller)
            connection.close()
            failure = DataConnectionFailed("peer")
            deadline = min(deadline, time.monotonic() + STRANGER_SECONDS)
        raise failure

    def _connected(self) -> tuple[socket.socket, Ends]:
        """Return a connection to where the client listens, with its ends; without PORT that is where it called from."""
        target = self._aim or (self._peer[0], self._peer[1])
        if self._family == socket.AF_INET6 and ":" not in target[0]:
            target = (f"::ffff:{target[0]}", target[1])
        source = (self._local[0], self._local[1] - 1, *self._local[2:])
        try:
            try:
                connection = self._connect(target, source)
            except (PermissionError, OSError) as error:
                if isinstance(error, (ConnectionError, TimeoutError)):
                    raise
                connection = self._connect(target, None)  # the data port is taken or not ours
        except OSError as error:
            raise DataConnectionFailed("open") from error
        return connection, (_end(connection.getsockname), _end(connection.getpeername))

    def _connect(self, target: tuple[str, int], source: tuple[str, int] | None) -> socket.socket:
        connection = socket.socket(self._family, socket.SOCK_STREAM)
        try:
            if source is not None:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                connection.bind(source)
            connection.settimeout(CONNECT_SECONDS)
            connection.connect(target)
        except BaseException:
            connection.close()
            raise
        return connection

    def receive(self) -> Iterator[bytes]:
        """Yield what the client sends, in large pieces. Raises DataConnectionLost."""
        connection = self._open_one()
        return self._secured(connection) if isinstance(connection, ssl.SSLSocket) else self._clear(connection)

    def _clear(self, connection: socket.socket) -> Iterator[bytes]:
        """Let the host fill each piece: one call and no copy."""
        if connection.gettimeout() is not None:
            connection.setblocking(True)
        whole, part = divmod(LISTEN_SECONDS, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", int(whole), int(part * 1_000_000)))
        silent_since = time.monotonic()
        while True:
            self._look()
            try:
                chunk = connection.recv(CHUNK, socket.MSG_WAITALL)
            except BlockingIOError:
                if self.timeout and time.monotonic() - silent_since > self.timeout:
                    raise DataConnectionLost("timeout") from None
                continue
            except OSError as error:
                raise DataConnectionLost("receive") from error
            if not chunk:
                return
            self._moved += len(chunk)
            yield chunk
            silent_since = time.monotonic()

    def _secured(self, connection: ssl.SSLSocket) -> Iterator[bytes]:
        """Collect records of TLS, which are small, into pieces."""
        connection.setblocking(False)
        view = memoryview(bytearray(CHUNK))
        fill = 0
        while True:
            try:
                count = connection.recv_into(view[fill:])
            except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError) as error:
                self._ready(connection, error)
                continue
            except OSError as error:
                raise DataConnectionLost("receive") from error
            fill += count
            self._moved += count
            if fill and (not count or fill == CHUNK):
                yield bytes(view[:fill])
                fill = 0
                self._look()
            if not count:
                return

    def _look(self) -> None:
        """Listen to the control connection between two pieces, unless that was just done."""
        now = time.monotonic()
        if now - self._looked >= LOOK_SECONDS:
            self._watch([], 0.0, ())
            self._looked = now

    def transmit(self, chunks: Iterable[bytes], fileno: int | None, length: int) -> int:
        """Send the chunks, or the host file that holds the same bytes; return how many. Raises DataConnectionLost."""
        connection = self._open_one()
        connection.setblocking(False)
        self._has_sent = True
        if fileno is not None and not isinstance(connection, ssl.SSLSocket):
            return self._send_file(connection, fileno, length)
        total = 0
        for chunk in chunks:
            self._look()
            sent = self._send(connection, chunk)
            total += sent
            self._moved += sent
        return total

    def _send(self, connection: socket.socket, chunk: bytes) -> int:
        view = memoryview(chunk)
        sent = 0
        while sent < len(view):
            try:
                sent += connection.send(view[sent:])
            except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError) as error:
                self._ready(connection, error, out=True)
            except OSError as error:
                raise DataConnectionLost("send") from error
        return sent

    def _send_file(self, connection: socket.socket, fileno: int, length: int) -> int:
        """Let the host copy the file to the connection."""
        sent = 0
        while sent < length:
            try:
                count = os.sendfile(connection.fileno(), fileno, sent, length - sent)
            except BlockingIOError as error:
                self._ready(connection, error, out=True)
                continue
            except OSError as error:
                raise DataConnectionLost("send") from error
            if not count:
                break
            sent += count
            self._moved += count
        return sent

    def _ready(self, connection: socket.socket, why: Exception, *, out: bool = False) -> None:
        """Wait until the connection can go on. Raises DataConnectionLost when nothing moves for too long."""
        fd = connection.fileno()
        writing = isinstance(why, ssl.SSLWantWriteError) or (out and not isinstance(why, ssl.SSLWantReadError))
        ready = self._watch([] if writing else [fd], self.timeout or None, (fd,) if writing else ())
        if fd not in ready:
            raise DataConnectionLost("timeout")

    def close(self) -> None:
        """End the connection in order: close_notify under TLS, then FIN."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        if isinstance(connection, ssl.SSLSocket):
            try:
                connection.unwrap()
            except (OSError, ValueError):
                pass  # ours is sent; the client need not answer
        if self._has_sent:
            try:
                connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass
        elif not isinstance(connection, ssl.SSLSocket):
            self.ended = connection
            return
        connection.close()

    def let_go(self) -> None:
        """Close a connection whose other end has closed it: nobody waits for that, and the reply need not."""
        if self.ended is not None:
            self.ended.close()
            self.ended = None

    def _abandon(self) -> None:
        """Cut the connection; under TLS without close_notify, so that nobody takes it for a whole file."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def end(self) -> None:
        """Give everything up at the end of the session."""
        self._abandon()
        self.let_go()
        if self._listener is not None:
            self._drain()
            self._listener.close()
            self._listener = None

    def _open_one(self) -> socket.socket:
        if self._connection is None:
            raise DataConnectionLost("lost")
        return self._connection
