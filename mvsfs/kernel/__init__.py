"""The compiled kernel: inner loops of transfers and of sorting in C, behind the functions in Python that stay the reference.

Source: docs/decisions/0012-compiled-kernel.md.
    kernel = active()       None where no compiler was there at installation, or MVSFS_KERNEL=off
Rules: whoever asks must go on without it. A method answers None for input that only the reference may judge (errors, rare forms).
Results are equal byte for byte (tests/mvsfs/kernel). A call lets other threads run.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from mvsfs.kernel.calls import Kernel, load

__all__ = ["Kernel", "active"]

#: What hatch_build.py leaves beside this file.
LIBRARY = Path(__file__).with_name("kernel.so")


@lru_cache(maxsize=1)
def active() -> Kernel | None:
    """Return the kernel of this installation, or None."""
    return None if os.environ.get("MVSFS_KERNEL", "").lower() in {"off", "no", "0"} else load(LIBRARY)
