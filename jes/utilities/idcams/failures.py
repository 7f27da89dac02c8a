"""Refusals of the data set side as IDCAMS messages.

Source: jes-and-jcl reference 5.4. Rules: one place for all verbs; returns the condition code.
"""

from __future__ import annotations

from jes.errors import Abend
from jes.utilities.idcams.session import Session
from mvsfs.errors import (
    DatasetExists,
    DatasetInUse,
    DatasetNotFound,
    GenerationNotFound,
    InvalidDsname,
    MemberNotFound,
    MvsError,
    NotAuthorized,
    NotExpired,
)


def report(session: Session, error: MvsError | Abend, name: str) -> int:
    """Write the messages of a refused catalog operation on `name`; return the condition code."""
    if isinstance(error, DatasetNotFound | GenerationNotFound | MemberNotFound):
        session.say("IDC3012I", name)
        session.say("IDC3009I", 8, "IGG0CLEG-42")
        return 8
    if isinstance(error, DatasetExists):
        session.say("IGD17101I", name)
        session.say("IGD17101I NOT")
        session.say("IGD17101I CODE")
        session.say("IGD17219I", name)
        session.say("IDC3013I")
        session.say("IDC3009I", 8, "IGG0CLEH-38")
        return 12
    if isinstance(error, NotAuthorized):
        session.say("IDC3018I")
        session.say("IDC3009I", 56, "IGG0CLFT-6")
        return 8
    if isinstance(error, DatasetInUse):
        session.say("IDC3028I", name)
        return 8
    if isinstance(error, NotExpired):
        session.say("IDC3014I")
        session.say("IDC3009I", 84, "IGG0CLEH-4")
        return 8
    if isinstance(error, InvalidDsname):
        session.say("IDC3203I", error.text)
        return 12
    session.say("IDC3014I")
    session.say("IDC3009I", 62, "IGG0CLEH-0")
    return 8


#: Abends that no open exit takes: no space, cancel, time, too much output. They end the step wherever they come.
NOT_OF_OPEN = frozenset({"B37", "D37", "E37", "222", "322", "722"})
#: VSAM OPEN return codes: a data set without records, REUSE of one that is not reusable [MSGS IDC3351I], anything else.
NO_RECORDS, NOT_REUSABLE, OTHER = 160, 232, 8


class OpenRefused(Exception):
    """A VSAM data set does not open; `code` is the return code of OPEN."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def open_failure(session: Session, name: str, error: MvsError | Abend | OpenRefused | None = None) -> int:
    """Write the messages of a data set that cannot be opened; return the condition code.

    A name that is not catalogued fails at its allocation, before OPEN. Raises an Abend that is not one of OPEN again.
    """
    if isinstance(error, Abend) and error.code in NOT_OF_OPEN:
        raise error
    if isinstance(error, DatasetNotFound | GenerationNotFound):
        session.say("IKJ56228I", name)
        session.say("IDC3300I", name)
        return 12
    session.say("IDC3300I", name)
    if isinstance(error, Abend):
        session.say("IDC3321I")
    else:
        session.say("IDC3351I", error.code if isinstance(error, OpenRefused) else OTHER)
    return 12
