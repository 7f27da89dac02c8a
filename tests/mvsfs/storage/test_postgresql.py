"""The same store over PostgreSQL: what several systems share. Skips where PostgreSQL is not installed."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from mvsfs.access import OpenGuard, Requester
from mvsfs.datasets.vsam.facts import ClusterInfo
from mvsfs.dcb import Dsorg
from mvsfs.enqueue import dataset_name
from mvsfs.errors import DatasetExists, DatasetInUse
from mvsfs.info import Allocation, Target
from mvsfs.system import Mvs

WHO = Requester("USER1")
FB80 = Allocation(recfm="FB", lrecl=80)

HOLDER = """
import sys, time
from datetime import datetime, timezone
from mvsfs.access import OpenGuard, Requester
from mvsfs.enqueue import dataset_name
from mvsfs.system import Mvs
mvs = Mvs.open(sys.argv[1], now=lambda: datetime.now(timezone.utc), guard=OpenGuard(), sysname="MVS2")
mvs.enqueue.obtain([dataset_name("USER1.A", exclusive=True)], Requester("DEAD"))
print("held", flush=True)
time.sleep(60)
"""


def _program(name):
    found = shutil.which(name) or next(iter(sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None)
    if found is None:
        pytest.skip("PostgreSQL is not installed")
    return str(found)


@pytest.fixture(scope="module")
def server():
    pytest.importorskip("psycopg")
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    account = {}
    if os.getuid() == 0:
        try:
            pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("PostgreSQL does not run as root and there is no user postgres")
        account = {"user": "postgres", "group": "postgres", "extra_groups": []}
    folder = Path(tempfile.mkdtemp(prefix="mvsfs-pg-"))
    if account:
        shutil.chown(folder, "postgres", "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **account}
    subprocess.run([initdb, "-D", folder / "db", "-A", "trust", "-U", "zos", "--no-sync"], check=True, **quiet)
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    start = [pg_ctl, "-D", folder / "db", "-w", "-l", folder / "log", "-o", options, "start"]
    subprocess.run(start, check=True, **quiet)
    yield f"postgresql://zos@127.0.0.1:{port}/postgres"
    subprocess.run([pg_ctl, "-D", folder / "db", "-m", "immediate", "stop"], check=True, **quiet)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def url(server, tmp_path):
    from sqlalchemy import create_engine, text

    engine = create_engine(server.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return f"{server}?content=file://{tmp_path}/objects"


def opened(url, clock, sysname="MVS1"):
    return Mvs.open(url, now=clock, guard=OpenGuard(), sysname=sysname)


def write(mvs, name, text, member=None, **more):
    allocation = None if member else FB80
    with mvs.open_output(Target(name, member), WHO, allocation=allocation, wait_seconds=20, **more) as writer:
        writer.write_records([text.ljust(80)] * 3)


def read(mvs, name, member=None):
    with mvs.open_input(Target(name, member), WHO) as reader:
        return {record.rstrip() for record in reader.records()}


def test_two_systems_see_one_catalog(url, clock):
    with opened(url, clock, "MVS1") as one, opened(url, clock, "MVS2") as two:
        write(one, "USER1.A", b"one")
        write(two, "USER1.A", b"two")
        two.allocate("USER1.PDS", Allocation(recfm="FB", lrecl=80, dsorg=Dsorg.PO), WHO)
        write(one, "USER1.PDS", b"member", "M", stats=True)

        assert read(one, "USER1.A") == {b"two"}
        assert read(two, "USER1.PDS", "M") == {b"member"}
        assert [info.dsname for info in one.search("USER1.*")] == ["USER1.A", "USER1.PDS"]
        with pytest.raises(DatasetExists):
            one.allocate("USER1.PDS", FB80, WHO)


def test_listings_of_one_system_show_what_the_other_wrote(url, clock):
    with opened(url, clock, "MVS1") as one, opened(url, clock, "MVS2") as two:
        two.allocate("USER1.PDS", Allocation(recfm="FB", lrecl=80, dsorg=Dsorg.PO), WHO)
        write(two, "USER1.PDS", b"member", "WITH", stats=True)
        write(two, "USER1.PDS", b"member", "WITHOUT")
        before = one.changes.token()
        listed = one.listed("USER1.*"), one.names("USER1.*"), one.member_statistics("USER1.PDS"), one.member_names("USER1.PDS")

        assert before == one.changes.token()
        write(two, "USER1.A", b"two")
        assert before != one.changes.token()
        assert (listed[1], [name for name, _ in listed[0]]) == (["USER1.PDS"], ["USER1.PDS"])
        assert [(name, stats is None) for name, stats in listed[2]] == [("WITH", False), ("WITHOUT", True)]
        assert listed[3] == ["WITH", "WITHOUT"]
        assert one.names("USER1.*") == ["USER1.A", "USER1.PDS"]


def test_a_name_held_on_one_system_is_in_use_on_the_other(url, clock):
    with opened(url, clock, "MVS1") as one, opened(url, clock, "MVS2") as two:
        with one.enqueue.obtain([dataset_name("USER1.A", exclusive=True)], WHO), pytest.raises(DatasetInUse):
            two.enqueue.obtain([dataset_name("USER1.A")], WHO)
        two.enqueue.obtain([dataset_name("USER1.A")], WHO).release()


def test_claims_of_many_threads_never_overlook_each_other(url, clock):
    with opened(url, clock, "MVS1") as one, opened(url, clock, "MVS2") as two:
        inside, most = [], []

        def worker(mvs):
            for _ in range(5):
                with mvs.enqueue.obtain([dataset_name("USER1.A", exclusive=True)], WHO, wait_seconds=30):
                    inside.append(1)
                    most.append(len(inside))
                    inside.pop()

        threads = [threading.Thread(target=worker, args=(mvs,)) for mvs in (one, two) * 3]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert (len(most), max(most)) == (30, 1)


def test_members_are_written_side_by_side(url, clock):
    with opened(url, clock) as mvs:
        pds = Allocation(recfm="FB", lrecl=80, dsorg=Dsorg.PO, space_unit="CYLINDER", primary=5)
        mvs.allocate("USER1.PDS", pds, WHO)
        failures = []

        def worker(number):
            try:
                for count in range(5):
                    write(mvs, "USER1.PDS", b"x", f"M{number}{count}")
            except Exception as error:
                failures.append(error)

        threads = [threading.Thread(target=worker, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert failures == []
        assert (len(mvs.members("USER1.PDS")), mvs.find("USER1.PDS").records) == (30, 90)


def test_the_holdings_of_a_killed_system_are_swept(url, clock):
    child = subprocess.Popen([sys.executable, "-c", HOLDER, url], stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout.readline() == "held\n"
        with opened(url, clock) as mvs:
            with pytest.raises(DatasetInUse):
                mvs.enqueue.obtain([dataset_name("USER1.A")], WHO)
            child.send_signal(signal.SIGKILL)
            child.wait()
            mvs.enqueue.obtain([dataset_name("USER1.A")], WHO, wait_seconds=10).release()
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


def test_generations_and_clusters_live_there_too(url, clock):
    with opened(url, clock) as mvs:
        mvs.define_gdg("USER1.G", limit=2, scratch=True, who=WHO)
        for _ in range(3):
            with mvs.open_output(Target("USER1.G", generation=1), WHO, allocation=FB80) as writer:
                writer.write_records([b"x" * 80])
        mvs.define_vsam(ClusterInfo("USER1.K", keylen=2, maximum=10), WHO)
        with mvs.vsam("USER1.K", WHO, update=True) as opened_cluster:
            opened_cluster.load([b"AA1", b"BB2", b"\xff\xff3"])
        with mvs.vsam("USER1.K", WHO) as opened_cluster:
            assert list(opened_cluster.records()) == [b"AA1", b"BB2", b"\xff\xff3"]

        assert len(mvs.gdg("USER1.G").generations) == 2
