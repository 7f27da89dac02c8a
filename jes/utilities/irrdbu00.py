"""IRRDBU00: the security database as a flat file.

Source: [RACFMAC] "IRRDBU00 record types"; [RACFSPG] for DDs: INDDn the database, OUTDD the unload (VB 4096), SYSPRINT messages;
PARM NOLOCKINPUT, LOCKINPUT or UNLOCKINPUT.
Rules: the database is the system's own whatever INDD1 names, and is never locked. Who is neither SPECIAL nor AUDITOR may not read
it. The words on SYSPRINT are ours.
"""

from __future__ import annotations

from jes.hosttext import to_host
from jes.stepcontext import Program, StepContext
from jes.utilities.sysprint import Sysprint
from mvsfs.dcb import Dcb

_OUTPUT = Dcb.of("VB", 4096)
_PARMS = ("NOLOCKINPUT", "LOCKINPUT", "UNLOCKINPUT")
_REFUSED, _ERROR = 8, 12


def run(step: StepContext) -> int:
    """Write the unload to OUTDD and return 0; 8 for who may not read the database, 12 for PARM or DDs that are not right."""
    with Sysprint(step) as out:
        output = step.dd("OUTDD")
        if step.parm.strip().upper() not in _PARMS or output is None:
            out.put(" IRRDBU00 needs PARM=NOLOCKINPUT and a DD called OUTDD")
            return _ERROR
        if not (step.acee.special or step.acee.auditor):
            out.put(f" USER {step.userid} MAY NOT READ THE SECURITY DATABASE")
            return _REFUSED
        written = 0
        with output.writer(_OUTPUT) as sink:
            for line in step.saf.unload():
                sink.put(to_host(line))
                written += 1
        out.put(f" {written} RECORDS WRITTEN")
    return 0


PROGRAM = Program("IRRDBU00", run)
