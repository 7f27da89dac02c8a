"""What does TLS cost? Processor time of the server for GETs with and without TLS, from 1 to 128 connections at once.

Run: python bench/tls_cost.py [--mib 1] [--most 128] [--gets 256] [--plot docs/tls-cost.svg]

For each number of connections the same GETs are done in clear and under TLS 1.3 with protected data, in one run. Printed is
the server's processor time (user and system) for each GET and the ratio. The plot shows both.
"""

from __future__ import annotations

import argparse
import ftplib
import os
import ssl
import threading
from collections.abc import Callable
from pathlib import Path

from peers import Client, alone

TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def clear(port: int) -> ftplib.FTP:
    """A session in clear."""
    ftp = ftplib.FTP()
    ftp.connect("127.0.0.1", port, timeout=60)
    ftp.login("IBMUSER", "SYS1")
    return ftp


def protected(port: int) -> ftplib.FTP:
    """A session under TLS with protected data."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    ftp = ftplib.FTP_TLS(context=context)
    ftp.connect("127.0.0.1", port, timeout=60)
    ftp.login("IBMUSER", "SYS1")
    ftp.prot_p()
    return ftp


def cost(pid: int, port: int, connect: Callable[[int], ftplib.FTP], connections: int, gets: int) -> float:
    """Server processor seconds for one GET, sign-on not counted."""
    sessions = [connect(port) for _ in range(connections)]
    each = max(1, gets // connections)

    def work(ftp: ftplib.FTP) -> None:
        for _ in range(each):
            ftp.retrbinary("RETR SAMPLE", lambda _chunk: None, 1 << 18)

    threads = [threading.Thread(target=work, args=(ftp,)) for ftp in sessions]
    begin = processor_seconds(pid)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = processor_seconds(pid) - begin
    for ftp in sessions:
        ftp.close()
    return spent / (each * connections)


def plot(rows: list[tuple[int, float, float]], mib: int, target: Path) -> None:
    """Write the two curves as a small SVG drawing."""
    width, height, left, base = 640, 320, 60, 270
    most = max(max(row[1:]) for row in rows) * 1000
    step = (width - left - 40) / max(1, len(rows) - 1)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" font-size="12">',
        f'<text x="{left}" y="20">Server processor time for one GET of {mib} MiB (ms), by connections</text>',
        f'<line x1="{left}" y1="{base}" x2="{width - 30}" y2="{base}" stroke="black"/>',
        f'<text x="8" y="50">{most:.1f}</text><text x="8" y="{base}">0</text>',
    ]
    for column, colour, name in ((1, "#1f77b4", "clear"), (2, "#d62728", "TLS")):
        points = [(left + step * n, base - row[column] * 1000 / most * 220) for n, row in enumerate(rows)]
        line = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
        out.append(f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{line}"/>')
        out.append(f'<text x="{points[-1][0] - 30:.0f}" y="{points[-1][1] - 8:.0f}" fill="{colour}">{name}</text>')
    out += [f'<text x="{left + step * n - 6:.0f}" y="{base + 18}">{row[0]}</text>' for n, row in enumerate(rows)]
    target.write_text("\n".join([*out, "</svg>"]) + "\n")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--mib", type=int, default=1)
    options.add_argument("--most", type=int, default=128)
    options.add_argument("--gets", type=int, default=256)
    options.add_argument("--plot", type=Path)
    chosen = options.parse_args()
    with alone() as (port, pid):
        client = Client(port, "IBMUSER", "SYS1")
        client.ask("TYPE I", "2")
        client.ask("SITE RECFM=FB LRECL=80 BLKSIZE=27920 CYL PRI=100 SEC=100", "2")
        client.store("SAMPLE", bytes(chosen.mib << 20))
        rows, connections = [], 1
        while connections <= chosen.most:
            plain = cost(pid, port, clear, connections, chosen.gets)
            secure = cost(pid, port, protected, connections, chosen.gets)
            rows.append((connections, plain, secure))
            ratio = secure / plain if plain else float("inf")
            print(
                f"{connections:4} connections  clear {plain * 1000:6.2f} ms  TLS {secure * 1000:6.2f} ms  x{ratio:.2f}",
                flush=True,
            )
            connections *= 2
        if chosen.plot:
            plot(rows, chosen.mib, chosen.plot)


if __name__ == "__main__":
    main()
