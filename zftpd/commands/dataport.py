"""Where the data connection comes from or goes to: PORT, PASV, EPRT, EPSV.

Source: zos-ftp-server.md 1.7; RFC 959 4.1.2, RFC 2428; [CR] PORTCOMMAND, PORTCOMMANDPORT, PORTCOMMANDIPADDR.
Rules: nothing is connected here; PORT is acted on when the transfer starts. A second command replaces the first.
"""

from __future__ import annotations

from zftpd.commands.row import Argument, Command
from zftpd.effects import AimAt, Handler, Listen
from zftpd.errors import Refused
from zftpd.protocol.addresses import BadAddress, UnknownFamily, format_pasv, parse_eprt, parse_port, plain_host
from zftpd.protocol.wording import reply
from zftpd.session import Session

#: Ports below this belong to well-known services (PORTCOMMANDPORT NOLOWPORTS).
LOW_PORTS = 1024


def port(session: Session, arg: str) -> Handler:
    """Take the address where the client listens, IPv4."""
    _check_epsv_all(session)
    if session.ipv6:
        raise Refused("port.ipv6")
    try:
        host, number = parse_port(arg)
    except BadAddress:
        raise Refused("port.syntax", verb="PORT") from None
    _check_allowed(session, host, number)
    yield from _aim(session, host, number)
    yield reply("port.ok")


def eprt(session: Session, arg: str) -> Handler:
    """Take the address where the client listens, either family."""
    _check_epsv_all(session)
    try:
        family, host, number = parse_eprt(arg)
    except UnknownFamily:
        raise Refused("eprt.family") from None
    except BadAddress:
        raise Refused("port.syntax", verb="EPRT") from None
    if family != _family(session):
        raise Refused("eprt.session", family=family, other=_family(session))
    _check_allowed(session, host, number)
    yield from _aim(session, host, number)
    yield reply("eprt.ok")


def _aim(session: Session, host: str, number: int) -> Handler:
    """Remember the address; a passive listener is given up."""
    yield AimAt(host, number)
    session.data.passive, session.data.host, session.data.port = False, host, number


def _check_epsv_all(session: Session) -> None:
    """Raise Refused once the client has promised to use nothing but EPSV."""
    if session.data.epsv_all:
        raise Refused("epsv.all")


def _check_allowed(session: Session, host: str, number: int) -> None:
    """Raise Refused where the installation forbids active transfers to this address (the bounce attack, RFC 2577)."""
    settings = session.settings
    if settings.portcommand == "REJECT" or number == 0:
        raise Refused("port.refused")
    if settings.portcommandport == "NOLOWPORTS" and number < LOW_PORTS:
        raise Refused("port.refused")
    if settings.portcommandipaddr == "NOREDIRECT" and host != plain_host(session.client[0]):
        raise Refused("port.refused")


def _family(session: Session) -> int:
    """Return the network protocol of the session as RFC 2428 numbers it."""
    return 2 if session.ipv6 else 1


def pasv(session: Session, arg: str) -> Handler:  # noqa: ARG001
    """Listen and announce an IPv4 address."""
    _check_epsv_all(session)
    if session.ipv6:
        raise Refused("pasv.ipv6")
    host, number = yield Listen(1)
    _passive(session, host, number)
    yield reply("pasv.ok", address=format_pasv(host, number))


def epsv(session: Session, arg: str) -> Handler:
    """Listen and announce a port, either family; `EPSV ALL` promises that no other command will be used."""
    wanted = arg.upper()
    if wanted == "ALL":
        session.data.epsv_all = True
        yield reply("epsv.all.ok")
        return
    if wanted not in {"", "1", "2"}:
        raise Refused("eprt.family")
    if wanted and int(wanted) != _family(session):
        raise Refused("eprt.session", family=wanted, other=_family(session))
    host, number = yield Listen(_family(session))
    _passive(session, host, number)
    yield reply("epsv.ok", port=number)


def _passive(session: Session, host: str, number: int) -> None:
    session.data.passive, session.data.host, session.data.port = True, host, number


COMMANDS = (
    Command("PORT", port, help="PORT h1,h2,h3,h4,p1,p2: the server connects to this address.", source="ZREF"),
    Command("EPRT", eprt, help="EPRT |family|address|port|: the server connects to this address.", source="ZREF"),
    Command("PASV", pasv, Argument.NONE, help="PASV: the server listens for the data connection.", source="ZREF"),
    Command("EPSV", epsv, Argument.OPTIONAL, help="EPSV [1|2|ALL]: the server listens, either family.", source="ZREF"),
)
