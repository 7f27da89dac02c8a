"""An exit that is a program of its own: one line of JSON in, one line of JSON out, for every call.

The program is started at the first call and kept. It gets {"point": "FTCHKCMD", "userid": ..., ...} with the fields of
points.py and answers {"rc": 0} or {"rc": 8, "text": "why", "argument": "...", "jobs": ["//JCL ..."]}. Records are sent as
hexadecimal ("record") and, read as IBM-1047, as text ("card"). The session's scratchpad comes as hexadecimal; an answer that
holds "scratchpad" writes it from its beginning, for the session's next call.
Rules: calls go one after the other; a program that ends or answers no JSON has failed the call and is started anew.
"""

from __future__ import annotations

import json
import subprocess
import threading
from dataclasses import fields
from typing import Any

from mvsfs.codepages import table
from zftpd.exits.points import FTCHKJES, SCRATCHPAD_BYTES, Point, SessionArea, SocketAddress, Verdict


class ProgramFailed(Exception):
    """The program gave no usable answer."""


class Program:
    """A running program that judges one point."""

    def __init__(self, point: str, arguments: tuple[str, ...]) -> None:
        """Remember what to start; nothing is started yet."""
        self._point, self._arguments = point, arguments
        self._process: subprocess.Popen[str] | None = None
        self._turn = threading.Lock()

    def __call__(self, point: Point) -> Verdict:
        """Ask the program and return its verdict."""
        with self._turn:
            process = self._running()
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                process.stdin.write(json.dumps(facts_of(point)) + "\n")
                process.stdin.flush()
                line = process.stdout.readline()
            except OSError as error:
                self.kill()
                raise ProgramFailed(str(error)) from error
            if not line:
                self.kill()
                raise ProgramFailed("the program ended without an answer")
        return _verdict(line, point.session)

    def kill(self) -> None:
        """End the program; the next call starts it anew."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # what was not yet written cannot be any more
                    pass

    def _running(self) -> subprocess.Popen[str]:
        """Return the process, started if need be. Raises OSError when it cannot be."""
        if self._process is None or self._process.poll() is not None:
            self.kill()
            self._process = subprocess.Popen(
                self._arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", bufsize=1
            )
        return self._process


def facts_of(point: Point) -> dict[str, Any]:
    """Return a point's fields as JSON values."""
    facts: dict[str, Any] = {"point": type(point).__name__}
    for each in fields(point):
        value = getattr(point, each.name)
        if isinstance(value, SessionArea):
            facts["session"] = value.identifier
            facts["client"], facts["server"] = _address(value.client), _address(value.server)
            facts["scratchpad"] = value.scratchpad.hex()
        else:
            facts[each.name] = value.hex() if isinstance(value, bytes) else value
    if isinstance(point, FTCHKJES):
        facts["card"] = point.record.translate(table("IBM-1047").to_net).decode("latin-1")
    return facts


def _address(address: SocketAddress) -> dict[str, Any]:
    return {"host": address.host, "port": address.port, "family": address.family}


def _verdict(line: str, session: SessionArea) -> Verdict:
    """Return the verdict of an answer, and keep what it writes into the scratchpad. Raises ProgramFailed."""
    try:
        answer = json.loads(line)
        kept = bytes.fromhex(answer["scratchpad"]) if isinstance(answer, dict) and "scratchpad" in answer else b""
    except (ValueError, TypeError) as error:
        raise ProgramFailed(f"answered no JSON: {line[:60]!r}") from error
    if not isinstance(answer, dict) or not isinstance(answer.get("rc", 0), int) or len(kept) > SCRATCHPAD_BYTES:
        raise ProgramFailed(f"answered {line[:60]!r}")
    session.scratchpad[: len(kept)] = kept
    return Verdict(answer.get("rc", 0), answer.get("text", ""), answer.get("argument"), tuple(answer.get("jobs", ())))
