"""What every command that uses a data connection checks first and tidies last.

Source: zos-ftp-server.md 1.7, 7.5.
"""

from __future__ import annotations

from zftpd.errors import DataConnectionFailed
from zftpd.session import Session


def check_data(session: Session) -> None:
    """Raise DataConnectionFailed where the installation demands a protected data connection and this one is not."""
    if session.settings.secure_dataconn in {"PRIVATE", "SAFE"} and session.data.prot != "P":
        raise DataConnectionFailed("unprotected")


def finish(session: Session) -> None:
    """Forget what held for one transfer only."""
    session.restart = ""
