"""Data sets on a tape with IBM standard labels (SL) or without labels (NL).

Usage:
    for dataset in read(blocks): ...                     # blocks and marks from awstape.read
    blocks = write([dataset], volser="TAPE01", when=...)  # SL;  write_unlabelled for NL

Source: jes-and-jcl.md 6.5. A library lies on tape as its IEBCOPY unload (VS): read_library tries that.
Rules: an SL tape begins with VOL1. HDR1 keeps the last 17 characters of a name. Files of an NL tape have neither name nor format:
each block is then a record of RECFM U, unless the caller gives a Dcb.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from mvsfs.dcb import Dcb, Dsorg, Recfm
from mvsfs.errors import BadRecordData, MvsError
from mvsfs.exchange import iebcopy
from mvsfs.exchange.model import UnloadedDataset
from mvsfs.layouts import awstape as layout
from mvsfs.layouts.errors import LayoutError
from mvsfs.records.formats import block, unblock

HOST = "cp037"
Block = bytes | None
_NO_FORMAT = Dcb(Recfm("U"), 0, 32760)


def read(blocks: Iterable[Block], dcb: Dcb | None = None) -> Iterator[UnloadedDataset]:
    """Yield the data sets of a tape in order; unloaded libraries come with their members.

    dcb: the format of the files of an unlabelled tape. Raises BadRecordData for wrong labels or damaged blocks.
    """
    files = _files(blocks)
    first = next(files, [])
    if not first or _kind(first[0]) != "VOL1":
        for number, data in enumerate(_prepended(first, files), 1):
            if data:
                yield _dataset(f"FILE{number:04d}", dcb or _NO_FORMAT, data)
        return
    labels = first[1:]
    while any(_kind(label) == "HDR1" for label in labels):
        content = next(files, None)
        if content is None:
            raise BadRecordData("tape ends behind header labels")
        yield _labelled(labels, content)
        next(files, [])
        labels = next(files, [])


def _prepended(first: list[bytes], rest: Iterator[list[bytes]]) -> Iterator[list[bytes]]:
    yield first
    yield from rest


def _files(blocks: Iterable[Block]) -> Iterator[list[bytes]]:
    """Yield the blocks between marks; two marks together end the tape for what has labels, so empty files are kept."""
    now: list[bytes] = []
    for found in blocks:
        if found is None:
            yield now
            now = []
        else:
            now.append(found)
    if now:
        yield now


def _kind(label: bytes) -> str:
    return label[:4].decode(HOST, "replace") if len(label) == layout.LABEL_LENGTH else ""


def _labelled(labels: list[bytes], data: list[bytes]) -> UnloadedDataset:
    """Return the data set that HDR1 and HDR2 describe."""
    name, dcb = "", _NO_FORMAT
    for label in labels:
        kind = _kind(label)
        try:
            if kind == "HDR1":
                name = _text(layout.LABEL1.parse(label).dsid)
            elif kind == "HDR2":
                dcb = _dcb(layout.LABEL2.parse(label))
        except (LayoutError, ValueError) as error:
            raise BadRecordData(f"tape label {kind}") from error
    return _dataset(name, dcb, data)


def _dcb(label: Any) -> Dcb:
    attribute = {"B": "B", "S": "S", "R": "BS"}.get(_text(label.attribute), "")
    base = _text(label.recfm)
    recfm = Recfm.parse(base + (attribute if base != "U" else "") + _text(label.control))
    return Dcb(recfm, int(_text(label.lrecl) or "0"), int(_text(label.blksize) or "0"))


def _dataset(name: str, dcb: Dcb, data: list[bytes]) -> UnloadedDataset:
    """Return a sequential data set, or the library when the records unload one."""
    if dcb.recfm is not None and dcb.recfm.may_span:
        try:
            return iebcopy.read(unblock(data, dcb), name)
        except MvsError:
            pass
    return UnloadedDataset(name, dcb, list(unblock(data, dcb)))


def _text(field: bytes) -> str:
    return field.decode(HOST, "replace").strip()


def write(datasets: Iterable[UnloadedDataset], volser: str, when: date) -> Iterator[Block]:
    """Yield the blocks of an SL tape. Raises BadRecordData for records that do not fit their format."""
    yield layout.VOL1.build(
        {"volser": _field(volser, 6), "rest": _field("", 31), "owner": _field("", 10), "blanks": _field("", 29)}
    )
    for sequence, given in enumerate(datasets, 1):
        dataset = _sequential(given)
        yield _label1("HDR1", dataset, volser, when, sequence, 0)
        yield _label2("HDR2", dataset)
        yield None
        number = 0
        for data in block(dataset.records, dataset.dcb):
            yield data
            number += 1
        yield None
        yield _label1("EOF1", dataset, volser, when, sequence, number)
        yield _label2("EOF2", dataset)
        yield None
    yield None


def write_unlabelled(datasets: Iterable[UnloadedDataset]) -> Iterator[Block]:
    """Yield the blocks of an NL tape: each data set's blocks and a mark, two marks at the end."""
    for given in datasets:
        dataset = _sequential(given)
        yield from block(dataset.records, dataset.dcb)
        yield None
    yield None


def _sequential(dataset: UnloadedDataset) -> UnloadedDataset:
    """Return the data set itself, or a library as its unload."""
    if not dataset.is_partitioned:
        return dataset
    lrecl = iebcopy.container_lrecl(dataset.dcb)
    dcb = Dcb(Recfm.parse("VS"), lrecl, min(lrecl + 4, 32760), Dsorg.PS)
    return replace(dataset, dcb=dcb, records=iebcopy.write(dataset), members=None)


def _field(text: str, length: int) -> bytes:
    return text.ljust(length)[:length].encode(HOST, "replace")


def _label1(kind: str, dataset: UnloadedDataset, volser: str, when: date, sequence: int, blocks: int) -> bytes:
    day = f"{'0' if when.year >= 2000 else ' '}{when:%y%j}"
    built: bytes = layout.LABEL1.build(
        {
            "kind": _field(kind, 4),
            "dsid": _field(dataset.dsname[-17:], 17),
            "volser": _field(volser, 6),
            "volume": _field("0001", 4),
            "sequence": _field(f"{sequence:04d}", 4),
            "generation": _field("", 4),
            "version": _field("", 2),
            "created": _field(day, 6),
            "expires": _field("000000", 6),
            "security": _field("0", 1),
            "blocks": _field(f"{blocks % 1000000:06d}", 6),
            "system": _field("IBM OS/VS 370", 13),
            "rest": _field("", 7),
        }
    )
    return built


def _label2(kind: str, dataset: UnloadedDataset) -> bytes:
    dcb, recfm = dataset.dcb, dataset.dcb.recfm or Recfm("U")
    attribute = {"BS": "R", "B": "B", "S": "S"}.get("B" * recfm.blocked + "S" * recfm.spanned, "")
    built: bytes = layout.LABEL2.build(
        {
            "kind": _field(kind, 4),
            "recfm": _field(recfm.base, 1),
            "blksize": _field(f"{dcb.blksize:05d}", 5),
            "lrecl": _field(f"{min(dcb.lrecl, 99999):05d}", 5),
            "density": _field("4", 1),
            "position": _field("0", 1),
            "job": _field("MVSFS   /EXPORT", 17),
            "technique": _field("", 2),
            "control": _field(recfm.control, 1),
            "reserved": _field("", 1),
            "attribute": _field(attribute, 1),
            "rest": _field("", 41),
        }
    )
    return built
