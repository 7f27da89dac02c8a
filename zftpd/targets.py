"""What a session's argument names, noted where replies and accounting look for it.

Rules: the one bridge between a session and the pure naming rules.
"""

from __future__ import annotations

from mvsfs.codepages.find import find
from mvsfs.codepages.sbcs import characters
from mvsfs.errors import UnknownCodepage
from mvsfs.info import Target
from zftpd import anonymous, naming, servauth
from zftpd.naming import NameRules, UnixTarget
from zftpd.session import Session
from zftpd.transfer.options import DEFAULT_SBDATACONN


def rules(session: Session) -> NameRules:
    """Return what names of this session are relative to."""

    def home(user: str) -> str | None:
        if anonymous.root_of(session):
            return None if user else "/"
        return session.server.mvs.guard.home_of(user or session.userid)

    def letters(name: str) -> str:
        pages = session.options.codepages
        return name if name.isascii() or pages == DEFAULT_SBDATACONN else invariant(name, pages[0])

    return NameRules(session.location, session.settings.quotesoverride, home, letters)


def invariant(name: str, host: str) -> str:
    """Return a name with the letters that a host page has in the places of `$`, `@` and `#` given back to those."""
    try:
        page = characters(find(host))
    except UnknownCodepage:
        return name
    places = {page[byte]: sign for byte, sign in ((0x5B, "$"), (0x7C, "@"), (0x7B, "#"))}
    return "".join(places.get(letter.upper(), letter) for letter in name)


def target_of(session: Session, arg: str) -> Target | UnixTarget:
    """Return what the argument names and note it in the session's transfer facts.

    Raises InvalidDsname, UnknownHome, and Refused where an anonymous user may not go or SERVAUTH says no.
    """
    target = naming.resolve(arg, rules(session))
    note(session, target)
    anonymous.check(session, target)
    if isinstance(target, UnixTarget):
        servauth.check_unix(session)
    return target


def absolute(session: Session, target: Target) -> Target:
    """Return what a relative generation stands for, noted as the target; other names unchanged. Raises GenerationNotFound."""
    if target.generation is not None:
        target = session.server.mvs.resolve_generation(target)
        note(session, target)
    return target


def note(session: Session, target: Target | UnixTarget) -> None:
    """Remember the target for replies, SMF and FTPOSTPR."""
    transfer = session.transfer
    if isinstance(target, UnixTarget):
        transfer.path, transfer.dsname, transfer.member = target.path, "", ""
        return
    transfer.path, transfer.dsname = "", target.dsname
    relative = None if target.generation is None else (f"{target.generation:+d}" if target.generation else "0")
    transfer.member = target.member or relative or ""
