"""Processes that die with jobs in hand: nothing is lost, and what ran twice says so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest

from jes.hosttext import to_text

WORKER = """
import sys
from datetime import datetime, timezone
from jes.config import JesConfig
from jes.opening import open_system
from jes.system import Jes

now = lambda: datetime.now(timezone.utc)
mvs, saf = open_system(sys.argv[1], now=now)
jes = Jes.open(mvs, saf, now=now, config=JesConfig(initiators={"1": "A", "2": "A"}, poll_seconds=0.1))
acee = saf.acee("IBMUSER")
if sys.argv[2] == "submit":
    for number in range(200):
        jobid = jes.submit(acee, f"//K{number} JOB\\n//S EXEC PGM=IEBGENER\\n//SYSPRINT DD SYSOUT=*\\n//SYSIN DD DUMMY\\n"
                                 f"//SYSUT1 DD *\\n{number}\\n//SYSUT2 DD SYSOUT=*\\n")[0]
        print(jobid, flush=True)
        if number == 20:
            jes.start()
jes.start()
import time
time.sleep(600)
"""


@pytest.fixture
def worker(tmp_path):
    """Start a JES in a process of its own on a store."""
    started = []

    def start(url: str, role: str) -> subprocess.Popen[str]:
        process = subprocess.Popen([sys.executable, "-c", WORKER, url, role], stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_no_job_is_lost_and_the_spool_is_whole_after_kill_9_during_200_jobs(worker, opened, tmp_path):
    url = f"file://{tmp_path}/store"
    first = worker(url, "submit")
    answered = [first.stdout.readline().strip() for _ in range(60)]
    time.sleep(0.2)
    os.kill(first.pid, signal.SIGKILL)
    answered += [line.strip() for line in first.stdout.read().splitlines() if line.strip()]
    first.wait()

    system = opened(url=url, initiators={"1": "A", "2": "A"})
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        jobs = system.jes.jobs(system.acee)
        if all(info.status == "OUTPUT" for info in jobs):
            break
        time.sleep(0.05)

    assert set(answered) <= {info.jobid for info in jobs}
    assert Counter({"RC=0000": len(jobs)}) == Counter(info.completion.text for info in jobs)
    for info in jobs:
        files = system.jes.spool_files(info)
        assert [file.ddname for file in files] == ["JESMSGLG", "JESJCL", "JESYSMSG", "SYSPRINT", "SYSUT2"]
        assert [info.jobname[1:]] == [to_text(record).rstrip() for record in system.jes.read_spool(system.acee, info, files[-1])]


def test_a_job_that_was_executing_runs_again_and_its_log_says_so(worker, opened, tmp_path):
    url = f"file://{tmp_path}/store"
    system = opened(start=False, url=url)
    (jobid,) = system.jes.submit(system.acee, "//J JOB\n//S EXEC PGM=IEFBR14\n")
    _claim_and_die(url)
    assert system.jes.job(system.acee, jobid).status == "ACTIVE"

    system.jes.start()
    info = system.jes.wait(jobid, 20)

    assert info.completion.text == "RC=0000"
    assert any("HAS BEEN REQUEUED FOR EXECUTION" in line for line in system.output(info, "JESMSGLG"))


def test_restart_can_be_switched_off(worker, opened, tmp_path):
    url = f"file://{tmp_path}/store"
    system = opened(start=False, url=url, restart_active=False)
    (jobid,) = system.jes.submit(system.acee, "//J JOB\n//S EXEC PGM=IEFBR14\n")
    _claim_and_die(url)
    system.jes.start()

    assert system.jes.wait(jobid, 20).completion.text == "SYS FAIL"


def _claim_and_die(url: str) -> None:
    code = f"""
import os
from datetime import datetime, timezone
from jes.opening import open_system
from jes.system import Jes
now = lambda: datetime.now(timezone.utc)
mvs, saf = open_system({url!r}, now=now)
jes = Jes.open(mvs, saf, now=now)
assert jes.services.claims.claim(("A",))
os.kill(os.getpid(), 9)
"""
    subprocess.run([sys.executable, "-c", code], check=False)


DYING = """
import os, sys
from datetime import datetime, timezone
from jes.config import JesConfig
from jes.opening import open_system
from jes.system import Jes
now = lambda: datetime.now(timezone.utc)
mvs, saf = open_system(sys.argv[1], now=now)
jes = Jes.open(mvs, saf, now=now, config=JesConfig(programs={"DIE": lambda step: os.kill(os.getpid(), 9)}))
jes.start()
jes.wait(jes.submit(saf.acee("IBMUSER"), sys.argv[2])[0], 60)
"""
WITH_TEMPORARIES = """//TEMPS    JOB 1,CLASS=A
//MAKE     EXEC PGM=IEBGENER
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DUMMY
//SYSUT1   DD *
KEPT FROM STEP TO STEP
//SYSUT2   DD DSN=&&NAMED,DISP=(NEW,PASS),UNIT=SYSDA,SPACE=(TRK,1),
//            RECFM=FB,LRECL=80
//DIE      EXEC PGM=DIE
//WORK     DD UNIT=SYSDA,SPACE=(TRK,1)
//USE      EXEC PGM=IEBGENER
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DUMMY
//SYSUT1   DD DSN=&&NAMED,DISP=(OLD,DELETE)
//SYSUT2   DD SYSOUT=*
"""


def test_a_killed_job_leaves_no_temporary_data_set(opened, tmp_path):
    url = f"file://{tmp_path}/store"
    died = subprocess.run([sys.executable, "-c", DYING, url, WITH_TEMPORARIES], timeout=120, check=False)
    assert died.returncode == -signal.SIGKILL
    system = opened(start=False, url=url, programs={"DIE": lambda step: 0})
    assert len([name for name in system.mvs.names("SYS*") if ".RA000.TEMPS." in name]) == 2

    system.jes.start()
    (info,) = system.jes.jobs(system.acee)
    info = system.jes.wait(info.jobid, 60)

    assert info.completion.text == "RC=0000"
    assert system.output(info, "SYSUT2") == ["KEPT FROM STEP TO STEP"]
    assert [name for name in system.mvs.names("SYS*") if ".RA000." in name] == []
