"""Data set listings: Volume Unit Referred Ext Used Recfm Lrecl BlkSz Dsorg Dsname, at LISTLEVEL 0, 1 and 2; names for NLST.

Source: zos-ftp-server.md 3.1, 3.2, 3.6 (offsets taken from captured rows).
Not here: which data sets are listed (the catalog's search) and the replies around the listing.
Rules: columns count from 0 and clients cut by them; the name starts one column left of its heading. Pure; a row costs one
format call, since a listing may have 10,000.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mvsfs.dcb import Dsorg
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

Entry = DatasetInfo | str


def lines(
    infos: Iterable[DatasetInfo],
    *,
    level: int = 0,
    prefix: str = "",
    quoted: bool = False,
    directorymode: bool = False,
    migratevol: str = "",
) -> Iterator[str]:
    """Yield the heading and a row for each data set. `prefix` is the working directory with its dot, cut from the names
    unless `quoted`, which shows full names in quotes. An empty `infos` still yields the heading: callers refuse that before.
    """
    yield HEADING_2 if level == 2 else HEADING
    row = _row_2 if level == 2 else _row
    entries: Iterable[Entry] = next_qualifiers(infos, prefix) if directorymode else infos
    column = NAME_COLUMN_2 if level == 2 else NAME_COLUMN
    for entry in entries:
        if isinstance(entry, str):
            yield f"{PSEUDO:<{column}}{entry}"
        else:
            if migratevol and entry.volser == migratevol and entry.status is Status.ONLINE:
                entry = replace(entry, status=Status.MIGRATED)
            yield row(entry, shown(entry.dsname, prefix, quoted), level)


def names(infos: Iterable[DatasetInfo], *, prefix: str = "", quoted: bool = False, directorymode: bool = False) -> Iterator[str]:
    """Yield the names alone, as NLST sends them."""
    entries: Iterable[Entry] = next_qualifiers(infos, prefix) if directorymode else infos
    for entry in entries:
        yield entry if isinstance(entry, str) else shown(entry.dsname, prefix, quoted)


def shown(dsname: str, prefix: str, quoted: bool) -> str:
    """Return the name as a listing shows it: relative to the prefix, or in full in quotes."""
    if not quoted and prefix and dsname.startswith(prefix):
        return dsname[len(prefix) :]
    return f"'{dsname}'"


def next_qualifiers(infos: Iterable[DatasetInfo], prefix: str) -> Iterator[Entry]:
    """Yield data sets that end at the next qualifier as they are, and each longer next qualifier once, as its text.

    Expects ascending names, as the catalog gives them.
    """
    last = ""
    for info in infos:
        rest = info.dsname[len(prefix) :] if info.dsname.startswith(prefix) else info.dsname
        qualifier, dot, _ = rest.partition(".")
        if not dot:
            yield info
        elif qualifier != last:
            last = qualifier
            yield qualifier


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
    return f"{info.referred:%Y/%m/%d}" if info.referred else f"{NEVER:<10}"


def _state(info: DatasetInfo, column: int, name: str) -> str:
    """A row whose attributes cannot be told."""
    text = STATE_ROWS[info.status].format(volser=info.volser, unit=info.unit)
    if info.status is Status.ERROR and not info.volser:
        text = text.lstrip()
    return f"{text:<{column}}{name}"


def _row(info: DatasetInfo, name: str, level: int) -> str:
    if info.status is not Status.ONLINE:
        return _state(info, NAME_COLUMN, name)
    if _without_label(info):
        unit = info.unit if info.volser else ""
        return f"{info.volser:<6} {unit:<4}{'':40}{_dsorg(info, level)} {name}"
    used = f"{info.used_tracks:>5}" if info.used_tracks <= MAX_USED else "+++++"
    recfm = str(info.dcb.recfm) if info.dcb.recfm else ""
    return (
        f"{info.volser:<6} {info.unit:<4}   {_referred(info)} {info.extents:>2}{used}  {recfm:<4} "
        f"{_lrecl(info):>5} {info.dcb.blksize:>5} {_dsorg(info, level)} {name}"
    )


def _row_2(info: DatasetInfo, name: str, level: int) -> str:
    if info.status is not Status.ONLINE:
        return _state(info, NAME_COLUMN_2, name)
    if _without_label(info):
        return f"{info.volser:<6}{'':47}{_dsorg(info, level)}  {name}"
    used = min(info.used_tracks, MAX_USED_2)
    recfm = str(info.dcb.recfm) if info.dcb.recfm else ""
    return (
        f"{info.volser:<6} {_referred(info)} {info.extents:>6} {used:>9}  {recfm:<4} "
        f"{_lrecl(info):>5} {info.dcb.blksize:>5} {_dsorg(info, level)}  {name}"
    )
