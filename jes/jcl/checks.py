"""What can only be said when the whole job is known, and words that are statements of other kinds.

Source: [JCLREF] OUTPUT, RESTART, "JCL command statement". Rules: pure; faults are messages, nothing is raised.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jes.jcl.conditions import referred
from jes.jcl.model import JobOperands, Message, OutputStatement, Step
from jes.jcl.operands import one_of

#: Operations of the JCL command statement [JCLREF "JCL command statement"]; it has no name.
COMMANDS = one_of(
    "ACTIVATE CANCEL C CHNGDUMP CONTROL K CONFIG CF DISPLAY D DUMP FORCE HALT Z HOLD H LOG L MODE MODIFY F MONITOR MN MOUNT M "
    "RELEASE A REPLY R RESET E SEND SE SET T START S STOP P STOPMN PM SWAP G SWITCH I UNLOAD U VARY V WRITELOG W"
)


def unknown_names(job: JobOperands, steps: Sequence[Step], outputs: Iterable[OutputStatement]) -> Iterator[Message]:
    """Yield a message for each OUTPUT statement, PARMDD= DD, RESTART= step and step of COND= that the job does not have.

    That PARMDD= must name a DD of its step is [JCLREF PARMDD]; which message tells so is assumed.
    """
    for at, step in enumerate(steps):
        if any(test.step and referred(test, step, steps[:at]) is None for test in step.cond.tests):
            yield Message(step.statement, "IEF645I", ("COND",))
        if step.parmdd and all(dd.ddname != step.parmdd for dd in step.dds):
            yield Message(step.statement, "IEF645I", ("PARMDD",))
    names = {statement.name for statement in outputs}
    for dd in (dd for step in steps for dd in step.dds if dd.sysout is not None):
        for reference in dd.sysout.outputs if dd.sysout else ():
            if reference.rpartition(".")[2] not in names:
                yield Message(dd.statement, "IEF645I", ("OUTPUT",))
    wanted, procstep = job.restart
    if wanted not in {"", "*"} and not any(step.name == wanted and procstep in {"", step.procstep} for step in steps):
        yield Message(1, "IEF661I")
