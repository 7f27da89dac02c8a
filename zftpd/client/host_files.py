"""Plain files of this machine as the client's own side.

Rules: text has LF here. In TYPE A and stream mode it has CR LF on the wire and every byte else is left alone. In any other
TYPE, MODE or STRU a text is what a z/OS UNIX file with the same characters would be, by ISO8859-1; images are never changed.
"""

from __future__ import annotations

import fnmatch
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from mvsfs.codepages import Sbcs, table
from mvsfs.errors import MvsError
from mvsfs.sentences import sentence
from zftpd.client.codes import ClientError
from zftpd.client.errors import SubcommandFailed
from zftpd.client.local import Terms, line_ends, simple_name
from zftpd.params.settings import Settings
from zftpd.transfer.inbound import inbound_unix, inbound_unix_marked
from zftpd.transfer.marks import Mark, has_marks
from zftpd.transfer.options import TransferOptions
from zftpd.transfer.outbound import outbound_unix

CHUNK = 262144


class HostFiles:
    """Plain files of the host below a working directory."""

    def __init__(self, cwd: Path) -> None:
        """Begin in a directory."""
        self.began = self.cwd = cwd.resolve()

    def where(self) -> str:
        """Return the working directory."""
        return str(self.cwd)

    def _path(self, name: str) -> Path:
        if "\0" in name:
            raise SubcommandFailed(ClientError.FILE_ACCESS, "local-missing", name=name)
        return self.cwd / name.strip("'")

    def change(self, name: str) -> None:
        """Change to an existing directory."""
        target = self._path(name).resolve()
        if not target.is_dir():
            raise SubcommandFailed(ClientError.FILE_ACCESS, "local-missing", name=name)
        self.cwd = target

    def make_directory(self, name: str, settings: Settings) -> None:  # noqa: ARG002 - the protocol's signature
        """Make a directory."""
        try:
            self._path(name).mkdir()
        except OSError as error:
            raise SubcommandFailed(ClientError.FILE_ACCESS, "local-refused", name=name, reason=error.strerror) from error

    def names(self, pattern: str) -> list[str]:
        """Return matching plain files, ascending; below another directory for a pattern with a path in front."""
        folder, slash, last = pattern.rpartition("/")
        place = self._path(folder or "/") if slash else self.cwd
        try:
            files = [entry.name for entry in place.iterdir() if entry.is_file()]
        except OSError:
            return []
        return sorted(f"{folder}{slash}{name}" for name in files if fnmatch.fnmatchcase(name, last))

    def exists(self, name: str) -> bool:
        """Tell whether the file is there."""
        return self._path(name).exists()

    def delete(self, name: str) -> None:
        """Delete a file."""
        try:
            self._path(name).unlink()
        except OSError as error:
            raise SubcommandFailed(ClientError.FILE_ACCESS, "local-refused", name=name, reason=error.strerror) from error

    def read(self, name: str, terms: Terms) -> Iterator[bytes]:
        """Yield what the file is on the wire."""
        try:
            file = self._path(name).open("rb")
        except FileNotFoundError as error:
            raise SubcommandFailed(ClientError.FILE_ACCESS, "local-missing", name=name) from error
        except OSError as error:
            raise SubcommandFailed(ClientError.FILE_ACCESS, "local-refused", name=name, reason=error.strerror) from error
        options = TransferOptions(chkptint=terms.options.chkptint)

        def chunks() -> Iterator[bytes]:
            with file:
                file.seek(terms.start)
                while chunk := file.read(CHUNK):
                    yield chunk

        if terms.is_stream and terms.wire.type == "A":
            return (chunk.replace(b"\n", b"\r\n") for chunk in line_ends(chunks()))
        hosted = chunks() if terms.wire.is_image else _translated(chunks(), _pages().to_host)
        return outbound_unix(hosted, options, terms.wire, start=terms.start)

    def write(self, name: str, chunks: Iterable[bytes], terms: Terms, *, replace: bool, append: bool = False) -> int:
        """Write aside and rename, so that a transfer that breaks leaves the old file, or what came up to a restart marker."""
        target = self._path(name)
        if target.exists() and not (replace or append):
            raise SubcommandFailed(ClientError.FILE_ACCESS, "local-refused", name=name, reason="exists; use (REPLACE")
        try:
            handle, aside = tempfile.mkstemp(dir=target.parent, prefix=".zftp-")
        except OSError as error:
            raise SubcommandFailed(ClientError.FILE_WRITE, "local-refused", name=name, reason=error.strerror) from error
        written = _Written(terms)
        try:
            with os.fdopen(handle, "wb") as file:
                if target.exists() and (append or terms.start):
                    with target.open("rb") as old:
                        file.writelines(_first(old, terms.start or target.stat().st_size))
                for chunk in written.pieces(chunks):
                    file.write(chunk)
            Path(aside).replace(target)
        except BaseException as error:
            if written.kept:
                os.truncate(aside, written.kept)
                Path(aside).replace(target)
            Path(aside).unlink(missing_ok=True)
            if isinstance(error, MvsError):
                raise SubcommandFailed(ClientError.FILE_WRITE, "local-refused", name=name, reason=sentence(error)) from error
            raise
        return written.total

    def wire_size(self, name: str, terms: Terms) -> int:
        """Return how many bytes the file is in stream mode."""
        return sum(map(len, self.read(name, terms))) if self.exists(name) else 0

    def checkpoint(self, prefix: str) -> str:
        """Return ftp.chkpoint in the directory where the client began, or in the working directory."""
        return str((self.cwd if prefix == "LOCAL" else self.began) / "ftp.chkpoint")

    def status(self) -> list[str]:
        """Return the working directory."""
        return [f"Local directory is {self.cwd}"]

    def default_name(self, remote: str) -> str:
        """Return the last part of the remote name."""
        return simple_name(remote)

    def remote_name(self, local: str) -> str:
        """Return the last part of the local name."""
        return simple_name(local)

    def relative_name(self, local: str) -> str:
        """Return the last part of the local name."""
        return simple_name(local)

    def site_words(self, name: str) -> str:  # noqa: ARG002 - the protocol's signature
        """Host files have no attributes to tell of."""
        return ""


class _Written:
    """What is written of a transfer: how many bytes came, and how many are kept when it breaks."""

    def __init__(self, terms: Terms) -> None:
        self.total = 0
        self.kept = 0
        self._terms = terms

    def pieces(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the bytes of the file."""
        wire, counted = self._terms.wire, self._counted(chunks)
        if has_marks(wire):
            yield from self._marked(inbound_unix_marked(counted, wire))
        elif wire.is_image:
            yield from inbound_unix(counted, TransferOptions(), wire)
        elif self._terms.is_stream and wire.type == "A":
            yield from line_ends(counted)
        else:
            yield from _translated(inbound_unix(counted, TransferOptions(), wire), _pages().to_net)

    def _counted(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self.total += len(chunk)
            yield chunk

    def _marked(self, parts: Iterable[bytes | Mark]) -> Iterator[bytes]:
        for part in parts:
            if isinstance(part, bytes):
                yield part.translate(_pages().to_net)
            elif self._terms.marked is not None:
                self.kept = self._terms.start + part.offset
                self._terms.marked(part.text, self.kept)


def _first(file: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield the file's first bytes."""
    while size and (chunk := file.read(min(size, CHUNK))):
        yield chunk
        size -= len(chunk)


def _pages() -> Sbcs:
    return table("IBM-1047", "ISO8859-1")


def _translated(chunks: Iterable[bytes], code: bytes) -> Iterator[bytes]:
    return (chunk.translate(code) for chunk in chunks)
