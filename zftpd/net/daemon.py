"""The daemon: listens, gives each connection a thread, and stops in order.

Source: z/OS starts an address space per session; here a thread is one.
Rules: a listening socket may be shared with forked workers, so it never blocks. Every session ends before `stop` returns,
or is cut after a grace.
"""

from __future__ import annotations

import errno
import itertools
import os
import socket
import threading
import time
import traceback
from dataclasses import dataclass, replace

from zftpd.messages import message
from zftpd.net.control import Control
from zftpd.net.wake import Stop, wait
from zftpd.params.settings import Settings
from zftpd.protocol.addresses import plain_host
from zftpd.protocol.reply import Reply
from zftpd.protocol.wording import reply
from zftpd.server import ServerFacts
from zftpd.session import SecureState, Session
from zftpd.transcript import Transcript

BACKLOG = 512
MAX_SESSIONS = 4096
STOP_SECONDS = 5.0
#: Address space ids begin here, so that two sessions that hold data sets can be told apart.
FIRST_ASID = 0x40
#: A pause after the host refused a connection for want of descriptors.
EXHAUSTED_SECONDS = 0.1


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
        listener.setblocking(False)
    except OSError as error:
        listener.close()
        raise OSError(error.errno, f"cannot listen on {host} port {port}: {error.strerror}") from error
    return listener


@dataclass(frozen=True, slots=True)
class Running:
    """One session that runs: for displays and for the stop."""

    control: Control
    thread: threading.Thread


class Daemon:
    """Accepts connections in a thread of its own."""

    def __init__(self, facts: ServerFacts, listener: socket.socket, *, implicit: bool = False) -> None:
        """Serve what the facts describe on a listening socket."""
        self._facts = facts
        self._listener = listener
        self._implicit = implicit
        self._stop = Stop()
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._running: dict[int, Running] = {}
        self._thread = threading.Thread(target=self._accept, name="zftpd-accept", daemon=True)

    def start(self) -> None:
        """Begin to accept."""
        self._thread.start()

    @property
    def sessions(self) -> list[Session]:
        """The sessions that run, in the order they came."""
        with self._lock:
            return [running.control.session for running in self._running.values()]

    @property
    def facts(self) -> ServerFacts:
        """What the next session begins with."""
        return self._facts

    def use(self, settings: Settings) -> None:
        """Begin sessions with other settings from now on; those that run keep theirs."""
        self._facts = replace(self._facts, settings=settings)

    def stop(self) -> None:
        """Accept no more, tell every session, and wait for them to end."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)
        deadline = time.monotonic() + STOP_SECONDS
        for running in self._snapshot():
            running.thread.join(max(0.0, deadline - time.monotonic()))
        for running in self._snapshot():
            running.control.cut()
        for running in self._snapshot():
            running.thread.join(STOP_SECONDS)
        self._stop.close()

    def _snapshot(self) -> list[Running]:
        with self._lock:
            return list(self._running.values())

    def _accept(self) -> None:
        """Accept until the stop."""
        while True:
            ready = wait([self._listener.fileno(), self._stop.fileno()], None)
            if self._stop.fileno() in ready:
                return
            try:
                sock, _ = self._listener.accept()
            except OSError as error:
                if error.errno in {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS}:
                    time.sleep(EXHAUSTED_SECONDS)
                continue  # another worker was faster, or the client left again
            self._begin(sock)

    def _begin(self, sock: socket.socket) -> None:
        """Start a session on an accepted connection."""
        if len(self._running) >= MAX_SESSIONS:
            _refuse(sock, reply("unavailable"))
            return
        try:
            control = Control(sock, self._session(sock), self._stop)
        except OSError:
            sock.close()  # the client has left already
            return
        except Exception as error:  # the thread that accepts must live on, whatever one client meets
            told = "".join(traceback.format_exception(error)).rstrip()
            self._facts.console(message("session.ended", session=self._facts.jobname, traceback=told))
            sock.close()
            return
        number = control.session.number
        thread = threading.Thread(target=self._serve, args=(number, control), name=f"zftpd-{number}", daemon=True)
        with self._lock:
            self._running[number] = Running(control, thread)
        try:
            thread.start()
        except RuntimeError:  # no more threads
            with self._lock:
                del self._running[number]
            _refuse(sock, reply("unavailable"))

    def _session(self, sock: socket.socket) -> Session:
        """Return the state of a new session."""
        number = next(self._numbers)
        peer, local = sock.getpeername(), sock.getsockname()
        host = plain_host(peer[0])
        folder, now = self._facts.transcripts, self._facts.now()
        implicit = self._implicit or local[1] == self._facts.settings.tlsport
        return Session(
            self._facts,
            self._facts.settings,
            number,
            (host, peer[1]),
            (plain_host(local[0]), local[1]),
            ipv6=":" in host,
            started=now,
            asid=FIRST_ASID + number % 0x7000,
            secure=SecureState(implicit=implicit),
            transcript=Transcript(folder / f"{now:%Y%m%d-%H%M%S}-{os.getpid()}-{number:05d}.ftp") if folder else None,
        )

    def _serve(self, number: int, control: Control) -> None:
        session = control.session
        session.server.console(message("connected", session=session.id, client=session.client[0]))
        try:
            control.serve()
        finally:
            session.server.console(message("disconnected", session=session.id))
            with self._lock:
                self._running.pop(number, None)


def _refuse(sock: socket.socket, said: Reply) -> None:
    """Say one thing and close."""
    try:
        sock.settimeout(1.0)
        sock.sendall(said.wire())
    except OSError:
        pass
    sock.close()
