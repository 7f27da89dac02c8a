"""The single OPEN: entry, permission, state, organisation, name held, contents at hand.

Rules: this is the one place where reading and writing ask the guard. The guard is asked outside of any transaction: it looks
into the same database; the entry is then looked up again under the name that is held, and what has changed meanwhile counts.
    input     SHR on the data set; a member's reader does not hold the member and keeps what it opened
    output    EXCL on a sequential data set; SHR on a partitioned one and EXCL on the member
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from mvsfs.access import Access, Requester
from mvsfs.datasets import allocate, labels, partitioned, states
from mvsfs.datasets.inputs import DatasetReader
from mvsfs.datasets.outputs import DatasetWriter
from mvsfs.datasets.partitioned import MemberWriter
from mvsfs.datasets.sequential import SequentialWriter
from mvsfs.dcb import Dsorg
from mvsfs.enqueue import Hold, Name, dataset_name, member_name
from mvsfs.errors import DatasetNotFound, SystemAbend, WrongDsorg
from mvsfs.info import Allocation, DatasetInfo, IspfStats, LoadModule, MemberInfo, Target
from mvsfs.names import check_dsname, check_member
from mvsfs.records.forms import Form, form_of
from mvsfs.storage import catalog, directory
from mvsfs.storage.catalog import DatasetRow
from mvsfs.storage.content import ContentGone, ContentReader
from mvsfs.storage.store import Store

#: How often a content may vanish between looking it up and opening it before something is wrong.
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class OutputRequest:
    """How to open for output; see Mvs.open_output."""

    append: bool = False
    allocation: Allocation | None = None
    stats: bool | IspfStats | None = None
    keep_if_failed: bool = True
    recall: bool = True
    load: LoadModule | None = None
    userdata: bytes = b""


def open_input(
    store: Store, target: Target, who: Requester, *, wait_seconds: float = 0, recall: bool = True, mount: bool = True
) -> DatasetReader:
    """Open for reading."""
    target, row = states.ready(store, target, who, Access.READ, recall=recall, mount=mount)
    if row is None:
        raise DatasetNotFound(target.dsname)
    for attempts_left in reversed(range(_ATTEMPTS)):
        try:
            return store.enqueue.waiting(lambda connection: _reader(store, connection, target, who), wait_seconds, lasting=False)
        except ContentGone:
            if not attempts_left:
                raise
    raise AssertionError("unreachable")


def _reader(store: Store, connection: Connection, target: Target, who: Requester) -> DatasetReader:
    row = catalog.entry(connection, target.dsname)
    info = catalog.info_of(row)
    member: MemberInfo | None = None
    source: DatasetRow = row
    if target.member is None:
        _require_sequential(row)
    else:
        row = partitioned.partitioned_entry(connection, row.dsname)
        entry = partitioned.member_entry(connection, row, target.member)
        member = directory.info_of(entry)
        source = partitioned.member_entry(connection, row, entry.alias_of) if entry.alias_of else entry
    hold = store.enqueue.claim(connection, [dataset_name(row.dsname)], who)
    today = store.today()
    if row.referred != today and not store.options.read_only:
        catalog.change(connection, row.id, referred=today)
    return DatasetReader(info, member, _form(source, info), _content(store, connection, source), hold)


def _content(store: Store, connection: Connection, source: DatasetRow) -> ContentReader:
    if source.content is None:
        return ContentReader(0, data=b"")
    return store.content.open(source.content, connection)


def _form(source: DatasetRow, info: DatasetInfo) -> Form:
    return Form(source.form) if source.form else form_of(info.dcb)


def _require_sequential(row: DatasetRow) -> None:
    if row.dsorg not in {Dsorg.PS.value, Dsorg.DA.value, Dsorg.UNKNOWN.value}:
        raise WrongDsorg(row.dsname, row.dsorg, "member" if row.dsorg == Dsorg.PO.value else "PS")


def open_output(
    store: Store, target: Target, who: Requester, request: OutputRequest, *, wait_seconds: float = 0
) -> DatasetWriter:
    """Open for writing."""
    store.require_writable(str(target))
    check_dsname(target.dsname)
    wanted = Access.UPDATE
    target, row = states.ready(store, target, who, wanted, recall=request.recall, allocation=request.allocation)
    if target.member is not None:
        return _open_member(store, target, who, request, exists=row is not None, wait_seconds=wait_seconds)
    if row is not None:
        _require_sequential(row)
    elif request.allocation is None:
        raise DatasetNotFound(target.dsname)

    def attempt(connection: Connection) -> DatasetWriter:
        hold = store.enqueue.claim(connection, [dataset_name(row.dsname if row else target.dsname, exclusive=True)], who)
        return _sequential(store, connection, target.dsname, hold, request)

    writer = store.enqueue.waiting(attempt, wait_seconds, lasting=False)
    writer.begin()
    return writer


def _sequential(store: Store, connection: Connection, dsname: str, hold: Hold, request: OutputRequest) -> DatasetWriter:
    row = catalog.look_up(connection, dsname)
    keep = request.keep_if_failed
    if row is None:
        if request.allocation is None:
            raise DatasetNotFound(dsname)
        plan = allocate.prepare(store, connection, dsname, replace(request.allocation, dsorg=Dsorg.PS))
        writer = SequentialWriter(store, plan.info, hold, number=None, plan=plan, keep_if_failed=keep)
        writer.reserve(connection)
        writer.release_unused = request.allocation.release
        return writer
    _require_sequential(row)
    info = _labelled(row, request)
    writer = SequentialWriter(store, info, hold, number=row.id, plan=None, keep_if_failed=keep)
    if request.append and row.content is not None:
        writer.begin_with(_content(store, connection, row), _form(row, info), row.records)
    return writer


def _labelled(row: DatasetRow, request: OutputRequest) -> DatasetInfo:
    """Return the facts of an entry with the Dcb completed if never opened. Raises SystemAbend 013-34 when nothing does."""
    info = catalog.info_of(row)
    if info.dcb.recfm is not None:
        return info
    given = request.allocation
    if given is None or given.recfm is None:
        raise SystemAbend("013", "34", row.dsname)
    present = Allocation(lrecl=info.dcb.lrecl or None, blksize=info.dcb.blksize or None)
    return replace(info, dcb=labels.settled_dcb(labels.merged(present, given), info.dcb.dsorg))


def _open_member(
    store: Store, target: Target, who: Requester, request: OutputRequest, *, exists: bool, wait_seconds: float
) -> DatasetWriter:
    assert target.member is not None
    name = check_member(target.member)
    made = False
    if not exists:
        if request.allocation is None:
            raise DatasetNotFound(target.dsname)
        allocate.allocate(store, target.dsname, replace(request.allocation, dsorg=Dsorg.PO), who)
        made = True

    def attempt(connection: Connection) -> DatasetWriter:
        row = partitioned.partitioned_entry(connection, target.dsname)
        names: list[Name] = [dataset_name(row.dsname), member_name(row.dsname, name)]
        hold = store.enqueue.claim(connection, names, who)
        info = _labelled(row, request)
        writer = MemberWriter(
            store, info, hold, row, name, who, stats=request.stats, load=request.load, userdata=request.userdata
        )
        writer.created = made
        old = directory.find(connection, row.id, name)
        if request.append and old is not None and old.content is not None:
            writer.begin_with(_content(store, connection, old), _form(old, info), old.records)
        return writer

    writer = store.enqueue.waiting(attempt, wait_seconds, lasting=False)
    writer.begin()
    return writer
