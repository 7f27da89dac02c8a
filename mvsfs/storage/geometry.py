"""How much of a 3390 track records take.

Source: [3390 REF] "Track capacity": a block of DL data bytes with a KL-byte key takes
    cells = 10 + field(DL) + (KL ? field(KL) : 0)         field(L) = 9 + ceil((L + 6 * ceil((L + 6) / 232) + 6) / 34)
of the 1729 cells of a track. Rules: pure. Space of data sets is counted in whole blocks; a V block is counted as full when
no further record of average length fits, since the lengths of single records are not kept [assumed].
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from mvsfs.dcb import Dcb
from mvsfs.records.forms import Form

TRACK_CELLS = 1729
TRACK_BYTES = 56664
TRACKS_PER_CYLINDER = 15
#: A PDSE is made of 4 KiB pages, twelve to a track.
PAGE = 4096
PAGES_PER_TRACK = 12
#: Entries of a directory block: 256 bytes less the two of the count and what no entry of 42 or 12 bytes can use.
DIRECTORY_BYTES = 252


@lru_cache(maxsize=4096)
def cells(data_length: int, key_length: int = 0) -> int:
    """Return the cells that one block takes."""
    return 10 + _field(data_length) + (_field(key_length) if key_length else 0)


def _field(length: int) -> int:
    return 9 - (-(length + 6 * -(-(length + 6) // 232) + 6) // 34)


@lru_cache(maxsize=1024)
def blocks_per_track(blksize: int, key_length: int = 0) -> int:
    """Return how many blocks of this length fit on a track; never none, so that impossible labels do not divide by zero."""
    return max(1, TRACK_CELLS // cells(blksize, key_length))


@dataclass(frozen=True, slots=True)
class Blocks:
    """Blocks of one length, and perhaps a shorter one behind them."""

    full: int
    length: int
    last: int

    @property
    def tracks(self) -> int:
        """The tracks they take, begun ones included."""
        per_track = blocks_per_track(self.length)
        tracks, rest = divmod(self.full, per_track)
        rest_cells = rest * cells(self.length) + (cells(self.last) if self.last else 0)
        return tracks - (-rest_cells // TRACK_CELLS)

    @property
    def cells(self) -> int:
        """The cells they take; what is left at the end of a track belongs to the block that did not fit."""
        per_track = blocks_per_track(self.length)
        tracks, rest = divmod(self.full, per_track)
        return tracks * TRACK_CELLS + rest * cells(self.length) + (cells(self.last) if self.last else 0)


def blocked(dcb: Dcb, form: Form, size: int, records: int) -> Blocks:
    """Return the blocks that hold `records` records of `size` stored bytes."""
    blksize = dcb.blksize or TRACK_BYTES // 2
    if records <= 0 or size <= 0:
        return Blocks(0, blksize, 0)
    recfm = dcb.recfm
    data = size + (3 * records if form is Form.LINES else 0)  # an RDW for each separator
    if recfm is not None and recfm.is_fixed:
        lrecl = max(1, dcb.lrecl)
        per_block = max(1, blksize // lrecl) if recfm.blocked else 1
        full, rest = divmod(records, per_block)
        return Blocks(full, per_block * lrecl, rest * lrecl)
    if recfm is None or recfm.is_undefined:
        return Blocks(records, max(1, -(-(data - 4 * records) // records)), 0)
    if recfm.may_span:
        full, rest = divmod(data, max(1, blksize - 8))
        return Blocks(full, blksize, rest + 8 if rest else 0)
    average = -(-data // records)
    per_block = max(1, (blksize - 4) // average) if recfm.blocked else 1
    full, rest = divmod(records, per_block)
    return Blocks(full, min(blksize, per_block * average + 4), rest * average + 4 if rest else 0)


def tracks_used(dcb: Dcb, form: Form, size: int, records: int) -> int:
    """Return the tracks of a sequential data set; a written data set has at least one, its end-of-file mark."""
    return max(1, blocked(dcb, form, size, records).tracks)


def member_cells(dcb: Dcb, form: Form, size: int, records: int) -> int:
    """Return the cells of a PDS member: its blocks and its end-of-file mark."""
    return blocked(dcb, form, size, records).cells + cells(0)


def member_pages(dcb: Dcb, size: int, records: int) -> int:
    """Return the pages of a PDSE member; fixed records count whole, however short they are stored."""
    if dcb.recfm is not None and dcb.recfm.is_fixed:
        size = records * dcb.lrecl
    return max(1, -(-size // PAGE))


def directory_tracks(blocks: int) -> int:
    """Return the tracks that a PDS without members uses."""
    return pds_tracks(blocks, 0) if blocks else 0


def directory_cells(blocks: int) -> int:
    """Return the cells of a PDS directory: its blocks with their keys and its end-of-file mark; members begin behind it."""
    tracks, rest = divmod(blocks, blocks_per_track(256, 8))
    return tracks * TRACK_CELLS + rest * cells(256, 8) + cells(0) if blocks else 0


def pds_tracks(directory_blocks: int, used_cells: int) -> int:
    """Return the tracks that directory and members take."""
    return -(-(directory_cells(directory_blocks) + used_cells) // TRACK_CELLS)


def directory_used(entry_bytes: int) -> int:
    """Return the directory blocks in use."""
    return -(-entry_bytes // DIRECTORY_BYTES)


def allocation_tracks(unit: str, amount: int, block_length: int) -> int:
    """Return an amount of tracks, cylinders or blocks in tracks."""
    if unit == "CYLINDER":
        return amount * TRACKS_PER_CYLINDER
    if unit == "BLOCK":
        return -(-amount // blocks_per_track(block_length or TRACK_BYTES // 2))
    return amount


def ttr(used_cells: int, directory_blocks: int) -> int:
    """Return the TTR of a member that begins after `used_cells` cells of other members."""
    track, rest = divmod(directory_cells(directory_blocks) + used_cells, TRACK_CELLS)
    return track << 8 | min(255, rest // cells(0) + 1)
