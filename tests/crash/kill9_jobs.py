"""Kill the server with SIGKILL while 200 jobs are submitted and run: none is lost, none runs twice unnoticed, the spool is whole.

A client submits jobs over FTP; each makes a temporary data set, passes it on, adds one record to a data set of its own
and prints. At random instants the server with its initiators is killed and started again, and the client goes on. When all
jobs have ended each answered number must be there, each job's printed output must be its own, and the records that it added
tell how often it ran: more than once only where its log says that it was requeued. Then the store is looked at as kill9.py does.
Run: python tests/crash/kill9_jobs.py [--jobs 200] [--kills 20] [--workers 2] [--seed N]
"""

from __future__ import annotations

import argparse
import ftplib
import io
import random
import re
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

from kill9 import told
from kill9_server import JobCheck, Server

from jes.hosttext import to_text
from jes.job import JobInfo
from jes.opening import open_system
from jes.system import Jes
from mvsfs.access import OpenGuard
from saf.profiles import Acee

JOB = """//K{number:06}  JOB 1,CLASS=A
//MAKE     EXEC PGM=IEBGENER
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DUMMY
//SYSUT1   DD *
JOB {number:06}
//SYSUT2   DD DSN=&&T,DISP=(NEW,PASS),UNIT=SYSDA,SPACE=(TRK,1),
//            RECFM=FB,LRECL=80
//ADD      EXEC PGM=IEBGENER
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DUMMY
//SYSUT1   DD DSN=&&T,DISP=(OLD,PASS)
//SYSUT2   DD DSN=IBMUSER.RAN.K{number:06},DISP=(MOD,CATLG),UNIT=SYSDA,
//            SPACE=(TRK,1),RECFM=FB,LRECL=80
//PRINT    EXEC PGM=IEBGENER
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DUMMY
//SYSUT1   DD DSN=&&T,DISP=(OLD,DELETE)
//SYSUT2   DD SYSOUT=*
"""
REQUEUED = "HAS BEEN REQUEUED FOR EXECUTION"


class Submitter(threading.Thread):
    """Submits one job after the other; what a dead server did not answer it submits again under the next number."""

    def __init__(self, jobs: int) -> None:
        super().__init__(daemon=True)
        self.jobs, self.port = jobs, 0
        self.answered: dict[str, str] = {}
        self.unanswered: set[str] = set()

    def run(self) -> None:
        number = 0
        while len(self.answered) < self.jobs:
            try:
                with ftplib.FTP(timeout=60) as ftp:
                    ftp.connect("127.0.0.1", self.port)
                    ftp.login("IBMUSER", "SYS1")
                    ftp.voidcmd("SITE FILETYPE=JES")
                    while len(self.answered) < self.jobs:
                        number += 1
                        self._one(ftp, number)
            except (OSError, EOFError):
                time.sleep(0.05)

    def _one(self, ftp: ftplib.FTP, number: int) -> None:
        name = f"K{number:06}"
        self.unanswered.add(name)
        said = ftp.storlines("STOR JOB", io.BytesIO(JOB.format(number=number).encode()))
        self.unanswered.remove(name)
        match = re.search(r"JOB\d{5}", said)
        assert match, said
        self.answered[name] = match[0]


class Examination:
    """All jobs after their end, compared with what was answered."""

    def __init__(self, store: Path, submitter: Submitter) -> None:
        self.store, self.submitter = store, submitter
        self.faults: list[str] = []
        self.counts: Counter[str] = Counter()

    def run(self) -> None:
        """Look at every job and at the store."""
        mvs, saf = open_system(f"file://{self.store}", now=lambda: datetime.now().astimezone())
        with mvs:
            mvs.store.guard = OpenGuard()
            acee = saf.acee("IBMUSER")
            jes = Jes.open(mvs, saf, now=lambda: datetime.now().astimezone())
            found = {info.jobname: info for info in jes.jobs(acee)}
            self.counts["jobs in the queue"] = len(jes.jobs(acee))
            self.require(len(found) == self.counts["jobs in the queue"], "two jobs of one submission")
            for name, jobid in self.submitter.answered.items():
                self.require(name in found and found[name].jobid == jobid, f"{name} {jobid}: lost")
            submitted = self.submitter.answered.keys() | self.submitter.unanswered
            self.require(found.keys() <= submitted, "a job that nobody submitted")
            for info in found.values():
                self.job(jes, acee, info)
            check = JobCheck(mvs, Counter())
            check.store()
            self.faults += check.faults
            self.faults += [f"left behind: {name}" for name in mvs.names("SYS*") if ".RA000." in name]

    def require(self, condition: bool, text: str) -> None:
        """Note a fault."""
        if not condition:
            self.faults.append(text)

    def job(self, jes: Jes, acee: Acee, info: JobInfo) -> None:
        """One job: its end, how often it ran, its spool."""
        end = info.completion.text if info.completion else ""
        self.counts[f"  {end}"] += 1
        self.require(info.status == "OUTPUT" and end in {"RC=0000", "SYS FAIL"}, f"{info.jobname}: {info.status} {end}")
        printed = {
            file.ddname: [to_text(record).rstrip() for record in jes.read_spool(acee, info, file)]
            for file in jes.spool_files(info)
        }
        requeued = any(REQUEUED in line for line in printed.get("JESMSGLG", []))
        self.counts["requeued, and said so"] += requeued
        ran = self.ran(jes, info)
        self.counts["ran its second step twice, and said so"] += ran > 1 and requeued
        if end == "RC=0000":
            self.require(printed.get("SYSUT2") == [f"JOB {info.jobname[1:]}"], f"{info.jobname}: printed {printed.get('SYSUT2')}")
            self.require(ran in ({1, 2} if requeued else {1}), f"{info.jobname}: ran {ran} times, requeued {requeued}")
        # a job that was killed twice while it ran has ended without a converted JCL to print
        wanted = {"JESMSGLG", "JESJCL", "JESYSMSG"} if end == "RC=0000" else {"JESMSGLG"}
        self.require(wanted <= printed.keys(), f"{info.jobname}: spool has {sorted(printed)}")

    @staticmethod
    def ran(jes: Jes, info: JobInfo) -> int:
        """How many records the job has added to its data set."""
        mvs = jes.services.mvs
        name = f"IBMUSER.RAN.{info.jobname}"
        return mvs.find(name).records if mvs.exists(name) else 0


def all_ended(port: int) -> bool:
    """Ask a server whether every job has ended."""
    rows: list[str] = []
    with ftplib.FTP(timeout=60) as ftp:
        ftp.connect("127.0.0.1", port)
        ftp.login("IBMUSER", "SYS1")
        ftp.voidcmd("SITE FILETYPE=JES JESOWNER=* JESJOBNAME=K* JESSTATUS=ALL JESENTRYLIMIT=100000")
        ftp.retrlines("LIST", rows.append)
    return all("OUTPUT" in row for row in rows[1:])


def run(jobs: int, kills: int, seed: int, place: Path, workers: int) -> tuple[list[str], Counter[str]]:
    """Do it; return the faults and the counts."""
    store, rng = place / "store", random.Random(seed)
    store.parent.mkdir(exist_ok=True)
    submitter = Submitter(jobs)
    for kill in range(kills):
        server = Server(store, workers)
        submitter.port = server.port
        if not kill:
            submitter.start()
        share = (kill + 1) * jobs // (kills + 1)  # so that kills come all along the submissions, and some behind them
        limit = time.monotonic() + 60
        while len(submitter.answered) < share and time.monotonic() < limit:
            time.sleep(0.01)
        time.sleep(rng.uniform(0, 0.5))
        server.kill(rng)
    server = Server(store, workers)
    submitter.port = server.port
    submitter.join(300)
    limit = time.monotonic() + 600
    while not all_ended(server.port) and time.monotonic() < limit:
        time.sleep(0.5)
    server.end()
    examination = Examination(store, submitter)
    examination.run()
    counts = Counter({"kills": kills, "answered submissions": len(submitter.answered)})
    counts["submissions without an answer"] = len(submitter.unanswered)
    counts.update(examination.counts)
    return examination.faults, counts


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Kill the server while jobs run and look for lost ones.")
    parser.add_argument("--jobs", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="kill9-jobs-"))
    try:
        return told(*run(options.jobs, options.kills, options.seed, place, options.workers))
    finally:
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
