"""What LISTCAT tells of VSAM entries: clusters, alternate indexes, paths, their components.

Source: the CardDemo LISTCAT, jes-and-jcl reference 5.4; the lines of a cluster that SMS does not manage are known [AMS LISTCAT].
Rules: facts in, lines out. Sizes follow the geometry of a 3390: physical records of the control interval's size, control areas of
at most a cylinder; extents are not placed anywhere, so their addresses begin at 0 (docs/differences.md, SPACE).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jes.utilities.idcams.fields import WIDTH, Field, heading, row, rows
from jes.utilities.idcams.nonvsamform import DEVTYPE, associations, history, smsdata
from mvsfs.datasets.vsam.facts import CONTROL_BYTES, LINEAR
from mvsfs.info import DatasetInfo
from mvsfs.storage.geometry import blocks_per_track

TRACKS_PER_CYLINDER = 15
#: The control interval of an index component, and the longest physical record of a control interval.
INDEX_CISIZE, LONGEST_BLOCK = 512, 26624
_TRACKS = {"CYLINDER": TRACKS_PER_CYLINDER}


def protection() -> str:
    """Return the line about passwords and RACF."""
    return row([("PROTECTION-PSWD", "(NULL)"), ("RACF", "(NO)")], left=6)


def entry(info: DatasetInfo, facts: Any, names: list[tuple[str, str]], shown: frozenset[str]) -> Iterator[str]:
    """Yield the groups of a cluster, alternate index or path. `names`: what it is associated with."""
    if "HISTORY" in shown:
        yield from history(info, account=False)
    if "ALL" not in shown:
        return
    if facts.kind == "CLUSTER":
        yield from _management(info)
    yield protection()
    if facts.kind == "AIX":
        yield heading("ATTRIBUTES")
        yield f"        {'UPGRADE' if facts.upgrade else 'NOUPGRADE'}"
    yield from associations(names)
    if facts.kind == "PATH":
        yield heading("ATTRIBUTES")
        yield "        UPDATE"


def _management(info: DatasetInfo) -> Iterator[str]:
    """Yield what says how a cluster is managed and backed up."""
    if not info.storclas:
        yield row([("BWO STATUS", "(NULL)"), ("BWO TIMESTAMP", "(NULL)")])
        yield row([("BWO", "(NULL)")])
        return
    yield from smsdata(info)
    yield row([("CA-RECLAIM", "(YES)")])
    yield row([("EATTR", info.eattr or "(NULL)")])
    yield row([("BWO STATUS", "00000000"), "BWO TIMESTAMP---00000 00:00:00.0"])
    yield row([("BWO", "(NULL)")])
    yield heading("ENCRYPTIONDATA")
    yield "        DATA SET ENCRYPTION-----(NO)"


def component(info: DatasetInfo, facts: Any, shown: frozenset[str]) -> Iterator[str]:
    """Yield the groups of a DATA or INDEX component. `facts` are those of its cluster."""
    index = info.dsntype == "INDEX"
    space = Space(info, facts)
    if "HISTORY" in shown:
        yield from history(info, account=not index)
    if "ALL" in shown:
        yield protection()
        yield from associations([(facts.kind, facts.dsname)])
        yield heading("ATTRIBUTES")
        yield from _index_attributes(facts, space) if index else _data_attributes(facts, space)
        yield heading("STATISTICS")
        yield from rows(_index_statistics(info, space) if index else _data_statistics(info, facts, space))
    if shown & {"ALLOCATION", "ALL"}:
        yield heading("ALLOCATION")
        yield from rows(
            [
                [("SPACE-TYPE", info.space_unit), ("SPACE-PRI", info.primary), ("SPACE-SEC", info.secondary)],
                [("HI-A-RBA", space.high_allocated), ("HI-U-RBA", space.high_used)],
            ]
        )
    if "VOLUME" in shown:
        yield heading("VOLUME")
        yield from rows(_volume(info, space))
        yield "        EXTENTS:"
        yield from _extents(info, space)


class Space:
    """The bytes and control areas of a component."""

    def __init__(self, info: DatasetInfo, facts: Any) -> None:
        """Measure it."""
        index = info.dsntype == "INDEX"
        self.cisize: int = INDEX_CISIZE if index else facts.cisize
        self.block = self.cisize if self.cisize <= LONGEST_BLOCK else self.cisize // 2
        self.per_track = blocks_per_track(self.block)
        tracks = max(info.allocated_tracks, 1)
        amounts = [amount * _TRACKS.get(info.space_unit, 1) for amount in (info.primary, info.secondary) if amount]
        self.tracks_per_area = 1 if index else max(1, min([TRACKS_PER_CYLINDER, tracks, *amounts]))
        self.intervals_per_area = self.per_track * self.tracks_per_area * self.block // self.cisize
        self.high_allocated = tracks * self.per_track * self.block
        stored = 1 if index and facts.loaded else -(-facts.size // max(facts.cisize - CONTROL_BYTES, 1)) if not index else 0
        self.intervals_used = stored
        areas = -(-stored // self.intervals_per_area)
        self.high_used = (
            stored * self.cisize if index else min(areas * self.intervals_per_area * self.cisize, self.high_allocated)
        )

    @property
    def free(self) -> int:
        """The bytes of the control intervals that hold nothing."""
        return max(self.high_allocated - self.intervals_used * self.cisize, 0)


def _pair(left: str, right: str) -> str:
    return left + right.rjust(WIDTH - len(left))


def _ranges(facts: Any, *, average: int, longest: int, buffers: int, space: Space) -> Iterator[str]:
    yield row([("KEYLEN", facts.keylen), ("AVGLRECL", average), ("BUFSPACE", buffers), ("CISIZE", space.cisize)])
    fields: list[Field] = [("RKP", 5 if facts.kind == "AIX" else facts.keyoff), ("MAXLRECL", longest)]
    yield row([*fields, ("EXCPEXIT", "(NULL)"), ("CI/CA", space.intervals_per_area)])


def _share(facts: Any) -> str:
    return _pair(f"SHROPTNS({facts.shareoptions[0]},{facts.shareoptions[1]})", "RECOVERY")


def _data_attributes(facts: Any, space: Space) -> Iterator[str]:
    index_buffer = INDEX_CISIZE if facts.has_index else 0
    buffers = facts.cisize * 2 + index_buffer
    average, longest = (0, 0) if facts.organisation == LINEAR else (facts.average, facts.maximum)
    yield from _ranges(facts, average=average, longest=longest, buffers=buffers, space=space)
    if facts.kind == "AIX":
        yield row([("AXRKP", facts.keyoff)])
    kind = {"KS": "INDEXED", "RR": "NUMBERED", "LS": "LINEAR"}.get(facts.organisation, "NONINDEXED")
    reuse = "REUSE" if facts.reuse else "NOREUSE"
    erase = _pair("UNIQUE", "ERASE" if facts.erase else "NOERASE")
    yield row([_share(facts), erase, _pair(kind, "NOWRITECHK"), _pair("UNORDERED", reuse)])
    spanned = "SPANNED" if facts.spanned else "NONSPANNED"
    unique = "UNIQUEKEY" if facts.unique else "NONUNIQKEY"
    yield row([_pair(spanned, unique) if facts.kind == "AIX" else spanned])


def _index_attributes(facts: Any, space: Space) -> Iterator[str]:
    yield from _ranges(facts, average=0, longest=INDEX_CISIZE - 7, buffers=0, space=space)
    words = [_share(facts), _pair("UNIQUE", "NOERASE"), _pair("NOWRITECHK", "UNORDERED"), "REUSE" if facts.reuse else "NOREUSE"]
    yield row(words)


_TIMESTAMP = "     X'0000000000000000'"


def _data_statistics(info: DatasetInfo, facts: Any, space: Space) -> list[list[Field]]:
    counts = (("TOTAL", facts.records), ("DELETED", facts.deleted), ("INSERTED", facts.inserted), ("UPDATED", facts.updated))
    in_interval, in_area = facts.freespace
    return [
        [*((f"REC-{word}", count) for word, count in counts), ("REC-RETRIEVED", 0)],
        [("SPLITS-CI", 0), ("SPLITS-CA", 0), ("FREESPACE-%CI", in_interval), ("FREESPACE-%CA", in_area), ("FREESPC", space.free)],
        [("EXCPS", 0), ("EXTENTS", max(info.extents, 1)), "SYSTEM-TIMESTAMP:", _TIMESTAMP],
    ]


def _index_statistics(info: DatasetInfo, space: Space) -> list[list[Field]]:
    counts = [(f"REC-{word}", 0) for word in ("DELETED", "INSERTED", "UPDATED", "RETRIEVED")]
    return [
        [("REC-TOTAL", space.intervals_used), *counts],
        [("SPLITS-CI", 0), ("SPLITS-CA", 0), ("FREESPACE-%CI", 0), ("FREESPACE-%CA", 0), ("FREESPC", space.free)],
        [
            ("EXCPS", 0),
            ("EXTENTS", max(info.extents, 1)),
            "SYSTEM-TIMESTAMP:",
            f"{_TIMESTAMP} SEQ-SET-RBA----------------0",
            f"{'':25}HI-LEVEL-RBA---------------0",
        ],
        ["INDEX:", ("LEVELS", space.intervals_used), ("ENTRIES/SECT", 6)],
    ]


def _extents(info: DatasetInfo, space: Space) -> Iterator[str]:
    """Yield two lines for each extent; extents lie nowhere here, so their addresses are counted from the first track."""
    per_track = space.per_track * space.block
    sizes = _sizes(info)
    at = 0
    for tracks in sizes:
        low, high = (f"X'{track // TRACKS_PER_CYLINDER:04X}{track % TRACKS_PER_CYLINDER:04X}'" for track in (at, at + tracks - 1))
        yield row([f"LOW-CCHH-----{low}", ("LOW-RBA", at * per_track), ("TRACKS", tracks)])
        at += tracks
        yield row([f"HIGH-CCHH----{high}", ("HIGH-RBA", at * per_track - 1)])


def _sizes(info: DatasetInfo) -> list[int]:
    """Return the tracks of each extent: the primary amount, the secondary ones, and what is left in the last."""
    left, count = max(info.allocated_tracks, 1), max(info.extents, 1)
    unit = _TRACKS.get(info.space_unit, 1)
    sizes = []
    for number in range(count - 1):
        amount = min((info.secondary if number else info.primary) * unit or 1, left - (count - 1 - number))
        sizes.append(max(amount, 1))
        left -= sizes[-1]
    return [*sizes, max(left, 1)]


def _volume(info: DatasetInfo, space: Space) -> list[list[Field]]:
    return [
        [("VOLSER", info.volser or "******"), f"DEVTYPE------{DEVTYPE}", ("VOLFLAG", "PRIME")],
        [("PHYREC-SIZE", space.block), ("PHYRECS/TRK", space.per_track), ("TRACKS/CA", space.tracks_per_area)],
        [("HI-A-RBA", space.high_allocated), ("HI-U-RBA", space.high_used)],
        [("EXTENT-NUMBER", max(info.extents, 1)), "EXTENT-TYPE--------X'00'"],
    ]
