"""Data sets as RACDCERT reads and writes them: certificates, requests and packages.

Source: [RACFCL RACDCERT] EXPORT and GENREQ delete and allocate the data set anew, RECFM=VB LRECL=84; ADD reads any sequential
data set.
Rules: this adapter gives saf what it asks for without saf knowing data sets. The user's own authority counts.
"""

from __future__ import annotations

from jes.hosttext import to_host
from mvsfs.access import Requester
from mvsfs.errors import DatasetNotFound
from mvsfs.info import Allocation, Target
from mvsfs.names import parse_target
from mvsfs.system import Mvs

_ALLOCATION = Allocation(recfm="VB", lrecl=84)
_RECORD = 80


class RacfDatasets:
    """Fulfils `saf.commands.run.DatasetAccess` for one user."""

    def __init__(self, mvs: Mvs, who: Requester) -> None:
        """Read and write as `who`."""
        self._mvs = mvs
        self._who = who

    def read(self, dsname: str) -> bytes:
        """Return the bytes of all records, one after the other. Raises MvsError."""
        return b"".join(self._mvs.records(parse_target(dsname), self._who))

    def write(self, dsname: str, contents: bytes, *, text: bool) -> None:
        """Put contents into a new data set of that name. Raises MvsError."""
        target = Target(dsname)
        try:
            self._mvs.delete(target, self._who)
        except DatasetNotFound:
            pass
        with self._mvs.open_output(target, self._who, allocation=_ALLOCATION) as writer:
            writer.write_records(_lines(contents) if text else _pieces(contents))


def _lines(contents: bytes) -> list[bytes]:
    return [to_host(line) for line in contents.decode("ascii").splitlines()]


def _pieces(contents: bytes) -> list[bytes]:
    return [contents[at : at + _RECORD] for at in range(0, len(contents), _RECORD)]
