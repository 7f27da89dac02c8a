"""A seed made real: data sets, members, generation groups, aliases and z/OS UNIX files in a system.

Rules: what the seed describes is as described afterwards; everything else is left alone. A data set that is there with
the attributes asked for is written anew, otherwise it is deleted and allocated again. Users and jobs belong to the
layers above. A failure names the place in the seed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from mvsfs.access import Requester
from mvsfs.datasets.labels import DIRECTORY_BLOCKS
from mvsfs.dcb import LRECL_X, Dcb, Recfm
from mvsfs.errors import BadRecordData, DatasetNotFound, MvsError, UnixError
from mvsfs.info import RELIEVED, Allocation, DatasetInfo, Status, Target, UnixInfo, UnixKind
from mvsfs.records import forms
from mvsfs.records.forms import Form
from mvsfs.seed import text
from mvsfs.seed.model import Content, Encoding, Seed, SeedDataset, SeedError, SeedGdg, SeedMember, SeedUnix
from mvsfs.seed.trusted import trusted
from mvsfs.sentences import sentence
from mvsfs.storage.geometry import directory_used
from mvsfs.system import Mvs
from mvsfs.unix import paths

DIRECTORY_MODE, FILE_MODE = 0o755, 0o644
#: How long to wait for a job or a session that has the data set.
WAIT_SECONDS = 10.0
#: Bytes of the longest directory entry: name, TTR, length and 31 halfwords of user data.
LONGEST_ENTRY = 8 + 3 + 1 + 62
#: The volume serials that the catalog has for data sets of a space manager.
STATED_VOLUMES = {Status.MIGRATED: "MIGRAT", Status.ARCHIVED: "ARCIVE"}


@contextmanager
def _at(place: str) -> Iterator[None]:
    """Name the place of whatever goes wrong in the block."""
    try:
        yield
    except SeedError:
        raise
    except MvsError as error:
        raise SeedError(place, sentence(error)) from error


def apply(mvs: Mvs, seed: Seed, who: Requester) -> None:
    """Make everything that the seed describes, except users and jobs; no permission is asked.

    Raises SeedError with the place at fault.
    """
    mvs = trusted(mvs)
    for volume in seed.volumes:
        mvs.define_volume(volume)
    for gdg in seed.gdgs:
        with _at(f"gdg: {gdg.dsname}"):
            _gdg(mvs, gdg, who)
    for dataset in seed.datasets:
        with _at(f"datasets: {dataset.dsname}"):
            _dataset(mvs, dataset, who)
    for alias, dsname in seed.aliases.items():
        with _at(f"aliases: {alias}"):
            if not mvs.exists(alias):
                mvs.define_alias(alias, dsname, who)
    for file in seed.unix:
        with _at(f"unix: {file.path}"):
            _unix(mvs, file, who)
    for file in seed.unix:
        if file.kind is UnixKind.DIRECTORY and file.mtime is not None:
            mvs.unix.utime(file.path, _aware(mvs, file.mtime), who)  # what was made in it has changed its time


# -- data sets ---------------------------------------------------------------------------------------------------


def _gdg(mvs: Mvs, gdg: SeedGdg, who: Requester) -> None:
    if not mvs.exists(gdg.dsname):
        options = {name: getattr(gdg, name) for name in ("limit", "scratch", "empty", "fifo", "purge", "extended")}
        mvs.define_gdg(gdg.dsname, who=who, **options)


def _dataset(mvs: Mvs, seed: SeedDataset, who: Requester) -> None:
    """Make one data set as described; members that the seed does not name stay."""
    if seed.is_stated:
        mvs.enter(_stated(seed))
        return
    there = _existing(mvs, seed.dsname)
    if there is not None and (seed.status is not Status.ONLINE or not _fits(there, seed)):
        mvs.delete(Target(seed.dsname), who, wait_seconds=WAIT_SECONDS)
        there = None
    if there is None:
        asked = seed.allocation
        if asked.primary is None and asked.space_unit is None:
            asked = replace(asked, space_unit=RELIEVED)
        if seed.status is Status.TAPE:
            asked = replace(asked, volsers=(), unit=None)  # its volume is none of the disks; `_restate` names it
        there = mvs.allocate(seed.dsname, _with_directory(asked, len(seed.members)), who)
    if seed.content is not None:
        with mvs.open_output(Target(seed.dsname), who, wait_seconds=WAIT_SECONDS) as writer:
            writer.write_records(records_of(seed.content, writer.dcb, seed.codepage, seed.dsname))
    for name, member in sorted(seed.members.items(), key=lambda item: (bool(item[1].alias_of), item[0])):
        with _at(f"datasets: {seed.dsname}({name})"):
            _member(mvs, seed, name, member, who)
    _restate(mvs, seed)


def _with_directory(asked: Allocation, members: int) -> Allocation:
    """Return the allocation with directory blocks for all members, where the seed does not say how many."""
    blocks = directory_used(members * LONGEST_ENTRY)
    if asked.directory_blocks is not None or blocks <= DIRECTORY_BLOCKS:
        return asked
    return replace(asked, directory_blocks=blocks)


def _stated(seed: SeedDataset) -> DatasetInfo:
    """Return the catalog entry of a data set that is not here; without a volume it shows the one its state implies."""
    asked = seed.allocation
    recfm = Recfm.parse(asked.recfm) if asked.recfm else None
    dcb = Dcb(recfm, asked.lrecl or 0, asked.blksize or 0, asked.dsorg)
    volser = asked.volsers[0] if asked.volsers else STATED_VOLUMES.get(seed.status, "")
    facts = {
        name: getattr(asked, name)
        for name in ("unit", "dsntype", "storclas", "mgmtclas", "dataclas", "expires")
        if getattr(asked, name)
    }
    return DatasetInfo(
        seed.dsname, dcb, volser=volser, status=seed.status, created=seed.created, referred=seed.referred, **facts, **seed.stated
    )


def _existing(mvs: Mvs, dsname: str) -> DatasetInfo | None:
    try:
        return mvs.find(dsname)
    except DatasetNotFound:
        return None


def _fits(info: DatasetInfo, seed: SeedDataset) -> bool:
    """Tell whether a data set that is there has the attributes that the seed names."""
    asked = seed.allocation
    if info.dcb.dsorg is not asked.dsorg or info.alias_of or info.status is not Status.ONLINE:
        return False
    if asked.recfm is not None and info.dcb.recfm != Recfm.parse(asked.recfm):
        return False
    if asked.dsntype is not None and info.dsntype != asked.dsntype:
        return False
    return asked.lrecl in (None, info.dcb.lrecl) and asked.blksize in (None, 0, info.dcb.blksize)


def _member(mvs: Mvs, seed: SeedDataset, name: str, member: SeedMember, who: Requester) -> None:
    if member.alias_of:
        if all(entry.name != name for entry in mvs.members(seed.dsname, name)):
            mvs.add_member_alias(seed.dsname, name, member.alias_of, who)
        return
    target = Target(seed.dsname, name)
    with mvs.open_output(target, who, stats=member.stats, load=member.load, wait_seconds=WAIT_SECONDS) as writer:
        if member.content is not None:
            writer.write_records(records_of(member.content, writer.dcb, seed.codepage, str(target)))


def _restate(mvs: Mvs, seed: SeedDataset) -> None:
    """Give the catalog entry the dates and the state that the seed names."""
    if seed.status is Status.ONLINE and seed.created is None and seed.referred is None and not seed.stated:
        return
    info = mvs.find(seed.dsname)
    created, referred = seed.created or info.created, seed.referred or info.referred
    volser = STATED_VOLUMES.get(seed.status, info.volser)
    facts: dict[str, Any] = {"status": seed.status, "volser": volser, "created": created, "referred": referred}
    if seed.status is Status.TAPE:
        asked = seed.allocation
        facts |= {"volser": asked.volsers[0] if asked.volsers else volser, "unit": asked.unit or info.unit}
    mvs.enter(replace(info, **facts, **seed.stated))


def records_of(content: Content, dcb: Dcb, codepage: str, dsname: str = "") -> Iterable[bytes]:
    """Yield a content's records for a data set with this Dcb.

    Raises RecordTooLong, Untranslatable, BadRecordData; binary V or U contents need length words (encoding RDW).
    """
    fixed = dcb.recfm is not None and dcb.recfm.is_fixed
    if content.encoding is Encoding.TEXT:
        return text.to_records(content.chunks(), dcb, codepage, dsname=dsname)
    if content.encoding is Encoding.RDW:
        return forms.split(content.chunks(), Form.RDW, dcb)
    if fixed:
        return forms.padded(_blocks(content.chunks(), dcb.lrecl), dcb, b"\0")
    if dcb.recfm is not None and dcb.recfm.is_undefined:
        return _blocks(content.chunks(), dcb.data_length)
    if dcb.lrecl == LRECL_X or dcb.recfm is None:
        raise BadRecordData("binary contents of this format need length words (.rdw)")
    return _blocks(content.chunks(), dcb.data_length)


def _blocks(chunks: Iterable[bytes], length: int) -> Iterator[bytes]:
    """Yield pieces of `length` bytes; the last one may be shorter."""
    pending = b""
    for chunk in chunks:
        pending += chunk
        whole = len(pending) // length * length
        for at in range(0, whole, length):
            yield pending[at : at + length]
        pending = pending[whole:]
    if pending:
        yield pending


# -- z/OS UNIX ---------------------------------------------------------------------------------------------------


def _unix(mvs: Mvs, seed: SeedUnix, who: Requester) -> None:
    """Make one z/OS UNIX file as described, and the directories above it that are missing."""
    path = seed.path.rstrip("/") or "/"
    there = _lstat(mvs, path, who)
    if there is not None and there.kind is not seed.kind:
        mvs.unix.remove(path, who)
        there = None
    if there is None and path != "/":
        mvs.unix.makedirs(paths.parent_of(path), who, mode=DIRECTORY_MODE)
    if seed.kind is UnixKind.FILE:
        with mvs.unix.open_output(path, who, mode=FILE_MODE) as writer:
            for chunk in unix_chunks(seed):
                writer.write(chunk)
    elif seed.kind in (UnixKind.SYMLINK, UnixKind.EXTERNAL):
        if there is not None:
            mvs.unix.remove(path, who)
        mvs.unix.symlink(seed.target, path, who, external=seed.kind is UnixKind.EXTERNAL)
        return
    elif there is None:
        make = mvs.unix.mkdir if seed.kind is UnixKind.DIRECTORY else mvs.unix.mkfifo
        make(path, who, mode=DIRECTORY_MODE if seed.kind is UnixKind.DIRECTORY else FILE_MODE)
    _attributes(mvs, path, seed, who)


def _lstat(mvs: Mvs, path: str, who: Requester) -> UnixInfo | None:
    try:
        return mvs.unix.stat(path, who, follow=False)
    except UnixError as error:
        if error.errno_name in ("ENOENT", "ENOTDIR"):
            return None
        raise


def unix_chunks(seed: SeedUnix) -> Iterator[bytes]:
    """Yield the bytes of a z/OS UNIX file: text in its code page with NL X'15' at line ends."""
    if seed.content is None:
        return
    if seed.content.encoding is not Encoding.TEXT:
        yield from seed.content.chunks()
        return
    whole = b"".join(seed.content.chunks())
    try:
        yield text.encode(whole.decode("utf-8"), seed.tag or seed.codepage)
    except UnicodeDecodeError as error:
        raise BadRecordData("not UTF-8", error.start) from None


def _attributes(mvs: Mvs, path: str, seed: SeedUnix, who: Requester) -> None:
    uid = _number(mvs, seed.owner, group=False)
    gid = _number(mvs, seed.group, group=True)
    if uid is not None or gid is not None:
        mvs.unix.chown(path, who, uid=uid, gid=gid)
    if seed.mode is not None:
        mvs.unix.chmod(path, seed.mode, who)
    if seed.tag:
        mvs.unix.chtag(path, seed.tag, who, text=seed.tag_text)
    if seed.mtime is not None:
        mvs.unix.utime(path, _aware(mvs, seed.mtime), who)


def _number(mvs: Mvs, name: str | int | None, *, group: bool) -> int | None:
    if name is None or isinstance(name, int):
        return name
    number = mvs.guard.unix_number(name, group=group)
    if number is None:
        raise SeedError(name, "no such group" if group else "no such user, or no OMVS segment")
    return number


def _aware(mvs: Mvs, moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=mvs.now().tzinfo)
