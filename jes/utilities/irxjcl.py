"""IRXJCL: a REXX exec as a step, by the interpreter that the installation configured; without one it refuses every exec.

Source: jes-and-jcl reference 5.9: PARM='name argument', the exec is a member of SYSEXEC. Not here: finding and running
(rexx.py).
Rules: the step's return code is the exec's; 20 when there is no interpreter or no such exec. An installation's own program
IRXJCL hides this one (jes/programs.py).
"""

from __future__ import annotations

from jes.hosttext import to_text
from jes.stepcontext import Program, StepContext
from jes.utilities import rexx
from jes.utilities.sysprint import Sysprint
from mvsfs.dcb import Dcb


def run(step: StepContext) -> int:
    """Run the exec that PARM names."""
    name, _, argument = step.parm.strip().partition(" ")
    name = name.upper().lstrip("%") or "?"
    with Sysprint(step, "SYSTSPRT", Dcb.of("VB", 255)) as output:
        lines = rexx.found(step, name)
        if lines is None:
            missing = not any(step.dd(library) is not None for library in rexx.LIBRARIES)
            output.say("tso.noload" if missing else "tso.notloaded", name=name)
            output.say("tso.noexec", name=name)
            return rexx.NOT_PROCESSED
        if not rexx.is_configured(step):
            output.say("tso.noexec", name=name)
            return rexx.NOT_PROCESSED
        dd = step.dd("SYSTSIN")
        given = tuple(to_text(record).rstrip() for record in dd.records()) if dd is not None else ()
        return rexx.run(step, rexx.Exec(name, lines, argument.strip(), given, output.put))


PROGRAM = Program("IRXJCL", run)
