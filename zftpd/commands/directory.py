"""The working directory and directories themselves: CWD, CDUP, PWD, MKD, RMD and their X names.

Source: zos-ftp-server.md 2.2, 2.3, 1.9; [CR] MVSINFO, HFSINFO.
Rules: CWD to an MVS name needs no data set to exist; the catalog is asked only whether the name is a PDS.
"""

from __future__ import annotations

from dataclasses import replace

from mvsfs.dcb import Dsorg
from mvsfs.errors import DatasetNotFound, WrongDsorg
from mvsfs.info import DatasetInfo, Target, UnixKind
from zftpd import anonymous, naming, readme, servauth
from zftpd.commands.row import Argument, Command
from zftpd.effects import Handler
from zftpd.errors import Refused
from zftpd.filetypes import pipes
from zftpd.filetypes.allocation import allocation_of
from zftpd.naming import UnixTarget
from zftpd.protocol.reply import Reply
from zftpd.protocol.wording import lines, reply
from zftpd.rooted import unix_of
from zftpd.session import UNIX, Location, Session
from zftpd.targets import rules, target_of


def change(session: Session, arg: str) -> Handler:
    """Change the working directory."""
    if not arg:
        yield _described(session, None)
        return
    location = naming.directory(arg, rules(session))
    yield _move(session, location, look=not naming.names_prefix(arg) and arg != "..")


def up(session: Session, arg: str) -> Handler:  # noqa: ARG001
    """Go to the directory above."""
    yield _move(session, naming.parent(session.location), look=False)


def _move(session: Session, location: Location, *, look: bool) -> Reply:
    """Make `location` the working directory, when it may be one, and return the reply. `look`: it may be a PDS."""
    info: DatasetInfo | None = None
    anonymous.check(session, UnixTarget(location.unix) if location.realm == UNIX else Target(location.prefix))
    if location.realm == UNIX:
        _check_unix(session, location.unix)
    elif look and location.prefix:
        info = _pds(session, location.prefix)
        location = replace(location, is_pds=info is not None)
    session.location = location
    return _described(session, info).after(*readme.lines_of(session))


def _check_unix(session: Session, path: str) -> None:
    """Raise UnixError or Refused unless the path is a directory that the user may search."""
    unix = unix_of(session)
    session.transfer.path = path
    servauth.check_unix(session)
    if unix.stat(path, session.who).kind is not UnixKind.DIRECTORY:
        raise Refused("cwd.notdir", path=path)
    unix.listdir(path, session.who) if not unix.may(path, session.who, search=True) else None


def _pds(session: Session, dsname: str) -> DatasetInfo | None:
    """Return the partitioned data set of this name, or None when there is none."""
    try:
        info = session.server.mvs.find(dsname)
    except DatasetNotFound:
        return None
    return info if info.is_partitioned else None


def _described(session: Session, info: DatasetInfo | None) -> Reply:
    """Return CWD's reply for the current working directory."""
    location = session.location
    if location.realm == UNIX:
        return reply("cwd.unix", path=location.unix)
    if location.is_pds:
        done = reply("cwd.pds", prefix=location.prefix)
        return done.after(*lines("cwd.loadlib")) if info is not None and info.is_load_library else done
    return reply("cwd.prefix", prefix=str(location))


def show(session: Session, arg: str) -> Handler:  # noqa: ARG001
    """Tell the working directory."""
    location = session.location
    if location.realm == UNIX:
        yield reply("pwd.unix", path=location.unix.replace('"', '""'))
    else:
        yield reply("pwd.pds" if location.is_pds else "pwd.prefix", prefix=location)


def make(session: Session, arg: str) -> Handler:
    """Make a z/OS UNIX directory, or allocate a partitioned data set with the SITE attributes."""
    target = target_of(session, arg)
    mvs, settings = session.server.mvs, session.settings
    if isinstance(target, UnixTarget):
        mode = settings.anonymoushfsdirmode if session.anonymous >= anonymous.CONFINED else 0o777 & ~settings.umask
        unix_of(session).mkdir(target.path, session.who, mode=mode)
        yield reply("mkd.unix.ok", name=target.path)
        return
    _no_member(target, "MKD")
    mvs.allocate(target.dsname, allocation_of(settings, Dsorg.PO, sized=session.sized), session.who)
    yield reply("mkd.ok", name=target.dsname)


def make_pipe(session: Session, arg: str) -> Handler:
    """Make a named pipe, whatever UNIXFILETYPE says."""
    target = target_of(session, arg)
    if not isinstance(target, UnixTarget):
        raise Refused("fifo.dataset", name=target)
    unix_of(session).mkfifo(target.path, session.who, mode=pipes.MODE & ~session.settings.umask)
    yield reply("mkd.unix.ok", name=target.path)


def remove(session: Session, arg: str) -> Handler:
    """Remove an empty z/OS UNIX directory, or delete a whole partitioned data set."""
    target = target_of(session, arg)
    mvs = session.server.mvs
    if isinstance(target, UnixTarget):
        unix_of(session).rmdir(target.path, session.who)
    else:
        _no_member(target, "RMD")
        info = mvs.find(target.dsname)
        if not info.is_partitioned:
            raise WrongDsorg(target.dsname, info.dcb.dsorg.value, "PO")
        mvs.delete(target, session.who)
    yield reply("dele.ok", name=target)


def _no_member(target: Target, verb: str) -> None:
    if target.member is not None or target.generation is not None:
        raise Refused("dsorg.notpds", verb=verb, name=target)


COMMANDS = (
    Command(
        "CWD",
        change,
        Argument.OPTIONAL,
        ("XCWD",),
        before_login="login.not",
        help="CWD name: changes the directory.",
        source="ZREF",
    ),
    Command("CDUP", up, Argument.NONE, ("XCUP",), help="CDUP: goes to the directory above.", source="ZREF"),
    Command("PWD", show, Argument.NONE, ("XPWD",), help="PWD: tells the working directory.", source="ZREF"),
    Command("MKD", make, aliases=("XMKD",), help="MKD name: makes a PDS or a directory.", source="ZREF"),
    Command("XFIF", make_pipe, listed=False, help="XFIF path: makes a named pipe.", source="UG mkfifo"),
    Command("RMD", remove, aliases=("XRMD",), help="RMD name: deletes a PDS or a directory.", source="ZREF"),
)
