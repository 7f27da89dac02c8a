"""Translate tables of the client's data connection that stand in data sets.

Source: [CR] "SBCS translation table hierarchy", SBDATACONN, SBTRANS; [UG] the TRANSLATE parameter; SYSFTSX for a job's own.
Rules: a qualifier means user.name.TCPXLBIN, then hlq.name.TCPXLBIN. What TRANSLATE names must be there; else SBDATACONN counts,
then SBTRANS, SYSFTSX, and the FTP and STANDARD tables of the user and of the installation.
Not here: the control connection, which is in ISO8859-1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from mvsfs.access import Requester
from mvsfs.codepages import FTP_STANDARD_TABLE, Sbcs
from mvsfs.codepages.xlbin import parse
from mvsfs.errors import MvsError
from mvsfs.sentences import sentence
from mvsfs.system import Mvs
from zftpd.client.codes import ClientError
from zftpd.client.errors import SubcommandFailed
from zftpd.client.texts import text
from zftpd.params.settings import Settings
from zftpd.xlate import HLQ, MAX_BYTES, read_tables

#: Tables that count when nothing names one, best first.
OWN = ("FTP", "STANDARD")


@dataclass(frozen=True)
class Finder:
    """Finds tables in a store. sysftsx: the records of the DD, if there is one; hlq: DATASETPREFIX of TCPIP.DATA."""

    mvs: Mvs
    who: Requester
    show: Callable[[str], None]
    translate: str = ""
    sysftsx: Callable[[], Iterable[bytes]] | None = None
    hlq: str = HLQ

    def __call__(self, settings: Settings) -> Sbcs | None:
        """Return the tables in force, None where code pages translate. Raises SubcommandFailed for TRANSLATE without tables."""
        if self.translate:
            return self._translate()
        pair = settings.sbdataconn
        if pair is not None:
            return self._read(pair[0]) if not pair[1] and pair[0] != FTP_STANDARD_TABLE else None
        if settings.sbtrans:
            return self._first(self._names(settings.sbtrans), wanted=settings.sbtrans)
        if self.sysftsx is not None:
            return self._of_dd(self.sysftsx)
        return self._first(name for table in OWN for name in self._names(table))

    def _translate(self) -> Sbcs:
        found = self._first(self._names(self.translate))
        if found is None:
            raise SubcommandFailed(ClientError.NOTFOUND, "no-tables", name=self.translate)
        self.show(text("tables-control", name=f"//'{found.host}'"))
        return found

    def _of_dd(self, records: Callable[[], Iterable[bytes]]) -> Sbcs | None:
        try:
            found = parse(islice(records(), MAX_BYTES), "SYSFTSX")
        except MvsError as error:
            self.show(text("no-tables", name=f"dd:SYSFTSX: {sentence(error)}"))
            return None
        self.show(text("tables-data", name="dd:SYSFTSX"))
        return found

    def _names(self, qualifier: str) -> Iterator[str]:
        yield f"{self.who.userid}.{qualifier.upper()}.TCPXLBIN"
        yield f"{self.hlq}.{qualifier.upper()}.TCPXLBIN"

    def _first(self, names: Iterable[str], wanted: str = "") -> Sbcs | None:
        name = next((name for name in names if self._exists(name)), "")
        if not name and wanted:
            self.show(text("no-tables", name=wanted))
        return self._read(name) if name else None

    def _exists(self, name: str) -> bool:
        try:
            return self.mvs.exists(name)
        except MvsError:
            return False

    def _read(self, name: str) -> Sbcs | None:
        try:
            found = read_tables(self.mvs, name, self.who)
        except MvsError as error:
            self.show(text("no-tables", name=f"{name}: {sentence(error)}"))
            return None
        shown = name if name.startswith("/") else f"//'{name.strip(chr(39))}'"
        self.show(text("tables-data", name=shown))
        return found
