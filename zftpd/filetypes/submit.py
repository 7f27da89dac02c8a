"""Submitting: what a client sends or a data set holds goes to an internal reader, record by record past FTCHKJES.

Source: jes-and-jcl.md 1.2, 1.7 (put-get), 2.4.
Rules: the reader collects and JES knows no job before the end; a refusal at any record leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from types import TracebackType

from jes.intrdr import InternalReader
from mvsfs.dcb import Dcb, Dsorg, Recfm
from mvsfs.info import Target
from zftpd.errors import ExitRefused
from zftpd.exits.points import Verdict
from zftpd.filetypes.contract import at_once
from zftpd.naming import UnixTarget
from zftpd.params.settings import Settings
from zftpd.protocol.reply import Reply
from zftpd.protocol.wording import lines, reply
from zftpd.rooted import unix_of
from zftpd.session import Session
from zftpd.transfer.inbound import inbound_records

BLANK = b"\x40"
NEWLINE = b"\x15"
#: What the reply names when the internal reader returned no job id (ftp250-14).
UNKNOWN_JOBID = "*UNKNOWN*"


def reader_lrecl(settings: Settings) -> int:
    """Return the record length of the internal reader: JESLRECL, or the session's LRECL for `*`."""
    wanted = settings.lrecl if settings.jeslrecl == "*" else settings.jeslrecl
    return wanted if isinstance(wanted, int) and 1 <= wanted <= 254 else 80


def _is_variable(settings: Settings) -> bool:
    """Tell whether the internal reader takes variable records: JESRECFM V, or `*` and a session RECFM of V."""
    wanted = (settings.recfm or "F") if settings.jesrecfm == "*" else settings.jesrecfm
    return wanted.upper().startswith("V")


@cache
def _opening(lrecl: int, *, variable: bool) -> Reply:
    """Return what is said before a job is sent."""
    return reply("jes.stor.start.variable" if variable else "jes.stor.start", lrecl=lrecl)


@cache
def _dcb(lrecl: int, *, variable: bool) -> Dcb:
    """Return what the records of the internal reader are like."""
    return Dcb(Recfm("V"), lrecl + 4, lrecl + 8, Dsorg.PS) if variable else Dcb(Recfm("F"), lrecl, lrecl, Dsorg.PS)


class Submission:
    """An internal reader as a place to store into."""

    connect = staticmethod(at_once)

    def __init__(self, session: Session, intrdr: InternalReader, lrecl: int, variable: bool) -> None:
        """Feed an open internal reader."""
        self.jobids: list[str] = []
        self._session = session
        self._intrdr = intrdr
        self._lrecl, self._variable = lrecl, variable
        self.opening: Reply = _opening(lrecl, variable=variable)

    def receive(self, chunks: Iterator[bytes]) -> Iterable[Reply]:
        """Feed what the client sends. A job has no checkpoints: nothing is replied meanwhile."""
        session, lrecl = self._session, self._lrecl
        dcb = _dcb(lrecl, variable=self._variable)
        session.server.saf.snapshot()  # RACF will be asked when the job is whole: what it reads is at hand by then

        def counted() -> Iterator[bytes]:
            for chunk in chunks:
                session.transfer.bytes += len(chunk)
                yield chunk

        self.put(inbound_records(counted(), dcb, session.options, session.wire))
        return ()

    def put(self, records: Iterable[bytes]) -> None:
        """Feed records, each past FTCHKJES. Raises ExitRefused."""
        session = self._session
        recfm = "V" if self._variable else "F"
        screen = session.server.exits.screen(session.userid, self._lrecl, recfm, session.number, session.area)
        for record in records:
            session.transfer.records += 1
            if screen is not None:
                _demand(screen.put(record))
            self._intrdr.put(record)
        if screen is not None:
            _demand(screen.end())

    def __enter__(self) -> Submission:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self._intrdr.discard()  # of what was submitted there is nothing left

    def commit(self) -> None:
        """Hand the jobs to JES."""
        self.jobids = list(self._intrdr.close())
        self._session.transfer.jobid = self.jobids[-1] if self.jobids else ""

    def closing(self) -> Reply:
        """Tell the id of the last job; where no JOB statement made one, that it is not known."""
        jobid = self.jobids[-1] if self.jobids else UNKNOWN_JOBID
        return reply("transfer.done").after(*lines("jes.known", jobid=jobid))


def _demand(verdict: Verdict) -> None:
    """Raise ExitRefused when FTCHKJES rejects."""
    if not verdict.accepted:
        raise ExitRefused("FTCHKJES", "jes.exit", tuple(verdict.text.splitlines()))


def reader(session: Session) -> Submission:
    """Open an internal reader; the jobs are submitted only when a `with` on it ends in peace."""
    settings = session.settings
    lrecl, variable = reader_lrecl(settings), _is_variable(settings)
    intrdr = session.server.jes.internal_reader(session.acee, lrecl=lrecl, recfm="V" if variable else "F")
    return Submission(session, intrdr, lrecl, variable)


def stored(session: Session, target: Target | UnixTarget) -> list[str]:
    """Submit what a data set, member or file holds and return the job ids (RETR under FILETYPE=JES)."""
    mvs = session.server.mvs
    with reader(session) as submission:
        if isinstance(target, UnixTarget):
            with unix_of(session).open_input(target.path, session.who) as file:
                content = b"".join(file.chunks()).removesuffix(NEWLINE)
            submission.put(_fitted(content.split(NEWLINE), reader_lrecl(session.settings)))
        else:
            with mvs.open_input(target, session.who) as dataset:
                submission.put(_fitted(dataset.records(), reader_lrecl(session.settings)))
    return submission.jobids


def _fitted(records: Iterable[bytes], lrecl: int) -> Iterator[bytes]:
    """Yield records padded or cut to the internal reader's length."""
    return (record[:lrecl].ljust(lrecl, BLANK) for record in records)
