"""STAT, XSTA, XDSS: what is set, and what a data set is.

Source: zos-ftp-server.md 1.5, 4.6; [TN] XSTA; [FLU] XDSS.
Not here: the lines themselves (zftpd/params/report.py).
"""

from __future__ import annotations

import os

from mvsfs.dcb import LRECL_X
from mvsfs.info import DatasetInfo
from zftpd.commands.row import Argument, Command
from zftpd.commands.settings import MODES, STRUCTURES
from zftpd.effects import Handler
from zftpd.errors import Refused
from zftpd.naming import UnixTarget
from zftpd.params import report
from zftpd.params.report import SessionFacts
from zftpd.protocol.wording import reply
from zftpd.session import Session
from zftpd.targets import absolute, target_of

TYPES = {"A": "ASCII", "E": "EBCDIC", "I": "Image", "L": "Local", "B": "DBCS", "F": "IBM Kanji", "U": "UCS-2"}


def status(session: Session, arg: str) -> Handler:
    """Tell all settings, or those of one option in an open parenthesis."""
    if arg and not arg.startswith("("):
        raise Refused("stat.file")
    if arg:
        yield from _option(session, arg)
        return
    yield reply("stat.end").after(*report.lines(session.settings, _facts(session)))


def option(session: Session, arg: str) -> Handler:
    """Tell one setting; without an option, all."""
    if not arg:
        yield from status(session, "")
        return
    yield from _option(session, arg)


def _option(session: Session, arg: str) -> Handler:
    """Answer for the option in `(option`, whose parenthesis clients never close."""
    wanted = arg.strip("() ")
    shown = report.one(wanted, session.settings, _facts(session))
    if shown is None:
        yield reply("xsta.undefined", option=wanted)
        return
    yield reply("stat.end").after(*shown)


def _facts(session: Session) -> SessionFacts:
    """Return what STAT says of the session beyond its settings."""
    data, wire, secure = session.data, session.wire, session.secure
    return SessionFacts(
        host=session.client[0],
        port=session.client[1],
        userid=session.userid,
        directory=str(session.location),
        bytes=session.control_bytes,
        passive=data.passive,
        data_host=data.host or session.client[0],
        data_port=data.port or session.client[1],
        mode=MODES[wire.mode],
        structure=STRUCTURES[wire.stru],
        type=TYPES[wire.type],
        process_id=os.getpid(),
        authentication="TLS" if secure.facts is not None else "None",
        utf8=session.utf8,
    )


def attributes(session: Session, arg: str) -> Handler:
    """Tell a data set's attributes as the SITE command that would make another one like it."""
    target = target_of(session, arg)
    if isinstance(target, UnixTarget):
        raise Refused("stat.file")
    yield reply("xdss", attributes=site_words(session.server.mvs.find(absolute(session, target).dsname)))


def site_words(info: DatasetInfo) -> str:
    """Return SITE and the words; LRECL is the sixth word for a PDS, which one client counts on [FLU]."""
    dcb = info.dcb
    recfm = str(dcb.recfm) if dcb.recfm else "U"
    lrecl = "X" if dcb.lrecl == LRECL_X else str(dcb.lrecl)
    unit = {"TRACK": "TRACKS", "CYLINDER": "CYLINDERS", "BLOCK": "BLOCKS"}.get(info.space_unit, "TRACKS")
    words = ["SITE"]
    if info.is_partitioned:
        words.append(f"PDSTYPE={'PDSE' if info.is_pdse else 'PDS'}")
    words += [f"RECFM={recfm}", f"BLKSIZE={dcb.blksize}"]
    if info.is_partitioned:
        words.append(f"DIRECTORY={max(info.directory_blocks, 1)}")
    words += [f"LRECL={lrecl}", f"PRIMARY={info.primary}", f"SECONDARY={info.secondary}", unit]
    words.append(f"EATTR={info.eattr or 'SYSTEM'}")
    return " ".join(words)


COMMANDS = (
    Command("STAT", status, Argument.OPTIONAL, login=False, help="STAT [(option]: tells what is set.", source="UG"),
    Command("XSTA", option, Argument.OPTIONAL, login=False, listed=False, help="XSTA (option: tells one setting.", source="TN"),
    Command("XDSS", attributes, listed=False, help="XDSS name: tells the attributes of a data set.", source="FLU"),
)
