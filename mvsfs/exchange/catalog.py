"""Between exchange formats and the catalog: the only file here that knows a store.

Rules: a new data set gets the format that the file tells, with space for what comes; libraries become PDSs with a directory
that holds all entries. Statistics and load-module facts come from the user data and go back into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace as changed

from mvsfs.access import Requester
from mvsfs.dcb import LRECL_X, Dsorg
from mvsfs.errors import DatasetExists, DatasetNotFound, WrongDsorg
from mvsfs.exchange.model import UnloadedDataset, UnloadedMember
from mvsfs.info import Allocation, DatasetInfo, MemberInfo, Target
from mvsfs.layouts import ispfstats, loadmodule, pdsdir
from mvsfs.names import check_dsname, check_member, parse_target
from mvsfs.records.forms import padded
from mvsfs.system import Mvs

_TRACK_BYTES = 50000


def load(mvs: Mvs, who: Requester, name: str, dataset: UnloadedDataset, *, replace: bool = False) -> Iterator[str]:
    """Write a data set into the store; yield a line about each thing written.

    Raises DatasetExists unless `replace`, and what the store raises.
    """
    target = parse_target(name)
    if dataset.is_partitioned:
        info = _library(mvs, who, target, dataset, replace)
        yield from _load_members(mvs, who, info, dataset)
        return
    if target.member is None and not replace and mvs.exists(target.dsname):
        raise DatasetExists(target.dsname)
    allocation = None if target.member is not None else _allocation(dataset, 0)
    with mvs.open_output(target, who, allocation=allocation) as writer:
        writer.write_records(padded(dataset.records, writer.dcb))
        number = writer.records
    yield f"{target}: {number} records"


def _library(mvs: Mvs, who: Requester, target: Target, dataset: UnloadedDataset, replace: bool) -> DatasetInfo:
    """Return the library to write to, made when it is not there."""
    try:
        info = mvs.find(target.dsname)
    except DatasetNotFound:
        blocks = max(dataset.directory_blocks, len(dataset.members or []) // 3 + 1)
        return mvs.allocate(check_dsname(target.dsname), _allocation(dataset, blocks), who)
    if not replace:
        raise DatasetExists(target.dsname)
    if not info.is_partitioned:
        raise WrongDsorg(target.dsname, info.dcb.dsorg.value, "PO")
    return info


def _allocation(dataset: UnloadedDataset, directory: int) -> Allocation:
    """Return the attributes of the data set, with room for its records on the first extent where they are known."""
    dcb = dataset.dcb
    size = sum(len(record) for member in dataset.members or [] for record in member.records)
    if isinstance(dataset.records, list):
        size += sum(map(len, dataset.records))
    tracks = size // _TRACK_BYTES + 5
    return Allocation(
        recfm=str(dcb.recfm) if dcb.recfm else None,
        lrecl=dcb.lrecl if dcb.lrecl <= LRECL_X else None,
        blksize=dcb.blksize or None,
        dsorg=Dsorg.PO if directory else Dsorg.PS,
        dsntype="PDS" if directory else None,
        space_unit="TRACK",
        primary=tracks,
        secondary=tracks,
        directory_blocks=directory or None,
    )


def _load_members(mvs: Mvs, who: Requester, info: DatasetInfo, dataset: UnloadedDataset) -> Iterator[str]:
    members = sorted(dataset.members or [], key=lambda member: bool(member.alias_of))
    present = {member.name for member in mvs.members(info.dsname)}
    for member in members:
        name = check_member(member.name)
        if member.alias_of:
            if name in present:
                mvs.delete(Target(info.dsname, name), who)
            mvs.add_member_alias(info.dsname, name, member.alias_of, who)
            yield f"{info.dsname}({name}): alias of {member.alias_of}"
            continue
        target = Target(info.dsname, name)
        with mvs.open_output(target, who, stats=member.stats, load=member.load, userdata=_userdata(member)) as writer:
            writer.write_records(padded(member.records, writer.dcb))
        yield f"{target}: {len(member.records)} records"


def _userdata(member: UnloadedMember) -> bytes:
    """Return the user data that are neither statistics nor kept as facts."""
    return b"" if member.stats else member.userdata


def unload(mvs: Mvs, who: Requester, name: str) -> UnloadedDataset:
    """Return a data set, one member as a sequential data set, or a library with all its members."""
    target = mvs.resolve_generation(parse_target(name))
    info = mvs.find(target.dsname)
    if info.is_partitioned and target.member is None:
        members = [_unloaded(mvs, who, info, member) for member in mvs.members(info.dsname)]
        return UnloadedDataset(info.dsname, info.dcb, members=members, directory_blocks=info.directory_blocks)
    dcb = changed(info.dcb, dsorg=Dsorg.PS)
    return UnloadedDataset(info.dsname, dcb, list(mvs.records(target, who)))


def _unloaded(mvs: Mvs, who: Requester, info: DatasetInfo, member: MemberInfo) -> UnloadedMember:
    """Return a member with its directory data as bytes."""
    userdata, ttrns = member.userdata, 0
    if member.load is not None:
        # User data kept from an import begin with the pointers; facts alone are made into user data that point to block 1.
        userdata = userdata or loadmodule.build(member.load, text=1)
        ttrns = 2 if any(userdata[4:7]) else 1
        if member.alias_of:
            userdata = loadmodule.of_alias(userdata, pdsdir.host_name(member.alias_of))
    elif member.stats is not None:
        userdata = ispfstats.build(member.stats)
    if member.alias_of:
        return UnloadedMember(member.name, [], member.alias_of, userdata, ttrns)
    records = list(mvs.records(Target(info.dsname, member.name), who))
    return UnloadedMember(member.name, records, "", userdata, ttrns)
