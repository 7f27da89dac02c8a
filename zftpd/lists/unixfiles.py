"""z/OS UNIX listings in the form of ls -l; names for NLST.

Source: zos-ftp-server.md 3.5 and 3.6. Widths: links 3, owner 8, group 8, size 7 or more, as the 3.1 capture has them.
Rules: files changed within half a year show the time of day, others the year; the same for times in the future. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from mvsfs.info import UnixInfo, UnixKind

BLOCK = 512
#: A directory of a zFS file system is shown with one page of 8 KiB, and counts two blocks: the 3.1 capture has `total 3` above
#: a directory, a file of 52 bytes and a link.
DIRECTORY_BYTES, DIRECTORY_BLOCKS = 8192, 2
HALF_A_YEAR = timedelta(days=182)
#: Gives the files of a directory.
Inside = Callable[[UnixInfo], Iterable[UnixInfo]]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def basename(info: UnixInfo) -> str:
    """Return the last part of a file's path; the root is itself."""
    return info.path.rstrip("/").rpartition("/")[2] or "/"


def lines(
    infos: Iterable[UnixInfo], *, now: datetime, total: bool = False, name: Callable[[UnixInfo], str] = basename
) -> Iterator[str]:
    """Yield a row for each file. `total` puts the total line before them, for the listing of a directory; `name` gives
    what the last column shows: the base name, or the path as it was asked for.
    """
    if total:
        infos = list(infos)
        yield f"total {total_blocks(infos)}"
    for info in infos:
        yield row(info, now, name(info))


def names(infos: Iterable[UnixInfo], *, full: bool = False) -> Iterator[str]:
    """Yield the names for NLST: whole paths or base names."""
    for info in infos:
        yield info.path if full else basename(info)


def spanned(infos: Iterable[UnixInfo], inside: Inside, *, now: datetime, folder: str = "") -> Iterator[str]:
    """Yield the rows of files, then each directory with its contents under its name, as ls -l * does [form assumed]."""
    directories = []
    for info in infos:
        if info.kind is UnixKind.DIRECTORY:
            directories.append(info)
        else:
            yield row(info, now, _joined(folder, basename(info)))
    for directory in directories:
        yield ""
        yield f"{_joined(folder, basename(directory))}:"
        yield from lines(inside(directory), now=now, total=True)


def recursive(infos: Iterable[UnixInfo], inside: Inside, *, now: datetime, folder: str = "") -> Iterator[str]:
    """Yield the rows of a directory, then those of each directory below it under its name, as ls -lR does."""
    infos = list(infos)
    yield from lines(infos, now=now, total=True)
    for info in infos:
        name = basename(info)
        if info.kind is UnixKind.DIRECTORY and name not in {".", ".."}:
            yield ""
            yield f"{_joined(folder, name)}:"
            yield from recursive(inside(info), inside, now=now, folder=_joined(folder, name))


def spanned_names(infos: Iterable[UnixInfo], inside: Inside, *, folder: str = "") -> Iterator[str]:
    """Yield names, and for each directory the names of what lies in it, with the directory before them."""
    for info in infos:
        name = _joined(folder, basename(info))
        if info.kind is not UnixKind.DIRECTORY:
            yield name
        else:
            yield from (f"{name}/{basename(each)}" for each in inside(info))


def _joined(folder: str, name: str) -> str:
    return f"{folder.rstrip('/')}/{name}" if folder else name


def total_blocks(infos: Iterable[UnixInfo]) -> int:
    """Return the sum of the files' 512-byte blocks; symbolic links have none."""
    return sum(_blocks(info) for info in infos)


def _blocks(info: UnixInfo) -> int:
    if info.kind is UnixKind.SYMLINK:
        return 0
    return DIRECTORY_BLOCKS if info.kind is UnixKind.DIRECTORY else -(-info.size // BLOCK)


def row(info: UnixInfo, now: datetime, name: str) -> str:
    """Return one row of ls -l."""
    arrow = f" -> {info.target}" if info.kind in {UnixKind.SYMLINK, UnixKind.EXTERNAL} and info.target else ""
    size = DIRECTORY_BYTES if info.kind is UnixKind.DIRECTORY else info.size
    return (
        f"{info.kind.value}{permissions(info.mode)} {info.links:>3} {info.owner:<8} {info.group:<8} {size:>7} "
        f"{when(info.mtime, now)} {name}{arrow}"
    )


def permissions(mode: int) -> str:
    """Return nine letters, with the set-id and sticky bits in their places."""
    letters = ["rwxrwxrwx"[bit] if mode & (0o400 >> bit) else "-" for bit in range(9)]
    for bit, place, mark in ((0o4000, 2, "s"), (0o2000, 5, "s"), (0o1000, 8, "t")):
        if mode & bit:
            letters[place] = mark if letters[place] == "x" else mark.upper()
    return "".join(letters)


def when(mtime: datetime, now: datetime) -> str:
    """Return `Mon dd HH:MM` for the last half year, `Mon dd  YYYY` otherwise."""
    day = f"{MONTHS[mtime.month - 1]} {mtime.day:>2}"
    age = now - mtime
    return f"{day} {mtime:%H:%M}" if timedelta() <= age <= HALF_A_YEAR else f"{day} {mtime.year:>5}"
