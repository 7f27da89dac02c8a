"""What SAF is asked by the server itself: may this user use this port, change these SITE words, use z/OS UNIX files?

Source: the SERVAUTH resources EZB.FTP.sysname.ftpdname.PORTnnnnn, .SITE.DUMP, .SITE.DEBUG, .ACCESS.HFS, and EZB.PORTACCESS; SDSF
resources ISFCMD.FILTER.* and ISFCMD.DSP.* for the JES filters (jes-and-jcl.md 1.1).
Rules: a resource that no profile protects is open to everybody (SAF return code 4).
"""

from __future__ import annotations

from mvsfs.codepages import FTP_STANDARD_TABLE
from mvsfs.codepages.mbcs import decoder, encoder
from mvsfs.errors import UnknownCodepage
from saf.access import Access
from saf.errors import ApplNotAuthorized
from saf.profiles import Acee, PortOfEntry
from saf.system import Saf
from zftpd import netaccess, xlate
from zftpd.errors import Refused
from zftpd.params.settings import Settings
from zftpd.params.site import SiteFacts
from zftpd.session import Session, is_control_page

#: The TCP/IP stack's procedure name.
TCPNAME = "TCPIP"
#: SITE words and the resource that protects them; {ftp} is EZB.FTP.sysname.ftpdname.
WORDS = {
    "DEBUG": ("SERVAUTH", "{ftp}.SITE.DEBUG"),
    "DUMP": ("SERVAUTH", "{ftp}.SITE.DUMP"),
    "JESOWNER": ("SDSF", "ISFCMD.FILTER.OWNER"),
    "JESJOBNAME": ("SDSF", "ISFCMD.FILTER.PREFIX"),
    "JESSTATUS": ("SDSF", "ISFCMD.DSP.OUTPUT.JES2"),
}


def may(session: Session, acee: Acee | None, saf_class: str, resource: str) -> bool:
    """Tell whether a user has READ to a resource, or nothing protects it."""
    if acee is None:
        return True
    decision = session.server.saf.auth(acee, saf_class, resource, Access.READ)
    return decision.allowed or decision.rc == 4


def prefix(session: Session) -> str:
    """Return what the names of this server's resources begin with."""
    return f"EZB.FTP.{session.server.sysname}.{session.server.jobname}"


def port_of_entry(session: Session) -> PortOfEntry | None:
    """Return where the client comes in, which a login is verified with."""
    server = session.server
    network = f"EZB.NETACCESS.{server.sysname}.{server.tcpname}"
    return netaccess.port_of_entry(server.zones, session.settings.portofentry4, session.client[0], session.local[0], network)


def check_port(session: Session, acee: Acee) -> None:
    """Raise ApplNotAuthorized when VERIFYUSER or SECURE_LOGIN VERIFY_USER asks and the user may not use this port."""
    settings = session.settings
    certified = settings.secure_login == "VERIFY_USER" and session.secure.facts is not None
    if not settings.verifyuser and not certified:
        return
    port = session.local[1]
    for resource in (f"{prefix(session)}.PORT{port}", f"{prefix(session)}.PORT{port:05d}"):
        if not may(session, acee, "SERVAUTH", resource):
            raise ApplNotAuthorized(acee.userid, resource)


def check_listen(saf: Saf, sysname: str, safname: str, userid: str) -> None:
    """Raise ValueError unless the started task's user may be the server on a port that is reserved under a SAF name.

    Source: page 11 of the source document; [IPCR PORT] SAF: without a profile nobody may.
    """
    resource = f"EZB.PORTACCESS.{sysname}.{TCPNAME}.{safname.upper()}"
    known = userid.upper() in saf.snapshot().users
    acee = saf.describe(userid) if known else Acee(userid, "SYS1")
    if saf.auth(acee, "SERVAUTH", resource, Access.READ).rc != 0:
        raise ValueError(f"user {userid} may not use the port: SERVAUTH {resource} does not permit it")


def check_unix(session: Session) -> None:
    """Raise Refused when the user may not reach z/OS UNIX files through FTP."""
    if not may(session, session.acee, "SERVAUTH", f"{prefix(session)}.ACCESS.HFS"):
        raise Refused("access.denied")


def site_facts(session: Session) -> SiteFacts:
    """Return what SITE must know of the session."""
    server = session.server

    def allowed(word: str) -> bool:
        saf_class, resource = WORDS[word]
        return may(session, session.acee, saf_class, resource.format(ftp=prefix(session)))

    def is_pair(host: str, net: str) -> bool:
        try:
            decoder(host)
            encoder(net)
        except UnknownCodepage:
            return FTP_STANDARD_TABLE in (host, net)
        return True

    def is_dataset(dsname: str) -> bool:
        return server.mvs.exists(dsname.strip("'").upper())

    def is_control(name: str) -> bool:
        return name in {"7BIT", FTP_STANDARD_TABLE} or is_control_page(name)

    def has_tables(settings: Settings) -> bool:
        name = xlate.named(settings)
        return not name or xlate.is_table(session, name)

    return SiteFacts(
        session.is_signed_on, allowed, is_dataset, is_pair, server.persona.absent, is_control, has_tables, server.settings
    )
