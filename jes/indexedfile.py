"""A KSDS as an INDEXED file of GnuCOBOL, for a host command that opens one: made before it runs, taken back when it has ended.

Source: GnuCOBOL Programmer's Guide (ORGANIZATION INDEXED; COB_VARSEQ_FORMAT=0: two bytes of length and two zeros before each
record). The form of an INDEXED file is the business of the library that GnuCOBOL was built with: a program that `cobc` compiles
converts. Rules: records are text in ISO 8859-1, as in the form `fixed`. Alternate indexes of the cluster are alternate keys. A
data set that was never loaded is no file: OPEN INPUT gets status 35.
"""

from __future__ import annotations

import os
import struct
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jes.errors import Abend
from jes.hosttext import to_host, to_text
from jes.stepcontext import OpenDd, StepContext
from mvsfs.datasets.vsam.facts import KEYED, ClusterInfo

_HEAD = struct.Struct(">HH")
_TOLD = 5
_SECONDS = 120
_PROGRAM = """\
       IDENTIFICATION DIVISION.
       PROGRAM-ID. CONVERT.
       ENVIRONMENT DIVISION.
       INPUT-OUTPUT SECTION.
       FILE-CONTROL.
           SELECT PLAIN ASSIGN TO "PLAIN"
               ORGANIZATION SEQUENTIAL.
           SELECT KEYED ASSIGN TO "KEYED"
               ORGANIZATION INDEXED ACCESS SEQUENTIAL
               RECORD KEY KEY-0{alternates}.
       DATA DIVISION.
       FILE SECTION.
       FD  PLAIN RECORD VARYING FROM 1 TO {maximum} DEPENDING ON LEN.
       01  PLAIN-RECORD PIC X({maximum}).
       FD  KEYED RECORD VARYING FROM {least} TO {maximum}
               DEPENDING ON LEN.
       01  KEYED-RECORD PIC X({maximum}).
{areas}
       WORKING-STORAGE SECTION.
       01  LEN PIC 9(5) COMP-5.
       01  WAY PIC X(6).
       01  ENDED PIC X VALUE "N".
       PROCEDURE DIVISION.
           ACCEPT WAY FROM ENVIRONMENT "WAY"
           IF WAY = "LOAD"
               OPEN INPUT PLAIN OUTPUT KEYED
               PERFORM UNTIL ENDED = "Y"
                   READ PLAIN AT END MOVE "Y" TO ENDED
                   NOT AT END WRITE KEYED-RECORD FROM PLAIN-RECORD
                   END-READ
               END-PERFORM
           ELSE
               OPEN INPUT KEYED OUTPUT PLAIN
               PERFORM UNTIL ENDED = "Y"
                   READ KEYED NEXT AT END MOVE "Y" TO ENDED
                   NOT AT END WRITE PLAIN-RECORD FROM KEYED-RECORD
                   END-READ
               END-PERFORM
           END-IF
           CLOSE PLAIN KEYED
           STOP RUN.
"""


@dataclass(frozen=True, slots=True)
class _Key:
    """A key of the file: offset and length, and whether several records may have it."""

    offset: int
    length: int
    repeats: bool = False


class Converter:
    """The converting program of one step; compiled when the first file needs it."""

    def __init__(self, step: StepContext, folder: Path) -> None:
        """Work in a private folder of the step."""
        self._step = step
        self._folder = folder / ".convert"
        self._spilled: dict[Path, list[bytes]] = {}

    def spill(self, path: Path, dd: OpenDd) -> None:
        """Make the file. Raises Abend U4038 where there is no compiler for INDEXED files, 013 for what is no KSDS."""
        facts = self._facts(dd)
        records = self._spilled[path] = list(dd.records())
        if records:
            lines = (to_text(record).encode("latin-1") for record in records)
            self._folder.mkdir(exist_ok=True)
            self._plain.write_bytes(b"".join(_HEAD.pack(len(line), 0) + line for line in lines))
            self._run(path, facts, "LOAD")

    def collect(self, path: Path, dd: OpenDd) -> list[bytes] | None:
        """Return the records of the file, None when they are what they were."""
        if not path.exists():
            return None
        self._folder.mkdir(exist_ok=True)
        self._run(path, self._facts(dd), "UNLOAD")
        records = [to_host(record.decode("latin-1")) for record in _records(self._plain.read_bytes())]
        return records if records != sorted(self._spilled[path]) and records != self._spilled[path] else None

    @property
    def _plain(self) -> Path:
        return self._folder / "plain"

    def _facts(self, dd: OpenDd) -> ClusterInfo:
        facts: ClusterInfo | None = self._step.mvs.cluster(dd.dsname) if dd.info is not None and dd.kind == "DATASET" else None
        if facts is None or facts.organisation != KEYED or facts.base:
            raise self._failed(f"DD {dd.ddname} is no KSDS")
        return facts

    def _keys(self, facts: ClusterInfo) -> list[_Key]:
        found = [_Key(facts.keyoff, facts.keylen)]
        for entry in self._step.mvs.dependents(facts.dsname):
            if entry.dsntype == "AIX":
                index = self._step.mvs.cluster(entry.dsname)
                found.append(_Key(index.keyoff, index.keylen, repeats=not index.unique))
        return found

    def _run(self, path: Path, facts: ClusterInfo, way: str) -> None:
        program = self._compiled(_source(facts.maximum, self._keys(facts)))
        environment = os.environ | {"DD_PLAIN": str(self._plain), "DD_KEYED": str(path), "WAY": way, "COB_VARSEQ_FORMAT": "0"}
        self._call([str(program)], environment)

    def _compiled(self, source: str) -> Path:
        text, program = self._folder / "convert.cob", self._folder / "convert"
        if not text.exists() or text.read_text() != source:
            text.write_text(source)
            self._call([*self._step.options.get("cobc", ["cobc"]), "-x", "-o", str(program), str(text)], dict(os.environ))
        return program

    def _call(self, words: Iterable[str], environment: dict[str, str]) -> None:
        command = list(words)
        try:
            done = subprocess.run(
                command, cwd=self._folder, env=environment, capture_output=True, text=True, errors="replace", check=False,
                timeout=_SECONDS, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            raise self._failed(str(error)) from error
        if done.returncode:
            raise self._failed(*(done.stdout + done.stderr).splitlines()[:_TOLD])

    def _failed(self, *reasons: str) -> Abend:
        for reason in reasons:
            self._step.write_joblog(f"+{reason[:120]}")
        facts: dict[str, object] = {"program": self._step.program, "error": "no INDEXED file"}
        return Abend("U4038", 1, (("cee3250c", facts),))


def _records(data: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(data):
        length, _ = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        yield data[at : at + length]
        at += length


def _source(maximum: int, keys: list[_Key]) -> str:
    """Return the converting program for records of these keys."""
    alternates = "".join(
        f"\n               ALTERNATE RECORD KEY KEY-{number}{' WITH DUPLICATES' if key.repeats else ''}"
        for number, key in enumerate(keys[1:], 1)
    )
    areas = "\n".join(_area(number, key) for number, key in enumerate(keys))
    least = max(key.offset + key.length for key in keys)
    return _PROGRAM.format(alternates=alternates, maximum=maximum, areas=areas, least=least)


def _area(number: int, key: _Key) -> str:
    before = f"           05  FILLER PIC X({key.offset}).\n" if key.offset else ""
    return f"       01  AREA-{number}.\n{before}           05  KEY-{number} PIC X({key.length})."
