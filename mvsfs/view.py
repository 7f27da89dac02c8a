"""MVSFS: the catalog as a PyFilesystem2 file system. `/USER1.JCL/HELLO` is the member USER1.JCL(HELLO), `/USER1.DATA` a data set.

Source: docs/decisions/0004-pyfilesystem2-by-three-doors.md.
Rules: a library is a directory, everything else a file; there are no deeper levels. `A.B(M)` and `//A.B(M)` are understood and
resolved before any of the library's path functions sees them. Names come in any case. Contents are UTF-8 text, or with form
`binary` the records one after the other, or with `rdw` each after its length word. The namespace `mvs` holds the catalog's
facts. `details.size` is that of the bytes as they are stored, except that getinfo of a `binary` view is exact.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from fs import ResourceType, errors
from fs.base import FS
from fs.info import Info
from fs.mode import Mode
from fs.path import basename
from fs.permissions import Permissions
from fs.subfs import SubFS

from mvsfs.access import Requester
from mvsfs.dcb import Dcb, Dsorg
from mvsfs.errors import (
    DatasetExists,
    DatasetInUse,
    DatasetNotFound,
    InvalidDsname,
    MemberNotFound,
    MvsError,
    NotAuthorized,
    StoreFull,
    StoreReadOnly,
    SystemAbend,
    WrongDsorg,
)
from mvsfs.info import Allocation, DatasetInfo, MemberInfo, Status, Target
from mvsfs.names import Mask, check_dsname, check_member
from mvsfs.records import forms
from mvsfs.records.forms import Form
from mvsfs.seed import text
from mvsfs.seed.apply import records_of
from mvsfs.seed.model import DEFAULT_CODEPAGE, DEFAULT_LRECL, DEFAULT_RECFM, Content, Encoding
from mvsfs.storage.content import CHUNK
from mvsfs.system import Mvs
from mvsfs.viewfile import StagedFile

_MEMBER_FORM = re.compile(r"^(?:.*/)?([^/()]+)\(([^/()]+)\)$")
_ERRORS: dict[type[MvsError], type[errors.FSError]] = {
    DatasetNotFound: errors.ResourceNotFound,
    MemberNotFound: errors.ResourceNotFound,
    DatasetExists: errors.FileExists,
    WrongDsorg: errors.FileExpected,
    NotAuthorized: errors.PermissionDenied,
    DatasetInUse: errors.ResourceLocked,
    StoreFull: errors.InsufficientStorage,
    SystemAbend: errors.InsufficientStorage,
    StoreReadOnly: errors.ResourceReadOnly,
    InvalidDsname: errors.InvalidPath,
}


@contextmanager
def translated(path: str) -> Iterator[None]:
    """Turn errors of the catalog into the library's."""
    try:
        yield
    except MvsError as error:
        kind: Any = next((_ERRORS[each] for each in type(error).__mro__ if each in _ERRORS), errors.OperationFailed)
        raise kind(path=path) from error


class MVSFS(FS):
    """All data sets of one system, or those below a high-level `prefix`."""

    _meta = {
        "case_insensitive": True,
        "invalid_path_chars": "\0",
        "network": False,
        "read_only": False,
        "supports_rename": False,
        "thread_safe": True,
        "unicode_paths": False,
        "virtual": False,
    }

    def __init__(
        self,
        mvs: Mvs,
        who: Requester,
        *,
        form: Encoding = Encoding.TEXT,
        codepage: str = DEFAULT_CODEPAGE,
        lower: bool = False,
        allocation: Allocation | None = None,
        on_close: Callable[[], None] | None = None,
    ) -> None:
        """Show the catalog as `who` may see it. lower: names are shown in lower case; allocation: what new data sets become."""
        super().__init__()
        self._mvs, self._who, self._form, self._codepage = mvs, who, form, codepage
        self._shown: Callable[[str], str] = str.lower if lower else str
        self._allocation = allocation or Allocation(recfm=DEFAULT_RECFM, lrecl=DEFAULT_LRECL)
        self._on_close = on_close

    def __repr__(self) -> str:
        return f"MVSFS({self._mvs.sysname!r})"

    def close(self) -> None:
        """Close, and whatever was opened for this view."""
        if not self.isclosed() and self._on_close is not None:
            self._on_close()
        super().close()

    # -- names ---------------------------------------------------------------------------------------------------

    def validatepath(self, path: str) -> str:
        """Return the path in the library's normal form, `A.B(M)` as `/A.B/M`. Raises TypeError, InvalidCharsInPath."""
        match = _MEMBER_FORM.match(path) if isinstance(path, str) else None
        return str(super().validatepath(f"/{match[1]}/{match[2]}" if match else path))

    def _target(self, path: str) -> Target | None:
        """Return what a path names, None for the root. Raises InvalidPath for what no data set or member can be called."""
        names = [name.strip("'") for name in self.validatepath(path).split("/") if name]
        if len(names) > 2:
            raise errors.InvalidPath(path)
        if not names:
            return None
        with translated(path):
            dsname = check_dsname(names[0].upper())
            return Target(dsname, check_member(names[1].upper()) if len(names) > 1 else None)

    def _dataset(self, target: Target) -> DatasetInfo:
        """Return a data set's facts; whose member is asked for must be a library."""
        info = self._mvs.find(target.dsname)
        if target.member is not None and not info.is_partitioned:
            raise DatasetNotFound(str(target))
        return info

    # -- looking -------------------------------------------------------------------------------------------------

    def getinfo(self, path: str, namespaces: Collection[str] | None = None) -> Info:
        """Return the facts of the root, a data set or a member."""
        self.check()
        target, wanted = self._target(path), frozenset(namespaces or ())
        if target is None:
            return Info(
                {"basic": {"name": "", "is_dir": True}, **({"details": _details(True, 0, None)} if "details" in wanted else {})}
            )
        with translated(path):
            dataset = self._dataset(target)
            if target.member is not None:
                member = self._mvs.member(target.dsname, target.member)
                return self._member_info(replace(member, size=self._size(target, dataset, member)), wanted)
            if not dataset.is_partitioned:
                dataset = replace(dataset, size=self._size(target, dataset, dataset))
            return self._dataset_info(dataset, wanted)

    def _size(self, target: Target, dataset: DatasetInfo, stored: DatasetInfo | MemberInfo) -> int:
        """Return the bytes that a binary view shows: without the marks that part records of V and U in the store."""
        recfm = dataset.dcb.recfm
        if self._form is not Encoding.BINARY or recfm is None or recfm.is_fixed or not stored.records:
            return stored.size
        with self._mvs.open_input(target, self._who) as source:
            return stored.size - stored.records * (1 if source.form is Form.LINES else 4)

    def _dataset_info(self, dataset: DatasetInfo, wanted: frozenset[str]) -> Info:
        raw: dict[str, Any] = {"basic": {"name": self._shown(dataset.dsname), "is_dir": dataset.is_partitioned}}
        if "details" in wanted:
            raw["details"] = _details(dataset.is_partitioned, dataset.size, dataset.referred) | {
                "created": _seconds(dataset.created)
            }
        if "mvs" in wanted:
            raw["mvs"] = dataset_facts(dataset)
        return Info(raw)

    def _member_info(self, member: MemberInfo, wanted: frozenset[str]) -> Info:
        raw: dict[str, Any] = {"basic": {"name": self._shown(member.name), "is_dir": False}}
        if "details" in wanted:
            raw["details"] = _details(False, member.size, member.stats.changed if member.stats else None)
        if "mvs" in wanted:
            stats = member.stats
            version = f"{stats.version:02d}.{stats.modification:02d}" if stats else ""
            raw["mvs"] = {
                "dsname_member": member.name, "records": member.records, "alias_of": member.alias_of,
                "version": version, "userid": stats.userid if stats else "",
            }  # fmt: skip
        return Info(raw)

    def listdir(self, path: str) -> list[str]:
        """Return data set names, or the members of a library."""
        return [info.name for info in self._entries(path, frozenset())]

    def scandir(
        self, path: str, namespaces: Collection[str] | None = None, page: tuple[int, int] | None = None
    ) -> Iterator[Info]:
        """Yield the facts of all data sets, or of a library's members, found by one query."""
        found = self._entries(path, frozenset(namespaces or ()))
        return iter(found[page[0] : page[1]] if page else found)

    def _entries(self, path: str, wanted: frozenset[str]) -> list[Info]:
        self.check()
        target = self._target(path)
        with translated(path):
            if target is None:
                rows = self._mvs.search(Mask("**", "catalog"))
                return [self._dataset_info(row, wanted) for row in rows if row.dcb.dsorg is not Dsorg.GDG]
            if target.member is not None or not self._dataset(target).is_partitioned:
                self.getinfo(path)
                raise errors.DirectoryExpected(path)
            return [self._member_info(member, wanted) for member in self._mvs.members(target.dsname)]

    # -- contents ------------------------------------------------------------------------------------------------

    def openbin(self, path: str, mode: str = "r", buffering: int = -1, **options: Any) -> Any:  # noqa: ARG002
        """Open a data set or member; what is written appears when it is closed."""
        self.check()
        wanted = Mode(mode)
        wanted.validate_bin()
        target = self._target(path)
        if target is None:
            raise errors.FileExpected(path)
        with translated(path):
            exists = self._exists_as_file(target, path)
            if exists and wanted.exclusive:
                raise errors.FileExists(path)
            if not exists and not wanted.create:
                raise errors.ResourceNotFound(path)
            initial = self._chunks(target) if exists and not wanted.truncate else iter(())
            file = StagedFile(path, wanted.to_platform_bin(), initial, self._publisher(target) if wanted.writing else None)
            if wanted.writing and not exists:
                self._publisher(target)(None)
            return file

    def _exists_as_file(self, target: Target, path: str) -> bool:
        """Tell whether there is a file of that name. Raises FileExpected for a library, ResourceNotFound below nothing."""
        try:
            dataset = self._dataset(target)
        except DatasetNotFound:
            if target.member is not None:
                raise
            return False
        if target.member is None:
            if dataset.is_partitioned:
                raise errors.FileExpected(path)
            return True
        return any(member.name == target.member for member in self._mvs.members(target.dsname, target.member))

    def _chunks(self, target: Target) -> Iterator[bytes]:
        with self._mvs.open_input(target, self._who) as source:
            if self._form is Encoding.TEXT:
                for line in text.to_text(source.records(), source.dcb, self._codepage):
                    yield line.encode("utf-8")
            else:
                yield from forms.join(source.records(), Form.RDW, source.dcb) if self._form is Encoding.RDW else source.records()

    def _publisher(self, target: Target) -> Callable[[Any], None]:
        """Return what makes a staging file (None: nothing) the contents of a data set or member."""

        def publish(stage: Any) -> None:
            chunks: Iterable[bytes] = iter(lambda: stage.read(CHUNK), b"") if stage is not None else ()
            with translated(str(target)), self._mvs.open_output(target, self._who, allocation=self._allocation) as writer:
                writer.write_records(self._records(chunks, writer.dcb))

        return publish

    def _records(self, chunks: Iterable[bytes], dcb: Dcb) -> Iterable[bytes]:
        return records_of(Content(lambda: chunks, self._form), dcb, self._codepage)

    # -- changing ------------------------------------------------------------------------------------------------

    def makedir(self, path: str, permissions: Permissions | None = None, recreate: bool = False) -> SubFS[FS]:  # noqa: ARG002
        """Allocate a library."""
        self.check()
        target = self._target(path)
        if target is None or self.exists(path):
            if recreate and self.isdir(path):
                return self.opendir(path)
            raise errors.DirectoryExists(path)
        if target.member is not None:
            self.getinfo(target.dsname)
            raise errors.InvalidPath(path)  # a library holds members only
        with translated(path):
            self._mvs.allocate(target.dsname, replace(self._allocation, dsorg=Dsorg.PO), self._who)
        return self.opendir(path)

    def remove(self, path: str) -> None:
        """Delete a data set or member."""
        self.check()
        target = self._target(path)
        if target is None or self.getinfo(path).is_dir:
            raise errors.FileExpected(path)
        with translated(path):
            self._mvs.delete(target, self._who)

    def removedir(self, path: str) -> None:
        """Delete an empty library."""
        self.check()
        target = self._target(path)
        if target is None:
            raise errors.RemoveRootError
        if not self.getinfo(path).is_dir:
            raise errors.DirectoryExpected(path)
        with translated(path):
            if self._mvs.members(target.dsname):
                raise errors.DirectoryNotEmpty(path)
            self._mvs.delete(target, self._who)

    def move(self, src_path: str, dst_path: str, overwrite: bool = False, preserve_time: bool = False) -> None:
        """Rename within the catalog or a library by one change; anything else is copied and deleted."""
        source, target = self._target(src_path), self._target(dst_path)
        same_level = source and target and (source.member is None) == (target.member is None)
        if not (source and target and same_level and source.dsname == target.dsname) and not (
            source and target and source.member is None and target.member is None
        ):
            super().move(src_path, dst_path, overwrite=overwrite, preserve_time=preserve_time)
            return
        if self.getinfo(src_path).is_dir:
            raise errors.FileExpected(src_path)
        if self.exists(dst_path):
            if not overwrite:
                raise errors.DestinationExists(dst_path)
            if source == target:
                return
            self.remove(dst_path)
        with translated(dst_path):
            self._mvs.rename(source, target, self._who)

    def setinfo(self, path: str, info: Mapping[str, Mapping[str, object]]) -> None:  # noqa: ARG002
        """Accept and leave out what a catalog does not let one set. Raises ResourceNotFound."""
        self.getinfo(path)

    def getbasename(self, path: str) -> str:
        """Return the last name of a path, as it is shown."""
        return self._shown(basename(self.validatepath(path)).upper())


def _seconds(day: date | datetime | None) -> float | None:
    if day is None:
        return None
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day, tzinfo=UTC)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _details(is_dir: bool, size: int, modified: date | None) -> dict[str, Any]:
    kind = ResourceType.directory if is_dir else ResourceType.file
    return {"type": int(kind), "size": size, "modified": _seconds(modified)}


def dataset_facts(info: DatasetInfo) -> dict[str, Any]:
    """Return the `mvs` namespace of a data set."""
    dcb = info.dcb
    return {
        "dsname": info.dsname,
        "dsorg": dcb.dsorg.value,
        "recfm": str(dcb.recfm) if dcb.recfm else "",
        "lrecl": dcb.lrecl,
        "blksize": dcb.blksize,
        "dsntype": info.dsntype,
        "volser": info.volser,
        "unit": info.unit,
        "status": info.status.value,
        "migrated": info.status is Status.MIGRATED,
        "extents": info.extents,
        "used_tracks": info.used_tracks,
        "records": info.records,
        "alias_of": info.alias_of,
    }
