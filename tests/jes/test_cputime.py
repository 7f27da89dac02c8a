"""Processor time of a step: its thread, the helpers of a sort, host commands; and what a sort that is cancelled leaves behind."""

from __future__ import annotations

import sys
import threading
import time

from jes import cputime
from jes.config import JesConfig
from jes.sortexit import SortExit
from jes.utilities.dfsort import sorter
from jes.utilities.dfsort.ahead import ahead

BURN = "import time\nwhile time.process_time() < 0.5: pass"


def _burnt(seconds: float):
    begun = time.thread_time()
    while time.thread_time() - begun < seconds:
        pass
    return seconds


def test_a_helper_charges_the_thread_that_started_it():
    before, own = cputime.seconds(), time.thread_time()
    found = list(ahead(_burnt(0.05) for _ in range(4)))

    assert found == [0.05] * 4
    assert cputime.seconds() - before - (time.thread_time() - own) >= 0.19


def test_other_threads_are_not_charged():
    mine = cputime.account().seconds
    thread = threading.Thread(target=lambda: list(ahead(_burnt(0.05) for _ in range(2))))
    thread.start()
    thread.join()

    assert cputime.account().seconds == mine


def test_a_function_of_a_pool_charges_too():
    account = cputime.Account()

    assert account.charged(_burnt)(0.05) == 0.05
    assert account.seconds >= 0.05


def test_a_host_command_is_charged_to_its_step(opened):
    system = opened(meter=JesConfig().meter, programs={"BURN": [sys.executable, "-c", BURN]})
    info = system.run("//J JOB 1,X\n//S EXEC PGM=BURN\n", 60)
    line = next(line for line in system.output(info, "JESYSMSG") if "CPU:" in line)

    assert float(line.split("MIN")[1].split("SEC")[0]) >= 0.5


def test_a_host_command_that_uses_more_than_time_allows_is_s322(opened):
    endless = "while True: pass"
    system = opened(meter=JesConfig().meter, programs={"BURN": [sys.executable, "-c", endless]})

    assert system.run("//J JOB 1,X\n//S EXEC PGM=BURN,TIME=(0,1)\n", 90).completion.text == "ABEND=322"


SORT = (
    "//J JOB 1,X\n//S EXEC PGM=SORT\n//SYSOUT DD SYSOUT=*\n//SORTIN DD DSN=IBMUSER.BIG,DISP=SHR\n"
    "//SORTOUT DD DSN=IBMUSER.OUT,DISP=(NEW,CATLG),SPACE=(CYL,(5,5))\n//SYSIN DD *\n"
    " SORT FIELDS=(1,6,CH,A)\n MODS E35=(MYE35,1000)\n/*\n"
)


def test_a_sort_that_is_cancelled_leaves_no_threads(opened, monkeypatch):
    """Its records do not fit into the workspace: segments are sorted by a pool, and a helper merges ahead."""
    seen: list[int] = []

    def cancels(record):
        if not seen and record is not None:
            system.jes.cancel(system.acee, "JOB00001", purge=False)
        seen.append(1)
        return [] if record is None else [record]

    monkeypatch.setattr(sorter.ordered, "__defaults__", (1 << 17,))
    system = opened(programs={"MYE35": SortExit(cancels)})
    system.put("IBMUSER.BIG", *(f"{number * 7919 % 10_007:06d}" for number in range(8000)))

    assert system.run(SORT, 60).completion.text == "ABEND=222"
    assert seen
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("SORT")]
