"""Programs that do what the document's Windows client does: curl, lftp and openssl, each by the settings of a panel.

The document's keys have 1024 bits, which OpenSSL takes at its security level 0 only; lftp's library takes them as they are.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SECONDS = 60
#: The name of the server's certificate (page 34), by which the panels know it.
HOST = "mvs098.tcp.raleigh.ibm.com"
WEAK_KEYS = ("--ciphers", "ALL:@SECLEVEL=0", "--tls-max", "1.2")
#: curl's exit codes.
CANNOT_CONNECT, BAD_CERTIFICATE_FILE, PEER_NOT_VERIFIED, LOGIN_DENIED, NO_TLS = 35, 58, 60, 67, 64


def _run(program: str, *arguments: object, feed: str = "") -> tuple[int, str]:
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed")
    command = [path, *map(str, arguments)]
    done = subprocess.run(
        command, input=feed, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", timeout=SECONDS
    )
    return done.returncode, done.stdout


def curl(server, what: str, *options: object, userid: str = "USER1:SECRET") -> tuple[int, str]:
    """curl's exit code and what it shows."""
    port = server.address[1]
    here = ("--resolve", f"{HOST}:{port}:127.0.0.1")
    where = f"ftp://{HOST}:{port}/{what.replace(chr(39), '%27')}"
    return _run("curl", "-sS", "--max-time", 30, "--ssl-reqd", *WEAK_KEYS, *here, *options, "-u", userid, where)


def lftp(server, settings: dict[str, object], *commands: str, userid: str = "USER1,SECRET") -> tuple[int, str]:
    """lftp's exit code and what it shows, with the wire's dialogue."""
    script = [f"set {name} {value}" for name, value in settings.items()]
    script += ["debug 5", f"open -u {userid} -p {server.address[1]} ftp://127.0.0.1", *commands, "exit"]
    return _run("lftp", "--norc", "-c", "; ".join(["set net:max-retries 1", "set net:timeout 15", *script]))


def s_client(server, *options: object, feed: str = "QUIT\r\n", starttls: bool = True) -> tuple[int, str]:
    """The exit code of openssl s_client and what it shows."""
    how = ["-starttls", "ftp"] if starttls else []
    weak = ["-cipher", "ALL:@SECLEVEL=0", "-tls1_2"]
    target = f"127.0.0.1:{server.address[1]}"
    return _run("openssl", "s_client", "-connect", target, *how, *weak, "-ign_eof", *options, feed=feed)


def pem_of_p12(package: Path, password: str, target: Path) -> Path:
    """Key and certificate of a PKCS#12 file in PEM, as page 76 converts it."""
    code, shown = _run("openssl", "pkcs12", "-in", package, "-out", target, "-nodes", "-clcerts", "-passin", f"pass:{password}")
    assert code == 0, shown
    return target
