"""The symptom dump of an abend: which abends have one, and its facts. What a processor would show (PSW, registers) is constant.

Source: a public job log with S806-04; SYS1.SAMPLIB(IEASLP00), whose traps suppress the dumps of the codes listed here.
"""

from __future__ import annotations

from datetime import datetime

from jes.errors import Abend
from jes.spool.joblog import clock

#: Codes of a job that is ended from outside: the system issues no dump of any kind.
WITHOUT = frozenset({"122", "222", "322", "522", "622"})
_HIGHEST = 99999


def symptoms(abend: Abend, moment: datetime, asid: int, number: int) -> dict[str, object] | None:
    """Return the facts of IEA995I for an abend, or None when it has no symptom dump.

    number: of how many abends of this system it is the last.
    `code` is register 1 as SVC 13 gets it: X'84', three digits of a system code and three of a user code.
    """
    if abend.system_code in WITHOUT:
        return None
    completion = f"SYSTEM COMPLETION CODE={abend.system_code}"
    if abend.is_user:
        completion = f"  USER COMPLETION CODE={abend.user_code:04d}"
    if abend.reason or not abend.is_user:
        completion += f"  REASON CODE={abend.reason:08X}"
    return {
        "completion": completion, "code": f"84{abend.system_code}{abend.user_code:03X}", "reason": abend.reason,
        "time": clock(moment), "sequence": number % _HIGHEST, "asid": asid,
    }  # fmt: skip
