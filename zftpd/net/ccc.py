"""Leaving TLS in the middle of a connection (CCC).

Source: RFC 4217 6; RFC 8446 6.1; trials with curl, lftp and Python's ftplib, which differ in who says close_notify first.
Rules: after the 200 the client gets a moment to speak first; a TLS record is its close_notify and is answered. Otherwise ours is
sent without waiting, and the answer is swallowed when it comes. Without that moment lftp sees an end of file.
"""

from __future__ import annotations

import os
import socket
import ssl

from zftpd.net.wake import wait

GRACE_SECONDS = 0.3
UNWRAP_SECONDS = 5.0
_HEADER = 5
_MAX_RECORD = 1024
#: First bytes of TLS records; a command begins with a letter.
_RECORDS = range(0x14, 0x18)


def leave(secured: ssl.SSLSocket, *, notify: bool) -> tuple[socket.socket, bool]:
    """Return the clear socket, and whether a close_notify of the peer may still come. Raises OSError.

    `notify` False: none is sent, not even as an answer.
    """
    if notify and wait([secured.fileno()], GRACE_SECONDS) and _is_record(secured):
        secured.settimeout(UNWRAP_SECONDS)
        return socket.socket(fileno=secured.unwrap().detach()), False
    clear = socket.socket(fileno=os.dup(secured.fileno()))
    try:
        record = _close_notify(secured)
        if notify:
            clear.settimeout(UNWRAP_SECONDS)
            clear.sendall(record)
    except BaseException:
        clear.close()
        raise
    return clear, True


def _close_notify(secured: ssl.SSLSocket) -> bytes:
    """Return our close_notify as bytes, and close the TLS side of the connection.

    `unwrap` also reads, and a client that is quick has its next command there already, in clear: it would be lost and taken
    for a broken record. So the library is given the end of a pair of sockets that nobody writes to.
    """
    ours, library = socket.socketpair()
    with ours, library:
        os.dup2(library.fileno(), secured.fileno())
        secured.settimeout(0.0)
        try:
            secured.unwrap()
        except (OSError, ValueError):
            pass  # it has written and waits for an answer
        secured.close()
        ours.setblocking(False)
        try:
            return ours.recv(_MAX_RECORD)
        except BlockingIOError:
            return b""


def swallow(sock: socket.socket) -> bool:
    """Take a close_notify off the connection if one has come; tell whether one may still come. Call when it is readable."""
    if not _is_record(sock):
        return False
    sock.settimeout(UNWRAP_SECONDS)
    header = _exactly(sock, _HEADER)
    if len(header) == _HEADER:
        _exactly(sock, int.from_bytes(header[3:5]))
    return False


def _is_record(sock: socket.socket) -> bool:
    """Look at the next byte without taking it. An SSL socket refuses to peek, so a copy of its descriptor does."""
    with socket.socket(fileno=os.dup(sock.fileno())) as raw:
        raw.settimeout(0.0)
        try:
            first = raw.recv(1, socket.MSG_PEEK)
        except OSError:
            return False
    return bool(first) and first[0] in _RECORDS


def _exactly(sock: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = sock.recv(size - len(data))
        if not more:
            break
        data += more
    return data
