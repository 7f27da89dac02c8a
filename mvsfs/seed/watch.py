"""A seed folder followed while the system runs: edits become data sets a moment later.

Source: docs/decisions/0007-watchdog-for-fixture-folders.md.
Rules: events only say that something changed; the folder is then read anew as a whole, since editors write in several
steps. What left the folder is deleted, if the folder put it there; what somebody else made is left alone. A seed that
cannot be read or made is reported and tried again at the next change.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from mvsfs.access import Requester
from mvsfs.errors import DatasetNotFound, MemberNotFound, MvsError, UnixError
from mvsfs.info import Target
from mvsfs.seed.apply import apply
from mvsfs.seed.folder import read
from mvsfs.seed.model import Seed, SeedDataset
from mvsfs.seed.trusted import trusted
from mvsfs.sentences import sentence
from mvsfs.system import Mvs

#: How long a folder must be quiet before it is read again.
QUIET_SECONDS = 0.3
_CHANGES = frozenset({"created", "deleted", "modified", "moved"})


class Watch:
    """Follows one seed folder."""

    def __init__(self, mvs: Mvs, folder: Path, who: Requester, *, note: Callable[[str], None] = lambda _line: None) -> None:
        """Follow `folder`, whose present state has been loaded already; `note` is told what happens."""
        self._mvs, self._folder, self._who, self._note = mvs, folder, who, note
        self._before = read(folder)
        self._stamps = _stamps(folder)
        self._changed = threading.Event()
        self._stopping = False
        self._observer: Any = Observer()
        self._thread = threading.Thread(target=self._follow, name=f"seed {folder.name}", daemon=True)

    def start(self) -> None:
        """Begin to follow."""
        self._observer.schedule(_Listener(self._changed), str(self._folder), recursive=True)
        self._observer.start()
        self._thread.start()

    def stop(self) -> None:
        """Follow no longer; returns when a change in work is done."""
        self._stopping = True
        self._observer.stop()
        self._changed.set()
        self._observer.join()
        self._thread.join()

    def _follow(self) -> None:
        while True:
            self._changed.wait()
            while self._changed.is_set() and not self._stopping:
                self._changed.clear()
                self._changed.wait(QUIET_SECONDS)
            if self._stopping:
                return
            self.refresh()

    def refresh(self) -> None:
        """Bring the system to what the folder says now, where it differs from what it said before."""
        try:
            seed, stamps = read(self._folder), _stamps(self._folder)
            part = _differing(self._before, seed, self._stamps, stamps)
            self._delete_vanished(seed)
            apply(self._mvs, part, self._who)
        except MvsError as error:
            self._note(f"{self._folder.name}: {sentence(error)}")
            return
        except Exception as error:  # the thread must live on: a file may go while it is read, the database be busy
            self._note(f"{self._folder.name}: {error}")
            return
        self._before, self._stamps = seed, stamps
        if part.datasets or part.unix:
            self._note(f"{self._folder.name}: {', '.join([d.dsname for d in part.datasets] + [f.path for f in part.unix])}")

    def _delete_vanished(self, now: Seed) -> None:
        mvs = trusted(self._mvs)
        there = {dataset.dsname: dataset for dataset in now.datasets}
        for dataset in self._before.datasets:
            if dataset.dsname not in there:
                _delete(mvs, Target(dataset.dsname), self._who)
                continue
            for member in dataset.members:
                if member not in there[dataset.dsname].members:
                    _delete(mvs, Target(dataset.dsname, member), self._who)
        paths = {file.path for file in now.unix}
        for file in sorted(self._before.unix, key=lambda file: file.path, reverse=True):
            if file.path not in paths:
                try:
                    mvs.unix.remove(file.path, self._who)
                except UnixError as error:
                    if error.errno_name not in ("ENOENT", "ENOTEMPTY"):
                        raise


def _delete(mvs: Mvs, target: Target, who: Requester) -> None:
    try:
        mvs.delete(target, who)
    except (DatasetNotFound, MemberNotFound):
        pass  # somebody else was faster


def _stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the state of every file: what has the same size and time has not been edited."""
    states: dict[str, tuple[int, int]] = {}
    for path in folder.rglob("*"):
        try:
            state = path.lstat()
        except FileNotFoundError:
            continue  # an editor's own, gone already
        states[str(path)] = state.st_size, state.st_mtime_ns
    return states


def _differing(before: Seed, now: Seed, old: dict[str, tuple[int, int]], new: dict[str, tuple[int, int]]) -> Seed:
    """Return the part of a seed that files or manifest have changed."""
    touched = {name for name in new if old.get(name) != new[name]}
    rows = {dataset.dsname: dataset for dataset in before.datasets}
    datasets = [d for d in now.datasets if _sources(d) & touched or _facts(d) != _facts(rows.get(d.dsname))]
    files = {file.path: file for file in before.unix}
    unix = [f for f in now.unix if (f.content and f.content.source in touched) or _facts(f) != _facts(files.get(f.path))]
    return Seed(tuple(datasets), now.gdgs, now.aliases, tuple(unix))


def _sources(dataset: SeedDataset) -> set[str]:
    """Return the host files of a data set and its members."""
    contents = [dataset.content, *(member.content for member in dataset.members.values())]
    return {content.source for content in contents if content is not None}


def _facts(row: Any) -> Any:
    """Return what a row says apart from its contents, which are compared by their files."""
    if row is None:
        return None
    facts = {name: getattr(row, name) for name in row.__slots__ if name not in ("content", "members")}
    members = {name: (m.stats, m.alias_of, m.load) for name, m in row.members.items()} if hasattr(row, "members") else None
    return facts, members


class _Listener(FileSystemEventHandler):
    """Sets an event at every change."""

    def __init__(self, changed: threading.Event) -> None:
        self._changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Remember that something changed; opening and closing for reading is no change."""
        if event.event_type in _CHANGES:
            self._changed.set()
