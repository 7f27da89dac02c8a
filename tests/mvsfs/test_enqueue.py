"""Who holds a name: across threads, address spaces and processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from mvsfs.access import OpenGuard, Requester
from mvsfs.enqueue import Holding, dataset_name, member_name
from mvsfs.errors import DatasetInUse
from mvsfs.info import Allocation, Target
from mvsfs.system import Mvs

ANNA = Requester("ANNA", "ANNA1")
BERT = Requester("BERT", "BERT1")
SHARED = dataset_name("USER1.A")
EXCLUSIVE = dataset_name("USER1.A", exclusive=True)

#: Opens the store of argv[1], holds USER1.A and waits to be killed.
HOLDER = """
import sys, time
from datetime import datetime, timezone
from mvsfs.access import OpenGuard, Requester
from mvsfs.enqueue import dataset_name
from mvsfs.info import Allocation, Target
from mvsfs.system import Mvs
mvs = Mvs.open(sys.argv[1], now=lambda: datetime.now(timezone.utc), guard=OpenGuard())
hold = mvs.enqueue.obtain([dataset_name("USER1.A", exclusive=True)], Requester("DEAD", "DEAD1"))
writer = mvs.open_output(Target("USER1.HALF"), Requester("DEAD"), allocation=Allocation(recfm="FB", lrecl=80, primary=30))
writer.write_records([b"x" * 80] * 5000)
print("held", flush=True)
time.sleep(60)
"""

#: Opens the store of argv[1] and waits in line for USER1.A.
WAITER = """
import sys
from datetime import datetime, timezone
from mvsfs.access import OpenGuard, Requester
from mvsfs.enqueue import dataset_name
from mvsfs.system import Mvs
mvs = Mvs.open(sys.argv[1], now=lambda: datetime.now(timezone.utc), guard=OpenGuard())
name = dataset_name("USER1.A", exclusive=True)
mvs.enqueue.obtain([name], Requester("DEAD", "DEAD1"), wait_seconds=60, in_turn=True)
"""


@pytest.fixture
def mvs(clock):
    with Mvs.open("memory:", now=clock, guard=OpenGuard()) as opened:
        yield opened


def test_shared_holders_share(mvs):
    with mvs.enqueue.obtain([SHARED], ANNA), mvs.enqueue.obtain([SHARED], BERT):
        assert [each.userid for each in mvs.enqueue.holders_of("USER1.A")] == ["ANNA", "BERT"]

    assert mvs.enqueue.holdings() == []


@pytest.mark.parametrize(("first", "second"), [(EXCLUSIVE, SHARED), (SHARED, EXCLUSIVE), (EXCLUSIVE, EXCLUSIVE)])
def test_an_exclusive_holder_shares_with_nobody_and_is_named(mvs, first, second):
    holder = Requester("ANNA", "ANNA1", 77)
    with mvs.enqueue.obtain([first], holder), pytest.raises(DatasetInUse) as refused:
        mvs.enqueue.obtain([second], BERT)

    facts = refused.value
    assert (facts.dsname, facts.holder_userid, facts.holder_jobname, facts.holder_asid) == ("USER1.A", "ANNA", "ANNA1", 77)


def test_one_address_space_does_not_wait_for_itself(mvs):
    job = Requester("ANNA", "ANNAJOB", 101)
    with mvs.enqueue.obtain([EXCLUSIVE], job), mvs.enqueue.obtain([EXCLUSIVE], job), mvs.enqueue.obtain([SHARED], job):
        assert len(mvs.enqueue.holders_of("USER1.A")) == 3


def test_an_unknown_address_space_stands_alone(mvs):
    with mvs.enqueue.obtain([EXCLUSIVE], ANNA), pytest.raises(DatasetInUse):
        mvs.enqueue.obtain([SHARED], ANNA)


def test_all_names_are_obtained_or_none(mvs):
    with mvs.enqueue.obtain([EXCLUSIVE], ANNA), pytest.raises(DatasetInUse):
        mvs.enqueue.obtain([dataset_name("USER1.FREE", exclusive=True), SHARED], BERT)

    assert mvs.enqueue.holders_of("USER1.FREE") == []


def test_members_of_one_data_set_are_held_side_by_side(mvs):
    one, two = member_name("USER1.PDS", "A"), member_name("USER1.PDS", "B")
    with mvs.enqueue.obtain([one], ANNA), mvs.enqueue.obtain([two], BERT), pytest.raises(DatasetInUse) as refused:
        mvs.enqueue.obtain([one], BERT)

    assert (refused.value.dsname, refused.value.member, refused.value.qname) == ("USER1.PDS", "A", "SPFEDIT")


def test_a_waiter_gets_the_name_when_it_is_released(mvs):
    hold = mvs.enqueue.obtain([EXCLUSIVE], ANNA)
    timer = threading.Timer(0.1, hold.release)
    timer.start()
    begin = time.monotonic()
    mvs.enqueue.obtain([EXCLUSIVE], BERT, wait_seconds=10).release()
    timer.join()

    assert 0.05 < time.monotonic() - begin < 5


def test_a_waiter_gives_up_when_the_time_is_over(mvs):
    with mvs.enqueue.obtain([EXCLUSIVE], ANNA), pytest.raises(DatasetInUse):
        mvs.enqueue.obtain([SHARED], BERT, wait_seconds=0.1)


def test_a_cancelled_waiter_gives_up_at_once(mvs):
    with mvs.enqueue.obtain([EXCLUSIVE], ANNA), pytest.raises(DatasetInUse):
        mvs.enqueue.obtain([SHARED], BERT, wait_seconds=60, cancelled=lambda: True)


def served(mvs, *wanted):
    """Let waiters come one after the other while ANNA has USER1.A; return in which order they got it when she lets go."""
    order, threads = [], []

    def wait(number, name):
        with mvs.enqueue.obtain([name], Requester(f"U{number}", f"J{number}", number), wait_seconds=30, in_turn=True):
            order.append(number)
            time.sleep(0.02)

    with mvs.enqueue.obtain([EXCLUSIVE], ANNA):
        for number, name in enumerate(wanted, 1):
            threads.append(threading.Thread(target=wait, args=(number, name)))
            threads[-1].start()
            while len(mvs.enqueue.line()) < number:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    return order


def test_waiters_are_served_in_the_order_in_which_they_came(mvs):
    assert served(mvs, *[EXCLUSIVE] * 6) == [1, 2, 3, 4, 5, 6]


def test_who_wants_to_share_stays_behind_who_wants_it_alone(mvs):
    order = served(mvs, SHARED, EXCLUSIVE, SHARED, SHARED)

    assert (order[:2], sorted(order[2:])) == ([1, 2], [3, 4])


def test_who_does_not_wait_is_refused_behind_a_waiter(mvs):
    with mvs.enqueue.obtain([SHARED], ANNA):
        waiter = threading.Thread(target=lambda: mvs.enqueue.obtain([EXCLUSIVE], BERT, wait_seconds=30, in_turn=True).release())
        waiter.start()
        while not mvs.enqueue.line():
            time.sleep(0.001)
        with pytest.raises(DatasetInUse) as refused:
            mvs.enqueue.obtain([SHARED], Requester("CARL", "CARL1", 3), in_turn=True)
        mvs.enqueue.obtain([SHARED], Requester("CARL", "CARL1", 3)).release()  # a session takes what is free
    waiter.join()

    assert (refused.value.holder_jobname, refused.value.held) == ("BERT1", "EXCL")


def test_who_waits_in_another_process_comes_first(clock, tmp_path):
    url = f"file://{tmp_path}/store"
    with Mvs.open(url, now=clock, guard=OpenGuard()) as mine, Mvs.open(url, now=clock, guard=OpenGuard()) as other:
        order = []

        def wait(mvs, number):
            with mvs.enqueue.obtain([EXCLUSIVE], Requester(f"U{number}", f"J{number}", number), wait_seconds=30, in_turn=True):
                order.append(number)

        threads = []
        with mine.enqueue.obtain([EXCLUSIVE], ANNA):
            for number, mvs in enumerate((other, mine, other, mine), 1):
                threads.append(threading.Thread(target=wait, args=(mvs, number)))
                threads[-1].start()
                while len(mine.enqueue.line()) < number:
                    time.sleep(0.001)
        for thread in threads:
            thread.join()

        assert order == [1, 2, 3, 4]
        assert mine.enqueue.line() == []


def test_the_place_of_a_killed_process_is_swept(clock, tmp_path):
    url = f"file://{tmp_path}/store"
    with Mvs.open(url, now=clock, guard=OpenGuard()) as mvs, mvs.enqueue.obtain([SHARED], ANNA):
        child = subprocess.Popen([sys.executable, "-c", WAITER, url])
        while not mvs.enqueue.line():
            time.sleep(0.01)
        with pytest.raises(DatasetInUse):
            mvs.enqueue.obtain([SHARED], BERT, in_turn=True)
        child.kill()
        child.wait()

        mvs.enqueue.obtain([SHARED], BERT, in_turn=True).release()
        assert mvs.enqueue.line() == []


def test_who_gives_up_waiting_lets_the_next_one_pass(mvs):
    with mvs.enqueue.obtain([SHARED], ANNA):
        with pytest.raises(DatasetInUse):
            mvs.enqueue.obtain([EXCLUSIVE], BERT, wait_seconds=0.05, in_turn=True)
        mvs.enqueue.obtain([SHARED], BERT, in_turn=True).release()


def test_many_threads_never_hold_it_together(mvs):
    inside, most = [], []

    def worker(number):
        for _ in range(10):
            with mvs.enqueue.obtain([EXCLUSIVE], Requester(f"U{number}"), wait_seconds=30):
                inside.append(number)
                most.append(len(inside))
                inside.remove(number)

    threads = [threading.Thread(target=worker, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(most), max(most)) == (80, 1)


def test_a_writer_keeps_readers_and_writers_out(mvs):
    fb80 = Allocation(recfm="FB", lrecl=80)
    with mvs.open_output(Target("USER1.A"), ANNA, allocation=fb80):
        for open_it in (
            lambda: mvs.open_input(Target("USER1.A"), BERT),
            lambda: mvs.open_output(Target("USER1.A"), BERT, allocation=fb80),
            lambda: mvs.allocate("USER1.A", fb80, BERT),
        ):
            with pytest.raises(Exception) as refused:
                open_it()
            assert refused.type.__name__ in {"DatasetInUse", "DatasetNotFound"}


def test_a_reader_keeps_deletion_out(mvs):
    with mvs.open_output(Target("USER1.A"), ANNA, allocation=Allocation(recfm="FB", lrecl=80)):
        pass
    with mvs.open_input(Target("USER1.A"), ANNA), pytest.raises(DatasetInUse):
        mvs.delete(Target("USER1.A"), BERT)


def test_the_holdings_of_a_killed_process_are_swept(clock, tmp_path):
    url = f"file://{tmp_path}/store"
    with Mvs.open(url, now=clock, guard=OpenGuard()) as mvs:
        free = mvs.volumes
        child = subprocess.Popen([sys.executable, "-c", HOLDER, url], stdout=subprocess.PIPE, text=True)
        try:
            assert child.stdout.readline() == "held\n"
            with pytest.raises(DatasetInUse) as refused:
                mvs.enqueue.obtain([SHARED], ANNA)
            assert refused.value.holder_userid == "DEAD"
        finally:
            child.send_signal(signal.SIGKILL)
            child.wait()
            child.stdout.close()
        mvs.enqueue.obtain([EXCLUSIVE], ANNA).release()
    with Mvs.open(url, now=clock, guard=OpenGuard()) as mvs:
        assert mvs.enqueue.holdings() == []
        assert free == mvs.volumes
        assert list(mvs.search("USER1.*")) == []
        assert [path for path in (tmp_path / "store" / "objects").rglob("*") if path.is_file()] == []


def test_a_forked_child_holds_nothing_of_its_parents(mvs):
    hold = mvs.enqueue.obtain([EXCLUSIVE], ANNA)
    child = os.fork()
    if child == 0:
        try:
            hold.release()
            mvs.enqueue.obtain([SHARED], BERT)
        except DatasetInUse:
            os._exit(3)
        os._exit(0)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3
    assert [Holding("SYSDSN", "USER1.A", True, "ANNA", "ANNA1", 0)] == mvs.enqueue.holdings()
    hold.release()
