"""Follows FTP.DATA and the files of exits: a change counts for the sessions that begin after it.

Source: watchdog's observer, as for seed folders.
Rules: a file that has become wrong changes nothing and is told; running sessions keep the settings they began with, exits are
exchanged for everybody at their next call. Several changes within SETTLE_SECONDS are one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

SETTLE_SECONDS = 0.2


class Reload:
    """Calls back when one of some files has changed."""

    def __init__(self, files: Iterable[Path], changed: Callable[[set[Path]], None]) -> None:
        """Watch the files' folders, since editors replace files instead of writing into them."""
        self._files = {path.resolve() for path in files}
        self._changed = changed
        self._seen: set[Path] = set()
        self._turn = threading.Lock()
        self._timer: threading.Timer | None = None
        self._observer = Observer()
        handler = _Handler(self._note)
        for folder in sorted({path.parent for path in self._files}):
            self._observer.schedule(handler, str(folder))

    def start(self) -> None:
        """Begin to watch."""
        self._observer.start()

    def stop(self) -> None:
        """Watch no more; a change that was not yet told is dropped."""
        with self._turn:
            timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join()

    def _note(self, path: Path) -> None:
        """Remember a change and tell of it when things have settled."""
        if path not in self._files:
            return
        with self._turn:
            self._seen.add(path)
            if self._timer is not None:
                self._timer.cancel()
            self._timer = threading.Timer(SETTLE_SECONDS, self._tell)
            self._timer.daemon = True
            self._timer.start()

    def _tell(self) -> None:
        with self._turn:
            seen, self._seen, self._timer = self._seen, set(), None
        if seen:
            self._changed(seen)


class _Handler(FileSystemEventHandler):
    """Hands on the paths of whatever was made, written or moved."""

    def __init__(self, note: Callable[[Path], None]) -> None:
        self._note = note

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note both ends of a move."""
        if event.event_type in {"opened", "closed_no_write"}:
            return
        for path in (event.src_path, getattr(event, "dest_path", "")):
            if path:
                self._note(Path(str(path)).resolve())
