"""FTPS.RC: SITE and CWD commands that a user keeps, run at each login.

Source: zos-ftp-server.md 1.3; [UG] "Setting user-level options": the data set userid.FTPS.RC, or ftps.rc in the home directory.
Rules: only SITE and CWD are obeyed; comments begin with a semicolon; an unreadable file is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from mvsfs.errors import MvsError
from zftpd.protocol.wording import lines
from zftpd.session import Session
from zftpd.wordfile import lines_of


def statements(session: Session) -> tuple[str, list[str]]:
    """Return the name of the user's file and its statements; nothing when there is none."""
    dsname = f"{session.userid}.FTPS.RC"
    path = f"{session.acee.home.rstrip('/')}/ftps.rc"
    name = f"'{dsname}'" if session.server.mvs.exists(dsname) else path
    try:
        return name, list(_meant(lines_of(session, name, session.who)))
    except MvsError:
        return "", []


def _meant(records: list[str]) -> Iterator[str]:
    """Yield the statements without comments."""
    for record in records:
        statement = record.partition(";")[0].strip()
        if statement:
            yield statement


def announcement(name: str) -> tuple[str, ...]:
    """Return the line that says the file is processed."""
    return lines("pass.ftpsrc", name="FTPS.RC") if name else ()
