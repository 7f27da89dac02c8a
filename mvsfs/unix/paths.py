"""Absolute path names of z/OS UNIX: their grammar and nothing else.

Source: POSIX 4.13 "Pathname Resolution"; limits are those of z/OS UNIX (PATH_MAX 1023, NAME_MAX 255).
Not here: links and '..', which need the tree (walk.py).
Rules: pure. A component may hold any character but '/' and NUL: blanks, quotes and line ends are ordinary.
"""

from __future__ import annotations

from mvsfs.errors import UnixError

PATH_MAX = 1023
NAME_MAX = 255


def components(path: str) -> list[str]:
    """Return the names of an absolute path in order, without empty ones and '.'; '..' stays.

    Raises:
        UnixError: ENOENT for an empty path, EINVAL for a relative one or a name that cannot be stored, ENAMETOOLONG.
    """
    if not path:
        raise UnixError("ENOENT", path)
    if not path.startswith("/") or "\0" in path or not _is_storable(path):
        raise UnixError("EINVAL", path)
    names = [name for name in path.split("/") if name not in ("", ".")]
    if len(path) > PATH_MAX or any(len(name) > NAME_MAX for name in names):
        raise UnixError("ENAMETOOLONG", path)
    return names


def _is_storable(path: str) -> bool:
    """Tell whether the database can hold the text: a lone surrogate has no UTF-8 form."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def wants_directory(path: str) -> bool:
    """Tell whether the path can only name a directory: it ends in '/', '/.' or '/..'."""
    return path.endswith(("/", "/.", "/.."))


def join(directory: str, name: str) -> str:
    """Return `name` seen from `directory`; an absolute name stands for itself."""
    if name.startswith("/"):
        return name
    return f"{directory.rstrip('/')}/{name}"


def name_of(path: str) -> str:
    """Return the last component, or '/' for the root."""
    return path.rstrip("/").rpartition("/")[2] or "/"


def parent_of(path: str) -> str:
    """Return the path of the directory that holds the last component; the root's parent is the root."""
    return path.rstrip("/").rpartition("/")[0] or "/"
