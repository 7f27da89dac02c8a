"""FTPS.RC: SITE and CWD commands that a user keeps, run at each login.

Source: zos-ftp-server.md 1.3; [UG] "Setting user-level options": the data set userid.FTPS.RC, or ftps.rc in the home directory.
Rules: only SITE and CWD are obeyed; comments begin with a semicolon; an unreadable file is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from mvsfs.errors import MvsError
from mvsfs.info import Target
from zftpd.protocol.wording import lines
from zftpd.session import Session


def statements(session: Session) -> tuple[str, list[str]]:
    """Return the name of the user's file and its statements; nothing when there is none."""
    mvs, who = session.server.mvs, session.who
    to_net = session.options.table().to_net
    dsname = f"{session.userid}.FTPS.RC"
    if mvs.exists(dsname):
        try:
            with mvs.open_input(Target(dsname), who) as reader:
                records = [record.translate(to_net).decode("latin-1") for record in reader.records()]
        except MvsError:
            return "", []
        return f"'{dsname}'", list(_meant(records))
    path = f"{session.acee.home.rstrip('/')}/ftps.rc"
    try:
        with mvs.unix.open_input(path, who) as file:
            text = b"".join(file.chunks()).translate(to_net).decode("latin-1")
    except MvsError:
        return "", []
    return path, list(_meant(text.split("\n")))


def _meant(records: list[str]) -> Iterator[str]:
    """Yield the statements without comments."""
    for record in records:
        statement = record.partition(";")[0].strip()
        if statement:
            yield statement


def announcement(name: str) -> tuple[str, ...]:
    """Return the line that says the file is processed."""
    return lines("pass.ftpsrc", name="FTPS.RC") if name else ()
