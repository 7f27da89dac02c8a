"""How fast are 10,000 names listed? Data sets and members of ours beside 10,000 files of pyftpdlib, in one run.

Run: python bench/listing.py [--names 10000] [--rounds 9]

Printed is the median time of LIST and NLST, as a share of pyftpdlib's; the target for LIST is a third. Three cases of ours:
    kept            nothing has been written since the last listing
    after a write   another session has stored a data set and a member of the very library before each listing
    cold            the first listing of a server that was just started over a store that holds the names already
"""

from __future__ import annotations

import argparse
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from peers import PYFTPDLIB, Client, free_port

WHAT = {"data sets": "'HLQ.D.*'", "members": "'HLQ.LIB(*)'"}
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def seconds(client: Client, command: str, names: int) -> float:
    """Time of one listing; it must have all names."""
    data = client.data()
    begin = time.perf_counter()
    client.ask(command, "1")
    lines = 0
    while chunk := data.recv(1 << 20):
        lines += chunk.count(b"\n")
    data.close()
    client.reply()
    spent = time.perf_counter() - begin
    if lines < names:
        raise RuntimeError(f"{command}: {lines} lines")
    return spent


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
    big = Allocation(
        recfm="FB", lrecl=80, dsorg=Dsorg.PO, space_unit="CYLINDER", primary=100, secondary=50, directory_blocks=4000
    )
    mvs.allocate("HLQ.LIB", big, who)
    one = Allocation(recfm="FB", lrecl=80, space_unit="TRACK", primary=1, secondary=0)
    for number in range(names):
        mvs.allocate(f"HLQ.D.N{number:07}", one, who)
        with mvs.open_output(Target("HLQ.LIB", f"M{number:07}"), who, stats=True) as writer:
            writer.write_records([b"\xe7" * 80])
    mvs.close()


class Bench:
    """The servers of one run and the times that were taken."""

    def __init__(self, place: Path, names: int) -> None:
        self.place, self.names = place, names
        self.running: list[subprocess.Popen[bytes]] = []
        self.times: dict[str, list[float]] = defaultdict(list)

    def ours(self) -> Client:
        """Start a server of ours and sign on."""
        port = free_port()
        command = [sys.executable, "-m", "zftpd", "--store", str(self.place / "store"), "--port", str(port)]
        self.running.append(subprocess.Popen(command, **QUIET))
        return Client(port, "IBMUSER", "SYS1")

    def theirs(self) -> Client:
        """Start pyftpdlib over as many files and sign on."""
        files, port = self.place / "files", free_port()
        files.mkdir()
        for number in range(self.names):
            (files / f"N{number:07}").write_bytes(b"x" * 80)
        self.running.append(subprocess.Popen([sys.executable, "-c", PYFTPDLIB, str(files), str(port)], **QUIET))
        return Client(port, "IBMUSER", "SYS1")

    def end(self, process: subprocess.Popen[bytes]) -> None:
        """Stop a server."""
        process.send_signal(signal.SIGTERM)
        process.wait(20)

    def run(self, rounds: int) -> None:
        """Take the times in turn."""
        peer, zos = self.theirs(), self.ours()
        writer = Client(int(zos.sock.getpeername()[1]), "IBMUSER", "SYS1")
        for number in range(rounds):
            for verb in ("LIST", "NLST"):
                self.times[f"pyftpdlib {verb}"].append(seconds(peer, verb, self.names))
                for what, name in WHAT.items():
                    writer.store("'HLQ.D.N0000007'", b"changed\r\n")
                    writer.store("'HLQ.LIB(M0000007)'", b"changed %d\r\n" % number)
                    self.times[f"zftpd {verb} {what}, after a write"].append(seconds(zos, f"{verb} {name}", self.names))
                    self.times[f"zftpd {verb} {what}, kept"].append(seconds(zos, f"{verb} {name}", self.names))
        self.end(self.running.pop())
        for _ in range(rounds):
            for verb in ("LIST", "NLST"):
                for what, name in WHAT.items():
                    client = self.ours()
                    self.times[f"zftpd {verb} {what}, cold"].append(seconds(client, f"{verb} {name}", self.names))
                    self.end(self.running.pop())

    def report(self) -> None:
        """Print medians and spread, as shares of the peer's median."""
        for name, spent in sorted(self.times.items(), key=lambda item: ("NLST" in item[0], item[0])):
            verb = "NLST" if "NLST" in name else "LIST"
            peer, median = statistics.median(self.times[f"pyftpdlib {verb}"]), statistics.median(spent)
            spread = f"{min(spent) * 1000:.1f} to {max(spent) * 1000:.1f}"
            print(f"{name:<38} {median * 1000:7.1f} ms  x{median / peer:.2f}   ({spread})")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--names", type=int, default=10000)
    options.add_argument("--rounds", type=int, default=9)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        fill_ours(Path(folder) / "store", chosen.names)
        bench = Bench(Path(folder), chosen.names)
        try:
            bench.run(chosen.rounds)
        finally:
            for process in bench.running:
                bench.end(process)
        bench.report()


if __name__ == "__main__":
    main()
