"""MVSINFO and HFSINFO: the file that describes a directory is shown when a user enters it.

Source: zos-ftp-server.md 2.3; [CR] MVSINFO, HFSINFO: a name that begins with a dot is appended to the MVS prefix,
and the z/OS UNIX name is a pattern for files in the directory.
Rules: each directory's words are shown once in a session; words that cannot be read are left out.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

from mvsfs.errors import MvsError
from mvsfs.info import UnixKind
from zftpd.greeting import words_of
from zftpd.rooted import unix_of
from zftpd.session import UNIX, Session


def lines_of(session: Session) -> list[str]:
    """Return the words for the directory that the session has just entered."""
    settings, location = session.settings, session.location
    if location.realm == UNIX:
        wanted = settings.anonymoushfsinfo if session.anonymous else settings.hfsinfo
        return _unix(session, wanted) if wanted else []
    wanted = settings.anonymousmvsinfo if session.anonymous else settings.mvsinfo
    if not wanted or not location.prefix:
        return []
    name = wanted if wanted.startswith("'") or not location.prefix else f"{location.prefix}.{wanted.lstrip('.')}"
    return words_of(session, name) if session.server.mvs.exists(name.strip("'")) else []


def _unix(session: Session, pattern: str) -> list[str]:
    """Return the words of the first file of the directory that fits the pattern."""
    try:
        infos = unix_of(session).listdir(session.location.unix, session.who)
    except MvsError:
        return []
    for info in infos:
        if info.kind is UnixKind.FILE and fnmatchcase(info.path.rpartition("/")[2], pattern):
            return words_of(session, info.path, unix_of(session))
    return []
