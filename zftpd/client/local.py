"""The client's own side: where `get` writes and `put` reads.

Two kinds: host files (host_files.py, the default of `zftp`), and a store of data sets and z/OS UNIX files (local_store.py:
PGM=FTP, `zftp --store`).
Rules: chunks are those of the data connection; a sink that is left by an exception keeps nothing but what came up to a restart
marker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from zftpd.params.defaults import defaults
from zftpd.params.settings import Settings
from zftpd.transfer.options import TransferOptions, WireType


@dataclass(frozen=True)
class Terms:
    """How a file moves: TYPE, MODE and STRU, the client's settings, and where a restarted transfer goes on.

    start: what lies before that place, records of a data set or bytes of a file; reading begins behind it, writing keeps it.
    marked: told of each restart marker that came, by its text and the place here.
    options: what changes bytes; those of the settings, with the client's translate tables.
    """

    wire: WireType
    settings: Settings = field(default_factory=defaults)
    start: int = 0
    marked: Callable[[str, int], None] | None = None
    options: TransferOptions = field(default_factory=TransferOptions)

    @property
    def is_stream(self) -> bool:
        """Tell whether nothing on the wire marks records."""
        return self.wire.mode == "S" and self.wire.stru == "F"


class LocalSide(Protocol):
    """What subcommands need of the local side."""

    def where(self) -> str:
        """Return the local working directory, as LPWD shows it."""
        ...

    def change(self, name: str) -> None:
        """Change the local working directory (LCD). Raises SubcommandFailed."""
        ...

    def make_directory(self, name: str, settings: Settings) -> None:
        """Make a local directory or partitioned data set (LMKDIR). Raises SubcommandFailed."""
        ...

    def names(self, pattern: str) -> list[str]:
        """Return the local names that match, for MPUT."""
        ...

    def read(self, name: str, terms: Terms) -> Iterator[bytes]:
        """Yield what goes over the data connection for the local file. Raises SubcommandFailed before the first chunk."""
        ...

    def write(self, name: str, chunks: Iterable[bytes], terms: Terms, *, replace: bool, append: bool = False) -> int:
        """Store what came over the data connection and return its bytes."""
        ...

    def wire_size(self, name: str, terms: Terms) -> int:
        """Return how many bytes the local file is in stream mode, 0 when there is none. Raises SubcommandFailed for data sets."""
        ...

    def exists(self, name: str) -> bool:
        """Tell whether there is such a local file."""
        ...

    def delete(self, name: str) -> None:
        """Delete a local file or data set. Raises SubcommandFailed."""
        ...

    def checkpoint(self, prefix: str) -> str:
        """Return the name of the checkpoint data set or file for a value of CHKPTPREFIX."""
        ...

    def status(self) -> list[str]:
        """Return what LOCSTAT says of the place."""
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


def line_ends(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield text with LF for CR LF, also where the pair lies across two chunks."""
    carried = b""
    for chunk in chunks:
        data = carried + chunk
        carried = b"\r" if data.endswith(b"\r") else b""
        yield (data[:-1] if carried else data).replace(b"\r\n", b"\n")
    if carried:
        yield carried
