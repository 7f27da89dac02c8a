"""Does the server stay as fast and as small as it began? Many small transfers in a row, and one large one each way.

Run: python bench/endurance.py [--transfers 100000] [--mib 1024]

Printed: transfers a second and the server's resident memory for each tenth of the run, with the last tenth as a share of
the first, and by how much the server's resident memory grew over idle during a RETR and a STOR of `--mib` MiB (the target is 40 MiB).
"""

from __future__ import annotations

import argparse
import threading
import time
from pathlib import Path

from peers import Client, alone

TENTHS = 10


def resident(pid: int) -> float:
    """Resident memory of a process in MiB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * 4096 / 2**20


class Peak(threading.Thread):
    """Watches a process's memory until told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self.stopping = pid, 0.0, threading.Event()

    def run(self) -> None:
        while not self.stopping.wait(0.01):
            self.peak = max(self.peak, resident(self.pid))


def small(client: Client, pid: int, transfers: int) -> None:
    """STOR and RETR of 100 bytes in turn."""
    buffer, content = bytearray(4096), b"x" * 80 + b"\r\n"
    rates = []
    for _ in range(TENTHS):
        begin = time.perf_counter()
        for number in range(transfers // TENTHS // 2):
            client.store(f"SMALL.N{number % 100}", content)
            client.fetch(f"SMALL.N{number % 100}", buffer)
        rates.append(transfers / TENTHS / (time.perf_counter() - begin))
        print(f"{rates[-1]:8.0f} transfers/s, memory {resident(pid):.1f} MiB", flush=True)
    print(f"last tenth x{rates[-1] / rates[0]:.2f} of the first")


def large(client: Client, pid: int, mib: int) -> None:
    """One STOR and one RETR of `mib` MiB while the server's memory is watched."""
    idle = resident(pid)
    client.ask("TYPE I", "2")
    client.ask("SITE RECFM=FB LRECL=80 BLKSIZE=27920 CYL PRI=2000 SEC=2000", "2")
    piece = bytes(1 << 20)
    for verb in ("STOR", "RETR"):
        peak = Peak(pid)
        peak.start()
        data = client.data()
        client.ask(f"{verb} LARGE", "1")
        if verb == "STOR":
            for _ in range(mib):
                data.sendall(piece)
        else:
            while data.recv(1 << 20):
                pass
        data.close()
        said = client.reply()
        peak.stopping.set()
        peak.join()
        print(f"{verb} of {mib} MiB: {said[:3]}, memory {peak.peak - idle:.1f} MiB over idle ({idle:.0f} MiB)", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--transfers", type=int, default=100_000)
    options.add_argument("--mib", type=int, default=1024)
    chosen = options.parse_args()
    with alone() as (port, pid):
        client = Client(port, "IBMUSER", "SYS1")
        client.ask("TYPE A", "2")
        small(client, pid, chosen.transfers)
        large(client, pid, chosen.mib)


if __name__ == "__main__":
    main()
