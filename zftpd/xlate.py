"""Translate tables that stand in data sets: which one a setting means, and reading it into the session.

Source: [CR] XLATE, CCXLATE, SBDATACONN dsname; [CG] search orders for the data and the control connection.
Rules: a name of XLATE or CCXLATE means what the environment variable _FTPXLATE_name says, else hlq.name.TCPXLBIN. Without XLATE
and SBDATACONN the server's own SRVRFTP and STANDARD tables are looked for. Tables that FTP.DATA names and that cannot be read are
told to the console and left out.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice

from mvsfs.access import Requester
from mvsfs.codepages import FTP_STANDARD_TABLE, Sbcs
from mvsfs.codepages.xlbin import SIZE, parse
from mvsfs.errors import MvsError
from mvsfs.names import parse_target
from mvsfs.records.parts import take_bytes
from mvsfs.sentences import sentence
from mvsfs.system import Mvs
from zftpd.messages import message
from zftpd.params.settings import Settings
from zftpd.session import Session

#: DATASETPREFIX of TCPIP.DATA.
HLQ = "TCPIP"
#: No file of tables is longer, in bytes or in records; what a user names may be anything.
MAX_BYTES = 4 * SIZE
#: Tables that count when nothing names one, best first.
OWN = ("SRVRFTP", "STANDARD")


def place(name: str) -> str:
    """Return the data set or file that a table's name means."""
    return os.environ.get(f"_FTPXLATE_{name.upper()}") or f"{HLQ}.{name.upper()}.TCPXLBIN"


def read(session: Session, name: str, who: Requester) -> Sbcs:
    """Return the tables of a data set or z/OS UNIX file. Raises MvsError."""
    return read_tables(session.server.mvs, name, who)


def read_tables(mvs: Mvs, name: str, who: Requester) -> Sbcs:
    """Return the tables of a data set or z/OS UNIX file of a store. Raises MvsError."""
    if name.startswith("/"):
        with mvs.unix.open_input(name, who) as file:
            return parse([b"".join(take_bytes(file.chunks(), MAX_BYTES))], name)
    with mvs.open_input(parse_target(name.strip("'").upper()), who) as reader:
        return parse(islice(reader.records(), MAX_BYTES), name)


def named(settings: Settings) -> str:
    """Return the data set that SBDATACONN or XLATE names; SBDATACONN wins. Nothing when neither names one."""
    pair = settings.sbdataconn
    if pair is not None:
        return pair[0] if not pair[1] and pair[0] != FTP_STANDARD_TABLE else ""
    return place(settings.xlate) if settings.xlate else ""


def is_table(session: Session, name: str) -> bool:
    """Tell whether the user who is signed on can read translate tables there."""
    if not session.is_signed_on:
        return False
    try:
        read(session, name, session.who)
    except MvsError:
        return False
    return True


def use(session: Session) -> None:
    """Give the session the tables that its settings name: the started task reads those of FTP.DATA, the user those of SITE."""
    wanted = named(session.settings)
    who = session.server.operator if wanted == named(session.server.settings) else session.who
    if wanted:
        session.tables = _read(session, wanted, who)
    else:
        session.tables = _own(session) if session.settings.sbdataconn is None else None


def _read(session: Session, name: str, who: Requester) -> Sbcs | None:
    try:
        return read(session, name, who)
    except MvsError as error:
        session.server.console(message("table.unreadable", name=name, reason=sentence(error)))
        return None


def _own(session: Session) -> Sbcs | None:
    """Return the first table that the installation keeps for the server, if there is one."""
    exists = session.server.mvs.exists
    name = next((dsname for dsname in _candidates(session.server.jobname) if exists(dsname)), "")
    return _read(session, name, session.server.operator) if name else None


def _candidates(jobname: str) -> Iterator[str]:
    """Yield the names in the order in which they are looked for; the job name is that before the fork, without its digit."""
    for table in OWN:
        yield f"{jobname.rstrip('0123456789') or jobname}.{table}.TCPXLBIN"
        yield f"{HLQ}.{table}.TCPXLBIN"


def use_control(session: Session) -> None:
    """Give the control connection the tables of CCXLATE; CTRLCONN and EXTENSIONS UTF8 win over it."""
    settings = session.settings
    if settings.ccxlate and settings.ctrlconn == "7BIT" and "UTF8" not in settings.extensions:
        session.control_tables = _read(session, place(settings.ccxlate), session.server.operator)
