"""Data set listings: Volume Unit Referred Ext Used Recfm Lrecl BlkSz Dsorg Dsname, at LISTLEVEL 0, 1 and 2; names for NLST.

Source: zos-ftp-server.md 3.1, 3.2, 3.6 (offsets taken from captured rows).
Not here: which data sets are listed (the catalog's search) and the replies around the listing.
Rules: columns count from 0 and clients cut by them; the name starts one column left of its heading. Pure; what stands left of the
name is formatted once for all entries that share their facts, since a listing may have 10,000.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mvsfs.dcb import Dcb, Dsorg
from mvsfs.info import DatasetInfo, Status

HEADING = "Volume Unit    Referred Ext Used Recfm Lrecl BlkSz Dsorg Dsname"
HEADING_2 = "Volume Referred      Ext      Used Recfm Lrecl BlkSz Dsorg Dsname"
NAME_COLUMN = 56
NAME_COLUMN_2 = 59
MAX_USED = 99999
MAX_USED_2 = 999999999
NEVER = "**NONE**"

#: What stands in place of the attributes, by status; {volser} and {unit} are the entry's own.
STATE_ROWS = {
    Status.MIGRATED: "Migrated",
    Status.ARCHIVED: "ARCIVE Not Direct Access Device",
    Status.TAPE: "{volser:<6} Tape",
    Status.NOT_MOUNTED: "{volser:<6} Not Mounted",
    Status.NOT_ON_VOLUME: "{volser:<6} {unit:<4}   < File not on volume >",
    Status.NOT_DASD: "{volser:<6} {unit:<4}   < Not a DASD device >",
    Status.ERROR: "{volser:<6} Error determining attributes",
    Status.USER_CATALOG: "User catalog connector",
}
PSEUDO = "Pseudo Directory"
#: Stands for facts that nobody looks at.
_UNSEEN = DatasetInfo("", Dcb(None, 0, 0))

#: A name and the facts beside it; many entries may share one object of facts. None: a pseudo directory.
Entry = tuple[str, DatasetInfo | None]


def lines(
    entries: Iterable[tuple[str, DatasetInfo]],
    *,
    level: int = 0,
    prefix: str = "",
    quoted: bool = False,
    directorymode: bool = False,
    migratevol: str = "",
) -> Iterator[str]:
    """Yield the heading and a row for each data set. `prefix` is the working directory with its dot, cut from the names
    unless `quoted`, which shows full names in quotes. Empty `entries` still yield the heading: callers refuse that before.
    """
    columns = _columns_2 if level == 2 else _columns
    chosen: list[Entry] = list(next_qualifiers(entries, prefix) if directorymode else entries)
    # while its facts live, the number of an object stands for nothing else
    alike = {id(info): info for _, info in chosen}
    left = {number: columns(_seen(info, migratevol), level) for number, info in alike.items()}
    yield HEADING_2 if level == 2 else HEADING
    yield from map(str.__add__, [left[id(info)] for _, info in chosen], _shown(chosen, prefix, quoted))


def names(dsnames: Iterable[str], *, prefix: str = "", quoted: bool = False, directorymode: bool = False) -> Iterable[str]:
    """Return the names alone, as NLST sends them."""
    if directorymode:
        return _shown(list(next_qualifiers(((name, _UNSEEN) for name in dsnames), prefix)), prefix, quoted)
    return shown(dsnames, prefix, quoted)


def _shown(entries: list[Entry], prefix: str, quoted: bool) -> list[str]:
    """Return the names as a listing shows them; a pseudo directory is already what is shown."""
    text = shown((name for name, _ in entries), prefix, quoted)
    return [name if info is None else each for each, (name, info) in zip(text, entries, strict=True)]


def _seen(info: DatasetInfo | None, migratevol: str) -> DatasetInfo | None:
    """Return the facts; on the volume that stands for migration, those of a migrated data set."""
    if info is not None and migratevol and info.volser == migratevol and info.status is Status.ONLINE:
        return replace(info, status=Status.MIGRATED)
    return info


def shown(dsnames: Iterable[str], prefix: str, quoted: bool) -> list[str]:
    """Return the names as a listing shows them: relative to the prefix, or in full in quotes."""
    if quoted or not prefix:
        return [f"'{name}'" for name in dsnames]
    cut = len(prefix)
    return [name[cut:] if name[:cut] == prefix else f"'{name}'" for name in dsnames]


def next_qualifiers(entries: Iterable[tuple[str, DatasetInfo]], prefix: str) -> Iterator[Entry]:
    """Yield data sets that end at the next qualifier as they are, and each longer next qualifier once, without facts.

    Expects ascending names, as the catalog gives them.
    """
    last = ""
    for name, info in entries:
        rest = name[len(prefix) :] if name.startswith(prefix) else name
        qualifier, dot, _ = rest.partition(".")
        if not dot:
            yield name, info
        elif qualifier != last:
            last = qualifier
            yield qualifier, None


def _dsorg(info: DatasetInfo, level: int) -> str:
    """Four characters, columns 51-54."""
    dsorg = info.dcb.dsorg
    if dsorg is Dsorg.PO and level:
        if info.is_pdse:
            return "PO-E"
        if info.dsntype == "HFS":
            return "HFS "
    code = dsorg.value
    return f" {code:<3}" if len(code) == 2 else f"{code:<4}"


def _without_label(info: DatasetInfo) -> bool:
    """Tell whether the entry has no format-1 label: VSAM, GDG bases, paths."""
    return info.dcb.dsorg in {Dsorg.VSAM, Dsorg.GDG, Dsorg.PATH}


def _lrecl(info: DatasetInfo) -> int:
    """RECFM=U repeats the block size (captured rows show 6144 6144); LRECL=X is 32767 + 1 and shows as 32767."""
    recfm = info.dcb.recfm
    if recfm is not None and recfm.is_undefined:
        return info.dcb.blksize
    return min(info.dcb.lrecl, 32767)


def _referred(info: DatasetInfo) -> str:
    """Ten characters."""
    return info.referred.isoformat().replace("-", "/") if info.referred else f"{NEVER:<10}"


def _state(info: DatasetInfo, column: int) -> str:
    """What stands left of the name where attributes cannot be told."""
    text = STATE_ROWS[info.status].format(volser=info.volser, unit=info.unit)
    if info.status is Status.ERROR and not info.volser:
        text = text.lstrip()
    return f"{text:<{column}}"


def _columns(info: DatasetInfo | None, level: int) -> str:
    """What stands left of the name."""
    if info is None:
        return f"{PSEUDO:<{NAME_COLUMN}}"
    if info.status is not Status.ONLINE:
        return _state(info, NAME_COLUMN)
    if _without_label(info):
        unit = info.unit if info.volser else ""
        return f"{info.volser:<6} {unit:<4}{'':40}{_dsorg(info, level)} "
    used = f"{info.used_tracks:>5}" if info.used_tracks <= MAX_USED else "+++++"
    recfm = str(info.dcb.recfm) if info.dcb.recfm else ""
    return (
        f"{info.volser:<6} {info.unit:<4}   {_referred(info)} {info.extents:>2}{used}  {recfm:<4} "
        f"{_lrecl(info):>5} {info.dcb.blksize:>5} {_dsorg(info, level)} "
    )


def _columns_2(info: DatasetInfo | None, level: int) -> str:
    if info is None:
        return f"{PSEUDO:<{NAME_COLUMN_2}}"
    if info.status is not Status.ONLINE:
        return _state(info, NAME_COLUMN_2)
    if _without_label(info):
        return f"{info.volser:<6}{'':47}{_dsorg(info, level)}  "
    used = min(info.used_tracks, MAX_USED_2)
    recfm = str(info.dcb.recfm) if info.dcb.recfm else ""
    return (
        f"{info.volser:<6} {_referred(info)} {info.extents:>6} {used:>9}  {recfm:<4} "
        f"{_lrecl(info):>5} {info.dcb.blksize:>5} {_dsorg(info, level)}  "
    )
