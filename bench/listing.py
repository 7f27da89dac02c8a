"""How fast are 10,000 names listed? Data sets and members of ours beside 10,000 files of pyftpdlib, in one run.

Run: python bench/listing.py [--names 10000] [--rounds 5]

Printed is the median time of LIST and NLST for each, and ours as a share of pyftpdlib's; the target for LIST is a third. The
first listing after a change of the catalog is printed too: later ones are kept until something changes.
"""

from __future__ import annotations

import argparse
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from transfers import PYFTPDLIB, Client, free_port


def seconds(client: Client, command: str) -> tuple[float, int]:
    """Time of one listing, and its lines."""
    data = client.data()
    begin = time.perf_counter()
    client.ask(command, "1")
    lines = 0
    while chunk := data.recv(1 << 20):
        lines += chunk.count(b"\n")
    data.close()
    client.reply()
    return time.perf_counter() - begin, lines


def fill_ours(place: Path, names: int) -> None:
    """A store with that many data sets below HLQ.D and members in HLQ.LIB."""
    from datetime import datetime

    from jes.opening import open_system
    from mvsfs.access import Requester
    from mvsfs.dcb import Dsorg
    from mvsfs.info import Allocation, Target
    from mvsfs.storage.options import StoreOptions

    options = StoreOptions(durable=False)
    mvs, saf = open_system(f"file://{place}", now=lambda: datetime.now().astimezone(), options=options)
    who = Requester("IBMUSER", token=saf.operator())
    big = Allocation(recfm="FB", lrecl=80, dsorg=Dsorg.PO, space_unit="CYLINDER", primary=100, secondary=50, directory_blocks=4000)
    mvs.allocate("HLQ.LIB", big, who)
    one = Allocation(recfm="FB", lrecl=80, space_unit="TRACK", primary=1, secondary=0)
    for number in range(names):
        mvs.allocate(f"HLQ.D.N{number:07}", one, who)
        with mvs.open_output(Target("HLQ.LIB", f"M{number:07}"), who, stats=True) as writer:
            writer.write_records([b"\xe7" * 80])
    mvs.close()


def measure(rounds: int, tasks: dict[str, Callable[[], tuple[float, int]]]) -> None:
    """Run the tasks in turn and print medians; the first is what the others are compared with."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    lines = {}
    for _ in range(rounds):
        for name, task in tasks.items():
            spent, lines[name] = task()
            times[name].append(spent)
    peer = statistics.median(next(iter(times.values())))
    for name, spent in times.items():
        median = statistics.median(spent)
        print(
            f"{name:<26} {lines[name]:6} lines {median * 1000:8.1f} ms  x{median / peer:.2f}"
            f"   first {spent[0] * 1000:8.1f} ms  x{spent[0] / peer:.2f}"
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--names", type=int, default=10000)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    running: list[subprocess.Popen[bytes]] = []
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        files = place / "files"
        files.mkdir()
        for number in range(chosen.names):
            (files / f"N{number:07}").write_bytes(b"x" * 80)
        fill_ours(place / "store", chosen.names)
        ours, theirs = free_port(), free_port()
        running.append(subprocess.Popen([sys.executable, "-m", "zftpd", "--store", str(place / "store"), "--port", str(ours)], **quiet))
        running.append(subprocess.Popen([sys.executable, "-c", PYFTPDLIB, str(files), str(theirs)], **quiet))
        try:
            peer, zos = Client(theirs, "IBMUSER", "SYS1"), Client(ours, "IBMUSER", "SYS1")
            for verb in ("LIST", "NLST"):
                tasks = {
                    f"pyftpdlib {verb}": lambda verb=verb: seconds(peer, verb),
                    f"zftpd {verb} data sets": lambda verb=verb: seconds(zos, f"{verb} 'HLQ.D.*'"),
                    f"zftpd {verb} members": lambda verb=verb: seconds(zos, f"{verb} 'HLQ.LIB(*)'"),
                }
                measure(chosen.rounds, tasks)
        finally:
            for process in running:
                process.send_signal(signal.SIGTERM)
                process.wait(10)


if __name__ == "__main__":
    main()
