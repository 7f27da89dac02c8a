"""From which size on does a content object deserve a file of its own? Prints STOR-like writes a second, in a row and in a file.

Run: python bench/small_contents.py [FOLDER]   (the folder's file system is what is measured)
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime

from mvsfs.access import OpenGuard, Requester
from mvsfs.info import Allocation, Target
from mvsfs.records.forms import Form
from mvsfs.storage.options import StoreOptions
from mvsfs.system import Mvs

WHO = Requester("IBMUSER")
FB80 = Allocation(recfm="FB", lrecl=80, space_unit="CYLINDER", primary=5)
WRITES = 150


def rate(folder: str, size: int, small_limit: int, durable: bool) -> float:
    """Writes a second of one data set of `size` bytes replaced again and again."""
    options = StoreOptions(small_limit=small_limit, durable=durable)
    chunk = b"\x40" * size
    now = lambda: datetime(2026, 3, 25, 11, 0, tzinfo=UTC)  # noqa: E731
    with (
        tempfile.TemporaryDirectory(dir=folder) as place,
        Mvs.open(f"file://{place}", now=now, guard=OpenGuard(), options=options) as mvs,
    ):
        for number in range(WRITES + 10):
            if number == 10:
                begin = time.perf_counter()
            with mvs.open_output(Target("USER1.A"), WHO, allocation=FB80) as writer:
                writer.write_stored(chunk, Form.FIXED, size // 80)
        return WRITES / (time.perf_counter() - begin)


def main() -> None:
    """Print the table: rates, and row against file as a ratio."""
    folder = sys.argv[1] if len(sys.argv) > 1 else tempfile.gettempdir()
    print(f"{'bytes':>8} {'durable':>8} {'row/s':>8} {'file/s':>8} {'row:file':>9}")
    for durable in (True, False):
        for size in (80, 4000, 16000, 32000, 64000, 128000, 256000):
            row, file = rate(folder, size, 1 << 30, durable), rate(folder, size, -1, durable)
            print(f"{size:8} {durable!s:>8} {row:8.0f} {file:8.0f} {row / file:9.2f}")


if __name__ == "__main__":
    main()
