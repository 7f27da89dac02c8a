"""The facade: opening, restarting, sharing between threads and processes."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from mvsfs.access import OpenGuard, Requester
from mvsfs.dcb import Dsorg
from mvsfs.errors import StoreReadOnly
from mvsfs.info import Allocation, Target
from mvsfs.storage import tables
from mvsfs.storage.database import writing
from mvsfs.storage.options import StoreOptions
from mvsfs.system import Mvs

WHO = Requester("USER1")
FB80 = Allocation(recfm="FB", lrecl=80)
PDS = Allocation(recfm="FB", lrecl=80, dsorg=Dsorg.PO, space_unit="CYLINDER", primary=50, directory_blocks=2000)


def opened(clock, url="memory:", **options):
    return Mvs.open(url, now=clock, guard=OpenGuard(), options=StoreOptions(**options))


def write(mvs, name, text, member=None):
    with mvs.open_output(Target(name, member), WHO, allocation=None if member else FB80, wait_seconds=20) as writer:
        writer.write_records([text.ljust(80, b"\x40")])


def read(mvs, name, member=None):
    with mvs.open_input(Target(name, member), WHO, wait_seconds=20) as reader:
        return [record.rstrip(b"\x40") for record in reader.records()]


def test_a_store_in_a_folder_survives_a_restart(clock, tmp_path):
    url = f"file://{tmp_path}/store"
    with opened(clock, url) as mvs:
        write(mvs, "USER1.A", b"kept")
    with opened(clock, url) as mvs:
        assert read(mvs, "USER1.A") == [b"kept"]


def test_a_store_in_memory_leaves_nothing(clock):
    with opened(clock) as mvs:
        folder = mvs.store.folder

    assert not folder.exists()


def test_a_store_in_memory_is_cheap(clock):
    opened(clock).close()
    begin = time.perf_counter()
    opened(clock).close()

    assert time.perf_counter() - begin < 1


def test_an_address_of_another_kind_is_refused(clock):
    with pytest.raises(ValueError, match="store address"):
        opened(clock, "ftp://host/")


def test_a_read_only_store_reads_and_does_not_write(clock, tmp_path):
    url = f"file://{tmp_path}/store"
    with opened(clock, url) as mvs:
        write(mvs, "USER1.A", b"kept")
    with opened(clock, url, read_only=True) as mvs:
        assert read(mvs, "USER1.A") == [b"kept"]
        for refused in (
            lambda: write(mvs, "USER1.A", b"new"),
            lambda: mvs.delete(Target("USER1.A"), WHO),
            lambda: mvs.rename(Target("USER1.A"), Target("USER1.B"), WHO),
        ):
            with pytest.raises(StoreReadOnly):
                refused()


def test_threads_write_members_of_one_data_set_side_by_side(clock):
    with opened(clock) as mvs:
        mvs.allocate("USER1.PDS", PDS, WHO)
        failures = []

        def worker(number):
            try:
                for count in range(10):
                    write(mvs, "USER1.PDS", b"x", f"M{number}{count}")
            except Exception as error:
                failures.append(error)

        threads = [threading.Thread(target=worker, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert failures == []
        assert (len(mvs.members("USER1.PDS")), mvs.find("USER1.PDS").records) == (80, 80)


def test_forked_workers_share_a_store(clock):
    with opened(clock) as mvs:
        write(mvs, "USER1.PARENT", b"parent")
        children = []
        for number in range(3):
            child = os.fork()
            if child == 0:
                status = 1
                try:
                    assert read(mvs, "USER1.PARENT") in ([b"parent"], [b"again"])
                    for count in range(10):
                        write(mvs, f"USER1.C{number}.N{count}", b"x" * 40)
                    status = 0
                finally:
                    os._exit(status)
            children.append(child)
        write(mvs, "USER1.PARENT", b"again")

        assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0, 0]
        assert len(list(mvs.search("USER1.*"))) == 31
        assert read(mvs, "USER1.PARENT") == [b"again"]


def test_ten_thousand_members_list_fast(clock):
    with opened(clock) as mvs:
        mvs.allocate("USER1.PDS", PDS, WHO)
        with mvs.open_output(Target("USER1.PDS", "MODEL"), WHO, stats=True) as writer:
            writer.write_records([b"x".ljust(80)])
        with writing(mvs.engine) as connection:
            model = dict(connection.execute(select(tables.member)).first()._mapping)
            connection.execute(insert(tables.member), [model | {"name": f"M{number:05}"} for number in range(10_000)])
        begin = time.perf_counter()
        found = mvs.members("USER1.PDS")

        assert (len(found), found[0].name) == (10_001, "MODEL")
        assert time.perf_counter() - begin < 5


def test_volumes_tell_the_truth(clock):
    with opened(clock) as mvs:
        before = {each.volser: each for each in mvs.volumes}
        mvs.allocate("USER1.A", Allocation(primary=100, volsers=("USER02",)), WHO)
        after = {each.volser: each for each in mvs.volumes}

    assert before["USER02"].free_tracks - after["USER02"].free_tracks == 100


def test_the_memory_of_a_killed_process_is_given_back(clock):
    reading_end, writing_end = os.pipe()
    child = os.fork()
    if child == 0:
        mvs = opened(clock)
        os.write(writing_end, str(mvs.store.folder).encode())
        os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    folder = Path(os.read(reading_end, 4096).decode())
    os.close(reading_end)
    os.close(writing_end)
    assert folder.exists()

    with opened(clock) as mvs:
        assert not folder.exists()
        assert mvs.store.folder.exists()
