"""Member listings: with ISPF statistics, without, and of load libraries; names for NLST.

Source: zos-ftp-server.md 3.3 and 3.4 (offsets taken from captured rows).
Rules: columns count from 0. A library whose RECFM is U gets the load library form whatever its members hold. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mvsfs.info import IspfStats, LoadModule, MemberInfo

HEADING = " Name     VV.MM   Created       Changed      Size  Init   Mod   Id"
HEADING_LOAD = " Name      Size     TTR   Alias-of AC --------- Attributes --------- Amode Rmode "
NAME_WIDTH = 8
#: Offset of each attribute token within the Attributes field (columns 38-67); FO, RN, RU and NX are seen, the others assumed.
ATTRIBUTE_SLOTS = {
    "FO": 0,
    "NX": 3,
    "DC": 3,
    "OL": 6,
    "NE": 9,
    "OV": 9,
    "SC": 12,
    "RN": 15,
    "RU": 18,
    "RF": 21,
    "TS": 24,
    "PG": 27,
}
ATTRIBUTE_WIDTH = 30


def lines(members: Iterable[tuple[str, IspfStats | None]]) -> Iterator[str]:
    """Yield the heading and one row for each member: its statistics where it has any."""
    yield HEADING
    pairs = list(members)
    # while its statistics live, the number of an object stands for nothing else
    alike = {id(stats): stats for _, stats in pairs}
    right = {number: _stats(stats) if stats else "" for number, stats in alike.items()}
    for name, stats in pairs:
        yield f"{name:<8}{right[id(stats)]}" if stats else name


def load_lines(members: Iterable[MemberInfo]) -> Iterator[str]:
    """Yield the heading and one row for each member of a load library."""
    yield HEADING_LOAD
    for member in members:
        yield _load_row(member)


def names(members: Iterable[str], *, library: str = "") -> Iterable[str]:
    """Return the names, as NLST sends them; with `library` (a full data set name) in quotes with it."""
    return [f"'{library}({name})'" for name in members] if library else members


def _stats(stats: IspfStats) -> str:
    """Columns 8 and following."""
    created = stats.created.isoformat().replace("-", "/")
    changed = stats.changed.isoformat(" ")[:16].replace("-", "/")
    return (
        f"  {stats.version:02d}.{stats.modification:02d} {created} {changed}"
        f" {stats.size:>5} {stats.init:>5} {stats.mod:>5} {stats.userid}"
    )


def _load_row(member: MemberInfo) -> str:
    """A row of 80 columns; a member that is no load module shows its name and TTR."""
    load = member.load
    if load is None:
        return f"{member.name:<8}{'':11}{member.ttr:06X}"
    return (
        f"{member.name:<8}  {load.size:06X}   {member.ttr:06X} {member.alias_of:<8} {load.ac:02X} "
        f"{_attributes(load):<30}  {load.amode:<5} {load.rmode:<4}"
    )


def _attributes(load: LoadModule) -> str:
    """The attribute tokens in their slots."""
    field = [" "] * ATTRIBUTE_WIDTH
    for token in load.attributes:
        slot = ATTRIBUTE_SLOTS.get(token)
        if slot is not None:
            field[slot : slot + len(token)] = token
    return "".join(field)
