"""Anonymous logins: ANONYMOUS and its companions, levels 1 to 3.

Source: zos-ftp-server.md 6.5; [CR] ANONYMOUS, ANONYMOUSLEVEL, ANONYMOUSFILEACCESS, EMAILADDRCHECK.
Rules: from level 2 on, the home directory of the anonymous user is the root of what can be reached; level 3 also obeys
ANONYMOUSFILEACCESS and ANONYMOUSFILETYPE*, and never becomes another user.
"""

from __future__ import annotations

import re

from mvsfs.info import Target
from saf.access import Access
from saf.errors import PasswordWrong, SurrogateNotAuthorized
from saf.profiles import Acee
from zftpd import servauth
from zftpd.errors import Refused
from zftpd.naming import UnixTarget
from zftpd.session import Session

NAME = "ANONYMOUS"
#: The user ID that the bare statement ANONYMOUS means.
DEFAULT_USERID = "ANONYMO"
SURROGATE = "SURROGATE"
#: The levels at which the root directory moves, and at which only the listed features are left.
ROOTED, CONFINED = 2, 3

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+\Z")


def is_anonymous(session: Session, name: str) -> bool:
    """Tell whether USER asks for an anonymous login; without the statement the name is a user ID like any other."""
    return name.upper() == NAME and session.settings.anonymous is not None


def needs_address(session: Session) -> bool:
    """Tell whether PASS brings an e-mail address: the installation has settled the password itself."""
    row = session.settings.anonymous
    return row is not None and bool(row.password)


def sign_on(session: Session, given: str) -> Acee:
    """Return the facts of the user that anonymous logins run as.

    Raises SafError: the e-mail address is refused (EMAILADDRCHECK FAIL), or the user cannot sign on.
    """
    row, saf = session.settings.anonymous, session.server.saf
    assert row is not None
    userid = row.userid or DEFAULT_USERID
    applname, port = session.settings.applname, servauth.port_of_entry(session)
    if row.password and session.settings.emailaddrcheck == "FAIL" and not _EMAIL.match(given):
        raise PasswordWrong(userid)
    if row.password == SURROGATE:
        operator: Acee = session.server.operator.token  # type: ignore[assignment]
        resource = f"BPX.SRV.{userid}"
        decision = saf.auth(operator, "SURROGAT", resource, Access.READ, log=False)
        if not decision.allowed and decision.rc == 8:
            saf.auth(operator, "SURROGAT", resource, Access.READ)  # without a profile nothing is refused, nor told as if it were
            raise SurrogateNotAuthorized(operator.userid, userid)
        acee = saf.acee(userid, begins=True, applid=applname, port=port)
    else:
        acee = saf.verify(userid, row.password or given, applid=applname, port=port)
    servauth.check_port(session, acee)
    session.anonymous = session.settings.anonymouslevel
    return acee


def warning(session: Session, given: str) -> tuple[str, ...]:
    """Return the remark about an address that is none (EMAILADDRCHECK WARNING)."""
    if not needs_address(session) or session.settings.emailaddrcheck != "WARNING" or _EMAIL.match(given):
        return ()
    return ("The e-mail address is not valid.",)


def root_of(session: Session) -> str:
    """Return the directory that an anonymous user sees as `/`; for everybody else that is `/` itself."""
    if session.anonymous < ROOTED or session.acee is None:
        return ""
    return str(session.acee.home or "/").rstrip("/")


def check(session: Session, target: Target | UnixTarget) -> None:
    """Raise Refused where an anonymous user of level 3 may not go: the other realm, or a file type that is switched off."""
    if session.anonymous < CONFINED:
        return
    check_filetype(session)
    check_realm(session, "HFS" if isinstance(target, UnixTarget) else "MVS")


def check_realm(session: Session, realm: str) -> None:
    """Raise Refused where ANONYMOUSFILEACCESS keeps an anonymous user of level 3 out of HFS or MVS."""
    if session.anonymous >= CONFINED and session.settings.anonymousfileaccess not in {realm, "BOTH"}:
        raise Refused("access.denied")


def check_filetype(session: Session) -> None:
    """Raise Refused where ANONYMOUSFILETYPEx is FALSE for the file type of an anonymous user of level 3."""
    settings = session.settings
    allowed = {"SEQ": settings.anonymousfiletypeseq, "JES": settings.anonymousfiletypejes, "SQL": settings.anonymousfiletypesql}
    if session.anonymous >= CONFINED and not allowed.get(settings.filetype, False):
        raise Refused("access.denied")
