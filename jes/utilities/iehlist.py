"""IEHLIST: what is on a volume, and who is in a directory.

      LISTVTOC [DUMP|FORMAT,]VOL=3390=v[,DSNAME=(a,b)]      LISTPDS DSNAME=(a,b),VOL=3390=v      LISTCTLG [VOL=..]

Source: [UTIL IEHLIST]; messages [MVS38 IEHLIST2]; the columns are assumed. Rules: DUMP is printed as FORMAT.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jes.stepcontext import Program, StepContext
from jes.utilities.refusals import words
from jes.utilities.required import required
from jes.utilities.syscards import Statement, statements
from jes.utilities.sysprint import Sysprint
from jes.utilities.texts.table import line
from mvsfs.errors import MvsError
from mvsfs.info import DatasetInfo, MemberInfo
from mvsfs.names import Mask

FAILED, UNOPENED = 8, 16
TRACKS_PER_CYLINDER = 15


class _Ignored(Exception):
    """A request is not done: the key of its message and what fills that."""


def run(step: StepContext) -> int:
    """List what SYSIN asks for."""
    if required(step, "SYSPRINT") is None:
        return UNOPENED
    with Sysprint(step) as sysprint:
        sysin = required(step, "SYSIN")
        if sysin is None:
            sysprint.say("IEH109I")
            return UNOPENED
        code = 0
        for page, card in enumerate(statements(sysin.records()), 1):
            now = step.now()
            sysprint.say("IEHLIST HEADING", page)
            sysprint.say("IEHLIST DATE", now, now)
            try:
                lister = LISTERS.get(card.operation)
                if lister is None or card.fault is not None:
                    raise _Ignored("IEH103I")
                sysprint.put(*lister(step, card))
            except _Ignored as problem:
                sysprint.say(*problem.args)
                code = FAILED
            except MvsError as error:
                sysprint.say("IEH108I", words(error))
                code = FAILED
        return code


def _mounted(step: StepContext, card: Statement) -> str:
    """Return the volume of VOL=. Raises _Ignored when it is not mounted."""
    volser = card.volser()
    if all(volume.volser != volser for volume in step.mvs.volumes):
        raise _Ignored("IEH106I")
    return volser


def _names(card: Statement) -> list[str]:
    operand = card.value("DSNAME")
    return [item.text for item in operand.values] if operand is not None else []


def _day(day: date | None) -> str:
    return f"{day:%Y.%j}" if day else "00000"


def _vtoc(step: StepContext, card: Statement) -> Iterator[str]:
    volser, names = _mounted(step, card), set(_names(card))
    yield line("IEHLIST VTOC", volser)
    yield line("IEHLIST COLUMNS")
    for info in step.mvs.search(Mask("**", "catalog")):
        if info.volser == volser and (not names or info.dsname in names):
            yield _row(info)
    free = sum(volume.free_tracks for volume in step.mvs.volumes if volume.volser == volser)
    yield line("IEHLIST FREE", *divmod(free, TRACKS_PER_CYLINDER))


def _row(info: DatasetInfo) -> str:
    kind = "PARTITIONED" if info.is_partitioned else "VSAM" if info.dcb.dsorg.value == "VSAM" else "SEQUENTIAL"
    unused = max(info.allocated_tracks - info.used_tracks, 0)
    facts = f"{_day(info.created)} {_day(info.expires):<8} {kind:<15} {info.extents:>7} {info.allocated_tracks:>11} {unused:>6}"
    return f" {info.dsname:<45} {facts}  {info.dcb.recfm or ''!s:<5} {info.dcb.lrecl:>5} {info.dcb.blksize:>7}"


def _pds(step: StepContext, card: Statement) -> Iterator[str]:
    volser = _mounted(step, card) if card.value("VOL") is not None else ""
    for name in _names(card):
        if not step.mvs.exists(name) or (volser and step.mvs.find(name).volser != volser):
            raise _Ignored("IEH102I", name)
        info = step.mvs.require_readable(name, step.who)
        if not info.is_partitioned:
            raise _Ignored("IEH104I", name)
        yield line("IEHLIST PDS", info.volser)
        yield f" {name}"
        yield line("IEHLIST PDS COLUMNS")
        for member in step.mvs.members(info.dsname):
            yield f" {member.name:<9} {member.ttr:06X}{_c(member):02X}    {member.userdata.hex().upper()[:80]}"
        unused = max(info.directory_blocks - info.directory_used, 0)
        yield line("IEHLIST PDS END", info.directory_blocks, unused)


def _c(member: MemberInfo) -> int:
    """Return the byte C of a directory entry: alias, pointers in the user data (one of a load module), halfwords of it."""
    return bool(member.alias_of) << 7 | (member.load is not None) << 5 | len(member.userdata) // 2


def _catalogue(_step: StepContext, _card: Statement) -> Iterator[str]:
    """CVOLs, which LISTCTLG lists, are on no volume any more; LISTCAT of IDCAMS lists the catalog."""
    raise _Ignored("IEH101I")


LISTERS = {"LISTVTOC": _vtoc, "LISTPDS": _pds, "LISTCTLG": _catalogue}

PROGRAM = Program("IEHLIST", run)
