"""How fast do transfers run beside pyftpdlib and vsftpd? Text and binary RETR and STOR of FB 80, VB 255 and U.

Run: python bench/transfers.py [--mib 16] [--rounds 15] [--workers 1] [--only "FB80 text"]

The servers are processes of their own; one client, which only moves bytes, drives them in turn within one run, since figures
of two runs cannot be compared. Printed are the median rates in MiB a second and, of the pairs of each round, ours as a multiple of
theirs: the median with the least and the greatest. The second line has the servers' own processor time for one transfer, which
other work on the machine changes little. A peer that is not installed is left out.
"""

from __future__ import annotations

import argparse
import random
import statistics

from peers import Peer, processor_seconds, ratio, servers

from mvsfs import kernel


def text(mib: int, width: int) -> bytes:
    """Lines of words, up to `width` characters, without trailing blanks."""
    chance = random.Random(7)
    words = [bytes(chance.choice(b"abcdefghijklmnopqrstuvwxyz") for _ in range(chance.randint(2, 9))) for _ in range(500)]
    lines = []
    for _ in range(2000):
        line, limit = b"", chance.randint(width // 4, width)
        while len(line) < limit:
            line += chance.choice(words) + b" "
        lines.append(line[:limit].rstrip() + b"\r\n")
    block = b"".join(lines)
    return block * (mib * 1024 * 1024 // len(block))


FORMATS = {
    "FB80": ("RECFM=FB LRECL=80 BLKSIZE=27920", 80),
    "VB255": ("RECFM=VB LRECL=255 BLKSIZE=27998", 251),
    "U": ("RECFM=U LRECL=0 BLKSIZE=6144", 132),
}


def measure(peers: list[Peer], mib: int, rounds: int, only: str) -> None:
    buffer = bytearray(1 << 20)
    clients = {peer.name: peer.client() for peer in peers}
    for name, (site, width) in FORMATS.items():
        for kind, letter in (("text", "A"), ("binary", "I")):
            title = f"{name} {kind}"
            if only and only != title:
                continue
            content = text(mib, width)
            if kind == "binary":
                content = content[: len(content) // 80 * 80]
            for peer in peers:
                clients[peer.name].ask(f"TYPE {letter}", "2")
                if peer.site:
                    clients[peer.name].ask(f"SITE {site} CYL PRI=400 SEC=400", "2")
            for number in range(rounds + 1):
                one_round(peers if number % 2 else peers[::-1], clients, title, content, buffer, kept=number > 0)
            for what in (f"{title} RETR", f"{title} STOR"):
                report(what, peers)


def one_round(peers, clients, title, content, buffer, *, kept):  # type: ignore[no-untyped-def]
    """One STOR and one RETR for each; the first round of a format only warms up."""
    target = f"B{title.replace(' ', '')[:6].upper()}"
    for peer in peers:
        before = processor_seconds(peer.pid)
        stored = clients[peer.name].store(peer.prefix + target, content)
        if kept:
            peer.rates.setdefault(f"{title} STOR", []).append(len(content) / stored)
            peer.processor.setdefault(f"{title} STOR", []).append(processor_seconds(peer.pid) - before)
    for peer in peers:
        before = processor_seconds(peer.pid)
        seconds, size = clients[peer.name].fetch(peer.prefix + target, buffer)
        if abs(size - len(content)) > len(content) // 100:
            raise RuntimeError(f"{peer.name} sent {size} bytes of {len(content)}")
        if kept:
            peer.rates.setdefault(f"{title} RETR", []).append(size / seconds)
            peer.processor.setdefault(f"{title} RETR", []).append(processor_seconds(peer.pid) - before)


def report(what: str, peers: list[Peer]) -> None:
    ours = peers[0].rates[what]
    others = "   ".join(
        f"{peer.name} {statistics.median(peer.rates[what]) / 2**20:6.0f} {ratio(ours, peer.rates[what])}" for peer in peers[1:]
    )
    print(f"{what:<18} zftpd {statistics.median(ours) / 2**20:6.0f} MiB/s   {others}", flush=True)
    spent = "   ".join(f"{peer.name} {statistics.median(peer.processor[what]) * 1e3:.1f} ms" for peer in peers)
    print(f"{'':<18} processor: {spent}", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--mib", type=int, default=16)
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--workers", type=int, default=1)
    options.add_argument("--only", default="")
    chosen = options.parse_args()
    if kernel.active() is None:
        print("the kernel is not compiled in this installation (docs/decisions/0012): transfers run in Python alone")
    with servers("--workers", str(chosen.workers)) as peers:
        measure(peers, chosen.mib, chosen.rounds, chosen.only)


if __name__ == "__main__":
    main()
