"""Where console messages go: a stream, a log file, the system's syslog, a stream of JSON events.

Source: zos-ftp-server.md 8.1; [CR] FTPLOGGING.
Rules: words of the activity log (EZYFS) are shown only when FTPLOGGING says so (ANONYMOUSFTPLOGGING for anonymous users);
the JSON stream always has every event. A sink that fails is left out from then on and the others are told once.
"""

from __future__ import annotations

import json
import syslog
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TextIO

from zftpd.messages import Message, message

Sink = Callable[[str], None]
#: Priorities of syslog by the letter that ends a message number.
PRIORITY = {"I": syslog.LOG_INFO, "W": syslog.LOG_WARNING, "E": syslog.LOG_ERR}


class Console:
    """Sends each message to every sink. Safe to use from many sessions at once."""

    def __init__(self, words: tuple[Sink, ...] = (), events: tuple[Sink, ...] = ()) -> None:
        """Send words to `words` and every message to `events`."""
        self._words, self._events = list(words), list(events)
        self._turn = threading.Lock()
        #: Whether the activity log of an anonymous user, or of another, is shown in words; the server sets it once it can.
        self.shows: Callable[[bool], bool] = lambda _anonymous: False

    def __call__(self, text: str) -> None:
        """Send one message."""
        with self._turn:
            if not isinstance(text, Message) or not text.is_activity or self.shows(bool(text.facts.get("anonymous"))):
                self._send(self._words, text)
            self._send(self._events, text)

    def hears(self, anonymous: bool) -> bool:
        """Tell whether anything comes of a message of the activity log."""
        return bool(self._events) or self.shows(anonymous)

    def _send(self, sinks: list[Sink], text: str) -> None:
        for sink in list(sinks):
            if sink not in sinks:
                continue
            try:
                sink(text)
            except (OSError, ValueError) as error:
                sinks.remove(sink)
                told = message("log.failed", reason=error)
                # each of them may fail as well, and is then left out in its turn; there is one less every time
                self._send(self._words, told)
                self._send(self._events, told)


def to_stream(stream: TextIO) -> Sink:
    """Return a sink that prints words."""
    return lambda text: print(text, file=stream, flush=True)


def only_troubles(sink: Sink) -> Sink:
    """Return a sink that hands on warnings and errors and nothing else (--quiet)."""

    def write(text: str) -> None:
        if not (isinstance(text, Message) and text.number.endswith("I")):
            sink(text)

    return write


def to_file(path: Path, now: Callable[[], datetime], sysname: str, jobname: str) -> Sink:
    """Return a sink that appends lines in the form of syslogd. Raises OSError when the file cannot be opened."""
    path.open("a").close()

    def write(text: str) -> None:
        stamp = f"{now():%b %d %H:%M:%S} {sysname} {jobname.lower()}: "
        with path.open("a", encoding="utf-8") as out:
            out.writelines(f"{stamp}{line}\n" for line in text.splitlines())

    return write


def to_syslog(jobname: str) -> Sink:
    """Return a sink that writes to the system's syslog, facility daemon."""
    syslog.openlog(jobname.lower(), syslog.LOG_PID, syslog.LOG_DAEMON)

    def write(text: str) -> None:
        number = text.partition(" ")[0]
        for line in text.splitlines():
            syslog.syslog(PRIORITY.get(number[-1:], syslog.LOG_INFO), line)

    return write


def to_events(path: Path | None, now: Callable[[], datetime], stream: TextIO | None = None) -> Sink:
    """Return a sink that writes one JSON object a line, to a file or a stream."""

    def write(text: str) -> None:
        line = json.dumps(event(text, now()), default=str, ensure_ascii=False)
        if path is None:
            print(line, file=stream, flush=True)
        else:
            with path.open("a", encoding="utf-8") as out:
                out.write(line + "\n")

    if path is not None:
        path.open("a").close()
    return write


def event(text: str, when: datetime) -> dict[str, object]:
    """Return a message as a JSON object: when, which, its facts and its words."""
    if not isinstance(text, Message):
        return {"time": when.isoformat(), "event": "text", "message": text}
    return {"time": when.isoformat(), "event": text.key, "number": text.number, "facts": text.facts, "message": str(text)}
