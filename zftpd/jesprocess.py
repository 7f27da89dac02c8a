"""JES in a process of its own, as it is an address space of its own: what jobs compute never keeps a session waiting.

Source: docs/decisions/0013-jes-in-its-own-process.md.
Not here: what initiators do (jes/initiator.py), who starts the process anew when it dies (net/succession.py).
Rules: forked before any thread exists. Both processes share the store and nothing else but the wake line and the pace of
submissions. When the server is gone the process dies on the spot, as its jobs would have with it: whoever opens the store next
finds them ACTIVE under a dead process and gives them back to the queue. When keeper and heir are gone the jobs run in threads of
the server, which cannot fork any more.
"""

from __future__ import annotations

import gc
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path

from jes.system import Jes
from jes.wakeline import WakeLine
from zftpd.jesconsole import JesConsole
from zftpd.net import workers
from zftpd.net.operatorsocket import OperatorSocket
from zftpd.net.succession import Succession, is_over


class JesProcess:
    """The initiators of a server, and its operator's way to them."""

    def __init__(self, jes: Jes, console: JesConsole, operator: Path | None) -> None:
        """Start nothing yet. operator: the folder of control sockets, None for none."""
        self._jes, self._console, self._operator = jes, console, operator
        self._line = WakeLine()
        self._succession: Succession | None = None
        self._is_here = False
        self._ending = threading.Event()
        self._watch: threading.Thread | None = None

    def start(self, listener: socket.socket, died: Callable[[int, int], None], lost: Callable[[], None]) -> None:
        """Fork it, without a hold of the listener. `died` is told of a process that is started anew, `lost` of the last one."""

        def prepare() -> None:
            listener.close()  # or the port would be taken for as long as a process of a killed server lives
            self._line.give_up_bell()

        self._succession = Succession(self._run, died, lambda: not is_over(self._line.fileno()))
        self._succession.start(prepare)
        self._jes.initiators.on_wake = self._line.ring
        self._jes.leave_unread()
        self._watch = threading.Thread(target=self._look_after, args=(lost,), name="zftpd-jes-keeper", daemon=True)
        self._watch.start()

    def command(self, text: str) -> list[str]:
        """Answer an operator's command where JES has come into this process; nothing while the other one answers."""
        return self._console.run(text) if self._is_here else []

    def _look_after(self, lost: Callable[[], None]) -> None:
        """Take JES into this process when nobody is left who could start one beside it."""
        assert self._succession is not None
        while not self._ending.wait(workers.LOOK_SECONDS):
            if not self._succession.keeper():
                self._jes.initiators.on_wake = lambda: None
                lost()
                self._jes.start()
                self._is_here = True
                return

    def stop(self) -> None:
        """End it; executing jobs are cancelled."""
        self._ending.set()
        if self._watch is not None:
            self._watch.join()
        if self._is_here:
            self._jes.stop()
        if self._succession is not None:
            self._succession.end(workers.KEEPER_SECONDS)
        self._line.close()

    def _run(self) -> None:
        """Be the process until SIGTERM."""
        gc.freeze()  # neither is what the server made copied by looking through it, nor looked through again
        initiators = self._jes.initiators
        self._line.listen(initiators.rung, lost=lambda: os._exit(1))
        answering = OperatorSocket(self._operator, self._console.run) if self._operator is not None else None
        if answering is not None:
            answering.start()
        self._jes.start()
        if not workers.wait_for_end():
            os._exit(1)
        if answering is not None:
            answering.stop()
        self._jes.stop()
