"""SITE: settings for this session, and the words that act at once (CHMOD, QDISK).

Source: zos-ftp-server.md 4; the words themselves are rows of zftpd/params.
Rules: SITE always ends in 200; every remark is a 200- line before it, in the order of the words.
"""

from __future__ import annotations

from zftpd import chmod, qdisk, servauth, xlate
from zftpd.commands.row import Argument, Command
from zftpd.effects import Handler
from zftpd.filetypes.allocation import SPACE
from zftpd.params import site as params
from zftpd.protocol.wording import reply
from zftpd.session import Session


def site(session: Session, arg: str) -> Handler:
    """Set parameters and perform actions."""
    if not arg:
        yield reply("site.bare")
        return
    notes = apply(session, arg)
    yield reply("site.ok").after(*notes)


def apply(session: Session, text: str) -> list[str]:
    """Apply SITE words to a session and return the remarks. Also what FTPS.RC files are made of."""
    outcome = params.apply(text, session.settings, servauth.site_facts(session))
    session.settings = outcome.settings
    session.sized = session.sized or bool(outcome.touched & SPACE)
    if outcome.touched & params.TABLES:
        xlate.use(session)
    notes = list(outcome.lines)
    for action in outcome.actions:
        if isinstance(action, params.Chmod):
            notes += chmod.change(session, action.mode, action.file)
        else:
            notes += qdisk.lines(session.server.mvs.volumes, action.volser)
    return notes


COMMANDS = (
    Command("SITE", site, Argument.OPTIONAL, login=False, help="SITE words: sets parameters, see HELP SITE.", source="UG"),
)
