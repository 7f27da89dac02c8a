"""Catalog entries as IDCAMS names them: the letter in messages, the word in listings, generic names.

Source: [AMS] "Generic names"; jes-and-jcl reference 5.4.
"""

from __future__ import annotations

from typing import Any

from mvsfs.access import Requester
from mvsfs.dcb import Dcb, Dsorg
from mvsfs.errors import DatasetExists, DatasetNotFound
from mvsfs.info import DatasetInfo, Status
from mvsfs.names import Mask, check_dsname

#: Listing word and message letter of each kind of entry.
KINDS = {
    "NONVSAM": "A", "CLUSTER": "C", "DATA": "D", "INDEX": "I", "GDG": "B", "AIX": "G", "PATH": "R", "ALIAS": "X",
    "USERCATALOG": "U",
}  # fmt: skip


def kind(info: DatasetInfo) -> str:
    """Return which kind of entry this is."""
    if info.alias_of and info.dcb.dsorg is not Dsorg.PATH and info.dsntype not in {"AIX", "PATH"}:
        return "ALIAS"
    if info.dcb.dsorg is Dsorg.GDG:
        return "GDG"
    if info.dcb.dsorg is Dsorg.PATH or info.dsntype == "PATH":
        return "PATH"
    if info.dcb.dsorg is Dsorg.VSAM:
        return info.dsntype if info.dsntype in {"DATA", "INDEX", "AIX"} else "CLUSTER"
    return "NONVSAM"


def find(mvs: Any, name: str) -> DatasetInfo | None:
    """Return the entry called `name` itself, an alias not followed."""
    check_dsname(name)
    return next(iter(mvs.search(Mask(name, "catalog"))), None)


def catalogue(mvs: Any, name: str, volser: str, unit: str, who: Requester) -> None:
    """Catalogue a data set on a volume; nobody looks whether it is there, so an entry may name nothing.

    Raises DatasetExists, NotAuthorized.
    """
    try:
        mvs.recatalog(name, volser, who)
    except DatasetNotFound:
        if find(mvs, name) is not None:
            raise DatasetExists(name) from None
        mounted = any(volume.volser == volser for volume in mvs.volumes)
        status = Status.NOT_ON_VOLUME if mounted else Status.NOT_MOUNTED
        mvs.enter(DatasetInfo(name, Dcb(None, 0, 0), volser, unit=unit, status=status), who)


def matching(mvs: Any, name: str) -> list[DatasetInfo]:
    """Return the entries that a name with `*` means: each `*` stands for one qualifier."""
    return list(mvs.search(Mask(name, "catalog")))


def components(mvs: Any, info: DatasetInfo) -> list[DatasetInfo]:
    """Return the data and index component of a cluster or alternate index."""
    if kind(info) not in {"CLUSTER", "AIX"}:
        return []
    facts = mvs.cluster(info.dsname)
    return [found for name in (facts.data_name, facts.index_name) if name and (found := find(mvs, name)) is not None]


def catalog_of(mvs: Any) -> str:
    """Return the name of the catalog that has all entries."""
    return f"CATALOG.{mvs.sysname}.MASTER"


def below(mvs: Any, level: str) -> list[DatasetInfo]:
    """Return the entries whose names begin with these qualifiers."""
    return list(mvs.search(Mask(f"{level}.**", "catalog")))
