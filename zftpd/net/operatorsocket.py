"""The local socket of operator commands: one line in, lines out, for who may open the socket's file.

Rules: the socket is a file that only its owner may use, in a folder of its own; every process of a server has one, named by its
process id, and a client asks them all. A file whose process is gone is removed by whoever meets it.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path

_LOG = logging.getLogger(__name__)
SECONDS = 5.0
MAX_LINE = 4096
_BACKLOG = 4


class NoServer(Exception):
    """No server answers at this place."""


class OperatorSocket:
    """Answers operator commands in a thread of its own."""

    def __init__(self, folder: Path, run: Callable[[str], list[str]]) -> None:
        """Answer on a socket file in `folder`, which is made for the owner alone. Raises OSError."""
        _make_private(folder)
        self.path = folder / f"{os.getpid()}.sock"
        self._run = run
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.path.unlink(missing_ok=True)
        before = os.umask(0o177)
        try:
            self._listener.bind(str(self.path))
        except OSError:
            self._listener.close()
            raise
        finally:
            os.umask(before)
        self._listener.listen(_BACKLOG)
        self._thread = threading.Thread(target=self._serve, name="zftpd-operator", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more and remove the socket file."""
        try:
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes the accept
        except OSError:
            pass
        self._listener.close()
        if self._thread.is_alive():
            self._thread.join(SECONDS)
        self.path.unlink(missing_ok=True)

    def _serve(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            with sock:
                try:
                    sock.settimeout(SECONDS)
                    line = sock.makefile("rb").readline(MAX_LINE).decode("utf-8", "replace")
                    sock.sendall("".join(f"{each}\n" for each in self._run(line)).encode())
                except OSError:
                    continue  # who asked has left
                except Exception:  # a fault in one command is not the end of all others
                    _LOG.exception("operator command failed")


def _make_private(folder: Path) -> None:
    """Make a folder for the owner alone, and one that is there the owner's alone. Raises OSError.

    Whoever may write into it could put another socket in the place of ours. The folder above is by default that of the store,
    which keeps the mode that it was made with.
    """
    folder.parent.parent.mkdir(parents=True, exist_ok=True)
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid == os.geteuid():
        folder.chmod(0o700)


def ask(place: Path, command: str) -> list[str]:
    """Return the answers of every process of a server. `place` is a socket file or the folder of them. Raises NoServer."""
    sockets = sorted(place.glob("*.sock")) if place.is_dir() else [place]
    answers: list[str] = []
    answered = False
    for path in sockets:
        try:
            answers += _one(path, command)
            answered = True
        except ConnectionRefusedError:
            if place.is_dir():
                path.unlink(missing_ok=True)
        except OSError:
            continue
    if not answered:
        raise NoServer(f"no server answers at {place}")
    return answers


def _one(path: Path, command: str) -> list[str]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
        sock.settimeout(SECONDS)
        sock.connect(str(path))
        sock.sendall(command.replace("\n", " ").encode() + b"\n")
        sock.shutdown(socket.SHUT_WR)
        data = b""
        while chunk := sock.recv(65536):
            data += chunk
    return data.decode("utf-8", "replace").splitlines()
