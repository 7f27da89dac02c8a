"""SECURE_HOSTNAME: whether the host name of the certificate must be that of the server."""

from __future__ import annotations

import shutil
import subprocess

import pytest

SIGN_ON = ["ibmuser", "SYS1"]


@pytest.fixture
def named(tmp_path):
    """A function: key and certificate of a server of that name."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")

    def make(name):
        key, certificate = tmp_path / "server.key", tmp_path / "server.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}", "-addext"]
            + [f"subjectAltName={name}", "-keyout", str(key), "-out", str(certificate)],
            check=True,
            capture_output=True,
        )
        return {"certificate": certificate, "private_key": key}

    return make


@pytest.mark.parametrize(
    ("name", "wanted", "signed_on"),
    [
        ("DNS:elsewhere.example", "OPTIONAL", True),
        ("DNS:elsewhere.example", "REQUIRED", False),
        ("IP:127.0.0.1", "REQUIRED", True),
    ],
)
def test_only_where_it_is_required_the_certificate_must_name_the_host(zftp, zos_start, named, name, wanted, signed_on):
    files = named(name)
    zos = zos_start(ftpdata="EXTENSIONS AUTH_TLS\nSECURE_FTP REQUIRED\n", **files)

    shown, _ = zftp(
        [*SIGN_ON, "quit"],
        zos.port,
        secure_mechanism="TLS",
        secure_ftp="REQUIRED",
        secure_hostname=wanted,
        keyring=str(files["certificate"]),
    )

    assert any(line.startswith("230 ") for line in shown) is signed_on, shown
    assert any(line.startswith("EZA") and "IP address mismatch" in line for line in shown) is not signed_on, shown
