"""The class descriptor table: which kinds of resource there are and what holds for each.

Source: [RACFSAG] appendix of supplied classes; [RACREF] ICHERCDE. Only classes that some part of the product asks about,
and those that the commands of the source document and of job streams name, have a row; RDEFINE refuses another class.
Rules: `default_rc` answers when the class is active and no profile covers the resource: 4 not protected, 8 refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from saf.access import Access


@dataclass(frozen=True, slots=True)
class SafClass:
    """One row of the table."""

    name: str
    max_length: int
    default_rc: int = 4
    operations: bool = False
    """OPERATIONS gives ALTER in this class."""
    active: bool = True
    """Active in a new database."""
    default_uacc: Access = Access.NONE
    dotted: bool = True
    """Names are qualifiers with dots."""
    grouping: str = ""
    """The class of the profiles that group resources of this one."""
    help: str = ""


CLASSES: tuple[SafClass, ...] = (
    SafClass("DATASET", 44, operations=True, help="data sets"),
    SafClass("USER", 8, help="users; for SEARCH and SETROPTS only"),
    SafClass("GROUP", 8, help="groups; for SEARCH and SETROPTS only"),
    SafClass("APPL", 8, help="applications that a user may sign on to"),
    SafClass("CONSOLE", 8, active=False, help="MCS consoles"),
    SafClass("DASDVOL", 6, operations=True, active=False, grouping="GDASDVOL", help="disk volumes"),
    SafClass("DIGTCERT", 246, dotted=False, help="digital certificates; changed by RACDCERT"),
    SafClass("DIGTNMAP", 246, dotted=False, help="certificate name filters; changed by RACDCERT"),
    SafClass("DIGTRING", 246, dotted=False, help="key rings; changed by RACDCERT"),
    SafClass("FACILITY", 39, help="general facilities: IRR.*, BPX.*, STGADMIN.*"),
    SafClass("FIELD", 39, help="fields of profiles"),
    SafClass("GLOBAL", 39, active=False, help="global access table"),
    SafClass("JESINPUT", 8, active=False, help="job entry points"),
    SafClass("JESJOBS", 39, help="submission and cancellation of jobs by name"),
    SafClass("JESSPOOL", 53, default_rc=8, help="spool data sets; the owner needs no profile"),
    SafClass("LOGSTRM", 26, active=False, help="log streams"),
    SafClass("NODES", 24, active=False, help="jobs from other nodes"),
    SafClass("OPERCMDS", 39, help="operator commands"),
    SafClass("PROGRAM", 8, active=False, help="controlled programs"),
    SafClass("PTKTDATA", 39, active=False, help="PassTicket keys"),
    SafClass("RDATALIB", 246, active=False, help="key ring access by ring: owner.ring.LST"),
    SafClass("SDSF", 63, grouping="GSDSF", help="SDSF functions"),
    SafClass("SERVAUTH", 64, help="TCP/IP and FTP server resources: EZB.*"),
    SafClass("STARTED", 17, help="user IDs of started tasks"),
    SafClass("STORCLAS", 8, active=False, help="SMS storage classes"),
    SafClass("MGMTCLAS", 8, active=False, help="SMS management classes"),
    SafClass("SURROGAT", 17, default_rc=8, help="acting for another user"),
    SafClass("TAPEVOL", 6, operations=True, active=False, help="tape volumes"),
    SafClass("TERMINAL", 8, active=False, grouping="GTERMINL", help="terminals"),
    SafClass("TSOAUTH", 8, help="TSO authorities: JCL, OPER, ACCT"),
    SafClass("UNIXPRIV", 246, help="superuser privileges: SUPERUSER.FILESYS"),
    SafClass("WRITER", 8, active=False, help="JES writers"),
    SafClass("XFACILIT", 246, grouping="GXFACILI", help="general facilities with long names"),
)
BY_NAME = {row.name: row for row in CLASSES}
"""The rows by class name."""
