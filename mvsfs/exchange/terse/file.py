"""A tersed file as a data set: header, codes, records.

Usage:
    dataset = read(bytes_)                               # UnloadedDataset; the file does not tell its name
    blocks = write(dataset, SPACK)                       # 1024-byte records

Source: layouts/terse.py. Not here: the two methods (pack.py, spack.py), the library's unload inside (exchange/iebcopy.py).
Rules: a library goes as its IEBCOPY unload, and is known again by the unload's first record [how z/OS marks one is assumed].
An end of record stands behind each variable record; fixed records have none. Raises BadRecordData.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from mvsfs.dcb import Dcb, Recfm
from mvsfs.errors import BadRecordData
from mvsfs.exchange import iebcopy
from mvsfs.exchange.model import UnloadedDataset
from mvsfs.exchange.terse import pack, spack
from mvsfs.layouts import terse as layout
from mvsfs.layouts.errors import LayoutError

METHODS = {layout.PACK: pack, layout.SPACK: spack}
RECORD_LENGTH = 1024
#: What a file may become: its records are held in memory, and a hundred bytes of SPACK can stand for more than any volume has.
MAX_SYMBOLS = 1 << 30
_UNLOAD_MARK = bytes.fromhex("CA6D0F")
_RDW, _BDW = 4, 4
_UNDEFINED, _ASA, _MACHINE = 0x80, 0x40, 0x20


def read(data: bytes) -> UnloadedDataset:
    """Return the data set of a tersed file. Raises BadRecordData."""
    try:
        header = layout.HEADER.parse(data[: layout.HEADER_LENGTH])
    except LayoutError as error:
        raise BadRecordData("no terse header") from error
    length = header.length or header.long_length
    if header.version not in METHODS or header.variable > 1 or not length or length > 32768:
        raise BadRecordData("no terse header")
    symbols = _bounded(METHODS[header.version].unpacked(layout.codes(data[layout.HEADER_LENGTH :])))
    dcb = _dcb(header, length)
    records = list(_variable(symbols) if header.variable else _fixed(symbols, length))
    if header.variable and records and records[0][1:4] == _UNLOAD_MARK:
        return iebcopy.read(records)
    return UnloadedDataset("", dcb, records)


def _dcb(header: Any, length: int) -> Dcb:
    control = "A" if header.flags & _ASA else "M" if header.flags & _MACHINE else ""
    if header.flags & _UNDEFINED:
        return Dcb(Recfm("U", control=control), 0, max(header.blksize, length))
    if header.variable:
        is_blocked = header.blksize != length + _RDW + _BDW
        return Dcb(Recfm("V", is_blocked, control=control), length + _RDW, header.blksize)
    return Dcb(Recfm("F", header.blksize != length, control=control), length, header.blksize)


def _bounded(symbols: Iterator[int]) -> Iterator[int]:
    yield from islice(symbols, MAX_SYMBOLS)
    if next(symbols, None) is not None:
        raise BadRecordData("terse data become more than a file may hold", MAX_SYMBOLS)


def _variable(symbols: Iterator[int]) -> Iterator[bytes]:
    record = bytearray()
    for symbol in symbols:
        if symbol == layout.RECORD_MARK:
            yield bytes(record)
            record = bytearray()
        else:
            record.append(symbol - 1)
    if record:
        yield bytes(record)


def _fixed(symbols: Iterator[int], length: int) -> Iterator[bytes]:
    record = bytearray()
    for symbol in symbols:
        if symbol != layout.RECORD_MARK:
            record.append(symbol - 1)
            if len(record) == length:
                yield bytes(record)
                record = bytearray()
    if record:
        raise BadRecordData("terse data end inside a record", len(record))


def write(dataset: UnloadedDataset, version: int = layout.SPACK) -> Iterator[bytes]:
    """Yield the records of the tersed file, the last filled with zeros. Raises BadRecordData as the unload does."""
    variable, length, flags, blksize = _shape(dataset)
    records = iebcopy.write(dataset) if dataset.is_partitioned else dataset.records
    symbols = _marked(records) if variable else (byte + 1 for byte in chain.from_iterable(records))
    short, long = (length, 0) if length < 1 << 16 else (0, length)
    head = {"version": version, "variable": int(variable), "length": short, "flags": flags, "ratio": 0, "blksize": blksize}
    data: bytes = layout.HEADER.build({**head, "long_length": long})
    data += layout.carried(METHODS[version].packed(symbols))
    for at in range(0, len(data), RECORD_LENGTH):
        yield data[at : at + RECORD_LENGTH].ljust(RECORD_LENGTH, b"\0")


def _shape(dataset: UnloadedDataset) -> tuple[bool, int, int, int]:
    """Return whether records vary, their length, the flags and the block size."""
    dcb = dataset.dcb
    if dataset.is_partitioned:
        length = iebcopy.container_lrecl(dcb)
        return True, length - _RDW, layout.FLAGS, min(length + _BDW, 32760)
    if dcb.recfm is None:
        raise BadRecordData("data set without a record format")
    flags = layout.FLAGS | {"A": _ASA, "M": _MACHINE}.get(dcb.recfm.control, 0)
    if dcb.recfm.base == "U":
        return True, max(dcb.blksize, 1), flags | _UNDEFINED, dcb.blksize
    if dcb.recfm.is_fixed:
        return False, dcb.lrecl, flags, dcb.blksize
    return True, dcb.lrecl - _RDW, flags, dcb.blksize


def _marked(records: Iterable[bytes]) -> Iterator[int]:
    for record in records:
        for byte in record:
            yield byte + 1
        yield layout.RECORD_MARK
