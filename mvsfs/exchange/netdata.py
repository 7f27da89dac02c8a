"""TSO TRANSMIT files (NETDATA, .XMI): one data set or library, with a message if the sender wrote one.

Usage:
    dataset = read(bytes)                                   # UnloadedDataset
    bytes_ = b"".join(write(dataset, Transmission(when)))

Source: jes-and-jcl.md 6.3. Not here: the library's unload inside (iebcopy.py).
Rules: a logical record is its segments from first to last; records of a sequential data set are its logical records, where F
may be blocked several to one. Raises BadRecordData for anything that is no transmission.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

from mvsfs.dcb import Dcb, Dsorg
from mvsfs.errors import BadRecordData
from mvsfs.exchange import iebcopy
from mvsfs.exchange.model import UnloadedDataset
from mvsfs.layouts import netdata as layout
from mvsfs.layouts.errors import LayoutError
from mvsfs.layouts.recfm import DSORGS, dsorg_of, recfm_byte, recfm_of

HOST = "cp037"
Units = dict[int, list[bytes]]


@dataclass(frozen=True, slots=True)
class Transmission:
    """Who sends to whom, and when."""

    when: datetime
    from_node: str = "N1"
    from_user: str = "IBMUSER"
    to_node: str = "N1"
    to_user: str = "IBMUSER"


@dataclass(slots=True)
class _File:
    """One file of a transmission: the text units of its INMR02s, and its data records."""

    steps: list[Units] = field(default_factory=list)
    records: list[bytes] = field(default_factory=list)

    @property
    def is_message(self) -> bool:
        """Tell whether it goes to the terminal."""
        return any(layout.INMTERM in units for units in self.steps)


def read(data: bytes) -> UnloadedDataset:
    """Return the transmitted data set. Raises BadRecordData."""
    files = _files(_records(data))
    message: tuple[str, ...] = ()
    found: UnloadedDataset | None = None
    for file in files:
        if file.is_message:
            message += tuple(record.decode(HOST, "replace").rstrip() for record in file.records)
        elif found is None:
            found = _dataset(file)
    if found is None:
        raise BadRecordData("transmission without a data set")
    return UnloadedDataset(found.dsname, found.dcb, found.records, found.members, found.directory_blocks, message)


def origin(data: bytes) -> tuple[str, str]:
    """Return node and user ID of the sender; empty when the transmission does not tell. Raises BadRecordData."""
    for is_control, record in _records(data):
        if is_control and record[: layout.NAME_LENGTH].decode(HOST, "replace") == "INMR01":
            units = _units(record[layout.NAME_LENGTH :])
            node, user = (b"".join(units.get(key, [])).decode(HOST, "replace") for key in (layout.INMFNODE, layout.INMFUID))
            return node, user
    raise BadRecordData("no INMR01")


def _records(data: bytes) -> Iterator[tuple[bool, bytes]]:
    """Yield (is control, logical record). Raises BadRecordData."""
    parts: list[bytes] = []
    at, control = 0, False
    while at < len(data):
        if data[at] < 2:
            return
        try:
            segment = layout.SEGMENT.parse(data[at : at + data[at]])
        except LayoutError as error:
            raise BadRecordData("transmission ends inside a segment", at) from error
        if bool(segment.flag & layout.FIRST) == bool(parts):
            raise BadRecordData("segment out of order", at)
        parts.append(segment.data)
        control = bool(segment.flag & layout.CONTROL)
        if segment.flag & layout.LAST:
            yield control, b"".join(parts)
            parts = []
        at += segment.length
    if parts:
        raise BadRecordData("transmission ends inside a record", at)


def _files(records: Iterable[tuple[bool, bytes]]) -> list[_File]:
    """Collect the files: INMR02 announce them by number, each INMR03 begins the data of the next."""
    announced: dict[int, _File] = {}  # and not begun yet
    started: list[_File] = []
    seen_header = False
    for is_control, record in records:
        if not is_control:
            if not started:
                raise BadRecordData("data before INMR03")
            started[-1].records.append(record)
            continue
        name = record[: layout.NAME_LENGTH].decode(HOST, "replace")
        if name == "INMR01":
            seen_header = True
        elif name == "INMR02":
            number = int.from_bytes(record[6:10], "big")
            announced.setdefault(number, _File()).steps.append(_units(record[10:]))
        elif name == "INMR03":
            started.append(announced.pop(min(announced)) if announced else _File())
        elif name == "INMR06":
            break
    if not seen_header:
        raise BadRecordData("no INMR01")
    return started


def _units(data: bytes) -> Units:
    """Return the text units. Raises BadRecordData."""
    units: Units = {}
    stream, at = BytesIO(data), 0
    while at < len(data):
        try:
            unit = layout.TEXT_UNIT.parse_stream(stream)
        except LayoutError as error:
            raise BadRecordData("text unit", at) from error
        units[unit.key] = list(unit.texts)
        at = stream.tell()
    return units


def _dataset(file: _File) -> UnloadedDataset:
    """Return the data set of a file whose first step names it."""
    units = file.steps[0] if file.steps else {}
    dsname = ".".join(value.decode(HOST, "replace") for value in units.get(layout.INMDSNAM, []))
    utilities = [b"".join(step.get(layout.INMUTILN, [])).decode(HOST, "replace") for step in file.steps]
    if "IEBCOPY" in utilities:
        return iebcopy.read(file.records, dsname)
    recfm = recfm_of(_number(units, layout.INMRECFM) >> 8)
    dsorg = dsorg_of(_number(units, layout.INMDSORG))
    dcb = Dcb(recfm, _number(units, layout.INMLRECL), _number(units, layout.INMBLKSZ), dsorg)
    records = file.records
    if recfm is not None and recfm.is_fixed and dcb.lrecl > 0:
        records = [piece for record in records for piece in _pieces(record, dcb.lrecl)]
    return UnloadedDataset(dsname, dcb, records)


def _pieces(record: bytes, lrecl: int) -> list[bytes]:
    """Cut a carried record at LRECL; trailing blanks may have been left off the last."""
    return [record[at : at + lrecl].ljust(lrecl, b"\x40") for at in range(0, max(len(record), 1), lrecl)]


def _number(units: Units, key: int) -> int:
    return int.from_bytes((units.get(key) or [b""])[0], "big")


def write(dataset: UnloadedDataset, transmission: Transmission) -> Iterator[bytes]:
    """Yield the 80-byte records of the transmission. Raises BadRecordData as the unload does."""
    return _carried(_written(dataset, transmission))


def _written(dataset: UnloadedDataset, transmission: Transmission) -> Iterator[bytes]:
    """Yield segments."""
    yield _control("INMR01", _origin(transmission))
    dcb, size = dataset.dcb, 0
    qualifiers = [part.encode(HOST, "replace") for part in dataset.dsname.split(".") if part]
    # A unit without values would say something else (readers wait for the name); an unnamed data set has no unit.
    names = [(layout.INMDSNAM, qualifiers)] if qualifiers else []
    facts: list[tuple[int, list[bytes]]] = [
        (layout.INMLRECL, [dcb.lrecl.to_bytes(4, "big")]),
        (layout.INMBLKSZ, [dcb.blksize.to_bytes(4, "big")]),
    ]
    recfm = recfm_byte(dcb.recfm) << 8
    records: Iterable[bytes]
    if dataset.is_partitioned:
        facts += [(layout.INMRECFM, [recfm.to_bytes(2, "big")]), (layout.INMDIR, [_short(dataset.directory_blocks or 1, 3)])]
        facts.append((layout.INMTYPE, [b"\0"]))
        yield _step("IEBCOPY", Dsorg.PO, size, [*facts, *names])
        lrecl = iebcopy.container_lrecl(dcb)
        carried = 0x4800 | layout.NO_LENGTH_WORD
        inner = [(layout.INMLRECL, [_short(lrecl, 4)]), (layout.INMBLKSZ, [_short(min(lrecl + 4, 32760), 4)])]
        yield _step("INMCOPY", Dsorg.PS, size, [*inner, (layout.INMRECFM, [_short(carried, 2)])])
        records = iebcopy.write(dataset)
    else:
        carried = recfm | layout.NO_LENGTH_WORD
        yield _step("INMCOPY", Dsorg.PS, size, [*facts, (layout.INMRECFM, [_short(carried, 2)]), *names])
        records = dataset.records
    third = {layout.INMSIZE: _short(size, 4), layout.INMDSORG: _short(DSORGS[Dsorg.PS], 2), layout.INMLRECL: _short(80, 2)}
    yield _control("INMR03", [(key, [value]) for key, value in third.items()] + [(layout.INMRECFM, [_short(1, 2)])])
    for record in records:
        yield _segments(record, 0)
    yield _control("INMR06", [])


def _origin(transmission: Transmission) -> list[tuple[int, list[bytes]]]:
    when = transmission.when.strftime("%Y%m%d%H%M%S")
    texts = {
        layout.INMFNODE: transmission.from_node,
        layout.INMFUID: transmission.from_user,
        layout.INMTNODE: transmission.to_node,
        layout.INMTUID: transmission.to_user,
        layout.INMFTIME: when,
    }
    named = [(key, [text.encode(HOST, "replace")]) for key, text in texts.items()]
    return [(layout.INMLRECL, [_short(layout.CARRIER_LENGTH, 1)]), *named, (layout.INMNUMF, [_short(1, 1)])]


def _step(utility: str, dsorg: Dsorg, size: int, facts: list[tuple[int, list[bytes]]]) -> bytes:
    first = [
        (layout.INMUTILN, [utility.encode(HOST)]),
        (layout.INMSIZE, [_short(size, 4)]),
        (layout.INMDSORG, [_short(DSORGS[dsorg], 2)]),
    ]
    return _control("INMR02", [*first, *facts], _short(1, 4))


def _short(number: int, length: int) -> bytes:
    return number.to_bytes(length, "big")


def _control(name: str, units: list[tuple[int, list[bytes]]], number: bytes = b"") -> bytes:
    """Return the segments of a control record."""
    built: list[Any] = [layout.TEXT_UNIT.build({"key": key, "texts": values}) for key, values in units]
    return _segments(name.encode(HOST) + number + b"".join(built), layout.CONTROL)


def _segments(record: bytes, kind: int) -> bytes:
    cuts = range(0, max(len(record), 1), layout.MAX_SEGMENT_DATA)
    parts: list[bytes] = []
    for at in cuts:
        data = record[at : at + layout.MAX_SEGMENT_DATA]
        last = at + layout.MAX_SEGMENT_DATA >= len(record)
        flag = kind | (layout.FIRST if at == 0 else 0) | (layout.LAST if last else 0)
        parts.append(layout.SEGMENT.build({"length": len(data) + 2, "flag": flag, "data": data}))
    return b"".join(parts)


def _carried(segments: Iterable[bytes]) -> Iterator[bytes]:
    """Yield whole 80-byte records, the last filled with X'00'."""
    rest = b""
    for segment in segments:
        rest += segment
        cut = len(rest) - len(rest) % layout.CARRIER_LENGTH
        if cut:
            yield rest[:cut]
            rest = rest[cut:]
    if rest:
        yield rest.ljust(layout.CARRIER_LENGTH, b"\0")
