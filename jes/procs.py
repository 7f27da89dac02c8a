"""Procedure libraries: where catalogued procedures and INCLUDE groups come from.

Rules: JCLLIB libraries first, in their order, then the system's. A library that the job's user may not read has no members;
the converter reads with the job's authority. A JCLLIB library that is not catalogued is for the converter to report.
"""

from __future__ import annotations

from collections.abc import Mapping

from jes.jcl.model import Procedure
from mvsfs.access import Requester
from mvsfs.errors import MvsError
from mvsfs.info import Target
from mvsfs.system import Mvs


class ProcLibraries:
    """The procedure libraries of one system."""

    def __init__(self, mvs: Mvs, system: tuple[str, ...], more: Mapping[str, tuple[str, ...]] | None = None) -> None:
        """Know the system's libraries (PROC00), in search order, and the concatenations that /*JOBPARM PROCLIB= may name."""
        self._mvs = mvs
        self._system = system
        self._more = more or {}

    def of(self, who: Requester, proclib: str = "") -> ProcSource:
        """Return the libraries as one job's converter sees them; a `proclib` that is not defined means PROC00."""
        return ProcSource(self._mvs, self._more.get(proclib, self._system), who, self._more)


class ProcSource:
    """Finds members for one job."""

    def __init__(self, mvs: Mvs, system: tuple[str, ...], who: Requester, more: Mapping[str, tuple[str, ...]]) -> None:
        """Read with the authority of `who`."""
        self._mvs = mvs
        self._system = system
        self._who = who
        self._more = more

    def missing(self, libraries: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of the libraries that are not catalogued."""
        return tuple(library for library in libraries if not self._exists(library))

    def _exists(self, library: str) -> bool:
        try:
            return self._mvs.exists(library)
        except MvsError:
            return False

    def find(self, member: str, libraries: tuple[str, ...], proclib: str = "") -> Procedure | None:
        """Return the first member of that name, or None."""
        for library in (*libraries, *self._more.get(proclib, self._system)):
            try:
                records = tuple(self._mvs.records(Target(library, member), self._who))
            except MvsError:
                continue
            return Procedure(member, records, library, library in libraries)
        return None
