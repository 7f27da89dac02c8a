"""Which host files belong to a seed folder: plain ones that lie in it.

Rules: a seed folder comes from a repository of somebody else as well. A link in it that leads out would put the host's files
into data sets that clients read; a pipe or a device would never end. Links within the folder are as good as files. A name with
a line break would write lines of its own into logs and listings.
"""

from __future__ import annotations

from pathlib import Path

from mvsfs.seed.model import SeedError


def demand_printable(path: Path) -> None:
    """Raise SeedError for a name with control characters or bytes that are no UTF-8."""
    if not path.name.isprintable():
        raise SeedError(ascii(path.name), "names have printable characters only")


def own_path(folder: Path, path: Path) -> Path:
    """Return where a file or directory of the folder really lies. Raises SeedError when that is outside."""
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):  # Python before 3.13 raises RuntimeError for a loop
        raise SeedError(str(path), "a link that leads nowhere") from None
    if not real.is_relative_to(folder.resolve()):
        raise SeedError(str(path), "a link that leads out of the seed folder")
    return real


def own_file(folder: Path, path: Path) -> Path:
    """Return where a plain file of the folder really lies. Raises SeedError for any other."""
    real = own_path(folder, path)
    if not real.is_file():
        raise SeedError(str(path), "not a plain file")
    return real


def own_text(folder: Path, path: Path) -> str:
    """Return the UTF-8 text of a file of the folder. Raises SeedError."""
    return own_file(folder, path).read_text("utf-8")
