"""The client's own side over a store: data sets, members, DDs and z/OS UNIX files.

Conversions are those of the server (zftpd.transfer), so both ends agree.
Source: [UG] "Data set naming" and LOCSITE.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from jes.utilities.refusals import words
from mvsfs.dcb import Dsorg
from mvsfs.errors import MvsError
from mvsfs.info import DatasetInfo
from zftpd.client.codes import ClientError
from zftpd.client.errors import SubcommandFailed
from zftpd.client.local import Terms
from zftpd.client.local_names import LocalNames
from zftpd.client.storing import into_dataset, into_dd, into_unix
from zftpd.commands.status import site_words
from zftpd.filetypes.allocation import allocation_of
from zftpd.params.settings import Settings
from zftpd.transfer.outbound import outbound, outbound_records, outbound_unix


class StoreFiles(LocalNames):
    """Data sets below a prefix, z/OS UNIX files below a directory, and the DDs of a step."""

    def exists(self, name: str) -> bool:
        """Tell whether the data set, member or file is there; a DD always is."""
        if self.dd(name) is not None:
            return True
        try:
            if path := self.path(name):
                self.mvs.unix.stat(path, self.who)
                return True
            target, info = self.target(name), self._found(name)
            return not target.member or bool(self.mvs.members(info.dsname, target.member))
        except MvsError:
            return False

    def _found(self, name: str) -> DatasetInfo:
        """Return the data set that a name means, of a generation data group the generation. Raises MvsError."""
        target = self.target(name)
        if target.generation is not None:
            target = self.mvs.resolve_generation(target)
        info: DatasetInfo = self.mvs.find(target.dsname)
        return info

    def make_directory(self, name: str, settings: Settings) -> None:
        """Make a UNIX directory or a PDS with the LOCSITE attributes."""
        try:
            if path := self.path(name):
                self.mvs.unix.mkdir(path, self.who)
            else:
                self.mvs.allocate(self.target(name).dsname, allocation_of(settings, Dsorg.PO), self.who)
        except MvsError as error:
            raise SubcommandFailed(ClientError.FILE_ACCESS, "local-refused", name=name, reason=words(error)) from error

    def attributes(self, name: str) -> list[str]:
        """Return what a data set is like, as words of SITE. Raises SubcommandFailed."""
        try:
            return site_words(self._found(name)).split()[1:]
        except MvsError as error:
            raise SubcommandFailed(ClientError.FILE_ACCESS, "local-refused", name=name, reason=words(error)) from error

    def delete(self, name: str) -> None:
        """Delete a data set or file. Raises SubcommandFailed."""
        try:
            if path := self.path(name):
                self.mvs.unix.unlink(path, self.who)
            else:
                self.mvs.delete(self.target(name), self.who)
        except MvsError as error:
            raise SubcommandFailed(ClientError.FILE_ACCESS, "local-refused", name=name, reason=words(error)) from error

    def site_words(self, name: str) -> str:
        """Return record format, lengths and block size of the data set or DD, as SENDSITE tells them."""
        dd = self.dd(name)
        if dd is None and self.path(name):
            return ""
        try:
            dcb = dd.dcb if dd is not None else self._found(name).dcb
        except MvsError:
            return ""
        if dcb.recfm is None:
            return ""
        head = f"FIXrecfm {dcb.lrecl}" if dcb.recfm.is_fixed else "VARrecfm"
        return f"{head} LRECL={dcb.lrecl} RECFM={dcb.recfm} BLKSIZE={dcb.blksize}"

    # -- data ----------------------------------------------------------------------------------------------------------
    def read(self, name: str, terms: Terms) -> Iterator[bytes]:
        """Yield what PUT sends."""
        dd = self.dd(name)
        if dd is not None:
            return outbound_records(islice(dd.records(), terms.start, None), dd.dcb, terms.options, terms.wire)
        try:
            if path := self.path(name):
                file = self.mvs.unix.open_input(path, self.who)
                content = file.chunks(start=terms.start)
                return _closing(file, outbound_unix(content, terms.options, terms.wire, start=terms.start))
            reader = self.mvs.open_input(self.target(name), self.who)
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
            dd = self.dd(name)
            if dd is not None:
                into_dd(dd, counted, terms)
            elif path := self.path(name):
                into_unix(self.mvs, self.who, path, counted, terms, append=append)
            else:
                into_dataset(self.mvs, self.who, self.target(name), counted, terms, append=append)
        except MvsError as error:
            raise SubcommandFailed(ClientError.FILE_WRITE, "local-refused", name=name, reason=words(error)) from error
        return counted.total

    def wire_size(self, name: str, terms: Terms) -> int:
        """Return how many bytes a z/OS UNIX file is in stream mode."""
        path = self.path(name)
        if not path:
            raise SubcommandFailed(ClientError.USAGE, "only-unix", name=name)
        return sum(map(len, self.read(name, terms))) if self.exists(name) else 0

    def checkpoint(self, prefix: str) -> str:
        """Return the checkpoint data set of the user; for LOCAL that of the place, a file or member where it is one of these."""
        if prefix != "LOCAL":
            return f"'{self.who.userid}.{CHECKPOINT}'"
        if self.unix:
            return f"{self.unix.rstrip('/')}/ftp.chkpoint"
        return f"'{self.prefix}(CHKPOINT)'" if self.is_library else f"'{self.prefix}.{CHECKPOINT}'"

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
