"""The functions of kernel.c and terse.c as methods, and the loading of the library. Not here: those of sort.c (sorting.py).

Rules: a library of another version is left alone (an installation that was only half renewed). Bytes go in without a copy;
what comes out is copied once from a buffer that belongs to the caller's `Output`, so that it may be kept.
"""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from mvsfs.codepages import OneWay
from mvsfs.kernel.sorting import Sorting
from mvsfs.kernel.tally import Tally

#: VERSION in kernel.c.
VERSION = 4
_STRIP, _CUT = 1, 2
_SIZE, _BYTES = ctypes.c_size_t, ctypes.c_char_p
_ADDRESS = ctypes.c_void_p
#: The arguments of each function, in the order of kernel.c.
_ARGUMENTS: dict[str, tuple[type, ...]] = {
    "mvsfs_store_lines": (
        _BYTES, _SIZE, _SIZE, _SIZE, _BYTES, _BYTES, _SIZE, ctypes.c_int, _ADDRESS, _SIZE, _ADDRESS,
    ),
    "mvsfs_store_unix": (_BYTES, _SIZE, _BYTES, _BYTES, _ADDRESS, _SIZE, _ADDRESS),
    "mvsfs_send_lines": (
        _BYTES, _SIZE, _SIZE, _BYTES, _BYTES, _BYTES, _SIZE, _SIZE, _ADDRESS, _ADDRESS, _SIZE, _ADDRESS,
    ),
    "mvsfs_send_fixed": (
        _BYTES, _SIZE, _SIZE, _SIZE, ctypes.c_int, _BYTES, _BYTES, _BYTES, _SIZE, _ADDRESS, _SIZE, _ADDRESS,
    ),
    "mvsfs_send_rdw": (_BYTES, _SIZE, _SIZE, _BYTES, _BYTES, _BYTES, _SIZE, _ADDRESS, _SIZE, _ADDRESS),
    "mvsfs_cut_image": (_BYTES, _SIZE, _SIZE, _ADDRESS, _SIZE, _ADDRESS),
    "mvsfs_spack": (_ADDRESS, _SIZE, _ADDRESS, _ADDRESS, _SIZE, _ADDRESS),
    "mvsfs_compress": (_BYTES, _SIZE, _ADDRESS, _SIZE, ctypes.c_int, _ADDRESS, _SIZE, _ADDRESS),
    "mvsfs_expand": (_BYTES, _SIZE, _SIZE, ctypes.c_int, _ADDRESS, _ADDRESS, _SIZE, _ADDRESS, _SIZE, _ADDRESS),
}  # fmt: skip
_IDENTITY = bytes(range(256))
#: Bytes and records that one call of `expand` makes at most.
_ROOM, _ENDS = 1 << 18, 1 << 13


class Made(NamedTuple):
    """What a call made. `used`: where in the input it stopped."""

    data: bytes
    used: int
    records: int
    truncated: int


class Output:
    """The buffer that one transfer's calls write to, and the column it is in between two of them."""

    def __init__(self) -> None:
        """Begin without memory."""
        self.size = 0
        self.tally = Tally()
        self.column = ctypes.c_size_t(0)
        self.ends = array("I")
        self._buffer = ctypes.create_string_buffer(1)

    def of(self, size: int) -> ctypes.Array[ctypes.c_char]:
        """Return a buffer of at least `size` bytes."""
        if size > self.size:
            self._buffer = ctypes.create_string_buffer(size)
            self.size = size
        return self._buffer

    def made(self) -> Made:
        """Return what the last call made."""
        tally = self.tally
        return Made(ctypes.string_at(self._buffer, tally.made), tally.used, tally.records, tally.truncated)


@lru_cache(maxsize=64)
def _flags(lost: bytes) -> bytes | None:
    """Return a table that marks the lost bytes, or None when there are none."""
    return bytes(byte in lost for byte in range(256)) if lost else None


class Kernel:
    """A loaded library. Every method returns None when the reference has to do it."""

    def __init__(self, library: ctypes.CDLL) -> None:
        """Declare the functions."""
        self.sorting = Sorting(library)
        library.mvsfs_spack_state.restype = ctypes.c_int64
        self._spack_state = library.mvsfs_spack_state()
        self._calls = {name: getattr(library, name) for name in _ARGUMENTS}
        for name, arguments in _ARGUMENTS.items():
            self._calls[name].argtypes = arguments
            self._calls[name].restype = ctypes.c_int64

    def store_lines(
        self, data: bytes, start: int, stop: int, code: OneWay, limit: int, out: Output, *, strip: bool, cut: bool
    ) -> Made | None:
        """Store data[start:stop], whole lines with CR LF, as LINES; see TextStore."""
        flags = _STRIP * strip | _CUT * cut
        size = stop - start
        answer = self._calls["mvsfs_store_lines"](
            data, len(data), start, stop, code.table, _flags(code.lost), limit, flags, out.of(size), size, ctypes.byref(out.tally)
        )
        return None if answer else out.made()

    def store_unix(self, data: bytes, code: OneWay, out: Output) -> bytes | None:
        """Return text of a z/OS UNIX file as it is kept; see inbound_unix."""
        answer = self._calls["mvsfs_store_unix"](
            data, len(data), code.table, _flags(code.lost), out.of(len(data)), len(data), ctypes.byref(out.tally)
        )
        return None if answer else out.made().data

    def send_lines(self, data: bytes, start: int, code: OneWay | None, eol: bytes, width: int, out: Output) -> Made | None:
        """Send LINES from `start`, each filled to `width` when that is not 0. A call that used nothing asks for more room."""
        table, lost = (code.table, _flags(code.lost)) if code else (_IDENTITY, None)
        size = max(2 * len(data) + width + 2, out.size)
        answer = self._calls["mvsfs_send_lines"](
            data, len(data), start, table, lost, eol, len(eol), width, ctypes.byref(out.column), out.of(size), size,
            ctypes.byref(out.tally),
        )  # fmt: skip
        return None if answer else out.made()

    def send_fixed(
        self, data: bytes, lrecl: int, code: OneWay | None, eol: bytes, out: Output, *, keep_blanks: bool
    ) -> Made | None:
        """Send whole records of `lrecl` bytes."""
        table, lost = (code.table, _flags(code.lost)) if code else (_IDENTITY, None)
        size = len(data) + (len(data) // lrecl + 1) * len(eol)
        answer = self._calls["mvsfs_send_fixed"](
            data, len(data), 0, lrecl, keep_blanks, table, lost, eol, len(eol), out.of(size), size, ctypes.byref(out.tally)
        )
        return None if answer else out.made()

    def send_rdw(self, data: bytes, code: OneWay | None, eol: bytes, out: Output) -> Made | None:
        """Send the records in RDW form that are whole; `used` tells where the first begins that is not."""
        table, lost = (code.table, _flags(code.lost)) if code else (None, None)
        answer = self._calls["mvsfs_send_rdw"](
            data, len(data), 0, table, lost, eol, len(eol), out.of(len(data) + 1), len(data) + 1, ctypes.byref(out.tally)
        )
        return None if answer else out.made()

    def cut_image(self, data: bytes, size: int, out: Output) -> Made | None:
        """Cut an image into records of `size` bytes in RDW form."""
        room = len(data) + 4 * (len(data) // size + 1)
        answer = self._calls["mvsfs_cut_image"](data, len(data), size, out.of(room), room, ctypes.byref(out.tally))
        return None if answer else out.made()

    def spack(self, symbols: array[int]) -> array[int] | None:
        """Return the codes of symbols (both array("H")) of a SPACK file."""
        codes, tally = array("H", bytes(2 * len(symbols))), Tally()
        answer = self._calls["mvsfs_spack"](
            symbols.buffer_info()[0], len(symbols), ctypes.create_string_buffer(self._spack_state), codes.buffer_info()[0],
            len(codes), ctypes.byref(tally),
        )  # fmt: skip
        return None if answer else codes[: tally.made]

    def compress(self, records: Sequence[bytes], filler: int) -> bytes | None:
        """Return records in MODE C."""
        data, lengths = b"".join(records), array("I", map(len, records))
        room = 2 * len(data) + 4 * (len(records) + 1)
        out = Output()
        answer = self._calls["mvsfs_compress"](
            data, len(data), lengths.buffer_info()[0], len(records), filler, out.of(room), room, ctypes.byref(out.tally)
        )
        return None if answer else out.made().data

    def expand(self, data: bytes, start: int, filler: int, pending: bool, out: Output) -> tuple[Made, bool, array[int]] | None:
        """Return strings of MODE C as bytes, whether X'80' waits for its string, and where in the bytes each record ends."""
        room, waits = _ROOM, ctypes.c_int(pending)
        ends = out.ends = out.ends or array("I", bytes(4 * _ENDS))
        answer = self._calls["mvsfs_expand"](
            data, len(data), start, filler, ctypes.byref(waits), out.of(room), room, ends.buffer_info()[0], len(ends),
            ctypes.byref(out.tally),
        )  # fmt: skip
        if answer:
            return None
        made = out.made()
        return made, bool(waits.value), ends[: made.records]


def load(path: Path) -> Kernel | None:
    """Return the kernel in this library, or None when there is none, it cannot be loaded here or is of another version."""
    if not path.exists():
        return None
    try:
        library = ctypes.CDLL(str(path))
        version = library.mvsfs_version
        version.restype = ctypes.c_int64
        return Kernel(library) if version() == VERSION else None
    except (OSError, AttributeError):
        return None
