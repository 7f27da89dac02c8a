"""Where a store lies when nobody says: one place for the server, the `mvsfs` and `jes` commands and the examples.

Rules: the address in $MVSFS_STORE wins; otherwise a folder under $XDG_DATA_HOME, or the platform's place for data.
Read by command line programs only; everything else is handed an address.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

#: The environment variable that names the store.
STORE_VARIABLE = "MVSFS_STORE"
_FOLDER = "mvsfs"


def data_folder() -> Path:
    """Return the folder for data that survives restarts; it need not exist."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / _FOLDER
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / _FOLDER


def default_store() -> str:
    """Return the address of the store that is meant when none is named."""
    return os.environ.get(STORE_VARIABLE) or f"file://{data_folder()}"


def store_url(text: str | None) -> str:
    """Return the address of the store that a user typed: an address as it is, a folder as `file://`, nothing as the default.

    Edge: `word:...` is an address too, also where no store has one like it: it is refused later, never taken for a folder.
    """
    if not text:
        return default_store()
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text):
        return text
    return f"file://{Path(text).expanduser().absolute()}"
