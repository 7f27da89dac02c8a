"""What becomes of output at the end of a job: classes, OUTDISP, held or not, purged or kept. Pure.

Source: jes-and-jcl.md 3.1 (OUTCLASS, OUTDISP).
Rules: there is no printer: WRITE and KEEP output waits in OUTPUT like held output does, but is not `held`. With interface
level 1 only held output can be fetched.
"""

from __future__ import annotations

from jes.config import JesConfig

#: Dispositions under which output is held.
_HELD = frozenset({"HOLD", "LEAVE"})


def disposition(config: JesConfig, output_class: str, *, abnormal: bool, outdisp: str = "") -> str:
    """Return WRITE HOLD KEEP LEAVE or PURGE for a class at the end of the job.

    outdisp: (normal,abnormal) of an OUTPUT statement, which comes before the class's own.
    """
    definition = config.out_class(output_class)
    normal, failed = definition.normal, definition.abnormal
    if outdisp:
        parts = [part.strip() for part in outdisp.strip("()").split(",")]
        normal = parts[0] or normal
        failed = parts[1] if len(parts) > 1 and parts[1] else (parts[0] or failed)
    return failed if abnormal else normal


def is_held(disposition_name: str, hold: bool = False) -> bool:
    """Tell whether output under a disposition is held; HOLD=YES on the DD holds it whatever the class says."""
    return hold or disposition_name in _HELD
