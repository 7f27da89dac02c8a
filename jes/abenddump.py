"""The dump of an abending step on SYSUDUMP or SYSABEND, and on CEEDUMP: a heading and what is known, marked as a summary.

    SYSABEND SYSUDUMP   the last of them in the step gets the dump; SYSMDUMP among them is for a machine and stays empty
    CEEDUMP             what a program of an installation in Python raised (Language Environment ends it with U4038)

Source: [JCLREF] "SYSABEND, SYSMDUMP, and SYSUDUMP DD statements", [MVSDIAG] "ABEND dump". Its layout: lines of MVS dumps in
public repositories [seen: COMPLETION CODE, PSW AT ENTRY TO ABEND]; the heading and which codes have no SYSUDUMP are assumed.
Not here: storage and control blocks, which there are none of. Rules: PSW and registers are those of the symptom dump.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

from jes.errors import Abend
from jes.hosttext import to_host
from jes.messages import lines
from jes.stepcontext import OpenDd
from mvsfs.dcb import Dcb
from mvsfs.errors import MvsError

_LOG = logging.getLogger(__name__)
_DUMPS = frozenset({"SYSABEND", "SYSUDUMP", "SYSMDUMP"})
#: Codes whose SYSUDUMP the traps of SYS1.SAMPLIB(IEASLP00) suppress (NOSYSU).
WITHOUT_SYSUDUMP = frozenset({"804", "806", "80A", "B37", "D37", "E37"})
_DUMP_DCB = Dcb.of("VBA", 125, 1632)
_CEEDUMP_DCB = Dcb.of("VBA", 137)


def write_dump(dds: Mapping[str, OpenDd], abend: Abend, symptoms: Mapping[str, object], moment: datetime, **names: str) -> None:
    """Write the dump of a step that has a DD for one. names: jobname, stepname, jobid and userid of the step."""
    wanted = [name for name in dds if name in _DUMPS][-1:]
    if wanted == ["SYSABEND"] or (wanted == ["SYSUDUMP"] and abend.system_code not in WITHOUT_SYSUDUMP):
        completion = f"USER = {abend.user_code:04d}" if abend.is_user else f"SYSTEM = {abend.system_code}"
        facts = {**symptoms, **names, "completion": completion, "reason": abend.reason}
        _put(dds[wanted[0]], lines("sysudump", day=f"{moment:%y%j}", at=f"{moment:%H%M%S}", **facts), _DUMP_DCB)
    raised = next((facts for key, facts in abend.messages if key == "cee3250c"), None)
    if raised is not None and "CEEDUMP" in dds:
        _put(
            dds["CEEDUMP"],
            lines("ceedump", day=f"{moment:%m/%d/%y}", at=f"{moment:%I:%M:%S %p}", **symptoms, **names, **raised),
            _CEEDUMP_DCB,
        )


def _put(dd: OpenDd, text: Sequence[str], dcb: Dcb) -> None:
    """Write lines that begin with their control character. A data set that takes none of it changes nothing about the abend."""
    try:
        with dd.writer(dcb) as sink:
            length = sink.dcb.lrecl - 4 if sink.dcb.lrecl else len(max(text, key=len))
            sink.put_many(to_host(line[:length]) for line in text)
    except (Abend, MvsError):
        _LOG.debug("no dump on %s", dd.ddname, exc_info=True)
