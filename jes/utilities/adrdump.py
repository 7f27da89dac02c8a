"""What ADRDSSU writes into a dump, and reads from one.

    record  ADRDUMP1 name(44) length(12)    behind it the NETDATA transmission of a data set
    record  ADRDUMPV name(44) count(12)     behind it the portable form of a cluster (idcams/portable.py)
    record  ADRDUMPS name(44) count(12)     one record: the facts of an alternate index or path, which SPHERE takes along

Source: the form of the original is not published; this one is ours, and only this system reads it. Raises BadRecordData.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from jes.hosttext import to_host, to_text
from jes.stepcontext import RecordSink, StepContext
from jes.utilities.idcams import entries, portable
from mvsfs.datasets.vsam.facts import ClusterInfo
from mvsfs.errors import BadRecordData
from mvsfs.exchange import catalog, netdata
from mvsfs.exchange.model import UnloadedDataset
from mvsfs.info import Target

_BLOCK = 32000
_MARK, _VSAM, _SPHERE = "ADRDUMP1", "ADRDUMPV", "ADRDUMPS"


@dataclass(slots=True)
class Dumped:
    """One data set: unloaded, or a cluster as its portable form with the alternate indexes and paths over it."""

    data: UnloadedDataset | list[bytes]
    sphere: dict[str, ClusterInfo] = field(default_factory=dict)

    @property
    def dsorg(self) -> str:
        """The organisation in the words of BY."""
        if isinstance(self.data, list):
            return "VSAM"
        return "PDS" if self.data.is_partitioned else "PS"


def taken(step: StepContext, name: str, *, sphere: bool) -> Dumped:
    """Return what is dumped or copied of a data set."""
    mvs, who = step.mvs, step.who
    info = entries.find(mvs, name)
    if info is None or entries.kind(info) != "CLUSTER":
        return Dumped(catalog.unload(mvs, who, name))
    over = [mvs.cluster(each.dsname) for each in mvs.dependents(name) if entries.kind(each) in {"AIX", "PATH"}] if sphere else []
    records = list(portable.written(mvs, who, mvs.cluster(name), step.now()))
    return Dumped(records, {facts.dsname: facts for facts in over})


def written(step: StepContext, name: str, held: Dumped, sink: RecordSink) -> None:
    """Write one data set into a dump."""
    if isinstance(held.data, UnloadedDataset):
        stream = b"".join(netdata.write(held.data, netdata.Transmission(step.now())))
        sink.put(to_host(f"{_MARK}{name:<44}{len(stream):012d}"))
        sink.put_many(stream[at : at + _BLOCK] for at in range(0, len(stream), _BLOCK))
        return
    sink.put(to_host(f"{_VSAM}{name:<44}{len(held.data):012d}"))
    sink.put_many(held.data)
    for facts in held.sphere.values():
        sink.put(to_host(f"{_SPHERE}{name:<44}{1:012d}"))
        sink.put(next(portable.written(step.mvs, step.who, facts, step.now())))


def read(records: Iterable[bytes]) -> dict[str, Dumped]:
    """Return the data sets of a dump by name."""
    source = iter(records)
    found: dict[str, Dumped] = {}
    for record in source:
        head = to_text(record)
        if not head.startswith((_MARK, _VSAM, _SPHERE)) or not (head[52:64].isascii() and head[52:64].isdecimal()):
            raise BadRecordData("no dump of this program")
        name, count = head[8:52].strip(), int(head[52:64])
        if head.startswith(_MARK):
            found[name] = Dumped(netdata.read(_stream(source, count)))
            continue
        held = list(islice(source, count))
        if len(held) < count:
            raise BadRecordData("dump ends inside a data set")
        if head.startswith(_VSAM):
            found[name] = Dumped(held)
        elif name in found:
            facts, _, _ = portable.facts(held[0], name)
            found[name].sphere[facts.dsname] = facts
    return found


def _stream(source: Iterator[bytes], count: int) -> bytes:
    pieces, size = [], 0
    while size < count:
        piece = next(source, b"")
        if not piece:
            raise BadRecordData("dump ends inside a data set")
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def made(step: StepContext, name: str, held: Dumped, new: dict[str, str], *, replaces: bool) -> None:
    """Make a data set again under `new[name]`; what is over a cluster gets its new name there too. Raises MvsError."""
    mvs, who, target = step.mvs, step.who, new[name]
    if isinstance(held.data, UnloadedDataset):
        for _ in catalog.load(mvs, who, target, held.data, replace=replaces):
            pass
        return
    if replaces and mvs.exists(target):
        mvs.delete(Target(target), who)
    portable.made(mvs, who, target, iter(held.data))
    for facts in _in_order(held.sphere):
        own = new[facts.dsname]
        mvs.define_vsam(replace(facts, dsname=own, base=new.get(facts.base, facts.base), data_name="", index_name=""), who)
        if facts.kind == "AIX":
            mvs.build_index(own, who)


def _in_order(sphere: dict[str, Any]) -> list[ClusterInfo]:
    """Return alternate indexes before the paths that may lead through them."""
    return sorted(sphere.values(), key=lambda facts: facts.kind == "PATH")
