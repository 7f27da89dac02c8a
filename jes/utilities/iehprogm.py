"""IEHPROGM: scratches, renames, catalogues and uncatalogues.

      SCRATCH DSNAME=x,VOL=3390=v[,MEMBER=m][,PURGE]    RENAME DSNAME=x,VOL=..,NEWNAME=y[,MEMBER=m]
      CATLG DSNAME=x,VOL=3390=v    UNCATLG DSNAME=x

Source: [UTIL IEHPROGM]; messages [MVS38 IEHPROG3]. Not here: BLDG and BLDX, whose entries IDCAMS makes now (IEH201I).
Rules: return code 0, 4 for a wrong PARM, 8 when a request was refused or cannot be read, 12 without SYSIN; other statements are
still done. CATLG does not look
at the volume. The catalog follows RENAME and SCRATCH, as for data sets that SMS manages.
"""

from __future__ import annotations

import re

from jes.stepcontext import Program, StepContext
from jes.utilities.idcams import entries
from jes.utilities.refusals import words
from jes.utilities.required import required
from jes.utilities.syscards import Statement, statements
from jes.utilities.sysprint import Sysprint
from mvsfs.errors import (
    DatasetExists,
    DatasetInUse,
    DatasetNotFound,
    InvalidDsname,
    MemberNotFound,
    MvsError,
    NotAuthorized,
    NotExpired,
)
from mvsfs.info import Target

WARNING, WRONG, FAILED = 4, 8, 12
_PARM = re.compile(r"LINECNT=\d{1,3}")
_KEYWORDS = frozenset({"DSNAME", "VOL", "MEMBER", "NEWNAME", "CVOL"})
#: Why a data set is not scratched or renamed [MVS38 IEHPROG3].
_REASONS: dict[type[MvsError], str] = {
    MemberNotFound: "DATA SET OR MEMBER NOT FOUND",
    DatasetNotFound: "DATA SET OR MEMBER NOT FOUND",
    DatasetExists: "THE SPECIFIED NEW NAME IS ALREADY PRESENT",
    NotExpired: "PURGE DATE HAS NOT EXPIRED",
    DatasetInUse: "DATA SET WAS OPEN",
    NotAuthorized: "INVALID AUTHORIZATION TO SECURITY PROFILE",
}


def run(step: StepContext) -> int:
    """Do the statements of SYSIN."""
    if required(step, "SYSPRINT") is None:
        return FAILED
    with Sysprint(step) as sysprint:
        sysprint.say("IEHPROGM HEADING")
        code = 0
        if step.parm and not _PARM.fullmatch(step.parm):
            sysprint.say("IEH229I")
            code = WARNING
        sysin = required(step, "SYSIN")
        if sysin is None:
            sysprint.say("IEH216I")
            return FAILED
        for card in statements(sysin.records()):
            sysprint.put(*(f" {image[:72].rstrip()}" for image in card.images))
            code = max(code, _do(step, card, sysprint))
        sysprint.say("IEHPROGM END")
        return code


def _do(step: StepContext, card: Statement, sysprint: Sysprint) -> int:
    if card.operation not in REQUESTS:
        sysprint.say("IEH201I")
        return WRONG
    if (
        card.fault is not None
        or not card.text("DSNAME")
        or any(one.keyword not in _KEYWORDS for one in card.operands if one.keyword)
    ):
        sysprint.say("IEH202I")
        return WRONG
    try:
        REQUESTS[card.operation](step, card)
    except InvalidDsname:
        _refuse(sysprint, card, "IS NOT A VALID DATA SET NAME")
        return WRONG
    except MvsError as error:
        _refuse(sysprint, card, _why(card, error))
        return WRONG
    sysprint.say("IEHPROGM DONE", card.operation)
    return 0


def _why(card: Statement, error: MvsError) -> str:
    """Return the reason in the words that the request has for it."""
    if card.operation == "CATLG" and isinstance(error, DatasetExists):
        return "IS A CATALOGED DATA SET"
    if card.operation == "UNCATLG" and isinstance(error, DatasetNotFound):
        return "IS NOT A CATALOGED DATA SET"
    return next((text for kind, text in _REASONS.items() if isinstance(error, kind)), "") or words(error)


def _refuse(sysprint: Sysprint, card: Statement, reason: str) -> None:
    """Tell of a request that was not done: IEH207I, or what the catalog says."""
    if card.operation in {"CATLG", "UNCATLG"}:
        sysprint.say("IEH210I")
        sysprint.put(f" {'':10}{card.text('DSNAME')} {reason}")
    else:
        sysprint.say("IEH207I", card.operation, card.text("DSNAME"))
        sysprint.say("IEH207I COLUMNS")
        sysprint.say("IEH207I VOLUME", card.volser(), "NONE", reason)
        sysprint.say("IEH207I END")


def _target(card: Statement) -> Target:
    return Target(card.text("DSNAME"), card.text("MEMBER") or None)


def _on_its_volume(step: StepContext, card: Statement) -> None:
    """Raises DatasetNotFound when VOL= names another volume than the data set's."""
    volser = card.volser()
    if volser and step.mvs.find(card.text("DSNAME")).volser != volser:
        raise DatasetNotFound(card.text("DSNAME"))


def _scratch(step: StepContext, card: Statement) -> None:
    _on_its_volume(step, card)
    step.mvs.delete(_target(card), step.who, purge="PURGE" in card.positional)


def _rename(step: StepContext, card: Statement) -> None:
    _on_its_volume(step, card)
    old, new = _target(card), card.text("NEWNAME")
    step.mvs.rename(old, Target(old.dsname, new) if old.member else Target(new), step.who)


def _catalogue(step: StepContext, card: Statement) -> None:
    entries.catalogue(step.mvs, card.text("DSNAME"), card.volser(), "3390", step.who)


def _uncatalogue(step: StepContext, card: Statement) -> None:
    step.mvs.uncatalog(card.text("DSNAME"), step.who)


REQUESTS = {"SCRATCH": _scratch, "RENAME": _rename, "CATLG": _catalogue, "UNCATLG": _uncatalogue}

PROGRAM = Program("IEHPROGM", run)
