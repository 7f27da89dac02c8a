"""Partitioned data sets in IEBCOPY's unload form: read and written as a list of logical records.

Usage:
    members = read(records)              # records without RDW, as XMIT carries them or a VS data set holds them
    records = write(dataset)

Source: jes-and-jcl.md 6.4. Not here: how the records are carried (netdata.py, tape.py, rdwfile.py).
Rules: a member's blocks are found by the TTR of its directory entry, never by order; members are written in TTR order.
Raises BadRecordData for anything that is no unload, and for a program library's unload (its form is not published).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import chain
from typing import Any

from mvsfs.dcb import Dcb, Dsorg
from mvsfs.errors import BadRecordData
from mvsfs.exchange.model import UnloadedDataset, UnloadedMember
from mvsfs.layouts import iebcopy as layout
from mvsfs.layouts import pdsdir
from mvsfs.layouts.errors import LayoutError
from mvsfs.layouts.recfm import DSORGS, recfm_byte, recfm_of
from mvsfs.records.formats import block, unblock
from mvsfs.storage.geometry import TRACK_BYTES, TRACKS_PER_CYLINDER

#: Where written unloads pretend to lie, and how much of a track a block costs beyond its data.
_START_CYLINDER, _BLOCK_COST = 16, 560
_MAX_R = 255


@dataclass(slots=True)
class _Blocks:
    """The blocks of one member with their TTRs; `end` is the TTR of its end mark."""

    ttrs: list[int] = field(default_factory=list)
    data: list[bytes] = field(default_factory=list)
    end: int = 0

    @property
    def start(self) -> int:
        """The TTR that the directory gives."""
        return self.ttrs[0] if self.ttrs else self.end


def read(records: Iterable[bytes], dsname: str = "") -> UnloadedDataset:
    """Return the library that the records unload. Raises BadRecordData."""
    source = iter(records)
    first, second = _header(next(source, b""), layout.COPYR1), _header(next(source, b""), layout.COPYR2)
    for _ in range((first.header_records or 2) - 2):
        next(source, b"")
    if first.flags & layout.PROGRAM_LIBRARY:
        raise BadRecordData("unload of a program library")
    extents = [extent for extent in second.extents if extent.tracks]
    blocks = _blocks(source)
    entries = list(pdsdir.parse(_directory(blocks)))
    members = _member_blocks(blocks, extents, first.heads)
    dcb = Dcb(recfm_of(first.recfm), first.lrecl, first.blksize, Dsorg.PO)
    found = list(_members(entries, members, dcb))
    return UnloadedDataset(dsname, dcb, members=found, directory_blocks=pdsdir.blocks_needed(entries))


def _header(record: bytes, struct: Any) -> Any:
    try:
        return struct.parse(record)
    except LayoutError as error:
        raise BadRecordData("no IEBCOPY unload") from error


def _blocks(records: Iterable[bytes]) -> Iterator[Any]:
    """Yield every block of every record."""
    for record in records:
        stream, at = BytesIO(record), 0
        while at < len(record):
            try:
                block_ = layout.BLOCK.parse_stream(stream)
            except LayoutError as error:
                raise BadRecordData("unload record ends inside a block", at) from error
            yield block_
            at = stream.tell()


def _directory(blocks: Iterator[Any]) -> Iterator[bytes]:
    for found in blocks:
        if found.kl == 0 and found.dl == 0:
            return
        if found.kl != pdsdir.KEY_LENGTH or found.dl != pdsdir.BLOCK_LENGTH:
            raise BadRecordData("directory block of an unload")
        yield found.data
    raise BadRecordData("unload ends inside the directory")


def _member_blocks(blocks: Iterator[Any], extents: list[Any], heads: int) -> list[_Blocks]:
    members: list[_Blocks] = []
    now = _Blocks()
    for found in blocks:
        if found.mbb & layout.ATTRIBUTES:
            continue
        ttr = _track(found, extents, heads or TRACKS_PER_CYLINDER) << 8 | found.r
        if found.dl:
            now.ttrs.append(ttr)
            now.data.append(found.data)
            continue
        now.end = ttr
        members.append(now)
        now = _Blocks()
    if now.data:
        raise BadRecordData("unload ends inside a member")
    return members


def _track(found: Any, extents: list[Any], heads: int) -> int:
    """Return the number of the block's track over all extents."""
    before, absolute = 0, int(found.cc) * heads + int(found.hh)
    for extent in extents:
        track = absolute - (int(extent.start_cc) * heads + int(extent.start_hh))
        if 0 <= track < extent.tracks:
            return before + track
        before += int(extent.tracks)
    # Some unloads carry relative tracks without extents.
    return absolute


def _members(entries: list[pdsdir.Entry], found: list[_Blocks], dcb: Dcb) -> Iterator[UnloadedMember]:
    """Yield members and aliases in directory order."""
    by_ttr = {blocks.start: blocks for blocks in found}
    ttrs = sorted({entry.ttr for entry in entries})
    if not all(ttr in by_ttr for ttr in ttrs):
        # Unloads of other sources number their tracks differently; the order of the members is still that of their TTRs.
        if len(ttrs) != len(found):
            raise BadRecordData("members of an unload do not match its directory")
        by_ttr = dict(zip(ttrs, found, strict=True))
    mains = {entry.ttr: entry.name for entry in entries if not entry.is_alias}
    records: dict[int, list[bytes]] = {}
    for entry in entries:
        blocks = by_ttr[entry.ttr]
        userdata = _pointers(entry, lambda ttr, blocks=blocks: blocks.ttrs.index(ttr) + 1 if ttr in blocks.ttrs else 0)
        main = mains.get(entry.ttr, "")
        if entry.is_alias and main:
            yield UnloadedMember(entry.name, [], main, userdata, entry.ttrns)
        else:
            if entry.ttr not in records:  # two names of one place share its records
                records[entry.ttr] = list(unblock(blocks.data, dcb))
            yield UnloadedMember(entry.name, records[entry.ttr], "", userdata, entry.ttrns)


def _pointers(entry: pdsdir.Entry, renumber: Any) -> bytes:
    """Return the user data with each of its TTRNs renumbered; a zero pointer stays zero."""
    data = bytearray(entry.userdata)
    for at in range(0, min(4 * entry.ttrns, len(data) - 3), 4):
        ttr = int.from_bytes(data[at : at + 3], "big")
        if ttr:
            data[at : at + 3] = renumber(ttr).to_bytes(3, "big")
    return bytes(data)


def write(dataset: UnloadedDataset) -> Iterator[bytes]:
    """Yield the unload's logical records. Raises BadRecordData for records that do not fit the library's format."""
    dcb = dataset.dcb
    placed = [(member, _placed(list(block(member.records, dcb)))) for member in dataset.members or [] if not member.alias_of]
    tracks = _place(blocks for _, blocks in placed)
    yield layout.COPYR1.build(
        {
            "flags": 0,
            "dsorg": DSORGS[Dsorg.PO],
            "blksize": dcb.blksize,
            "lrecl": dcb.lrecl,
            "recfm": recfm_byte(dcb.recfm),
            "container_blksize": container_lrecl(dcb) + 4,
            "last": bytes(18),
        }
    )
    yield layout.COPYR2.build({"extents": [_extent(tracks), *[_NO_EXTENT] * 15], "rest": bytes(4)})
    yield from _written_directory(dataset, {member.name: blocks for member, blocks in placed})
    limit = container_lrecl(dcb) - 4
    for _, blocks in placed:
        yield from _written_member(blocks, limit)


def container_lrecl(dcb: Dcb) -> int:
    """Return the record length of the unload: a block (of data or directory) with its header and the record's length word."""
    return max(dcb.blksize, layout.HEADER_LENGTH + pdsdir.KEY_LENGTH + pdsdir.BLOCK_LENGTH) + layout.HEADER_LENGTH + 4


_NO_EXTENT = {"file_mask": 0, "start_cc": 0, "start_hh": 0, "end_cc": 0, "end_hh": 0, "tracks": 0}


def _extent(tracks: int) -> dict[str, int]:
    end_cc, end_hh = divmod(_START_CYLINDER * TRACKS_PER_CYLINDER + tracks - 1, TRACKS_PER_CYLINDER)
    return {"start_cc": _START_CYLINDER, "start_hh": 0, "end_cc": end_cc, "end_hh": end_hh, "tracks": tracks}


def _placed(data: list[bytes]) -> _Blocks:
    return _Blocks([0] * len(data), data)


def _place(members: Iterable[_Blocks]) -> int:
    """Give every block and end mark its TTR; return the number of tracks."""
    track, used, r = 0, 0, 0
    for member in members:
        for number, size in enumerate(chain(map(len, member.data), (0,))):
            if r == _MAX_R or (r and used + size + _BLOCK_COST > TRACK_BYTES):
                track, used, r = track + 1, 0, 0
            r += 1
            used += size + _BLOCK_COST
            ttr = track << 8 | r
            if number < len(member.data):
                member.ttrs[number] = ttr
            else:
                member.end = ttr
    return track + 1


def _written_directory(dataset: UnloadedDataset, placed: dict[str, _Blocks]) -> Iterator[bytes]:
    """Yield one record of all directory blocks, as long as a record may be, ended by zeros."""
    entries = []
    for member in dataset.members or []:
        blocks = placed.get(member.alias_of or member.name)
        if blocks is None:
            raise BadRecordData(f"alias {member.name} of a member that is not there")
        entry = pdsdir.Entry(member.name, blocks.start, member.userdata, bool(member.alias_of), member.ttrns)
        entries.append(replace(entry, userdata=_pointers(entry, lambda number, blocks=blocks: _ttr_of(blocks, number))))
    built = [_built(0, pdsdir.KEY_LENGTH, key, data) for key, data in pdsdir.build(entries)]
    # A directory block of the unload is 276 bytes; the record also has room for the header of zeros.
    number = max(1, (container_lrecl(dataset.dcb) - 4 - layout.HEADER_LENGTH) // len(built[0]))
    for at in range(0, len(built), number):
        yield b"".join(built[at : at + number]) + (bytes(layout.HEADER_LENGTH) if at + number >= len(built) else b"")


def _built(ttr: int, kl: int, key: bytes, data: bytes) -> bytes:
    """Return a block with its header; directory blocks have no place."""
    track = _START_CYLINDER * TRACKS_PER_CYLINDER + (ttr >> 8) if ttr else 0
    place = {"cc": track // TRACKS_PER_CYLINDER, "hh": track % TRACKS_PER_CYLINDER, "r": ttr & 0xFF}
    block_: bytes = layout.BLOCK.build({**place, "kl": kl, "dl": len(data), "key": key, "data": data})
    return block_


def _ttr_of(blocks: _Blocks, number: int) -> int:
    return blocks.ttrs[number - 1] if 0 < number <= len(blocks.ttrs) else 0


def _written_member(blocks: _Blocks, limit: int) -> Iterator[bytes]:
    record = b""
    for ttr, data in zip(chain(blocks.ttrs, (blocks.end,)), chain(blocks.data, (b"",)), strict=True):
        built = _built(ttr, 0, b"", data)
        if record and len(record) + len(built) > limit:
            yield record
            record = b""
        record += built
    yield record
