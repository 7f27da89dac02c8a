"""How fast do transfers run beside pyftpdlib and vsftpd? Text and binary RETR and STOR of FB 80, VB 255 and U.

Run: python bench/transfers.py [--mib 16] [--rounds 5] [--workers 1] [--only "FB80 text"]

The servers are processes of their own; one client, which only moves bytes, drives them in turn within one run, since figures
of two runs cannot be compared. Printed is the best of the rounds for each, in MiB a second, and ours as a ratio of theirs.
A peer that is not installed is left out.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

PYFTPDLIB = """
import sys
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import FTPServer
authorizer = DummyAuthorizer()
authorizer.add_user("IBMUSER", "SYS1", sys.argv[1], perm="elradfmwMT")
FTPHandler.authorizer = authorizer
FTPHandler.use_sendfile = True
import logging; logging.disable(logging.CRITICAL)
FTPServer(("127.0.0.1", int(sys.argv[2])), FTPHandler).serve_forever()
"""

VSFTPD = """
listen=YES
listen_address=127.0.0.1
listen_port={port}
background=NO
anonymous_enable=YES
ftp_username={user}
anon_root={root}
write_enable=YES
anon_upload_enable=YES
anon_other_write_enable=YES
ascii_download_enable=YES
ascii_upload_enable=YES
seccomp_sandbox=NO
secure_chroot_dir={empty}
xferlog_enable=NO
anon_umask=022
anon_world_readable_only=NO
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Client:
    """Moves bytes and does nothing with them."""

    def __init__(self, port: int, user: str, password: str) -> None:
        deadline = time.monotonic() + 15
        while True:
            try:
                self.sock = socket.create_connection(("127.0.0.1", port), timeout=60)
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        self.file = self.sock.makefile("rb")
        self.reply()
        self.ask(f"USER {user}")
        self.ask(f"PASS {password}", "2")

    def reply(self) -> str:
        while True:
            line = self.file.readline().decode("latin-1")
            if not line:
                raise EOFError
            if line[:3].isdigit() and line[3] == " ":
                return line.rstrip()

    def ask(self, line: str, wanted: str = "") -> str:
        self.sock.sendall(f"{line}\r\n".encode())
        said = self.reply()
        if wanted and not said.startswith(wanted):
            raise RuntimeError(f"{line}: {said}")
        return said

    def data(self) -> socket.socket:
        host = self.ask("PASV", "227").partition("(")[2].partition(")")[0].split(",")
        return socket.create_connection((".".join(host[:4]), int(host[4]) * 256 + int(host[5])), timeout=60)

    def store(self, name: str, content: bytes) -> float:
        data = self.data()
        begin = time.perf_counter()
        self.ask(f"STOR {name}", "1")
        data.sendall(content)
        data.close()
        said = self.reply()
        if not said.startswith("2"):
            raise RuntimeError(said)
        return time.perf_counter() - begin

    def fetch(self, name: str, buffer: bytearray) -> tuple[float, int]:
        data = self.data()
        begin = time.perf_counter()
        self.ask(f"RETR {name}", "1")
        total = 0
        while count := data.recv_into(buffer):
            total += count
        data.close()
        self.reply()
        return time.perf_counter() - begin, total


@dataclass
class Peer:
    """One server under measurement."""

    name: str
    client: Client
    prefix: str = ""
    site: bool = False
    rates: dict[str, list[float]] = field(default_factory=dict)


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
    for name, (site, width) in FORMATS.items():
        for kind, letter in (("text", "A"), ("binary", "I")):
            title = f"{name} {kind}"
            if only and only != title:
                continue
            content = text(mib, width)
            if kind == "binary":
                content = content[: len(content) // 80 * 80]
            for peer in peers:
                peer.client.ask(f"TYPE {letter}", "2")
                if peer.site:
                    peer.client.ask(f"SITE {site} CYL PRI=400 SEC=400", "2")
            for _ in range(rounds):
                for peer in peers:
                    target = f"{peer.prefix}B{name}{kind[:1].upper()}"
                    stored = peer.client.store(target, content)
                    peer.rates.setdefault(f"{title} STOR", []).append(len(content) / stored)
                for peer in peers:
                    target = f"{peer.prefix}B{name}{kind[:1].upper()}"
                    seconds, size = peer.client.fetch(target, buffer)
                    if abs(size - len(content)) > len(content) // 100:
                        raise RuntimeError(f"{peer.name} sent {size} bytes of {len(content)}")
                    peer.rates.setdefault(f"{title} RETR", []).append(size / seconds)
            for what in (f"{title} RETR", f"{title} STOR"):
                report(what, peers)


def report(what: str, peers: list[Peer]) -> None:
    best = {peer.name: max(peer.rates[what]) / 2**20 for peer in peers}
    ours = best["zftpd"]
    ratios = "  ".join(f"{name} {rate:7.0f} (x{ours / rate:.2f})" for name, rate in best.items() if name != "zftpd")
    print(f"{what:<18} zftpd {ours:7.0f} MiB/s  {ratios}", flush=True)


def start_peers(place: Path, workers: int, running: list[subprocess.Popen[bytes]]) -> list[Peer]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    port = free_port()
    command = [sys.executable, "-m", "zftpd", "--store", str(place / "zos"), "--port", str(port), "--workers", str(workers), "--no-tls"]
    running.append(subprocess.Popen(command, **quiet))
    peers = [Peer("zftpd", Client(port, "IBMUSER", "SYS1"), site=True)]
    try:
        import pyftpdlib  # noqa: F401

        folder, port = place / "pyftpdlib", free_port()
        folder.mkdir()
        running.append(subprocess.Popen([sys.executable, "-c", PYFTPDLIB, str(folder), str(port)], **quiet))
        peers.append(Peer("pyftpdlib", Client(port, "IBMUSER", "SYS1")))
    except ImportError:
        print("pyftpdlib is not installed")
    if shutil.which("vsftpd") and os.geteuid() == 0:
        folder, port = place / "vsftpd", free_port()
        (folder / "up").mkdir(parents=True)
        (folder / "empty").mkdir()
        shutil.chown(folder / "up", "daemon")
        place.chmod(0o755)
        config = folder / "vsftpd.conf"
        config.write_text(VSFTPD.format(port=port, user="daemon", root=folder, empty=folder / "empty"))
        running.append(subprocess.Popen(["vsftpd", str(config)], **quiet))
        peers.append(Peer("vsftpd", Client(port, "anonymous", "x@y.z"), prefix="up/"))
    else:
        print("vsftpd is not installed, or this is not root")
    return peers


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--mib", type=int, default=16)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--workers", type=int, default=1)
    options.add_argument("--only", default="")
    chosen = options.parse_args()
    running: list[subprocess.Popen[bytes]] = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            measure(start_peers(Path(folder), chosen.workers, running), chosen.mib, chosen.rounds, chosen.only)
        finally:
            for process in running:
                process.send_signal(signal.SIGTERM)
            for process in running:
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()


if __name__ == "__main__":
    main()
