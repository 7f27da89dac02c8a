"""The JES filters in force, as jobs are chosen and replies show them.

Source: jes-and-jcl.md 1.1: blank means the user ID, and for job names the user ID and `*`.
"""

from __future__ import annotations

from typing import Any

from zftpd.session import Session


def filters(session: Session) -> dict[str, Any]:
    """Return the facts of the JES filters, which replies about jobs show."""
    settings = session.settings
    return {
        "jobname": settings.jesjobname or f"{session.userid}*",
        "owner": settings.jesowner or session.userid,
        "status": settings.jesstatus,
        "seconds": settings.jesputgetto,
    }
