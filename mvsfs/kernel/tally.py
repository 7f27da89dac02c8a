"""The structure in which every function of the kernel says what it did."""

from __future__ import annotations

import ctypes


class Tally(ctypes.Structure):
    """What a call did: bytes of the input, bytes of the output, records; `truncated` has a meaning of each function's own."""

    _fields_ = [(name, ctypes.c_int64) for name in ("used", "made", "records", "truncated")]
    used: int
    made: int
    records: int
    truncated: int
