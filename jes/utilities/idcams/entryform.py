"""What LISTCAT tells of one entry: history, SMS data, volumes, attributes, allocation.

Source: the CardDemo LISTCAT, jes-and-jcl reference 5.4. Rules: facts in, lines out; a fact that this system does not keep is
shown
as the original shows it when nobody set it: (NULL), 0, 0000.000.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from jes.utilities.idcams.fields import Field, heading, row, rows
from mvsfs.info import DatasetInfo, GdgInfo

DEVTYPE = "X'3010200F'"
TRACKS_PER_CYLINDER = 15


def julian(day: date | None) -> str:
    """Return a date as yyyy.ddd."""
    return f"{day:%Y}.{day.timetuple().tm_yday:03d}" if day else "0000.000"


def history(info: DatasetInfo) -> Iterator[str]:
    """Yield the HISTORY group."""
    yield heading("HISTORY")
    yield row([("DATASET-OWNER", "(NULL)"), ("CREATION", julian(info.created))])
    yield row([("RELEASE", 2), ("EXPIRATION", julian(info.expires))])
    yield row([f"ACCOUNT-INFO{'(NULL)':->41}"])


def smsdata(info: DatasetInfo) -> Iterator[str]:
    """Yield the SMSDATA group."""
    yield heading("SMSDATA")
    yield row([("STORAGECLASS ", info.storclas or "(NULL)"), ("MANAGEMENTCLASS", info.mgmtclas or "(NULL)")])
    yield row([("DATACLASS ", info.dataclas or "(NULL)"), ("LBACKUP ", "0000.000.0000")])


def volumes(info: DatasetInfo) -> Iterator[str]:
    """Yield the VOLUMES group of a non-VSAM data set."""
    yield heading("VOLUMES")
    yield row([("VOLSER", info.volser or "******"), f"DEVTYPE------{DEVTYPE}", ("FSEQN", 0)])


def nonvsam(info: DatasetInfo, shown: frozenset[str]) -> Iterator[str]:
    """Yield the groups of a non-VSAM entry."""
    if "HISTORY" in shown:
        yield from history(info)
    if "ALL" in shown:
        if info.storclas:
            yield from smsdata(info)
        yield heading("ENCRYPTIONDATA")
        yield "        DATA SET ENCRYPTION-----(NO)"
    if "VOLUME" in shown:
        yield from volumes(info)
    if "ALL" in shown:
        yield heading(f"ASSOCIATIONS{'(NULL)':->14}")
        yield heading("ATTRIBUTES")


def gdg(info: GdgInfo, shown: frozenset[str]) -> Iterator[str]:
    """Yield the groups of a generation data group base."""
    if "HISTORY" in shown:
        yield heading("HISTORY")
        yield row([("DATASET-OWNER", "(NULL)"), ("CREATION", julian(info.created))])
        yield row([("RELEASE", 2), ("LAST ALTER", julian(info.altered or info.created))])
    if "ALL" not in shown:
        return
    yield heading("ATTRIBUTES")
    words = (
        "SCRATCH" if info.scratch else "NOSCRATCH",
        "EMPTY" if info.empty else "NOEMPTY",
        "FIFO" if info.fifo else "LIFO",
        "PURGE" if info.purge else "NOPURGE",
        "EXTENDED" if info.extended else "NOEXTENDED",
    )
    yield row([("LIMIT", info.limit)]) + "      " + "".join(word.ljust(11) for word in words).rstrip()
    yield from associations([("NONVSAM", name) for name in info.generations])


def associations(names: list[tuple[str, str]]) -> Iterator[str]:
    """Yield the ASSOCIATIONS group."""
    if not names:
        yield heading(f"ASSOCIATIONS{'(NULL)':->14}")
        return
    yield heading("ASSOCIATIONS")
    for kind, name in names:
        yield f"        {kind.ljust(9, '-')}{name}"


def component(info: DatasetInfo, facts: Any, shown: frozenset[str]) -> Iterator[str]:
    """Yield the groups of a DATA or INDEX component. `facts` are those of its cluster."""
    if "HISTORY" in shown:
        yield from history(info)
    if "ALL" in shown:
        yield heading("ATTRIBUTES")
        yield from rows(_attributes(facts, info.dsntype == "INDEX"))
        yield heading("STATISTICS")
        yield from rows(_statistics(facts, info.dsntype == "INDEX"))
    if shown & {"ALLOCATION", "ALL"}:
        yield heading("ALLOCATION")
        yield from rows(_allocation(info))
    if "VOLUME" in shown:
        yield heading("VOLUME")
        yield from rows(_volume(info))


def _attributes(facts: Any, index: bool) -> list[list[Field]]:
    average, longest = (0, 505) if index else (facts.average, facts.maximum)
    words = [
        "RECOVERY",
        "UNIQUE",
        "ERASE" if facts.erase else "NOERASE",
        "INDEXED" if facts.organisation == "KS" else "NUMBERED" if facts.organisation == "RR" else "NONINDEXED",
    ]
    words += ["NOWRITECHK", "UNORDERED", "REUSE" if facts.reuse else "NOREUSE"]
    share = f"SHROPTNS({facts.shareoptions[0]},{facts.shareoptions[1]})"
    return [
        [("KEYLEN", facts.keylen), ("RKP", facts.keyoff), f"{share}   {words[0]}", "NONSPANNED"],
        [("AVGLRECL", average), ("MAXLRECL", longest), f"{words[1]}             {words[2]}"],
        [("BUFSPACE", facts.cisize * 2 + 512), ("EXCPEXIT", "(NULL)"), f"{words[3].ljust(14)}{words[4]}"],
        [("CISIZE", 512 if index else facts.cisize), ("CI/CA", 45), f"{words[5]}        {words[6]}"],
    ]


def _statistics(facts: Any, index: bool) -> list[list[Field]]:
    total = 1 if index else facts.records
    gone, new, changed = (0, 0, 0) if index else (facts.deleted, facts.inserted, facts.updated)
    return [
        [("REC-TOTAL", total), ("REC-DELETED", gone), ("REC-INSERTED", new), ("REC-UPDATED", changed), ("REC-RETRIEVED", 0)],
        [("SPLITS-CI", 0), ("SPLITS-CA", 0), ("FREESPACE-%CI", 0), ("FREESPACE-%CA", 0), ("FREESPC", 0)],
        [("EXCPS", 0), ("EXTENTS", 1), "SYSTEM-TIMESTAMP:", "     X'0000000000000000'"],
    ]


def _allocation(info: DatasetInfo) -> list[list[Field]]:
    high = max(info.allocated_tracks, 1) * 49152
    return [
        [("SPACE-TYPE", info.space_unit), ("SPACE-PRI", info.primary), ("SPACE-SEC", info.secondary)],
        [("HI-A-RBA", high), ("HI-U-RBA", max(info.used_tracks, 1) * 49152)],
    ]


def _volume(info: DatasetInfo) -> list[list[Field]]:
    tracks = max(info.allocated_tracks, 1)
    return [
        [("VOLSER", info.volser or "******"), f"DEVTYPE------{DEVTYPE}", ("VOLFLAG", "PRIME")],
        [("PHYREC-SIZE", 4096), ("PHYRECS/TRK", 12), ("TRACKS/CA", TRACKS_PER_CYLINDER)],
        [("HI-A-RBA", tracks * 49152), ("HI-U-RBA", max(info.used_tracks, 1) * 49152)],
        [("EXTENT-NUMBER", max(info.extents, 1)), "EXTENT-TYPE--------X'00'"],
    ]
