"""What local names mean on a side that is a store.

Names: `'A.B(M)'` is a full name, `A.B` lies below the local prefix, `/path` is a z/OS UNIX file, `//DD:NAME` or `//dd:NAME` is a
DD of the step. Where the local directory is a library, a name is one of its members; `lcd 'A.B.'` makes its name a prefix.
Source: [UG] "Data set naming", LCD.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any

from jes.stepcontext import OpenDd
from mvsfs.access import Requester
from mvsfs.errors import MvsError
from mvsfs.info import Target
from mvsfs.names import parse_target
from zftpd.client.codes import ClientError
from zftpd.client.errors import SubcommandFailed
from zftpd.client.local import simple_name


class LocalNames:
    """The local directory, and names below it."""

    def __init__(self, mvs: Any, who: Requester, dds: Mapping[str, OpenDd] | None = None) -> None:
        self.mvs = mvs
        self.who = who
        self.dds = dds or {}
        self.prefix = who.userid
        self.unix = ""
        self.is_library = False

    def where(self) -> str:
        """Return the local directory, library or prefix."""
        return self.unix or (self.prefix if self.is_library else f"{self.prefix}.")

    def change(self, name: str) -> None:
        """Go to a UNIX directory, to a full prefix or library in quotes, or to a further qualifier."""
        qualified = name.strip("'").endswith(".")
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
        self.is_library = not self.unix and not qualified and self._is_partitioned()

    def _is_partitioned(self) -> bool:
        try:
            return bool(self.mvs.find(self.prefix).is_partitioned)
        except MvsError:
            return False

    def dd(self, name: str) -> OpenDd | None:
        """Return the DD that `//DD:NAME` means, None for any other name."""
        if not name.upper().startswith("//DD:"):
            return None
        dd = self.dds.get(name[5:].upper())
        if dd is None:
            raise SubcommandFailed(ClientError.FILE_ACCESS, "local-missing", name=name)
        return dd

    def path(self, name: str) -> str:
        """Return the z/OS UNIX path that `name` means, '' for an MVS name."""
        if name.startswith("/") and not name.startswith("//"):
            return name
        return f"{self.unix.rstrip('/')}/{name}" if self.unix and not name.startswith(("'", "//")) else ""

    def target(self, name: str) -> Target:
        """Return the data set, member or generation that `name` means. Raises MvsError for what is no name."""
        text = name.removeprefix("//")
        if not text.startswith("'"):
            text = f"{self.prefix}({text})" if self.is_library else f"{self.prefix}.{text}"
        return parse_target(text.strip("'").upper())

    def default_name(self, remote: str) -> str:
        """A full remote name is used as the local one; else its last part."""
        return remote if remote.startswith("'") else simple_name(remote)

    def remote_name(self, local: str) -> str:
        """A full local name is used as the remote one; else its last part."""
        if local.upper().startswith("//DD:"):
            return local[5:]
        return local if local.startswith("'") else simple_name(local)

    def relative_name(self, local: str) -> str:
        """Return the member, or what of a data set's name is below the prefix."""
        name = local.strip("'")
        if "(" in name or name.startswith("/"):
            return simple_name(local)
        return name.removeprefix(f"{self.prefix}.") if name.startswith(f"{self.prefix}.") else local

    def names(self, pattern: str) -> list[str]:
        """Return data sets or members that match, as full names in quotes."""
        if self.is_library and not pattern.startswith("'"):
            pattern = f"'{self.prefix}({pattern})'"
        library, bracket, member = pattern.strip("'").partition("(")
        try:
            if bracket:
                dsname = self.target(f"'{library}'" if pattern.startswith("'") else library).dsname
                library = self.mvs.require_readable(dsname, self.who).dsname
                return [f"'{dsname}({found.name})'" for found in self.mvs.members(library, member.rstrip(")").upper())]
            mask = pattern.strip("'") if pattern.startswith("'") else f"{self.prefix}.{pattern}"
            return [f"'{info.dsname}'" for info in self.mvs.search(mask.upper())]
        except MvsError:
            return []
