"""Writes SMF records to a data set and to a host file, after a transfer, a delete, a rename, or a refused login.

Source: zos-ftp-server.md 6.8, 8.2; jes-and-jcl.md 2.7 (FTPSMFEX sees type 118 only, and only with SMFEXIT TRUE).
Not here: which records are wanted (facts.py), their bytes (records.py).
Rules: nothing here raises and nothing changes a transfer's outcome; what cannot be written is told to the console. The data
set is RECFM=VBS, its records without the RDW, which is its own; the file holds records with their RDW, back to back. A data set
that is full gets the time behind its name, as an installation's dump data sets have it: SYS1.SMFDATA.D26333.T170500.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mvsfs.access import Requester
from mvsfs.errors import DatasetExists, DatasetInUse, DatasetNotFound, MvsError
from mvsfs.info import Allocation, Target
from mvsfs.sentences import sentence
from zftpd.exits.points import FTPSMFEX, SessionArea
from zftpd.messages import message
from zftpd.params.ftpdata import write
from zftpd.params.sets import SmfWanted
from zftpd.params.settings import Settings
from zftpd.smf import records
from zftpd.smf.facts import EVENTS, LOGIN, LoginFailure, SmfFacts, login_failure, of_session, wanted, wanted_for

if TYPE_CHECKING:
    from mvsfs.system import Mvs
    from zftpd.exits.call import Exits
    from zftpd.session import Session

DSNAME = "SYS1.SMFDATA"
ALLOCATION = Allocation(recfm="VBS", lrecl=32760, blksize=27998, space_unit="CYLINDER", primary=50, secondary=50)
RDW_BYTES = 4
#: To append is to copy what is there (contents are written once): a data set of this size is renamed, and a new one begun.
SWITCH_BYTES = 1048576
#: Records that may wait while another session writes; older ones are given up then.
MAX_WAITING = 10000
WAIT_SECONDS = 2.0


class SmfWriter:
    """The SMF writer of one server. Safe to use from many sessions at once."""

    def __init__(
        self,
        mvs: Mvs,
        operator: Requester,
        writer: records.Writer,
        exits: Exits,
        *,
        console: Callable[[str], None],
        now: Callable[[], datetime],
        dsname: str = DSNAME,
        file: Path | None = None,
        wait_seconds: float = WAIT_SECONDS,
        switch_bytes: int = SWITCH_BYTES,
    ) -> None:
        """Write to `dsname`, which is made when it is not there, and to `file` when one is given."""
        self._mvs, self._operator, self._writer, self._exits = mvs, operator, writer, exits
        self._console, self._target, self._file = console, Target(dsname), file
        self._wait_seconds, self._switch_bytes = wait_seconds, switch_bytes
        self._now = now
        self._waiting: deque[bytes] = deque(maxlen=MAX_WAITING)
        self._writing = threading.Lock()

    def transfer(self, session: Session) -> None:
        """Write what the settings ask for after a session's transfer."""
        asked = wanted_for(session.settings, session.transfer.verb, session.transfer.filetype)
        if asked != SmfWanted():
            self.record_transfer(of_session(session), asked, session.settings, session.area)

    def configuration(self, settings: Settings) -> None:
        """Write the configuration that the daemon started with, where SMFDCFG asks for it."""
        asked = settings.smfdcfg
        if asked is not None and asked.type119:
            self._put([records.daemon_119(self._writer, self._now(), write(settings))], "daemon")

    def login_failed(self, session: Session, error: Exception) -> None:
        """Write what the settings ask for after a refused login."""
        asked = wanted(session.settings, *LOGIN)
        if asked == SmfWanted():
            return
        facts: LoginFailure = login_failure(session, error)
        made = [records.login_119(self._writer, facts)] if asked.type119 else []
        if asked.subtype118 is not None:
            self._old(records.login_118(self._writer, facts, asked.subtype118 or LOGIN[1]), made, session.settings, session.area)
        self._put(made, session.area.identifier)

    def record_transfer(self, facts: SmfFacts, asked: SmfWanted, settings: Settings, area: SessionArea) -> None:
        """Write the records of one transfer."""
        made = [records.transfer_119(self._writer, facts)] if asked.type119 else []
        if asked.subtype118 is not None:
            subtype = asked.subtype118 or EVENTS[facts.verb][2]
            self._old(records.transfer_118(self._writer, facts, subtype), made, settings, area)
        self._put(made, area.identifier)

    def _old(self, record: bytes, made: list[bytes], settings: Settings, area: SessionArea) -> None:
        """Add a type 118 record unless FTPSMFEX rejects it."""
        if not settings.smfexit or self._exits.call(FTPSMFEX(record, area)).accepted:
            made.insert(0, record)

    def _put(self, made: list[bytes], session: str) -> None:
        """Write the records now, or leave them to the session that is writing."""
        self._waiting.extend(made)
        while self._waiting and self._writing.acquire(blocking=False):
            try:
                taken = [self._waiting.popleft() for _ in range(len(self._waiting))]
                self._to_file(taken, session)
                if not self._to_dataset(taken, session):
                    return
            finally:
                self._writing.release()

    def _to_file(self, taken: list[bytes], session: str) -> None:
        if self._file is None:
            return
        try:
            with self._file.open("ab") as out:
                out.write(b"".join(taken))
        except OSError as error:
            self._console(message("smf.failed", session=session, reason=error.strerror))

    def _to_dataset(self, taken: list[bytes], session: str) -> bool:
        """Append to the data set. A failure is told and the records are given up: SMF never holds up the server."""
        try:
            with self._mvs.open_output(
                self._target, self._operator, append=True, allocation=ALLOCATION, wait_seconds=self._wait_seconds
            ) as out:
                out.write_records(record[RDW_BYTES:] for record in taken)
            if out.size >= self._switch_bytes:
                self._switch()
        except (MvsError, OSError) as error:
            self._console(message("smf.failed", session=session, reason=sentence(error)))
            return False
        return True

    def _switch(self) -> None:
        """Put the data set aside; while it is read, or in the second of the last switch, it goes on growing."""
        aside = Target(f"{self._target.dsname}.{self._now():D%y%j.T%H%M%S}")
        try:
            self._mvs.rename(self._target, aside, self._operator)
        except (DatasetInUse, DatasetExists, DatasetNotFound):
            return
