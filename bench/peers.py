"""What the benches share: a client that only moves bytes, the servers in processes of their own, and ratios with their spread."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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
        deadline = time.monotonic() + 30
        while True:
            try:
                self.sock = socket.create_connection(("127.0.0.1", port), timeout=60)
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.sock.makefile("rb")
        self.reply()
        self.ask(f"USER {user}")
        self.ask(f"PASS {password}", "2")

    def reply(self) -> str:
        """The last line of a reply, with the lines before it in front."""
        said = ""
        while True:
            line = self.file.readline().decode("latin-1")
            if not line:
                raise EOFError
            said += line
            if line[:3].isdigit() and line[3] == " ":
                return said.rstrip()

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
        """Seconds from STOR to its last reply."""
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
        """Seconds from RETR to its last reply, and the bytes that came."""
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
    port: int
    user: str
    password: str
    prefix: str = ""
    site: bool = False
    pid: int = 0
    rates: dict[str, list[float]] = field(default_factory=dict)
    processor: dict[str, list[float]] = field(default_factory=dict)

    def client(self) -> Client:
        return Client(self.port, self.user, self.password)


def processor_seconds(pid: int) -> float:
    """Processor time that a process, its living threads and its children have had; what this machine's other work takes is not in it."""
    total = 0
    for one in (pid, *_descendants(pid)):
        try:
            total += sum(int(task.joinpath("schedstat").read_text().split()[0]) for task in Path(f"/proc/{one}/task").iterdir())
        except OSError:
            continue  # it has ended
    return total / 1e9


def _descendants(pid: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                parents.setdefault(int(place.joinpath("stat").read_text().rpartition(")")[2].split()[1]), []).append(
                    int(place.name)
                )
            except OSError:
                continue
    found = parents.get(pid, [])
    return [*found, *(child for one in found for child in parents.get(one, []))]


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> str:
    """Our rate as a multiple of theirs: median of the pairs of one round each, with the least and the greatest."""
    pairs = sorted(one / other for one, other in zip(ours, theirs, strict=True))
    return f"x{statistics.median(pairs):.2f} ({pairs[0]:.2f}-{pairs[-1]:.2f})"


@contextmanager
def alone() -> Iterator[tuple[int, int]]:
    """Zftpd by itself, TLS and all: its port and its process."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        command = [sys.executable, "-m", "zftpd", "--store", f"{folder}/store", "--port", str(port)]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield port, server.pid
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(20)


@contextmanager
def servers(*options: str, wanted: Sequence[str] = ("pyftpdlib", "vsftpd")) -> Iterator[list[Peer]]:
    """Zftpd and those of the peers that are installed, each in a process of its own, all with contents on the same disk."""
    running: list[subprocess.Popen[bytes]] = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            yield _start(Path(folder), options, wanted, running)
        finally:
            for process in running:
                process.send_signal(signal.SIGTERM)
            for process in running:
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()


def _start(place: Path, options: Sequence[str], wanted: Sequence[str], running: list[subprocess.Popen[bytes]]) -> list[Peer]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    port = free_port()
    command = [sys.executable, "-m", "zftpd", "--store", str(place / "zos"), "--port", str(port), "--no-tls", *options]
    running.append(subprocess.Popen(command, **quiet))
    peers = [Peer("zftpd", port, "IBMUSER", "SYS1", site=True, pid=running[-1].pid)]
    if "pyftpdlib" in wanted:
        try:
            import pyftpdlib  # noqa: F401

            folder, port = place / "pyftpdlib", free_port()
            folder.mkdir()
            running.append(subprocess.Popen([sys.executable, "-c", PYFTPDLIB, str(folder), str(port)], **quiet))
            peers.append(Peer("pyftpdlib", port, "IBMUSER", "SYS1", pid=running[-1].pid))
        except ImportError:
            print("pyftpdlib is not installed")
    if "vsftpd" in wanted and (program := shutil.which("vsftpd") or shutil.which("/usr/sbin/vsftpd")) and os.geteuid() == 0:
        folder, port = place / "vsftpd", free_port()
        (folder / "up").mkdir(parents=True)
        (folder / "empty").mkdir()
        shutil.chown(folder / "up", "daemon")
        place.chmod(0o755)
        config = folder / "vsftpd.conf"
        config.write_text(VSFTPD.format(port=port, user="daemon", root=folder, empty=folder / "empty"))
        running.append(subprocess.Popen([program, str(config)], **quiet))
        peers.append(Peer("vsftpd", port, "anonymous", "x@y.z", prefix="up/", pid=running[-1].pid))
    elif "vsftpd" in wanted:
        print("vsftpd is not installed, or this is not root")
    return peers
