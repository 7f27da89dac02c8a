"""IRXJCL: a REXX exec as a step. There is no REXX interpreter here, and it says so in the words of one that cannot load the exec.

Source: jes-and-jcl reference 5.9. Rules: return code 20, as when the exec cannot be found; an installation may configure a
program
IRXJCL of its own, which then hides this one (jes/programs.py).
"""

from __future__ import annotations

from jes.stepcontext import Program, StepContext
from jes.utilities.sysprint import Sysprint
from mvsfs.dcb import Dcb

NOT_PROCESSED = 20


def run(step: StepContext) -> int:
    """Refuse the exec that PARM names."""
    name = step.parm.split(" ")[0].upper() or "?"
    with Sysprint(step, "SYSTSPRT", Dcb.of("VB", 255)) as output:
        output.put(
            f"IRX0110I The REXX exec {name} cannot be interpreted.", "IRX0406E REXX exec load file SYSEXEC cannot be processed."
        )
    return NOT_PROCESSED


PROGRAM = Program("IRXJCL", run)
