"""RACF commands in batch TSO: they go to the security side as they were typed.

Source: jes-and-jcl reference 5.8. Rules: RACDCERT reads and writes data sets under the job's user.
"""

from __future__ import annotations

from jes.hosttext import to_host
from jes.stepcontext import StepContext
from jes.utilities.tso.session import TsoSession
from mvsfs.info import Allocation, Target

COMMANDS = frozenset(
    """ADDUSER AU ALTUSER ALU DELUSER DU LISTUSER LU PASSWORD PW PHRASE ADDGROUP AG ALTGROUP ALG DELGROUP DG CONNECT CO REMOVE
    RE LISTGRP LG
    ADDSD AD ALTDSD ALD DELDSD DD LISTDSD LD RDEFINE RDEF RALTER RALT RDELETE RDEL RLIST RL PERMIT PE SETROPTS SETR SEARCH SR
    RACDCERT
    RVARY RACLINK RACMAP""".split()  # noqa: SIM905
)
_WIDTH = 84


class StepDatasets:
    """Data sets as RACDCERT reaches them."""

    def __init__(self, step: StepContext) -> None:
        """Act for the user of the step."""
        self._step = step

    def read(self, dsname: str) -> bytes:
        """Return the records one after the other."""
        return b"".join(record for record in self._step.mvs.records(Target(dsname), self._step.who))

    def write(self, dsname: str, contents: bytes, *, text: bool) -> None:
        """Create or replace a data set: text in lines as VB, binary in one record after the other."""
        mvs, who = self._step.mvs, self._step.who
        lines = [to_host(line) for line in contents.decode("latin-1").splitlines()] if text else []
        records = lines or [contents[at : at + 1024] for at in range(0, len(contents), 1024)]
        longest = max(map(len, records), default=80)
        shape = Allocation(recfm="VB", lrecl=max(longest + 4, _WIDTH), space_unit="TRACK", primary=5, secondary=5)
        with mvs.open_output(Target(dsname), who, allocation=shape) as writer:
            writer.write_records(records)


def run(text: str, session: TsoSession) -> int:
    """Carry out one RACF command."""
    result = session.step.saf.command(session.step.acee, text, StepDatasets(session.step))
    session.put(*result.lines)
    return int(result.rc)
