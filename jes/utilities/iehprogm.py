"""IEHPROGM: scratches, renames, catalogues and uncatalogues.

      SCRATCH DSNAME=x,VOL=3390=v[,MEMBER=m][,PURGE]    RENAME DSNAME=x,VOL=..,NEWNAME=y[,MEMBER=m]
      CATLG DSNAME=x,VOL=3390=v    UNCATLG DSNAME=x

Source: [UTIL IEHPROGM]; texts jes-and-jcl reference 5.9. Not here: BLDG and BLDX, whose entries IDCAMS makes now (refused).
Rules: return code 0, 8 when a request was refused or cannot be read [UTIL]; other statements are still done. CATLG does not look
at the volume. The catalog follows RENAME and SCRATCH, as for data sets that SMS manages.
"""

from __future__ import annotations

from jes.stepcontext import Program, StepContext
from jes.utilities.idcams import entries
from jes.utilities.refusals import words
from jes.utilities.syscards import Statement, statements
from jes.utilities.sysprint import Sysprint
from mvsfs.errors import DatasetNotFound, InvalidDsname, MvsError
from mvsfs.info import Target

WRONG = 8


def run(step: StepContext) -> int:
    """Do the statements of SYSIN."""
    with Sysprint(step) as sysprint:
        sysprint.say("IEHPROGM HEADING")
        sysin = step.dd("SYSIN")
        code = 0
        for card in statements(sysin.records()) if sysin is not None else ():
            sysprint.put(*(f" {image[:72].rstrip()}" for image in card.images))
            code = max(code, _do(step, card, sysprint))
        sysprint.say("IEHPROGM END")
        return code


def _do(step: StepContext, card: Statement, sysprint: Sysprint) -> int:
    if card.fault is not None or card.operation not in REQUESTS or not card.text("DSNAME"):
        sysprint.say("IEHPROGM INVALID")
        return WRONG
    try:
        REQUESTS[card.operation](step, card)
    except InvalidDsname:
        sysprint.say("IEHPROGM INVALID")
        return WRONG
    except MvsError as error:
        _refuse(sysprint, card, words(error))
        return WRONG
    sysprint.say("IEHPROGM DONE", card.operation)
    return 0


def _refuse(sysprint: Sysprint, card: Statement, reason: str) -> None:
    """Tell of a request that was not done: IEH207I, or what the catalog says."""
    if card.operation == "CATLG":
        sysprint.say("IEH472I")
    elif card.operation not in {"SCRATCH", "RENAME"}:
        sysprint.say("IEH203I", card.operation, reason)
    else:
        sysprint.say("IEH207I", card.operation, card.text("DSNAME"))
        sysprint.say("IEH207I COLUMNS")
        sysprint.say("IEH207I VOLUME", _volser(card), "NONE", reason)
        sysprint.say("IEH207I END")


def _target(card: Statement) -> Target:
    return Target(card.text("DSNAME"), card.text("MEMBER") or None)


def _volser(card: Statement) -> str:
    """Return the first serial of VOL=device=serial or VOL=device=(serial,serial)."""
    device = card.value("VOL")
    text = device.raw if device is not None else ""
    return text.rpartition("=")[2].strip("()").split(",")[0]


def _on_its_volume(step: StepContext, card: Statement) -> None:
    """Raises DatasetNotFound when VOL= names another volume than the data set's."""
    volser = _volser(card)
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
    entries.catalogue(step.mvs, card.text("DSNAME"), _volser(card), "3390", step.who)


def _uncatalogue(step: StepContext, card: Statement) -> None:
    step.mvs.uncatalog(card.text("DSNAME"), step.who)


REQUESTS = {"SCRATCH": _scratch, "RENAME": _rename, "CATLG": _catalogue, "UNCATLG": _uncatalogue}

PROGRAM = Program("IEHPROGM", run)
