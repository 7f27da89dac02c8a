"""ICEGENER: IEBGENER's work by way of the sort, when SYSIN asks for nothing; else IEBGENER itself.

Source: jes-and-jcl reference 5.3. Rules: without SYSUT1's record format, or with control statements, IEBGENER does it and its
messages follow.
"""

from __future__ import annotations

from jes.stepcontext import OpenDd, Program, StepContext
from jes.utilities import iebgener
from jes.utilities.dfsort import attributes
from jes.utilities.dfsort.control import SortSyntax, Statement
from jes.utilities.dfsort.records import is_variable, is_vsam
from jes.utilities.dfsort.run import Sort


def run(step: StepContext) -> int:
    """Copy SYSUT1 to SYSUT2."""
    sysin, source, target = step.dd("SYSIN"), step.dd("SYSUT1"), step.dd("SYSUT2")
    has_statements = sysin is not None and not sysin.is_dummy and any(record.strip(b"\x40") for record in sysin.records())
    if has_statements or source is None or target is None or not _fits(source, target):
        return iebgener.run(step)
    card = Statement("OPTION", [("", "COPY")], ["  OPTION COPY"])
    return Sort(step, [card], message_dd="SYSPRINT", input_dd="SYSUT1", output_dd="SYSUT2").run()


def _fits(source: OpenDd, target: OpenDd) -> bool:
    """Tell whether the sort can copy one to the other; what it cannot take, IEBGENER copies, reformats or refuses."""
    if is_vsam(source) or is_vsam(target):
        return True
    try:
        attributes.check_inputs([source])
        attributes.check_output(target.ddname, target.dcb, variable=is_variable(source.dcb))
    except SortSyntax:
        return False
    return True


PROGRAM = Program("ICEGENER", run, opens_vsam=True)
