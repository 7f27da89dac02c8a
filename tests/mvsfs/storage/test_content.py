"""Write-once objects."""

import errno

import pytest
from sqlalchemy import select

from mvsfs.access import OpenGuard
from mvsfs.errors import StoreFull, StoreReadOnly
from mvsfs.storage import tables
from mvsfs.storage.content import ContentGone
from mvsfs.storage.database import reading, writing
from mvsfs.storage.options import StoreOptions
from mvsfs.storage.store import open_store

SIZES = [0, 1, 1000, 32768, 32769, 1_000_000]


@pytest.fixture(params=["", "mem://"], ids=["folder", "mem"])
def store(clock, request):
    options = StoreOptions(content_url=request.param)
    opened = open_store("memory:", now=clock, guard=OpenGuard(), sysname="MVS1", options=options)
    yield opened
    opened.close()


def put(store, data, chunk=65536):
    writer = store.content.create()
    for at in range(0, len(data), chunk):
        writer.write(data[at : at + chunk])
    with writing(store.engine) as connection:
        return writer.keep(connection)


@pytest.mark.parametrize("size", SIZES)
def test_what_was_kept_is_read(store, size):
    data = bytes(range(256)) * (size // 256) + bytes(size % 256)
    with store.content.open(put(store, data)) as reader:
        assert (size, data) == (reader.size, b"".join(reader.chunks(4096)))


def test_reading_may_begin_anywhere(store):
    for size in (1000, 100_000):
        with store.content.open(put(store, bytes(size))) as reader:
            assert size - 7 == sum(map(len, reader.chunks(333, start=7)))


def test_a_discarded_object_leaves_nothing(store):
    writer = store.content.create()
    writer.write(bytes(100_000))
    writer.discard()

    assert list(store.content.objects.listing(str(store.holders.number))) == []


def test_a_forgotten_object_is_gone_but_stays_with_its_readers(store):
    for size in (1000, 100_000):
        reference = put(store, bytes(size))
        reader = store.content.open(reference)
        with writing(store.engine) as connection:
            store.content.forget(connection, reference)
        with pytest.raises(ContentGone):
            store.content.open(reference)
        if store.content.objects.is_plain or size < 32768:
            assert size == len(reader.read())
        reader.close()


def test_a_rolled_back_forgetting_changes_nothing(store):
    reference = put(store, bytes(100_000))
    with pytest.raises(ZeroDivisionError), writing(store.engine) as connection:
        store.content.forget(connection, reference)
        raise ZeroDivisionError

    assert len(store.content.open(reference).read()) == 100_000


def test_an_interrupted_removal_is_finished_by_the_next_sweep(store):
    reference = put(store, bytes(100_000))
    with store.engine.begin() as connection:  # not `writing`: the process dies before its after-commit act
        store.content.forget(connection, reference)
    store.content.sweep(())

    with pytest.raises(ContentGone):
        store.content.open(reference)
    with reading(store.engine) as connection:
        assert connection.execute(select(tables.content)).all() == []


def test_an_object_is_copied_into_another(store):
    source = store.content.open(put(store, b"x" * 100_000))
    writer = store.content.create()
    writer.write(b"head")
    writer.write_from(source)
    writer.write(b"tail")
    with writing(store.engine) as connection:
        reference = writer.keep(connection)

    assert store.content.open(reference).read() == b"head" + b"x" * 100_000 + b"tail"


@pytest.mark.parametrize(
    ("number", "expected"), [(errno.ENOSPC, StoreFull), (errno.EDQUOT, StoreFull), (errno.EROFS, StoreReadOnly)]
)
def test_the_hosts_refusal_is_a_fact(clock, number, expected):
    store = open_store("memory:", now=clock, guard=OpenGuard(), sysname="MVS1", options=StoreOptions())

    class Refusing(type(store.content.objects)):
        def create(self, path):
            raise OSError(number, "no")

    store.content.objects = Refusing(store.folder / "objects")
    writer = store.content.create()
    with pytest.raises(expected):
        writer.write(bytes(100_000))
    writer.discard()
    store.close()


def test_catalog_and_contents_of_a_folder_are_for_their_owner_alone(clock, tmp_path):
    import os

    old = os.umask(0)
    try:
        opened = open_store(f"file://{tmp_path}/store", now=clock, guard=OpenGuard(), sysname="MVS1", options=StoreOptions())
        put(opened, bytes(100_000))
        modes = {path.relative_to(tmp_path).as_posix(): path.stat().st_mode for path in (tmp_path / "store").rglob("*")}
        opened.close()
    finally:
        os.umask(old)

    files = {name: mode & 0o077 for name, mode in modes.items() if "holders" not in name and not name.endswith("objects")}
    assert {"store/catalog.db", "store/catalog.db-wal"} <= set(files)
    assert {0} == {mode for name, mode in files.items() if (tmp_path / name).is_file()}
    assert 0o700 == (tmp_path / "store").stat().st_mode & 0o777


@pytest.mark.parametrize("number", [errno.EXDEV, errno.ENOSYS, None], ids=["other device", "old kernel", "other system"])
def test_a_host_that_cannot_copy_inside_its_kernel_copies_through_memory(clock, monkeypatch, number):
    def refuse(*_):
        raise OSError(number, "no copy")

    with_call = number is not None
    monkeypatch.setattr("os.copy_file_range", refuse) if with_call else monkeypatch.delattr("os.copy_file_range")
    opened = open_store("memory:", now=clock, guard=OpenGuard(), sysname="MVS1", options=StoreOptions())
    data = bytes(range(256)) * 4000
    writer = opened.content.create()
    with opened.content.open(put(opened, data)) as reader:
        writer.write(b"before")
        writer.write_from(reader)
    with writing(opened.engine) as connection:
        kept = writer.keep(connection)
    with opened.content.open(kept) as reader:
        assert b"before" + data == reader.read()
    opened.close()
