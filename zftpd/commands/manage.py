"""DELE, RNFR, RNTO, SIZE, MDTM.

Source: zos-ftp-server.md 1.8, 1.9.
Rules: SIZE and MDTM answer for z/OS UNIX files only, and only where EXTENSIONS configures them; the size is that of a transfer
under the current TYPE. A failed RNFR leaves an earlier one pending, as the captured server does.
"""

from __future__ import annotations

from datetime import UTC

from mvsfs.info import Target, UnixKind
from zftpd.commands.row import Command
from zftpd.effects import Handler
from zftpd.errors import Refused
from zftpd.filetypes.table import filetype_of
from zftpd.naming import UnixTarget, resolve
from zftpd.protocol.wording import reply
from zftpd.rooted import unix_of
from zftpd.session import UNIX, Session
from zftpd.targets import absolute, rules, target_of
from zftpd.transfer.outbound import size_unix


def delete(session: Session, arg: str) -> Handler:
    """Delete a data set, member, file or job."""
    yield filetype_of(session).delete(session, arg)


def rename_from(session: Session, arg: str) -> Handler:
    """Take the name of what is to be renamed; it must exist."""
    target = target_of(session, arg)
    if isinstance(target, UnixTarget):
        unix_of(session).stat(target.path, session.who, follow=False)
        session.rename_from = target.path
    else:
        target = absolute(session, target)
        _demand(session, target)
        session.rename_from = target
    yield reply("rnfr.ok")


def _demand(session: Session, target: Target) -> None:
    """Raise DatasetNotFound or MemberNotFound unless the target exists."""
    mvs = session.server.mvs
    if target.member is None:
        mvs.find(target.dsname)
    else:
        mvs.member(target.dsname, target.member)


def rename_to(session: Session, arg: str) -> Handler:
    """Rename what RNFR named."""
    old, session.rename_from = session.rename_from, None
    if old is None:
        if session.location.realm == UNIX:
            raise Refused("rnto.rc", rc=129)
        raise Refused("rnto.first")
    mvs = session.server.mvs
    if isinstance(old, str):
        target = target_of(session, arg)
        if not isinstance(target, UnixTarget):
            raise Refused("rnto.rc", rc=121)
        unix_of(session).rename(old, target.path, session.who)
        session.transfer.path, session.transfer.to_name = old, target.path
        yield reply("rnto.ok", old=old, new=target.path)
        return
    new = _new_name(session, old, arg)
    mvs.rename(old, new, session.who, recall=session.settings.autorecall)
    session.transfer.to_name = str(new)
    yield reply("rnto.ok", old=old, new=new)


def _new_name(session: Session, old: Target, arg: str) -> Target:
    """Return the new MVS name. A plain name renames a member within its own library."""
    new = target_of(session, arg)
    if isinstance(new, UnixTarget):
        raise Refused("rnto.rc", rc=121)
    if old.member is not None and new.member is not None and new.dsname != old.dsname:
        raise Refused("rnto.otherpds", old=old.dsname, new=new.dsname)
    if (old.member is None) != (new.member is None):
        raise Refused("rnto.rc", rc=121)
    new = absolute(session, new)
    session.transfer.dsname, session.transfer.member = old.dsname, old.member or ""
    return new


def size(session: Session, arg: str) -> Handler:
    """Tell how many bytes a RETR of a z/OS UNIX file sends."""
    path = _file(session, arg, "SIZE")
    if session.wire.type == "A" and session.settings.sbsendeol != "CRLF":
        raise Refused("size.eol")
    if session.wire.mode != "S" or session.wire.stru != "F":
        raise Refused("size.mode", verb="SIZE")
    with unix_of(session).open_input(path, session.who) as reader:
        total = reader.info.size if session.wire.is_image else size_unix(reader.chunks(), session.options, session.wire)
    yield reply("size", size=total)


def modified(session: Session, arg: str) -> Handler:
    """Tell when a z/OS UNIX file was changed, in UTC."""
    path = _file(session, arg, "MDTM")
    info = unix_of(session).stat(path, session.who)
    yield reply("mdtm", stamp=f"{info.mtime.astimezone(UTC):%Y%m%d%H%M%S}")


def _file(session: Session, arg: str, verb: str) -> str:
    """Return the path of a z/OS UNIX file. Raises Refused for data sets and where the verb is not configured."""
    if verb not in session.settings.extensions:
        raise Refused("size.unconfigured", verb=verb)
    target = resolve(arg, rules(session))
    if not isinstance(target, UnixTarget):
        raise Refused("size.dataset", verb=verb)
    target = target_of(session, arg)
    assert isinstance(target, UnixTarget)
    if unix_of(session).stat(target.path, session.who).kind is UnixKind.DIRECTORY:
        raise Refused("command.directory", verb=verb, path=target.path)
    return target.path


COMMANDS = (
    Command("DELE", delete, transfer=True, help="DELE name: deletes a data set, member, file or job.", source="ZREF"),
    Command("RNFR", rename_from, help="RNFR name: names what RNTO renames.", source="ZREF"),
    Command("RNTO", rename_to, transfer=True, help="RNTO name: renames what RNFR named.", source="ZREF"),
    Command("SIZE", size, help="SIZE path: tells the size of a z/OS UNIX file.", source="CODES"),
    Command("MDTM", modified, help="MDTM path: tells when a z/OS UNIX file was changed.", source="CODES"),
)
