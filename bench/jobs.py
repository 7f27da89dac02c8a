"""Jobs over one FTP session: submissions a second and their p99, jobs ended a second, beside vsftpd storing files of the same size.

Run: python bench/jobs.py [jobs]. vsftpd is measured when it is installed, in turns with ours. The store is on disk and durable, so
a submission that was answered survives the machine; vsftpd's file need not. Figures of other machines do not compare, ratios nearly do.
"""

from __future__ import annotations

import ftplib
import io
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from zftpd.app import Server, ServerOptions

JCL = "//BENCH{0:03d} JOB CLASS=A,MSGCLASS=H\r\n//S EXEC PGM=IEFBR14\r\n"
ROUNDS = 4


def session(host: str, port: int, user: str, password: str) -> ftplib.FTP:
    ftp = ftplib.FTP()
    ftp.connect(host, port, timeout=30)
    ftp.login(user, password)
    return ftp


def store(ftp: ftplib.FTP, count: int, first: int) -> list[float]:
    """Seconds that each of `count` stores took."""
    seconds = []
    for number in range(first, first + count):
        data = io.BytesIO(JCL.format(number % 1000).encode())
        start = time.perf_counter()
        ftp.storlines(f"STOR job{number}", data)
        seconds.append(time.perf_counter() - start)
    return seconds


class Vsftpd:
    """A vsftpd on loopback for anonymous uploads into a folder of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        root = folder / "ftp"
        (root / "up").mkdir(parents=True)
        (root / "up").chmod(0o777)
        root.chmod(0o555)
        config = folder / "vsftpd.conf"
        config.write_text(
            f"listen=YES\nlisten_address=127.0.0.1\nlisten_port={self.port}\nanonymous_enable=YES\nwrite_enable=YES\n"
            f"anon_upload_enable=YES\nanon_root={root}\nno_anon_password=YES\nseccomp_sandbox=NO\nxferlog_enable=NO\n"
            f"secure_chroot_dir={folder}\nbackground=NO\nascii_upload_enable=YES\n"
        )
        self.process = subprocess.Popen([shutil.which("vsftpd") or "/usr/sbin/vsftpd", str(config)])
        time.sleep(0.5)

    def session(self) -> ftplib.FTP:
        ftp = session("127.0.0.1", self.port, "anonymous", "x")
        ftp.cwd("up")
        return ftp

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


def report(name: str, seconds: list[float]) -> float:
    rate = len(seconds) / sum(seconds)
    print(f"{name:24} {rate:8.0f}/s   p50 {sorted(seconds)[len(seconds) // 2] * 1e3:6.2f} ms   "
          f"p99 {sorted(seconds)[int(len(seconds) * 0.99)] * 1e3:6.2f} ms")  # fmt: skip
    return rate


def main(count: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="bench-jobs-"))
    server = Server(ServerOptions(store=f"file://{folder}/store", port=0))
    host, port = server.start()
    vsftpd = Vsftpd(folder) if shutil.which("vsftpd") or Path("/usr/sbin/vsftpd").exists() else None
    try:
        ours, theirs = session(host, port, "IBMUSER", "SYS1"), vsftpd.session() if vsftpd else None
        ours.sendcmd("SITE FILETYPE=JES")
        submitted: list[float] = []
        stored: list[float] = []
        begin = time.perf_counter()
        spent_elsewhere = 0.0
        for part in range(ROUNDS):
            submitted += store(ours, count // ROUNDS, part * (count // ROUNDS))
            if theirs is not None:
                pause = time.perf_counter()
                stored += store(theirs, count // ROUNDS, part * (count // ROUNDS))
                spent_elsewhere += time.perf_counter() - pause
        while server.jes.queue.select(status="INPUT") or server.jes.queue.select(status="ACTIVE"):
            time.sleep(0.02)
        whole = time.perf_counter() - begin - spent_elsewhere
        rate = report("submit", submitted)
        if stored:
            print(f"{'':24} ratio to vsftpd {rate / report('vsftpd STOR', stored):.2f}")
        print(f"{'all ended (IEFBR14)':24} {len(submitted) / whole:8.0f}/s   {len(submitted)} jobs in {whole:.1f} s")
    finally:
        server.stop()
        if vsftpd:
            vsftpd.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
