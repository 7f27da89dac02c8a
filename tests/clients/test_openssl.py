"""openssl s_client: what somebody sees who looks at the server's TLS from outside."""

from __future__ import annotations

import shutil
import subprocess

import pytest

pytestmark = [pytest.mark.clients, pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")]


def s_client(port, *options, said="QUIT\n", starttls=True, letters=False):
    """Run s_client and return whether it connected, and what it showed. `letters`: R and Q are for s_client itself."""
    how = [*(["-starttls", "ftp"] if starttls else []), *([] if letters else ["-ign_eof"])]
    command = ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-crlf", *how, *options]
    done = subprocess.run(command, input=said, capture_output=True, text=True, timeout=60)
    return done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("option", "version"), [("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")])
def test_starttls_reaches_the_server(zos, option, version):
    connected, shown = s_client(zos.port, option, said="USER IBMUSER\nPASS SYS1\nPWD\nQUIT\n")

    assert connected and f"{version}, Cipher is " in shown
    assert "230 IBMUSER is logged on." in shown and "257 \"'IBMUSER.'\"" in shown


@pytest.mark.parametrize("option", ["-tls1", "-tls1_1"])
def test_older_protocols_are_refused_by_default(zos, option):
    connected, _ = s_client(zos.port, option, "-cipher", "ALL:@SECLEVEL=0")

    assert not connected


@pytest.mark.parametrize("cipher", ["NULL:@SECLEVEL=0", "aNULL:@SECLEVEL=0", "RC4:@SECLEVEL=0", "3DES:@SECLEVEL=0"])
def test_weak_cipher_suites_are_refused(zos, cipher):
    connected, _ = s_client(zos.port, "-tls1_2", "-cipher", cipher)

    assert not connected


def test_the_certificate_names_the_host_and_verifies(zos, zos_certificate):
    zos.ftp(tls=True).quit()
    (pem,) = [path for path in zos_certificate.iterdir() if "BEGIN CERTIFICATE" in path.read_text()]

    connected, shown = s_client(zos.port, "-CAfile", str(pem), "-verify_return_error", "-verify_hostname", "localhost")

    assert connected and "Verify return code: 0 (ok)" in shown


def test_a_session_is_resumed(zos, tmp_path):
    kept = str(tmp_path / "session")

    s_client(zos.port, "-tls1_2", "-sess_out", kept)
    _, again = s_client(zos.port, "-tls1_2", "-sess_in", kept)

    assert "Reused, TLSv1.2" in again


def test_renegotiation_is_refused(zos):
    _, shown = s_client(zos.port, "-tls1_2", said="R\n", letters=True)

    assert "RENEGOTIATING" in shown and "no renegotiation" in shown


def test_the_secure_port_needs_no_starttls(zos_start):
    server = zos_start(implicit=True, ftpdata="SECUREIMPLICITZOS FALSE\n")

    connected, shown = s_client(server.port, starttls=False, said="AUTH TLS\nQUIT\n")

    assert connected and "220 " in shown
    assert "503 Server on the TLS secure port does not accept the AUTH command" in shown
