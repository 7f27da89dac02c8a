"""The client's own side: where `get` writes and `put` reads.

Two kinds: host files (the default of `zftp`), and a store of data sets and z/OS UNIX files (PGM=FTP, `zftp --store`).
Rules: chunks are those of the data connection; a sink that is left by an exception keeps nothing.
"""

from __future__ import annotations

import fnmatch
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from zftpd.client.codes import ClientError
from zftpd.client.errors import SubcommandFailed
from zftpd.transfer.options import WireType

CHUNK = 262144


class LocalSide(Protocol):
    """What subcommands need of the local side."""

    def where(self) -> str:
        """Return the local working directory, as LPWD shows it."""
        ...

    def change(self, name: str) -> None:
        """Change the local working directory (LCD). Raises SubcommandFailed."""
        ...

    def make_directory(self, name: str) -> None:
        """Make a local directory or partitioned data set (LMKDIR). Raises SubcommandFailed."""
        ...

    def names(self, pattern: str) -> list[str]:
        """Return the local names that match, for MPUT."""
        ...

    def read(self, name: str, wire: WireType) -> Iterator[bytes]:
        """Yield what goes over the data connection for the local file. Raises SubcommandFailed before the first chunk."""
        ...

    def write(self, name: str, chunks: Iterable[bytes], wire: WireType, *, replace: bool, append: bool = False) -> int:
        """Store what came over the data connection and return its bytes."""
        ...

    def exists(self, name: str) -> bool:
        """Tell whether there is such a local file."""
        ...

    def locsite(self, words: str) -> list[str]:
        """Apply LOCSITE words and return remarks."""
        ...

    def status(self) -> list[str]:
        """Return lines for LOCSTAT."""
        ...

    def default_name(self, remote: str) -> str:
        """Return the local name for a remote one when none was given."""
        ...

    def remote_name(self, local: str) -> str:
        """Return the remote name for a local one when PUT was given none."""
        ...

    def relative_name(self, local: str) -> str:
        """Return the remote name of one of many local files (MPUT): relative to both working directories."""
        ...

    def site_words(self, name: str) -> str:
        """Return what SENDSITE tells a server of the local file before PUT, '' for nothing."""
        ...


def simple_name(remote: str) -> str:
    """Return the last part of a remote name: a member, the last part of a path, or the name without quotes."""
    name = remote.strip("'")
    if name.endswith(")") and "(" in name:
        name = name[name.index("(") + 1 : -1]
    return name.rsplit("/", 1)[-1]  # of a member, too: a server may list what is none


class HostFiles:
    """Plain files of the host below a working directory. Text has LF here and CR LF on the wire."""

    def __init__(self, cwd: Path) -> None:
        self.cwd = cwd.resolve()

    def where(self) -> str:
        """Return the working directory."""
        return str(self.cwd)

    def _path(self, name: str) -> Path:
        return self.cwd / name.strip("'")

    def change(self, name: str) -> None:
        """Change to an existing directory."""
        target = self._path(name).resolve()
        if not target.is_dir():
            raise SubcommandFailed(ClientError.FILE_ACCESS, "local-missing", name=name)
        self.cwd = target

    def make_directory(self, name: str) -> None:
        """Make a directory."""
        try:
            self._path(name).mkdir()
        except OSError as error:
            raise SubcommandFailed(ClientError.FILE_ACCESS, "local-refused", name=name, reason=error.strerror) from error

    def names(self, pattern: str) -> list[str]:
        """Return matching plain files, ascending."""
        files = (entry.name for entry in self.cwd.iterdir() if entry.is_file())
        return sorted(name for name in files if fnmatch.fnmatchcase(name, pattern))

    def exists(self, name: str) -> bool:
        """Tell whether the file is there."""
        return self._path(name).exists()

    def read(self, name: str, wire: WireType) -> Iterator[bytes]:
        """Yield the file's bytes; in TYPE A line ends become CR LF."""
        try:
            file = self._path(name).open("rb")
        except FileNotFoundError as error:
            raise SubcommandFailed(ClientError.FILE_ACCESS, "local-missing", name=name) from error
        except OSError as error:
            raise SubcommandFailed(ClientError.FILE_ACCESS, "local-refused", name=name, reason=error.strerror) from error

        def chunks() -> Iterator[bytes]:
            with file:
                while chunk := file.read(CHUNK):
                    yield chunk.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") if wire.type == "A" else chunk

        return chunks()

    def write(self, name: str, chunks: Iterable[bytes], wire: WireType, *, replace: bool, append: bool = False) -> int:
        """Write aside and rename, so that a transfer that breaks leaves the old file."""
        target = self._path(name)
        if target.exists() and not (replace or append):
            raise SubcommandFailed(ClientError.FILE_ACCESS, "local-refused", name=name, reason="exists; use (REPLACE")
        total = 0
        try:
            handle, aside = tempfile.mkstemp(dir=target.parent, prefix=".zftp-")
        except OSError as error:
            raise SubcommandFailed(ClientError.FILE_WRITE, "local-refused", name=name, reason=error.strerror) from error
        try:
            with os.fdopen(handle, "wb") as file:
                if append and target.exists():
                    file.write(target.read_bytes())
                for chunk in line_ends(chunks) if wire.type == "A" else chunks:
                    total += file.write(chunk)
            Path(aside).replace(target)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise
        return total

    def locsite(self, words: str) -> list[str]:  # noqa: ARG002 - the protocol's signature
        """Host files have no allocation attributes: every word is accepted and changes nothing."""
        return []

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


def line_ends(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield text with LF for CR LF, also where the pair lies across two chunks."""
    carried = b""
    for chunk in chunks:
        data = carried + chunk
        carried = b"\r" if data.endswith(b"\r") else b""
        yield (data[:-1] if carried else data).replace(b"\r\n", b"\n")
    if carried:
        yield carried
