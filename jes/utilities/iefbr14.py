"""IEFBR14: branches back. What a step with it does is done by the dispositions of its DDs.

Source: jes-and-jcl reference 5.2.
"""

from __future__ import annotations

from jes.stepcontext import Program, StepContext


def run(_step: StepContext) -> int:
    """Return 0."""
    return 0


PROGRAM = Program("IEFBR14", run)
