"""What LISTCAT tells of an entry that is not VSAM: history, SMS data, volumes; of generation data groups and aliases.

Source: the CardDemo LISTCAT, jes-and-jcl reference 5.4. Rules: facts in, lines out; a fact that this system does not keep is
shown as the original shows it when nobody set it: (NULL), 0, 0000.000. VSAM: vsamform.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jes.utilities.idcams.fields import heading, row
from mvsfs.info import DatasetInfo, GdgInfo

DEVTYPE = "X'3010200F'"


def julian(day: date | None) -> str:
    """Return a date as yyyy.ddd."""
    return f"{day:%Y}.{day.timetuple().tm_yday:03d}" if day else "0000.000"


def history(info: DatasetInfo, *, account: bool = True) -> Iterator[str]:
    """Yield the HISTORY group, with the accounting information that only some kinds of entries have."""
    yield heading("HISTORY")
    yield row([("DATASET-OWNER", "(NULL)"), ("CREATION", julian(info.created))])
    yield row([("RELEASE", 2), ("EXPIRATION", julian(info.expires))])
    if account:
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


def nonvsam(info: DatasetInfo, base: str, shown: frozenset[str]) -> Iterator[str]:
    """Yield the groups of a non-VSAM entry. `base`: the generation data group that it belongs to, or ""."""
    if "HISTORY" in shown:
        yield from history(info)
        if base:
            yield row([("STATUS", "ACTIVE")])
    if "ALL" in shown:
        if info.storclas:
            yield from smsdata(info)
        yield heading("ENCRYPTIONDATA")
        yield "        DATA SET ENCRYPTION-----(NO)"
    if "VOLUME" in shown:
        yield from volumes(info)
    if "ALL" in shown:
        yield from associations([("GDG", base)] if base else [])
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
