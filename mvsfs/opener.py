"""`mvs://` for `fs.open_fs`: a store as a PyFilesystem2 file system.

mvs://                              the default store
mvs:///var/lib/mvsfs                the store in that folder
mvs://memory                        a store that goes when the file system is closed
mvs:///var/lib/mvsfs!/USER1.JCL     one library of it
mvs:///var/lib/mvsfs?unix=/u/user1  z/OS UNIX files instead of data sets
further parameters: form=text|binary|rdw, codepage=IBM-037, lower=1, user=USER1
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fs.base import FS
from fs.errors import CreateFailed
from fs.opener import Opener
from fs.opener.parse import ParseResult

from mvsfs.access import OpenGuard, Requester
from mvsfs.paths import default_store, store_url
from mvsfs.seed.model import DEFAULT_CODEPAGE, Encoding
from mvsfs.storage.options import StoreOptions
from mvsfs.system import Mvs
from mvsfs.view import MVSFS
from mvsfs.viewunix import UnixFS

MEMORY = "memory"


class MvsOpener(Opener):
    """Opens `mvs://` addresses."""

    protocols = ["mvs"]

    def open_fs(self, fs_url: str, parse_result: ParseResult, writeable: bool, create: bool, cwd: str) -> FS:  # noqa: ARG002
        """Return the file system at an address. Raises CreateFailed when the store cannot be opened."""
        resource, options = parse_result.resource, parse_result.params
        store = "memory:" if resource == MEMORY else store_url(resource) if resource else default_store()
        try:
            form = Encoding(options.get("form", "text"))
            mvs = Mvs.open(
                store, now=lambda: datetime.now().astimezone(), guard=OpenGuard(), options=StoreOptions(accounted=False)
            )
        except (ValueError, OSError) as error:
            raise CreateFailed(str(error)) from error
        who = Requester(options.get("user", "IBMUSER").upper(), jobname="MVSFS")
        view: Any
        if "unix" in options:
            view = UnixFS(mvs, who, root=options["unix"] or "/", on_close=mvs.close)
        else:
            codepage = options.get("codepage", DEFAULT_CODEPAGE)
            view = MVSFS(mvs, who, form=form, codepage=codepage, lower=bool(options.get("lower")), on_close=mvs.close)
        opened: FS = view.opendir(parse_result.path) if parse_result.path else view
        return opened
