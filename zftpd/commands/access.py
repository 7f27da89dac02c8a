"""Signing on and off: USER, PASS, ACCT, REIN, QUIT.

Source: zos-ftp-server.md 1.3; [CR] SECURE_LOGIN, SECURE_PASSWORD, ACCESSERRORMSGS, STARTDIRECTORY, LOGINMSG.
Not here: anonymous logins (anonymous.py) and what a certificate says (secure.py).
"""

from __future__ import annotations

from dataclasses import replace

from mvsfs.errors import InvalidDsname, UnixError
from saf.errors import (
    ApplNotAuthorized,
    CertificateRefused,
    NewPasswordInvalid,
    PasswordExpired,
    PasswordWrong,
    SafError,
    UserNotDefined,
    UserRevoked,
)
from saf.profiles import Acee
from zftpd import anonymous, servauth, userrc, xlate
from zftpd.commands.row import Argument, Command
from zftpd.commands.site import apply
from zftpd.effects import Handler, Hangup, StopTls
from zftpd.errors import Refused, UnknownHome
from zftpd.exits.points import FTCHKPWD
from zftpd.greeting import words_of
from zftpd.messages import message
from zftpd.naming import directory
from zftpd.protocol.reply import Reply
from zftpd.protocol.wording import lines, reply
from zftpd.session import MVS, UNIX, DataState, Location, SecureState, Session
from zftpd.targets import rules
from zftpd.transfer.options import WireType

#: Refused passwords in a row before the server hangs up [assumed].
MAX_FAILURES = 3

#: What ACCESSERRORMSGS TRUE says before the refusal.
REASONS: tuple[tuple[type[SafError], str], ...] = (
    (PasswordExpired, "pass.reason.expired"),
    (UserRevoked, "pass.reason.revoked"),
    (UserNotDefined, "pass.reason.unknown"),
    (NewPasswordInvalid, "pass.reason.new"),
    (PasswordWrong, "pass.reason.wrong"),
    (ApplNotAuthorized, "pass.reason.access"),
)


def user(session: Session, arg: str) -> Handler:
    """Name the user who is about to sign on."""
    settings = session.settings
    if session.anonymous >= anonymous.CONFINED:
        raise Refused("user.anonymous.final")
    if settings.secure_ftp == "REQUIRED" and session.secure.facts is None:
        _tell(session, arg.upper(), str(lines("user.secure")[0]))
        raise Refused("user.secure")
    reset(session)
    session.user_named = arg.upper()
    guest = anonymous.is_anonymous(session, arg)
    try:
        certified = _certified(session, arg.upper(), guest=guest)
    except SafError as error:
        yield _failed(session, error)
        session.user_named = ""  # no password makes up for the certificate
        if session.failures >= MAX_FAILURES:
            yield Hangup()
        return
    if guest:
        yield from _anonymous(session)
        return
    if certified is not None:
        yield from _signed_on(session, certified)
        return
    yield reply("user.ok")


def _anonymous(session: Session) -> Handler:
    """Answer USER ANONYMOUS: ask for the e-mail address, or for the password of the user that the statement names."""
    session.user_named = anonymous.NAME
    yield reply("user.anonymous" if anonymous.needs_address(session) else "user.ok")


def _certified(session: Session, userid: str, *, guest: bool = False) -> Acee | None:
    """Return the user whose certificate does for a password; None when a password is to come.

    Source: page 58 of the source document. Level 1 (REQUIRED) asks RACF nothing, so a certificate of nobody is no violation.
    Of a guest no more than a valid certificate is asked [assumed]. One that nobody has validated is none [assumed].

    Raises SafError when SECURE_LOGIN demands a certificate and there is none, or it does not sign `userid` on.
    """
    settings, saf, facts = session.settings, session.server.saf, session.secure.facts
    if facts is None or settings.secure_login == "NO_CLIENT_AUTH":
        return None
    if facts.certificate is None or not facts.validated:
        raise CertificateRefused("missing")
    if guest:
        return None
    enough = settings.secure_password != "REQUIRED"  # noqa: S105
    if settings.secure_login == "VERIFY_USER":
        if saf.verify_certificate(facts.certificate, begins=False).userid != userid:
            raise CertificateRefused("another-user")
    elif saf.user_of_certificate(facts.certificate) != userid:
        return None
    if not enough:
        return None
    acee = saf.acee(userid, begins=True, applid=settings.applname, port=servauth.port_of_entry(session))
    servauth.check_port(session, acee)
    return acee


def password(session: Session, arg: str) -> Handler:
    """Verify the password and sign the user on; three failures in a row end the session."""
    if not session.user_named or session.is_signed_on:
        raise Refused("pass.first")
    try:
        acee, notes = _verify(session, arg)
    except SafError as error:
        yield _failed(session, error)
        if session.failures >= MAX_FAILURES:
            yield Hangup()
        return
    yield from _signed_on(session, acee, notes)


def _verify(session: Session, arg: str) -> tuple[Acee, tuple[str, ...]]:
    """Return the user's facts and what to tell besides. Raises SafError."""
    server = session.server
    given, userdata = _split_userdata(arg)
    if session.user_named == anonymous.NAME and anonymous.is_anonymous(session, anonymous.NAME):
        _ask_exit(session, "*", arg, "")
        return anonymous.sign_on(session, arg), anonymous.warning(session, arg)
    words = given.split("/")
    _ask_exit(session, words[0][:8], userdata, words[0])
    new = words[1] if len(words) > 1 else None
    verify_new = words[2] if len(words) > 2 else None
    if len(words) > 1 and (len(words) != 3 or new != verify_new or not new):
        raise NewPasswordInvalid(session.user_named, "verify")
    applid = session.settings.applname
    port = servauth.port_of_entry(session)
    acee = server.saf.verify(session.user_named, words[0], new_password=new, verify_new=verify_new, applid=applid, port=port)
    servauth.check_port(session, acee)
    return acee, lines("pass.changed") if new else ()


def _split_userdata(arg: str) -> tuple[str, str]:
    """Return the password part and what follows the colon (neither passwords nor phrases may hold one)."""
    given, _, userdata = arg.partition(":")
    return given, userdata


def _ask_exit(session: Session, given: str, userdata: str, phrase: str) -> None:
    """Consult FTCHKPWD. Raises PasswordWrong, so that the client is told nothing but that PASS failed."""
    point = FTCHKPWD(session.user_named, given, userdata, session.failures, session.area, phrase)
    if not session.server.exits.call(point).accepted:
        raise PasswordWrong(session.user_named)


def _failed(session: Session, error: SafError) -> Reply:
    """Count the failure, tell console and SMF, and return the refusal."""
    server = session.server
    session.failures += 1
    reason = _reason(error)
    shown = str(lines(reason)[0])
    _tell(session, session.user_named, shown)
    if server.smf is not None:
        server.smf.login_failed(session, error)
    if isinstance(error, NewPasswordInvalid) and error.rule in {"verify", "length", "character", "syntax"}:
        return reply("pass.newformat")
    if isinstance(error, CertificateRefused):
        server.console(message("certificate.refused", session=session.id, userid=session.user_named, reason=shown))
    refusal = reply("user.certificate" if isinstance(error, CertificateRefused) else "pass.failed")
    return refusal.after(*lines(reason)) if session.settings.accesserrormsgs else refusal


def _tell(session: Session, userid: str, reason: str) -> None:
    session.server.console(message("access-failed", session=session.id, userid=userid, reason=reason))


def _reason(error: SafError) -> str:
    """Return the text that says why a login is refused."""
    if isinstance(error, CertificateRefused):
        return f"user.reason.{error.reason}"
    return next((text for kind, text in REASONS if isinstance(error, kind)), "pass.reason.access")


def _signed_on(session: Session, acee: Acee, notes: tuple[str, ...] = ()) -> Handler:
    """Give the session its user and say so."""
    server = session.server
    session.acee, session.userid, session.failures = acee, acee.userid, 0
    session.location = _start(session, acee)
    xlate.use(session)
    settings = session.settings
    if settings.jesowner is None or settings.jesjobname is None:
        session.settings = replace(
            settings, jesowner=settings.jesowner or acee.userid, jesjobname=settings.jesjobname or f"{acee.userid}*"
        )
    server.console(message("logged-on", session=session.id, userid=acee.userid))
    shown = words_of(session, settings.anonymousloginmsg if session.anonymous else settings.loginmsg)
    own = () if session.anonymous else _own_settings(session)
    facts = {"userid": acee.userid, "directory": session.location}
    yield reply("pass.ok", **facts).after(*notes, *shown, *own)


def _own_settings(session: Session) -> tuple[str, ...]:
    """Obey the user's FTPS.RC and return the line that says so."""
    name, statements = userrc.statements(session)
    for statement in statements:
        verb, _, words = statement.partition(" ")
        if verb.upper() == "SITE":
            apply(session, words)
        elif verb.upper() == "CWD":
            try:
                session.location = directory(words.strip(), rules(session))
            except (InvalidDsname, UnknownHome):
                continue  # the user is signed on all the same
    return userrc.announcement(name)


def _start(session: Session, acee: Acee) -> Location:
    """Return where a session starts: the user's prefix, or the home directory when STARTDIRECTORY HFS says so.

    An anonymous user who may use z/OS UNIX files only starts there.
    """
    settings = session.settings
    has_home = acee.uid is not None and _has_home(session, acee)
    only_unix = session.anonymous >= anonymous.CONFINED and settings.anonymousfileaccess == "HFS"
    realm = UNIX if (settings.startdirectory == "HFS" or only_unix) and acee.uid is not None else MVS
    home = acee.home if has_home and not anonymous.root_of(session) else ""
    return Location(realm, acee.userid, False, home or "/")


def _has_home(session: Session, acee: Acee) -> bool:
    """Make the home directory where it is missing; tell whether it is there: HOME may say anything."""
    try:
        session.server.mvs.unix.make_home(acee.userid, session.who)
    except UnixError:
        return False
    return True


def reset(session: Session) -> None:
    """Forget the user and what the user had chosen, but not the security of the control connection.

    The next user begins with the settings of FTP.DATA, else JESOWNER and others would be those of somebody else [assumed];
    what SITE said before any login stays.
    """
    if session.is_signed_on:
        session.settings, session.sized, session.tables = session.server.settings, False, None
    session.userid = session.user_named = ""
    session.acee = None
    session.anonymous = 0
    session.location = Location()
    session.wire = WireType()
    session.rename_from = None
    session.restart = ""


def reinitialize(session: Session, arg: str) -> Handler:  # noqa: ARG001
    """Return to the state after the greeting.

    That is one without TLS, after a reply that is still protected [RFC 4217 11]. The draft before it leaves the control
    connection as it is, and on the secure port there is none without TLS.
    """
    secure, level = session.secure, session.settings.tlsrfclevel
    clears = secure.facts is not None and not secure.implicit and level != "DRAFT"
    reset(session)
    session.settings, session.sized, session.tables = session.server.settings, False, None
    if clears or secure.facts is None:
        session.data = DataState()
    else:
        session.data = DataState(prot=session.data.prot, pbsz=session.data.pbsz)
    yield reply("rein")
    if clears:
        if not secure.left:
            yield StopTls(notify=level != "CCCNONOTIFY")
        session.secure = SecureState(
            available=secure.available, beneath=secure.beneath, mapping=secure.mapping, policy=secure.policy
        )


def quit_session(session: Session, arg: str) -> Handler:  # noqa: ARG001
    """Say goodbye."""
    yield reply("quit")
    yield Hangup()


def account(session: Session, arg: str) -> Handler:  # noqa: ARG001
    """Refuse: no account is ever asked for."""
    raise Refused("verb.notimplemented", verb="ACCT")
    yield  # a handler is a generator


COMMANDS = (
    Command("USER", user, login=False, help="USER userid: names the user who signs on.", source="UG"),
    Command(
        "PASS",
        password,
        Argument.OPTIONAL,
        login=False,
        secret=True,
        help="PASS password[/new/new][:userdata]: signs on, and changes the password.",
        source="UG",
    ),
    Command("ACCT", account, Argument.OPTIONAL, login=False, implemented=False, help="ACCT is not implemented.", source="ZREF"),
    Command("REIN", reinitialize, Argument.NONE, login=False, help="REIN: signs off; the connection stays.", source="ZREF"),
    Command("QUIT", quit_session, Argument.NONE, login=False, help="QUIT: ends the session.", source="ZREF"),
)
