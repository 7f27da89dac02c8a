"""FTPS servers of others, in the place of the document's FileZilla on Windows: vsftpd and proftpd.

proftpd is found on PATH or by the environment variable PROFTPD, since its package does not bear vsftpd beside it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir

import pytest

from bench.peers import VSFTPD

#: The user of another's server; the document's has an alfred.
USER = "daemon"
#: What vsftpd needs besides to speak TLS only, or none.
VSFTPD_TLS = """
anon_mkdir_write_enable=YES
ssl_enable={tls}
allow_anon_ssl=YES
force_anon_logins_ssl={tls}
force_anon_data_ssl={tls}
require_ssl_reuse=YES
rsa_cert_file={pem}
rsa_private_key_file={pem}
"""
PROFTPD = """
ServerType standalone
ServerName zilla
DefaultAddress 127.0.0.1
Port {port}
User {user}
Group {user}
UseReverseDNS off
UseIPv6 off
ModulePath {modules}
LoadModule mod_tls.c
AuthOrder mod_auth_file.c
AuthUserFile {folder}/passwd
RequireValidShell off
PidFile {folder}/pid
ScoreboardFile {folder}/scoreboard
DelayEngine off
WtmpLog off
TransferLog none
SystemLog {folder}/log
DefaultRoot ~
AllowOverwrite on
AllowStoreRestart on
TLSEngine {tls}
TLSRequired {tls}
TLSProtocol TLSv1.2 TLSv1.3
TLSRSACertificateFile {pem}
TLSRSACertificateKeyFile {pem}
"""


@dataclass
class FtpsServer:
    """How to start one in a folder of its own. `login` is what a client types, `incoming` where its uploads come to lie."""

    kind: str
    program: str
    folder: Path
    login: tuple[str, str]
    process: subprocess.Popen[bytes] | None = None
    tls: bool = True

    @property
    def incoming(self) -> Path:
        return self.folder / "served" / "incoming"

    def start(self, pem: str) -> int:
        """Serve a README with a key and certificate in PEM, and return the port."""
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        self._directories()
        certificate = self.folder / "server.pem"
        certificate.write_text(pem)
        certificate.chmod(0o600)
        command = self._vsftpd(port, certificate) if self.kind == "vsftpd" else self._proftpd(port, certificate)
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    return port
            time.sleep(0.05)
        raise AssertionError(f"{self.kind} does not listen")

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(10)

    def _directories(self) -> None:
        self.incoming.mkdir(parents=True)
        (self.folder / "empty").mkdir()
        for folder in (self.folder, *self.folder.parents):  # the server's own user has to get there
            if folder.is_relative_to(gettempdir()) and folder != Path(gettempdir()):
                folder.chmod(0o755)
        readme = self.folder / "served" / "README"
        readme.write_text("FILEZILLA\n")
        readme.chmod(0o644)
        owner = pwd.getpwnam(USER)
        os.chown(self.incoming, owner.pw_uid, owner.pw_gid)

    def _vsftpd(self, port: int, pem: Path) -> list[str]:
        config = self.folder / "vsftpd.conf"
        root, empty = self.folder / "served", self.folder / "empty"
        tls = "YES" if self.tls else "NO"
        config.write_text((VSFTPD + VSFTPD_TLS).format(port=port, user=USER, root=root, empty=empty, pem=pem, tls=tls))
        return [self.program, str(config)]

    def _proftpd(self, port: int, pem: Path) -> list[str]:
        config, passwords = self.folder / "proftpd.conf", self.folder / "passwd"
        owner = pwd.getpwnam(USER)
        hashed = subprocess.run(["openssl", "passwd", "-6", self.login[1]], capture_output=True, text=True, check=True).stdout
        passwords.write_text(f"{self.login[0]}:{hashed.strip()}:{owner.pw_uid}:{owner.pw_gid}::{self.folder}/served:/bin/sh\n")
        passwords.chmod(0o600)
        modules = Path(self.program).parent.parent / "lib" / "proftpd"
        tls = "on" if self.tls else "off"
        config.write_text(PROFTPD.format(port=port, user=USER, modules=modules, folder=self.folder, pem=pem, tls=tls))
        return [self.program, "-n", "-c", str(config)]


def found(kind: str, folder: Path) -> FtpsServer:
    """A server of that kind; a machine without it skips, visibly."""
    program = shutil.which(kind) or f"/usr/sbin/{kind}"
    if kind == "proftpd":
        program = os.environ.get("PROFTPD", program)
    if not os.path.exists(program):
        pytest.skip(f"{kind} is not installed" + (" (set PROFTPD to its path)" if kind == "proftpd" else ""))
    if os.getuid() != 0:
        pytest.skip(f"{kind} needs the superuser")
    login = ("anonymous", "me@here") if kind == "vsftpd" else ("alfred", "secret")
    return FtpsServer(kind, program, folder, login)
