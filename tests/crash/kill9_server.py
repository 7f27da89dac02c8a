"""Kill the real server at random instants while clients write to it, start it again, and look whether anything is half there.

`zftpd --workers 2` serves clients that write without pause over FTP: what kill9.py writes, and jobs. A 250 acknowledges.
At a random instant a worker, the parent or everything is killed with SIGKILL, the rest a moment later; then the store is
opened as a restarted server opens it and looked at as kill9.py does, jobs too: each acknowledged one is there once, each other
at most once. At the end a last server runs every job; each puts its record into a cluster.
Run: python tests/crash/kill9_server.py --instants 300 [--workers 2] [--clients 4] [--seed N]
"""

from __future__ import annotations

import argparse
import ftplib
import io
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

from kill9 import FB80, Check, Expected, Worker, content, opened, prepare, told, who

from jes.opening import open_system
from jes.spool import tables as spool_tables
from jes.system import Jes
from mvsfs.access import OpenGuard
from mvsfs.datasets.vsam.facts import ClusterInfo
from mvsfs.system import Mvs

PROGRAM = [sys.executable, "-m", "zftpd", "--port", "0", "--no-tls"]
JOB = """//{name:<8} JOB 1,CLASS=A
//PUT      EXEC PGM=IDCAMS
//SYSPRINT DD SYSOUT=*
//IN       DD *
{key:012}ONE RECORD OF A JOB
//OUT      DD DSN=W{worker}.JOBS,DISP=OLD
//SYSIN    DD *
 REPRO INFILE(IN) OUTFILE(OUT) REPLACE
"""


class Server:
    """A running zftpd; `kill` leaves none of its processes."""

    def __init__(self, store: Path, workers: int) -> None:
        environment = {**os.environ, "XDG_DATA_HOME": str(store.parent / "data")}
        command = [*PROGRAM, "--store", str(store), "--workers", str(workers)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        match = re.search(r" port (\d+);", said)
        assert match, said
        self.port = int(match[1])

    def family(self) -> list[int]:
        """The parent's descendants."""
        found, ask = [], [self.process.pid]
        while ask:
            pid = ask.pop()
            try:
                children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            except OSError:
                continue
            found += map(int, children)
            ask += map(int, children)
        return found

    def kill(self, rng: random.Random) -> None:
        """SIGKILL to one of the processes, and a moment later to the others."""
        pids = [self.process.pid, *self.family()]
        rng.shuffle(pids)
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            time.sleep(rng.choice((0.0, rng.uniform(0, 0.03))))
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def end(self) -> None:
        """Stop it in order."""
        self.process.terminate()
        self.process.wait(60)


class Client(Worker):
    """One session that writes until its server dies. It notes in memory what kill9's workers note in a file."""

    def __init__(self, number: int, start: int, seed: str) -> None:
        self.number, self.version, self.rng = number, start, random.Random(seed)
        self.lines: list[str] = []
        self.names: set[str] = set()

    def sign_on(self, port: int) -> None:
        """Begin a session."""
        self.ftp = ftplib.FTP(timeout=60)
        self.ftp.connect("127.0.0.1", port)
        self.ftp.login("IBMUSER", "SYS1")
        self.ftp.voidcmd("SITE RECFM=FB LRECL=80 CYLINDERS PRIMARY=1 SECONDARY=1")

    def run(self) -> None:
        """Choose and do until the connection is gone; a refusal is noted as trouble."""
        acts = (self.replace, self.replace, self.large, self.new, self.member, self.member, self.append, self.rename)
        acts += (self.generation, self.delete, self.unix, self.job)
        try:
            while True:
                self.rng.choice(acts)()
        except ftplib.Error as error:
            self.lines.append(f"# {type(error).__name__} {error}")
        except (OSError, EOFError):
            pass  # the server has been killed

    def note(self, sign: str, kind: str, name: str) -> None:
        self.lines.append(f"{sign} {kind} {name} {self.version}")

    def put(self, name: str, target: str | None = None, *, stats: bool | None = None, append: bool = False) -> None:  # noqa: ARG002
        data = b"".join(content(name, self.version))
        self.ftp.storbinary(f"STOR '{target or name}'", io.BytesIO(data))
        if ".N" in name:
            self.names.add(name)

    def append(self) -> None:
        def act(name: str) -> None:
            self.ftp.storbinary(f"APPE '{name}'", io.BytesIO((b"%d" % self.version).ljust(80)))

        self.acknowledged("append", f"W{self.number}.APPEND", act)

    def rename(self) -> None:
        def act(name: str) -> None:
            there = [each for each in (name, name.replace(".RA", ".RB")) if self._exists(each)]
            if there:
                self.ftp.rename(f"'{there[0]}'", f"'{({name, name.replace('.RA', '.RB')} - set(there)).pop()}'")
            else:
                self.put(name)

        self.acknowledged("rename", f"W{self.number}.RA", act)

    def _exists(self, name: str) -> bool:
        try:
            return bool(self.ftp.nlst(f"'{name}'"))
        except ftplib.error_perm:
            return False

    def delete(self) -> None:
        if self.names:
            name = self.rng.choice(sorted(self.names))
            self.names.remove(name)
            self.acknowledged("delete", name, lambda each: self.ftp.delete(f"'{each}'"))

    def unix(self) -> None:
        def act(name: str) -> None:
            self.ftp.storbinary(f"STOR {name}", io.BytesIO(b"".join(content(name, self.version))))

        self.acknowledged("unix", f"/tmp/w{self.number}.{self.rng.randrange(4)}", act)

    def job(self) -> None:
        def act(name: str) -> None:
            text = JOB.format(name=name, key=self.version, worker=self.number)
            self.ftp.voidcmd("SITE FILETYPE=JES")
            said = self.ftp.storlines("STOR JOB", io.BytesIO(text.encode()))
            assert "JOB" in said, said
            self.ftp.voidcmd("SITE FILETYPE=SEQ")

        self.acknowledged("job", f"J{self.number}{self.version + 1:06}", act)


class JobCheck(Check):
    """kill9's check, and the queue of jobs."""

    owners = (*Check.owners, spool_tables.spool.c.content, spool_tables.job_input.c.content)

    def __init__(self, mvs: Mvs, jobs: Counter[str]) -> None:
        super().__init__(mvs)
        self.jobs = jobs

    def worker(self, expected: Expected) -> None:
        super().worker(expected)
        for name, (kind, _) in expected.acknowledged.items():
            if kind == "job":
                self.require(self.jobs[name] == 1, f"job {name}: there {self.jobs[name]} times")

    def _happened(self, kind: str, name: str, version: int, expected: Expected) -> bool:
        if kind == "job":
            self.require(self.jobs[name] <= 1, f"job {name}, not acknowledged: there {self.jobs[name]} times")
            return self.jobs[name] == 1
        return super()._happened(kind, name, version, expected)


def look(store: Path, expected: list[Expected]) -> JobCheck:
    """Open the store as a restarted server does and compare it with what was acknowledged."""
    mvs, saf = open_system(f"file://{store}", now=lambda: datetime.now().astimezone())
    with mvs:
        jes = Jes.open(mvs, saf, now=lambda: datetime.now().astimezone())
        mvs.store.guard = OpenGuard()
        check = JobCheck(mvs, Counter(info.jobname for info in jes.jobs(saf.acee("IBMUSER"))))
        for each in expected:
            check.worker(each)
            check.faults += each.trouble
            each.trouble.clear()
        jes.services.claims.recover()  # what a killed step wrote halfway belongs to no one any longer
        check.store()
    return check


def one_instant(store: Path, workers: int, expected: list[Expected], rng: random.Random, instant: int) -> None:
    """Let the clients write, and kill the server."""
    server = Server(store, workers)
    clients = [Client(number, each.last, f"{instant}.{number}") for number, each in enumerate(expected)]
    for client, each in zip(clients, expected, strict=True):
        client.names = {name for name, (kind, _) in each.acknowledged.items() if kind == "put" and ".N" in name}
        client.sign_on(server.port)
    threads = [threading.Thread(target=client.run) for client in clients]
    for thread in threads:
        thread.start()
    time.sleep(rng.uniform(0.005, 0.6))
    server.kill(rng)
    for thread, client, each in zip(threads, clients, expected, strict=True):
        thread.join()
        each.read(client.lines)


def drain(store: Path, expected: list[Expected]) -> list[str]:
    """Let a last server run all jobs; return what is wrong with their ends."""
    server = Server(store, 1)
    ftp = ftplib.FTP(timeout=60)
    ftp.connect("127.0.0.1", server.port)
    ftp.login("IBMUSER", "SYS1")
    ftp.voidcmd("SITE FILETYPE=JES JESOWNER=* JESJOBNAME=J* JESSTATUS=ALL JESENTRYLIMIT=1000000")
    rows: list[str] = []
    limit = time.monotonic() + 900
    while time.monotonic() < limit:
        rows.clear()
        ftp.retrlines("LIST", rows.append)
        if all("OUTPUT" in row for row in rows[1:]):
            break
        time.sleep(1)
    server.end()
    faults = [f"job: {row}" for row in rows[1:] if "RC=0000" not in row and "SYS FAIL" not in row]
    failed = {row.split()[0] for row in rows[1:] if "SYS FAIL" in row}  # killed twice while it ran: said so
    with opened(store) as mvs:
        check = JobCheck(mvs, Counter())
        for number, each in enumerate(expected):
            wanted = {version for name, (kind, version) in each.acknowledged.items() if kind == "job" and name not in failed}
            keys = {int(key.decode("cp037")) for key in check.keys(f"W{number}.JOBS")}
            faults += [f"W{number}.JOBS: record {version} of an acknowledged job is missing" for version in wanted - keys]
        faults += [f"left behind: {name}" for name in mvs.names("SYS*") if ".RA000." in name]
        check.store()
    return faults + check.faults


def run(instants: int, seed: int, place: Path, workers: int, clients: int) -> tuple[list[str], Counter[str]]:
    """Do it `instants` times; return the faults and the counts."""
    store, rng = place / "store", random.Random(seed)
    prepare(store, clients)
    with opened(store) as mvs:
        for number in range(clients):
            mvs.define_vsam(ClusterInfo(f"W{number}.JOBS", keylen=12, maximum=200, allocation=FB80), who(0))
    expected = [Expected() for _ in range(clients)]
    counts: Counter[str] = Counter()
    faults: list[str] = []
    for instant in range(instants):
        one_instant(store, workers, expected, rng, instant)
        check = look(store, expected)
        faults += [f"instant {instant}: {text}" for text in check.faults]
        counts["instants"] += 1
        counts["acknowledged contents verified"] += check.verified
        counts["unacknowledged, there whole"] += check.whole
        counts["unacknowledged, absent whole"] += check.absent
    faults += drain(store, expected)
    for each in expected:
        counts["acknowledged writes"] += sum(each.counts.values())
        counts.update({f"  {kind}": count for kind, count in each.counts.items()})
    return faults, counts


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Kill the server at random instants and look for halves.")
    parser.add_argument("--instants", type=int, default=10)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="kill9-server-"))
    try:
        return told(*run(options.instants, options.seed, place, options.workers, options.clients))
    finally:
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
