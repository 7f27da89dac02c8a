"""Listings that are kept while nothing has changed: many clients list the same library again and again.

Rules: a kept listing is used only under the same token of the store (mvsfs/storage/changes.py), so it is never older than the
catalog. Few are kept for each store, the oldest goes first.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable
from weakref import WeakKeyDictionary

from mvsfs.system import Mvs

MOST = 16

_Kept = dict[Hashable, tuple[object, tuple[str, ...]]]
_stores: WeakKeyDictionary[Mvs, _Kept] = WeakKeyDictionary()
_lock = threading.Lock()


def kept(mvs: Mvs, key: Hashable, make: Callable[[], Iterable[str]]) -> Iterable[str]:
    """Return the lines under `key`, made by `make` when the store has changed since they were made.

    What `make` raises passes through and nothing is kept.
    """
    token = mvs.changes.token()
    with _lock:
        listings = _stores.setdefault(mvs, {})
        found = listings.get(key)
    if found is not None and found[0] == token:
        return found[1]
    lines = tuple(make())
    with _lock:
        listings.pop(key, None)
        if len(listings) >= MOST:
            del listings[next(iter(listings))]
        listings[key] = (token, lines)
    return lines
