"""What LIST and NLST show when FILETYPE=SEQ: data sets, members or z/OS UNIX files.

Source: zos-ftp-server.md 2.5, 2.6, 3; [ZREF] for `LIST -a`.
Not here: the columns (zftpd/lists).
Rules: nothing found is an error, raised before anything is sent; an empty z/OS UNIX directory lists `total 0`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TypeVar

from mvsfs.errors import DatasetNotFound, UnixError, WrongDsorg
from mvsfs.info import DatasetInfo, UnixInfo, UnixKind
from mvsfs.system import Mvs
from zftpd import anonymous, servauth
from zftpd.errors import EmptyListing, OptionRefused, Refused
from zftpd.filetypes.contract import Listing
from zftpd.filetypes.kept import kept
from zftpd.lists import datasets, members, unixfiles
from zftpd.naming import DatasetPattern, MemberPattern, UnixPattern, UnixTarget, pattern
from zftpd.protocol.wording import reply
from zftpd.rooted import unix_of
from zftpd.session import UNIX, Session
from zftpd.targets import rules

T = TypeVar("T")

#: Options of LIST and NLST: a, R, t and r act, the others change nothing; the captured server does not know `-a` by itself.
_KNOWN = frozenset("a1lFCLRtrhsn")


def listing(session: Session, arg: str, verb: str) -> Listing:
    """Return what the argument means to show."""
    rest, options = _options(session, arg)
    wanted = pattern(rest, rules(session))
    anonymous.check_realm(session, "HFS" if isinstance(wanted, UnixPattern) else "MVS")
    if isinstance(wanted, UnixPattern):
        return _unix(session, wanted, verb, options)
    if isinstance(wanted, MemberPattern):
        return _members(session, wanted, verb)
    return _datasets(session, wanted, verb)


def _options(session: Session, arg: str) -> tuple[str, frozenset[str]]:
    """Return the argument without its options, and their letters. Raises Refused for unknown ones."""
    letters: frozenset[str] = frozenset()
    while arg.startswith("-"):
        word, _, rest = arg.partition(" ")
        unknown = [letter for letter in word[1:] if letter not in _KNOWN]
        if session.location.realm == UNIX and (unknown or word == "-a"):
            raise OptionRefused("unix.list.option", option=(unknown or ["a"])[0])
        if unknown or word == "-a":
            raise OptionRefused("name.begins", name=arg)
        letters |= frozenset(word[1:])
        arg = rest.lstrip(" ")
    return arg, letters


def _datasets(session: Session, wanted: DatasetPattern, verb: str) -> Listing:
    """Return the data sets under a prefix or fitting a mask."""
    settings = session.settings
    if settings.directorymode and "." in _generic_part(wanted):
        raise Refused("name.lastonly")
    by_qualifier = settings.directorymode and not wanted.full
    key = (verb, wanted, by_qualifier, settings.listlevel, settings.migratevol)
    text = kept(session.server.mvs, key, lambda: _dataset_lines(session, wanted, verb, by_qualifier))
    return Listing(reply("list.start"), text, reply("list.done"))


def _dataset_lines(session: Session, wanted: DatasetPattern, verb: str, by_qualifier: bool) -> Iterable[str]:
    """Return the lines of the data sets found. Raises EmptyListing."""
    settings, mvs = session.settings, session.server.mvs
    prefix = f"{wanted.prefix}." if wanted.prefix else ""
    if wanted.mask.endswith("."):
        raise EmptyListing("datasets", wanted.mask)
    if verb == "NLST":
        names = _some(mvs.names(wanted.mask), "datasets", wanted.mask)
        return datasets.names(names, prefix=prefix, quoted=wanted.full, directorymode=by_qualifier)
    entries = _some(mvs.listed(wanted.mask), "datasets", wanted.mask)
    level, volser = settings.listlevel, settings.migratevol
    return datasets.lines(entries, level=level, prefix=prefix, quoted=wanted.full, directorymode=by_qualifier, migratevol=volser)


def _some(found: list[T], kind: str, name: str) -> list[T]:
    """Return what was found. Raises EmptyListing for nothing."""
    if not found:
        raise EmptyListing(kind, name)
    return found


def _generic_part(wanted: DatasetPattern) -> str:
    """Return the mask from its first generic character on, the trailing one that LIST adds left out."""
    at = min((wanted.mask.find(char) for char in "*%" if char in wanted.mask), default=len(wanted.mask))
    return wanted.mask[at:]


def _members(session: Session, wanted: MemberPattern, verb: str) -> Listing:
    """Return the members of a partitioned data set. A PDS that does not exist is named as it was asked for [ZNA]."""
    mvs = session.server.mvs
    try:
        info = mvs.require_readable(wanted.dsname, session.who)
    except DatasetNotFound:
        raise Refused("list.nopds", name=f"{wanted.dsname}({wanted.mask})") from None
    if not info.is_partitioned:
        raise WrongDsorg(wanted.dsname, info.dcb.dsorg.value, "PO")
    text = kept(mvs, (verb, wanted), lambda: _member_lines(mvs, info, wanted, verb))
    return Listing(reply("list.start"), text, reply("list.done"))


def _member_lines(mvs: Mvs, info: DatasetInfo, wanted: MemberPattern, verb: str) -> Iterable[str]:
    """Return the lines of the members found. Raises EmptyListing."""
    dsname, mask = wanted.dsname, wanted.mask
    if verb == "NLST":
        found = _some(mvs.member_names(dsname, mask), "members", dsname)
        return members.names(found, library=dsname if wanted.full else "")
    if info.is_load_library:
        return members.load_lines(_some(mvs.members(dsname, mask), "members", dsname))
    return members.lines(_some(mvs.member_statistics(dsname, mask), "members", dsname))


def _unix(session: Session, wanted: UnixPattern, verb: str, options: frozenset[str]) -> Listing:
    """Return a directory's files, one file, or the files that a shell pattern fits."""
    unix, who = unix_of(session), session.who
    session.transfer.path = wanted.path
    anonymous.check(session, UnixTarget(wanted.path))
    servauth.check_unix(session)
    typed = wanted.typed
    if any(char in wanted.path for char in "*?["):
        infos = _ordered(_globbed(session, wanted), options)
        folder = posixpath.dirname(typed)
        if session.settings.listsubdir and infos:
            return _spanned(session, verb, infos, folder)
        return _files(session, verb, infos, total=False, folder=folder)
    info = unix.stat(wanted.path, who)
    if info.kind is not UnixKind.DIRECTORY:
        return _files(session, verb, [info], total=False, folder=posixpath.dirname(typed), shown=typed)
    infos = _inside(session, info, options)
    if "R" in options and verb == "LIST":
        text = unixfiles.recursive(infos, lambda each: _readable(session, each, options), now=session.server.now(), folder=typed)
        return Listing(reply("list.start"), text, reply("list.done"))
    folder = "" if verb == "LIST" or not typed else typed.rstrip("/")
    return _files(session, verb, infos, total=True, folder=folder if typed.startswith("/") else "")


def _inside(session: Session, directory: UnixInfo, options: frozenset[str]) -> list[UnixInfo]:
    """Return what a directory holds in the order wanted: hidden files, `.` and `..` with option a only. Raises UnixError."""
    unix, who, path = unix_of(session), session.who, directory.path
    infos = unix.listdir(path, who)
    if "a" not in options:
        return _ordered([info for info in infos if not unixfiles.basename(info).startswith(".")], options)
    above = unix.stat(posixpath.dirname(path.rstrip("/")) or "/", who)
    dots = [replace(directory, path=f"{path}/."), replace(above, path=f"{path}/..")]
    return _ordered([*dots, *infos], options)


def _readable(session: Session, directory: UnixInfo, options: frozenset[str]) -> list[UnixInfo]:
    """Return what a directory holds; nothing where it may not be read."""
    try:
        return _inside(session, directory, options)
    except UnixError:
        return []


def _ordered(infos: list[UnixInfo], options: frozenset[str]) -> list[UnixInfo]:
    """Return files by name or with option t the newest first; r turns the order round."""
    if "t" in options:
        infos = sorted(infos, key=lambda info: info.mtime, reverse=True)
    return infos[::-1] if "r" in options else infos


def _globbed(session: Session, wanted: UnixPattern) -> list[UnixInfo]:
    """Return the files of a directory whose names fit. Only the last part of the path may hold wildcards."""
    folder, last = posixpath.split(wanted.path)
    if any(char in folder for char in "*?["):
        raise UnixError("ENOENT", wanted.path)
    infos = unix_of(session).listdir(folder, session.who)
    found = [info for info in infos if fnmatchcase(unixfiles.basename(info), last)]
    return [info for info in found if last.startswith(".") or not unixfiles.basename(info).startswith(".")]


def _spanned(session: Session, verb: str, infos: list[UnixInfo], folder: str) -> Listing:
    """Return the files that fit and what lies in the directories that fit (LISTSUBDIR)."""

    def inside(directory: UnixInfo) -> list[UnixInfo]:
        return _readable(session, directory, frozenset())

    if verb == "LIST":
        text = unixfiles.spanned(infos, inside, now=session.server.now(), folder=folder)
    else:
        text = unixfiles.spanned_names(infos, inside, folder=folder)
    return Listing(reply("list.start"), text, reply("list.done"))


def _files(session: Session, verb: str, infos: list[UnixInfo], *, total: bool, folder: str, shown: str = "") -> Listing:
    """Return the listing; names are shown with the path as it was typed."""

    def name(info: UnixInfo) -> str:
        base = unixfiles.basename(info)
        return shown or (posixpath.join(folder, base) if folder else base)

    if verb == "LIST":
        if not infos and not total:
            raise EmptyListing("files")
        text = unixfiles.lines(infos, now=session.server.now(), total=total, name=name)
        return Listing(reply("list.start"), text, reply("list.done"))
    if not infos:
        raise EmptyListing("files")
    return Listing(reply("list.start"), map(name, infos), reply("list.done"))
