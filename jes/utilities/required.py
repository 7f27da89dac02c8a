"""A DD that a utility cannot do without.

Source: [MVS IEC130I]; which DDs are needed is each utility's own.
"""

from __future__ import annotations

from jes.messages import text
from jes.stepcontext import OpenDd, StepContext


def required(step: StepContext, ddname: str) -> OpenDd | None:
    """Return the DD; OPEN of one that is missing tells IEC130I in the job log and leaves it None."""
    dd = step.dd(ddname)
    if dd is None:
        step.write_joblog(text("iec130i", ddname=ddname))
    return dd
