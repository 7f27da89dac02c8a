"""The client's own side over a store: data sets, members, DDs and z/OS UNIX files.

Names: `'A.B(M)'` is a full name, `A.B` lies below the local prefix, `/path` is a z/OS UNIX file, `//DD:NAME` or `//dd:NAME` is a
DD of the step. Conversions are those of the server (zftpd.transfer), so both ends agree.
Source: [UG] "Data set naming" and LOCSITE.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from jes.stepcontext import OpenDd
from jes.utilities.refusals import words
from mvsfs.access import Requester
from mvsfs.dcb import Dsorg
from mvsfs.errors import MvsError
from mvsfs.info import Target
from mvsfs.names import parse_target
from zftpd.client.codes import ClientError
from zftpd.client.errors import SubcommandFailed
from zftpd.client.local import Terms, simple_name
from zftpd.client.storing import into_dataset, into_dd, into_unix
from zftpd.commands.status import site_words
from zftpd.filetypes.allocation import allocation_of
from zftpd.params.settings import Settings
from zftpd.transfer.outbound import outbound, outbound_records, outbound_unix


class StoreFiles:
    """Data sets below a prefix, z/OS UNIX files below a directory, and the DDs of a step."""

    def __init__(self, mvs: Any, who: Requester, dds: Mapping[str, OpenDd] | None = None) -> None:
        self.mvs = mvs
        self.who = who
        self.dds = dds or {}
        self.prefix = who.userid
        self.unix = ""

    # -- names ---------------------------------------------------------------------------------------------------------
    def where(self) -> str:
        """Return the local directory or prefix."""
        return self.unix or f"{self.prefix}."

    def change(self, name: str) -> None:
        """Go to a UNIX directory, to a full prefix in quotes, or to a further qualifier."""
        if name.startswith("/"):
            self.unix = name.rstrip("/") or "/"
        elif name.startswith("'"):
            self.unix, self.prefix = "", name.strip("'").rstrip(".").upper()
        elif self.unix:
            self.unix = posixpath.normpath(f"{self.unix}/{name}")
        elif name == "..":
            self.prefix = self.prefix.rpartition(".")[0] or self.prefix
        else:
            self.prefix = f"{self.prefix}.{name.rstrip('.').upper()}"

    def _dd(self, name: str) -> OpenDd | None:
        """Return the DD that `//DD:NAME` means, None for any other name."""
        if not name.upper().startswith("//DD:"):
            return None
        dd = self.dds.get(name[5:].upper())
        if dd is None:
            raise SubcommandFailed(ClientError.FILE_ACCESS, "local-missing", name=name)
        return dd

    def _path(self, name: str) -> str:
        """Return the z/OS UNIX path that `name` means, '' for an MVS name."""
        if name.startswith("/") and not name.startswith("//"):
            return name
        return f"{self.unix.rstrip('/')}/{name}" if self.unix and not name.startswith(("'", "//")) else ""

    def _target(self, name: str) -> Target:
        text = name.removeprefix("//")
        if not text.startswith("'"):
            text = f"{self.prefix}.{text}"
        return parse_target(text.strip("'").upper())

    def default_name(self, remote: str) -> str:
        """A full remote name is used as the local one; else its last part."""
        return remote if remote.startswith("'") else simple_name(remote)

    def remote_name(self, local: str) -> str:
        """A full local name is used as the remote one; else its last part."""
        return local if local.startswith("'") else simple_name(local)

    def relative_name(self, local: str) -> str:
        """Return the member, or what of a data set's name is below the prefix."""
        name = local.strip("'")
        if "(" in name or name.startswith("/"):
            return simple_name(local)
        return name.removeprefix(f"{self.prefix}.") if name.startswith(f"{self.prefix}.") else local

    def names(self, pattern: str) -> list[str]:
        """Return data sets or members that match, as full names in quotes."""
        library, bracket, member = pattern.strip("'").partition("(")
        try:
            if bracket:
                dsname = self._target(f"'{library}'" if pattern.startswith("'") else library).dsname
                library = self.mvs.require_readable(dsname, self.who).dsname
                return [f"'{dsname}({found.name})'" for found in self.mvs.members(library, member.rstrip(")").upper())]
            mask = pattern.strip("'") if pattern.startswith("'") else f"{self.prefix}.{pattern}"
            return [f"'{info.dsname}'" for info in self.mvs.search(mask.upper())]
        except MvsError:
            return []

    def exists(self, name: str) -> bool:
        """Tell whether the data set, member or file is there; a DD always is."""
        if self._dd(name) is not None:
            return True
        try:
            if path := self._path(name):
                self.mvs.unix.stat(path, self.who)
                return True
            target = self._target(name)
            self.mvs.find(target.dsname)
            return not target.member or bool(self.mvs.members(target.dsname, target.member))
        except MvsError:
            return False

    def make_directory(self, name: str, settings: Settings) -> None:
        """Make a UNIX directory or a PDS with the LOCSITE attributes."""
        try:
            if path := self._path(name):
                self.mvs.unix.mkdir(path, self.who)
            else:
                self.mvs.allocate(self._target(name).dsname, allocation_of(settings, Dsorg.PO), self.who)
        except MvsError as error:
            raise SubcommandFailed(ClientError.FILE_ACCESS, "local-refused", name=name, reason=words(error)) from error

    def attributes(self, name: str) -> list[str]:
        """Return what a data set is like, as words of SITE. Raises SubcommandFailed."""
        try:
            return site_words(self.mvs.find(self._target(name).dsname)).split()[1:]
        except MvsError as error:
            raise SubcommandFailed(ClientError.FILE_ACCESS, "local-refused", name=name, reason=words(error)) from error

    def delete(self, name: str) -> None:
        """Delete a data set or file. Raises SubcommandFailed."""
        try:
            if path := self._path(name):
                self.mvs.unix.unlink(path, self.who)
            else:
                self.mvs.delete(self._target(name), self.who)
        except MvsError as error:
            raise SubcommandFailed(ClientError.FILE_ACCESS, "local-refused", name=name, reason=words(error)) from error

    def site_words(self, name: str) -> str:
        """Return record format, lengths and block size of the data set or DD, as SENDSITE tells them."""
        dd = self._dd(name)
        if dd is None and self._path(name):
            return ""
        try:
            dcb = dd.dcb if dd is not None else self.mvs.find(self._target(name).dsname).dcb
        except MvsError:
            return ""
        if dcb.recfm is None:
            return ""
        head = f"FIXrecfm {dcb.lrecl}" if dcb.recfm.is_fixed else "VARrecfm"
        return f"{head} LRECL={dcb.lrecl} RECFM={dcb.recfm} BLKSIZE={dcb.blksize}"

    # -- data ----------------------------------------------------------------------------------------------------------
    def read(self, name: str, terms: Terms) -> Iterator[bytes]:
        """Yield what PUT sends."""
        dd = self._dd(name)
        if dd is not None:
            return outbound_records(islice(dd.records(), terms.start, None), dd.dcb, terms.options, terms.wire)
        try:
            if path := self._path(name):
                file = self.mvs.unix.open_input(path, self.who)
                content = file.chunks(start=terms.start)
                return _closing(file, outbound_unix(content, terms.options, terms.wire, start=terms.start))
            reader = self.mvs.open_input(self._target(name), self.who)
        except MvsError as error:
            raise SubcommandFailed(ClientError.FILE_ACCESS, "local-refused", name=name, reason=words(error)) from error
        content = outbound(reader.chunks(), reader.form, reader.dcb, terms.options, terms.wire, start=terms.start)
        return _closing(reader, content)

    def write(
        self,
        name: str,
        chunks: Iterable[bytes],
        terms: Terms,
        *,
        replace: bool,  # noqa: ARG002 - data sets are always replaced, as by a step's DISP=OLD
        append: bool = False,
    ) -> int:
        """Store what GET receives; where the transfer breaks the old content stays, or what came up to a restart marker."""
        counted = _Counted(chunks)
        try:
            dd = self._dd(name)
            if dd is not None:
                into_dd(dd, counted, terms)
            elif path := self._path(name):
                into_unix(self.mvs, self.who, path, counted, terms, append=append)
            else:
                into_dataset(self.mvs, self.who, self._target(name), counted, terms, append=append)
        except MvsError as error:
            raise SubcommandFailed(ClientError.FILE_WRITE, "local-refused", name=name, reason=words(error)) from error
        return counted.total

    def wire_size(self, name: str, terms: Terms) -> int:
        """Return how many bytes a z/OS UNIX file is in stream mode."""
        path = self._path(name)
        if not path:
            raise SubcommandFailed(ClientError.USAGE, "only-unix", name=name)
        return sum(map(len, self.read(name, terms))) if self.exists(name) else 0

    def checkpoint(self, prefix: str) -> str:
        """Return the checkpoint data set of the user; for LOCAL that of the place, a file or member where it is one of these."""
        if prefix != "LOCAL":
            return f"'{self.who.userid}.{CHECKPOINT}'"
        if self.unix:
            return f"{self.unix.rstrip('/')}/ftp.chkpoint"
        try:
            partitioned = self.mvs.find(self.prefix).is_partitioned
        except MvsError:
            partitioned = False
        return f"'{self.prefix}(CHKPOINT)'" if partitioned else f"'{self.prefix}.{CHECKPOINT}'"

    def status(self) -> list[str]:
        """Return the prefix or directory."""
        return [f"Local directory is {self.where()}"]


#: The last qualifiers of the checkpoint data set.
CHECKPOINT = "FTP.CHKPOINT"


class _Counted:
    """Chunks that remember how many bytes passed."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.chunks = chunks
        self.total = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.chunks:
            self.total += len(chunk)
            yield chunk


def _closing(resource: Any, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield chunks and close the data set afterwards, whatever happens."""
    with resource:
        yield from chunks
