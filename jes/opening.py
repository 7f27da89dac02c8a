"""A store and its security database, opened together: the one place where the two ground packages are joined.

Usage:  mvs, saf = open_system("file:///var/lib/mvsfs", now=now)

Rules: the data set side asks `saf` from the first question on; an empty security database gets its first user, a store
without the libraries of the system gets those.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from jes.guard import SafGuard
from jes.systemlibraries import deliver
from mvsfs.access import OpenGuard
from mvsfs.storage.options import StoreOptions
from mvsfs.system import Mvs
from saf.context import SafOptions
from saf.system import Saf


def open_system(
    url: str,
    *,
    now: Callable[[], datetime],
    sysname: str = "MVS1",
    options: StoreOptions | None = None,
    saf_options: SafOptions | None = None,
) -> tuple[Mvs, Saf]:
    """Return the data sets and the security of the store at `url`.

    Raises ValueError for an address that is none.
    """
    mvs = Mvs.open(url, now=now, guard=OpenGuard(), sysname=sysname, options=options)
    saf = Saf.open(mvs.engine, now=now, options=saf_options)
    saf.bootstrap()
    deliver(mvs, saf)
    mvs.store.guard = SafGuard(saf)
    return mvs, saf
