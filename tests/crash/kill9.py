"""Kill workers at random instants under mixed writes, start again, and look whether anything is half there.

Worker processes write to one store: data sets new, replaced, large, appended, renamed and deleted; members of one PDS that
all use, with statistics; generations; records of a cluster; z/OS UNIX files. Each notes in a log what it begins and what was
acknowledged to it. One is killed with SIGKILL at a random instant, the others a moment later. Then the store is opened as
a restarted server would, and everything is looked at:
    every acknowledged write is there whole; every unacknowledged one is there whole or not at all
    no object without a row, no row without an object; no ENQ left; every track of every volume is free or owned, once
Run: python tests/crash/kill9.py --instants 300 [--workers 2] [--seed N] [--keep DIR]
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Column, func, select

from mvsfs.access import OpenGuard, Requester
from mvsfs.datasets.vsam.facts import ClusterInfo
from mvsfs.dcb import Dsorg
from mvsfs.errors import DatasetNotFound, MemberNotFound, UnixError
from mvsfs.info import Allocation, Target
from mvsfs.names import parse_target
from mvsfs.storage import tables
from mvsfs.storage.database import reading
from mvsfs.storage.options import StoreOptions
from mvsfs.system import Mvs
from mvsfs.unix.tables import unix_inode

FB80 = Allocation(recfm="FB", lrecl=80, space_unit="CYLINDER", primary=1, secondary=1)
VB = Allocation(recfm="VB", lrecl=255, space_unit="CYLINDER", primary=1, secondary=1)
PDS = "SHARED.PDS"
NAMES = 4


def who(worker: int) -> Requester:
    """The user that a worker acts for."""
    return Requester(f"USER{worker}", f"WORKER{worker}")


def opened(folder: Path) -> Mvs:
    """The store, as a starting server opens it."""
    return Mvs.open(f"file://{folder}", now=lambda: datetime.now(UTC), guard=OpenGuard(), options=StoreOptions(durable=False))


def content(name: str, version: int) -> list[bytes]:
    """The records that a version of a name has: how many depends on the version, each tells both."""
    count = 1 + version * 7919 % (6000 if ".L" in name else 40)
    return [f"{name} {version} {count} {number}".encode().ljust(80, b" ") for number in range(count)]


def prepare(folder: Path, workers: int) -> None:
    """Make what the workers share."""
    with opened(folder) as mvs:
        pds = Allocation(recfm="FB", lrecl=80, dsorg=Dsorg.PO, dsntype="LIBRARY", space_unit="CYLINDER", primary=5, secondary=5)
        mvs.allocate(PDS, pds, who(0))
        for worker in range(workers):
            mvs.define_gdg(f"W{worker}.GDG", limit=3, scratch=True, who=who(worker))
            mvs.define_vsam(ClusterInfo(f"W{worker}.KSDS", keylen=12, maximum=200, allocation=FB80), who(worker))


# what a worker does


class Worker:
    """One process that writes until it is killed."""

    def __init__(self, mvs: Mvs, number: int, log: int, start: int, rng: random.Random) -> None:
        self.mvs, self.number, self.log, self.version, self.rng = mvs, number, log, start, rng
        self.who = who(number)

    def run(self) -> None:
        """Choose and do, for ever."""
        acts = (self.replace, self.replace, self.large, self.new, self.member, self.member, self.append, self.rename)
        acts += (self.generation, self.delete, self.cluster, self.unix)
        while True:
            self.rng.choice(acts)()

    def note(self, sign: str, kind: str, name: str) -> None:
        """Write one line to the log; one write call of a short line is not torn."""
        os.write(self.log, f"{sign} {kind} {name} {self.version}\n".encode())

    def acknowledged(self, kind: str, name: str, act: object) -> None:
        """Do one thing between its two notes."""
        self.version += 1
        self.note("?", kind, name)
        act(name)  # type: ignore[operator]
        self.note("!", kind, name)

    def put(self, name: str, target: str | None = None, *, stats: bool | None = None, append: bool = False) -> None:
        with self.mvs.open_output(
            parse_target(target or name), self.who, allocation=FB80, stats=stats, append=append, wait_seconds=30
        ) as writer:
            records = content(name, self.version)
            for at in range(0, len(records), 500):
                writer.write_records(records[at : at + 500])

    def replace(self) -> None:
        self.acknowledged("put", f"W{self.number}.S{self.rng.randrange(NAMES)}", self.put)

    def large(self) -> None:
        self.acknowledged("put", f"W{self.number}.L{self.rng.randrange(NAMES)}", self.put)

    def new(self) -> None:
        self.acknowledged("put", f"W{self.number}.N{self.version + 1}", self.put)

    def member(self) -> None:
        name = f"{PDS}(M{self.number}{self.rng.randrange(NAMES)})"
        self.acknowledged("put", name, lambda each: self.put(each, stats=True))

    def append(self) -> None:
        def act(name: str) -> None:
            with self.mvs.open_output(Target(name), self.who, allocation=VB, append=True) as writer:
                writer.write_records([b"%d" % self.version])

        self.acknowledged("append", f"W{self.number}.APPEND", act)

    def rename(self) -> None:
        def act(name: str) -> None:
            other = name.replace(".RA", ".RB") if self.mvs.exists(name) else name
            old = name if other != name else name.replace(".RA", ".RB")
            if self.mvs.exists(old):
                self.mvs.rename(Target(old), Target(other), self.who)
            else:
                self.put(name)

        self.acknowledged("rename", f"W{self.number}.RA", act)

    def generation(self) -> None:
        base = f"W{self.number}.GDG"
        self.acknowledged("generation", base, lambda name: self.put(name, f"{name}(+1)"))

    def delete(self) -> None:
        found = [info.dsname for info in self.mvs.search(f"W{self.number}.N*")]
        if found:
            name = self.rng.choice(found)
            self.acknowledged("delete", name, lambda each: self.mvs.delete(Target(each), self.who))

    def cluster(self) -> None:
        def act(name: str) -> None:
            with self.mvs.vsam(name, self.who, update=True) as opened:
                opened.insert(b"%012d" % self.version + b"data" * 20)

        self.acknowledged("insert", f"W{self.number}.KSDS", act)

    def unix(self) -> None:
        def act(name: str) -> None:
            with self.mvs.unix.open_output(name, self.who) as writer:
                for record in content(name, self.version):
                    writer.write(record)

        self.acknowledged("unix", f"/tmp/w{self.number}.{self.rng.randrange(NAMES)}", act)


def work(folder: Path, number: int, start: int, seed: str) -> None:
    """Be a worker process; never returns."""
    log = os.open(folder.parent / f"log{number}", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        Worker(opened(folder), number, log, start, random.Random(seed)).run()
    except BaseException as error:
        os.write(log, f"# {type(error).__name__} {error}\n".encode())
        os._exit(9)


# what must be true afterwards


class Expected:
    """What the logs say of one worker: the last acknowledged version of each name, and the one that may have happened."""

    def __init__(self) -> None:
        self.acknowledged: dict[str, tuple[str, int]] = {}
        self.open: tuple[str, str, int] | None = None
        self.counts: Counter[str] = Counter()
        self.inserted: list[int] = []
        self.appended: list[int] = []
        self.generations: list[int] = []
        self.trouble: list[str] = []
        self.last = 0

    def read(self, lines: list[str]) -> None:
        """Take the lines of one run; what was open before was settled by the check after that run."""
        self.open = None
        for line in lines:
            if line.startswith("#"):
                self.trouble.append(line)
                continue
            sign, kind, name, version = line.split()
            self.last = int(version)
            self.open = (kind, name, self.last) if sign == "?" else None
            if sign == "!":
                self.settle(kind, name, self.last)
                self.counts[kind] += 1

    def settle(self, kind: str, name: str, version: int) -> None:
        """Count an act as done."""
        self.acknowledged[name] = (kind, version)
        {"insert": self.inserted, "append": self.appended, "generation": self.generations}.get(kind, []).append(version)


class Check:
    """Compares a restarted store with what was expected."""

    #: Where the objects of the content store are owned.
    owners: tuple[Column[str], ...] = (tables.dataset.c.content, tables.member.c.content, unix_inode.c.content)

    def __init__(self, mvs: Mvs) -> None:
        self.mvs = mvs
        self.faults: list[str] = []
        self.whole = self.absent = self.verified = 0

    def require(self, condition: bool, text: str) -> None:
        """Note a fault."""
        if not condition:
            self.faults.append(text)

    def worker(self, expected: Expected) -> None:
        """Look at everything that one worker wrote."""
        self._open_act(expected)
        for name, (kind, version) in expected.acknowledged.items():
            self.verified += 1
            if kind in {"put", "unix"}:
                found = self.version(name)
                self.require(found == version, f"{name}: version {found}, acknowledged {version}")
            elif kind == "delete":
                self.require(self.version(name) is None, f"{name}: deleted and still there")
            elif kind == "rename":
                both = [self.version(name), self.version(name.replace(".RA", ".RB"))]
                self.require(both.count(None) == 1, f"{name}: renamed, found {both}")
        for name in {key.partition(".")[0] for key in expected.acknowledged if key.startswith("W")}:
            self._collections(name, expected)

    def _collections(self, name: str, expected: Expected) -> None:
        keys = [int(key) for key in self.keys(f"{name}.KSDS")]
        self.require(keys == expected.inserted, f"{name}.KSDS: {len(keys)} records, expected {len(expected.inserted)}")
        lines = [int(record) for record in self.records(f"{name}.APPEND") or []]
        self.require(lines == expected.appended, f"{name}.APPEND: {len(lines)} records, expected {len(expected.appended)}")
        kept = [self.version_in(self.records(each), f"{name}.GDG") for each in self.mvs.gdg(f"{name}.GDG").generations]
        self.require(kept == expected.generations[-3:], f"{name}.GDG: {kept}, expected {expected.generations[-3:]}")

    def _open_act(self, expected: Expected) -> None:
        """Settle what was begun and not acknowledged: it happened whole or not at all."""
        if expected.open is None:
            return
        kind, name, version = expected.open
        if self._happened(kind, name, version, expected):
            expected.settle(kind, name, version)
            self.whole += 1
        else:
            self.absent += 1

    def _happened(self, kind: str, name: str, version: int, expected: Expected) -> bool:
        if kind in {"put", "unix"}:
            return self.version(name) == version
        if kind == "delete":
            return self.version(name) is None
        if kind == "insert":
            return version in [int(key) for key in self.keys(name)]
        if kind == "append":
            return version in [int(record) for record in self.records(name) or []]
        if kind == "generation":
            names = self.mvs.gdg(name).generations
            return bool(names) and self.version_in(self.records(names[-1]), name) == version
        # a rename leaves exactly one of two names, which is looked at like anything else; the first one makes the data set
        return name in expected.acknowledged or self.version(name) is not None

    def keys(self, name: str) -> list[bytes]:
        """The keys of a cluster."""
        with self.mvs.vsam(name, who(0)) as opened:
            return [bytes(key) for key, _ in opened.located() if isinstance(key, bytes)]

    def records(self, name: str) -> list[bytes] | None:
        """All records, or None when there is no such thing."""
        try:
            if name.startswith("/"):
                with self.mvs.unix.open_input(name, who(0)) as file:
                    data = b"".join(file.chunks())
                return [data[at : at + 80] for at in range(0, len(data), 80)]
            with self.mvs.open_input(parse_target(name), who(0)) as reader:
                return list(reader.records())
        except (DatasetNotFound, MemberNotFound, UnixError):
            return None

    def version(self, name: str) -> int | None:
        """The version that a name holds whole, None when it is not there."""
        return self.version_in(self.records(name), name)

    def version_in(self, records: list[bytes] | None, name: str) -> int | None:
        """The version of these records; a mixture is a fault."""
        if records is None:
            return None
        if not records:
            self.faults.append(f"{name}: empty")
            return -1
        version = int(records[0].split()[1])
        own = records[0].split()[0].decode()
        self.require(records == content(own, version), f"{name}: a mixture, first record {records[0][:40]!r}")
        return version

    def store(self) -> None:
        """Look for leftovers: ENQs, orphans on either side, tracks lost or owned twice."""
        self.require(self.mvs.enqueue.holdings() == [], f"ENQs left: {self.mvs.enqueue.holdings()}")
        with reading(self.mvs.engine) as connection:
            rows = connection.execute(select(tables.content.c.reference, tables.content.c.doomed)).all()
            used = {value for column in self.owners for value in connection.execute(select(column)).scalars() if value}
            extent = tables.extent.c
            ranges = [tuple(row) for row in connection.execute(select(extent.volser, extent.start, extent.tracks))]
            owned = connection.execute(select(func.count()).where(tables.extent.c.dataset.is_(None))).scalar_one()
            free = [tuple(row) for row in connection.execute(select(tables.free_space))]
        references = {row.reference for row in rows if not row.doomed}
        self.require(references == used, f"no owner {sorted(references - used)[:3]}, missing {sorted(used - references)[:3]}")
        objects = self.mvs.store.folder / "objects"
        files = {str(path.relative_to(objects)) for path in objects.rglob("*") if path.is_file()}
        kept = {reference for reference in references if not reference.startswith("=")}
        self.require(files == kept, f"orphan files {sorted(files - kept)[:3]}, lost files {sorted(kept - files)[:3]}")
        self.require(owned == 0, f"{owned} extents reserved by nobody")
        self._tracks(ranges + free)

    def _tracks(self, ranges: list[tuple[str, int, int]]) -> None:
        for volume in self.mvs.volumes:
            at = 15
            for _, start, tracks in sorted(each for each in ranges if each[0] == volume.volser):
                self.require(start == at, f"{volume.volser}: track {at} expected, range begins at {start}")
                at = start + tracks
            self.require(at == volume.cylinders * 15, f"{volume.volser}: ends at track {at}")


def one_instant(folder: Path, expected: list[Expected], rng: random.Random, instant: int) -> None:
    """Let the workers run, and kill them."""
    children = []
    for number in range(len(expected)):
        (folder.parent / f"log{number}").unlink(missing_ok=True)
        child = os.fork()
        if child == 0:
            work(folder, number, expected[number].last, f"{instant}.{number}")
        children.append(child)
    rng.shuffle(children)
    logs = [folder.parent / f"log{number}" for number in range(len(expected))]
    limit = time.monotonic() + 30
    while not all(log.exists() and log.stat().st_size for log in logs) and time.monotonic() < limit:
        time.sleep(0.002)  # until every worker has begun; a loaded machine is slow to start them
    time.sleep(rng.uniform(0.0, 0.25))
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        time.sleep(rng.uniform(0, 0.03))
    for number in range(len(expected)):
        log = folder.parent / f"log{number}"
        expected[number].read(log.read_text().splitlines() if log.exists() else [])


def run(instants: int, seed: int, place: Path, workers: int = 2) -> tuple[list[str], Counter[str]]:
    """Do it `instants` times; return the faults and the counts."""
    folder, rng = place / "store", random.Random(seed)
    prepare(folder, workers)
    expected = [Expected() for _ in range(workers)]
    counts: Counter[str] = Counter()
    faults: list[str] = []
    for instant in range(instants):
        one_instant(folder, expected, rng, instant)
        counts["workers killed"] += workers
        with opened(folder) as mvs:
            check = Check(mvs)
            for each in expected:
                check.worker(each)
                faults += [f"instant {instant}: {line}" for line in each.trouble]
                each.trouble.clear()
            check.store()
        faults += [f"instant {instant}: {text}" for text in check.faults]
        counts["acknowledged contents verified"] += check.verified
        counts["unacknowledged, there whole"] += check.whole
        counts["unacknowledged, absent whole"] += check.absent
    for each in expected:
        counts["acknowledged writes"] += sum(each.counts.values())
        counts.update({f"  {kind}": count for kind, count in each.counts.items()})
    return faults, counts


def main() -> int:
    """Run from the command line; the return code is the number of faults, at most 1."""
    parser = argparse.ArgumentParser(description="Kill workers at random instants and look for halves.")
    parser.add_argument("--instants", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for store and logs that is left as it is")
    options = parser.parse_args()
    place = options.keep or Path(tempfile.mkdtemp(prefix="kill9-"))
    place.mkdir(parents=True, exist_ok=True)
    try:
        faults, counts = run(options.instants, options.seed, place, options.workers)
    finally:
        if options.keep is None:
            shutil.rmtree(place)
    return told(faults, counts)


def told(faults: list[str], counts: Counter[str]) -> int:
    """Print counts and faults; return 1 when there are any."""
    for name, count in counts.items():
        print(f"{count:8} {name}")
    print(f"{len(faults):8} faults")
    for fault in faults[:20]:
        print(f"         {fault}")
    return min(1, len(faults))


if __name__ == "__main__":
    sys.exit(main())
