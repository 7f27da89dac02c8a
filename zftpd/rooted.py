"""z/OS UNIX files as a session sees them: for an anonymous user the home directory is the root.

Source: zos-ftp-server.md 6.5: from ANONYMOUSLEVEL 2 on, the server moves the root directory.
Rules: every path is walked from that root in one go, so no link and no rename meanwhile leads outside.
"""

from __future__ import annotations

from mvsfs.unix.files import UnixFiles
from zftpd.anonymous import root_of
from zftpd.session import Session


def unix_of(session: Session) -> UnixFiles:
    """Return the files that a session may see."""
    unix: UnixFiles = session.server.mvs.unix
    root = root_of(session)
    return unix.below(root) if root else unix
