"""Whether an entry can be opened now: generation resolved, permission, recall, volume.

Rules: no transaction is open while the guard is asked or a recall waits.
"""

from __future__ import annotations

from mvsfs.access import Access, Requester
from mvsfs.datasets import gdg
from mvsfs.datasets.allocate import first_volser
from mvsfs.errors import DatasetMigrated, DatasetNotFound, VolumeUnavailable, WrongDsorg
from mvsfs.info import Allocation, Status, Target
from mvsfs.storage import catalog
from mvsfs.storage.catalog import DatasetRow
from mvsfs.storage.database import reading, writing
from mvsfs.storage.store import Store

#: What VolumeUnavailable says of each state.
_REASONS = {
    Status.TAPE: "tape",
    Status.NOT_MOUNTED: "not-mounted",
    Status.NOT_ON_VOLUME: "not-on-volume",
    Status.NOT_DASD: "tape",
    Status.ARCHIVED: "archived",
    Status.ERROR: "error",
}


def ready(
    store: Store,
    target: Target,
    who: Requester,
    wanted: Access,
    *,
    recall: bool,
    mount: bool = False,
    allocation: Allocation | None = None,
) -> tuple[Target, DatasetRow | None]:
    """Return the absolute target and its entry, which may be opened; None when there is none and the user may make it.

    Raises NotAuthorized, DatasetMigrated, VolumeUnavailable, WrongDsorg for a catalog connector.
    """
    target = gdg.resolve(store, target)
    with reading(store.engine) as connection:
        row = catalog.look_up(connection, target.dsname)
    if row is None:
        if allocation is None:
            raise DatasetNotFound(target.dsname)
        store.require(who, target.dsname, Access.ALTER, volser=first_volser(allocation), new=True)
        return target, None
    store.require(who, row.dsname, wanted, volser=row.volser)
    status = Status(row.status)
    if status is Status.MIGRATED:
        if not recall:
            raise DatasetMigrated(row.dsname)
        bring_back(store, row)
    elif status is Status.USER_CATALOG:
        raise WrongDsorg(row.dsname, "", "PS")
    elif status is Status.TAPE and mount and row.content is not None:
        pass  # whoever mounts tapes has mounted this one
    elif status in _REASONS:
        raise VolumeUnavailable(row.dsname, row.volser, _REASONS[status])
    return target, row


def bring_back(store: Store, row: DatasetRow) -> None:
    """Recall a migrated data set: wait for the installation's recall, then give it its volume again."""
    if store.options.recall is not None:
        store.options.recall(row.dsname)
    with writing(store.engine) as connection:
        now = catalog.entry(connection, row.dsname)
        if now.status == Status.MIGRATED.value:
            catalog.change(connection, now.id, status=Status.ONLINE.value, volser=store.options.recall_volume)
