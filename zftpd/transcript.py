"""Keeps a session's dialogue as text, in the form of fixtures/dialogues, so that a session can become a test.

    C: what the client sent        S: what the server said        D: data, a line of text        X: data in hexadecimal

Rules: passwords are masked. What changes from run to run is written as the form's patterns: clock times and ports as {...}, a
job number as {job1}, by which later lines know it again. Of a long transfer the beginning is kept. A transcript that
cannot be written is given up; the session goes on.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from io import TextIOBase
from pathlib import Path
from typing import Any

from zftpd.effects import Effect, Handler, OpenData, Transmit
from zftpd.protocol.reply import Reply

#: Bytes of each transfer that are kept.
MAX_DATA = 64 * 1024
HEX_BYTES = 32
MASK = "********"
_CLOCK = re.compile(r"\d\d:\d\d:\d\d on \d{4}[-/]\d\d[-/]\d\d")
_PORTS = re.compile(r"^(227 .*\()[\d,]+(\).*)$|^(229 .*\(\|\|\|)\d+(\|\).*)$")
_SUBMITTED = re.compile(r"known to JES as ([A-Z]{1,3}\d{5,7})\b")


class Transcript:
    """The transcript of one session."""

    def __init__(self, path: Path) -> None:
        """Begin a file; the runner shall not sign on by itself, since the session does."""
        self._out: TextIOBase | None = None
        self._jobs: dict[str, str] = {}
        try:
            self._out = path.open("x", encoding="utf-8")
        except OSError:
            return
        self._line("% nologin")

    def client(self, verb: str, argument: str, *, secret: bool = False) -> None:
        """Write what the client sent."""
        shown = MASK if secret and argument else self._named(argument)
        self._line(f"C: {verb} {shown}".rstrip())

    def server(self, said: Reply) -> None:
        """Write a reply as it goes out."""
        for line in said.wire("utf-8").decode("utf-8").split("\r\n")[:-1]:
            for jobid in _SUBMITTED.findall(line):
                self._jobs.setdefault(jobid, f"{{job{len(self._jobs) + 1}}}")
            self._line("S: " + self._patterns(line))

    def data(self, kept: bytes, total: int) -> None:
        """Write the data of one transfer: lines of text when it is text, otherwise hexadecimal."""
        if _is_text(kept):
            for line in kept.decode("ascii").split("\r\n")[:-1]:
                self._line("D: " + self._named(line))
            if total > len(kept):
                self._line("D: ...")
            return
        for start in range(0, len(kept), HEX_BYTES):
            self._line("X: " + kept[start : start + HEX_BYTES].hex())
        if total > len(kept):
            self._line(f"# {total - len(kept)} more bytes")

    def close(self) -> None:
        """End the file."""
        out, self._out = self._out, None
        if out is not None:
            out.close()

    def _patterns(self, line: str) -> str:
        line = _CLOCK.sub("{...}", line)
        match = _PORTS.match(line)
        if match:
            line = f"{match[1] or match[3]}{{...}}{match[2] or match[4]}"
        return self._named(line)

    def _named(self, line: str) -> str:
        for jobid, name in self._jobs.items():
            line = line.replace(jobid, name)
        return line

    def _line(self, line: str) -> None:
        if self._out is None:
            return
        try:
            self._out.write(line.replace("\n", "\\n").replace("\r", "\\r") + "\n")
            self._out.flush()
        except OSError:
            self._out = None


def recorded(handler: Handler, transcript: Transcript) -> Handler:
    """Pass a handler's effects on and write down its replies and its data."""
    answer: Any = None
    error: BaseException | None = None
    try:
        while True:
            effect = handler.throw(error) if error is not None else handler.send(answer)
            answer, error = None, None
            try:
                answer = yield _tapped(effect, transcript)
            except Exception as failure:
                error = failure
                continue
            if isinstance(effect, OpenData) and answer is not None:
                answer = _tee(answer, transcript)
    except StopIteration:
        return
    finally:
        handler.close()


def _tapped(effect: Effect, transcript: Transcript) -> Effect:
    if isinstance(effect, Reply):
        transcript.server(effect)
    elif isinstance(effect, Transmit):
        return replace(effect, chunks=_tee(effect.chunks, transcript), fileno=None)
    return effect


def _tee(chunks: Iterable[bytes], transcript: Transcript) -> Generator[bytes, None, None]:
    """Pass chunks on and write down their beginning when they end."""
    kept, total = bytearray(), 0
    source: Iterator[bytes] = iter(chunks)
    try:
        for chunk in source:
            total += len(chunk)
            if len(kept) < MAX_DATA:
                kept += chunk[: MAX_DATA - len(kept)]
            yield chunk
    finally:
        closing = getattr(source, "close", None)
        if closing is not None:
            closing()
        if total > len(kept):  # end with a whole line, so that text stays text
            del kept[kept.rfind(b"\r\n") + 2 or len(kept) :]
        transcript.data(bytes(kept), total)


def _is_text(data: bytes) -> bool:
    """Tell whether data are lines of printable ASCII that all end in CR LF."""
    if data and not data.endswith(b"\r\n"):
        return False
    bare = data.replace(b"\r\n", b"")
    return bare.isascii() and (not bare or bare.decode("ascii").isprintable())
