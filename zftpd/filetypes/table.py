"""FILETYPES: the values of SITE FILETYPE and what serves them."""

from __future__ import annotations

from zftpd import anonymous
from zftpd.errors import Refused
from zftpd.filetypes.contract import FileType
from zftpd.filetypes.jobs import Jobs
from zftpd.filetypes.seq import Seq
from zftpd.session import Session

FILETYPES: dict[str, FileType] = {"SEQ": Seq(), "JES": Jobs()}


def filetype_of(session: Session) -> FileType:
    """Return the file type in force. Raises Refused for SQL, since there is no DB2 here, and where guests may not use it."""
    wanted = session.settings.filetype
    anonymous.check_filetype(session)
    if wanted not in FILETYPES:
        raise Refused("sql", db2=session.settings.db2)
    return FILETYPES[wanted]
