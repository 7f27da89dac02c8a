"""What a TLS scanner finds on the control connection: nothing old, nothing weak."""

from __future__ import annotations

import json
import os
import shutil
import subprocess

import pytest

pytestmark = pytest.mark.clients

FORWARD_SECRET = ("TLS_ECDHE_", "TLS_DHE_", "TLS_AES_", "TLS_CHACHA20_")


@pytest.fixture(scope="module")
def scan(zos_certificate, tmp_path_factory):
    """The scanner's findings about a server as it starts by default."""
    program = os.environ.get("SSLYZE") or shutil.which("sslyze")
    if not program:
        pytest.skip("sslyze is not installed (set SSLYZE to its path)")
    from zftpd.app import ServerOptions
    from zftpd.testing import Zos

    system = Zos(ServerOptions(store="memory:", certificate_folder=zos_certificate)).start()
    found = tmp_path_factory.mktemp("scan") / "found.json"
    target = f"127.0.0.1:{system.port}"
    subprocess.run([program, "--starttls=ftp", f"--json_out={found}", target], capture_output=True, timeout=120)
    system.stop()
    return json.loads(found.read_text())["server_scan_results"][0]["scan_result"]


def accepted(scan, version):
    """The cipher suites that the server took."""
    return [suite["cipher_suite"]["name"] for suite in scan[f"{version}_cipher_suites"]["result"]["accepted_cipher_suites"]]


@pytest.mark.parametrize("version", ["ssl_2_0", "ssl_3_0", "tls_1_0", "tls_1_1"])
def test_nothing_before_tls_1_2_is_spoken(scan, version):
    assert [] == accepted(scan, version)


@pytest.mark.parametrize("version", ["tls_1_2", "tls_1_3"])
def test_every_suite_has_forward_secrecy(scan, version):
    suites = accepted(scan, version)

    assert suites
    assert [] == [suite for suite in suites if not suite.startswith(FORWARD_SECRET)]


def test_known_attacks_find_nothing(scan):
    assert scan["heartbleed"]["result"]["is_vulnerable_to_heartbleed"] is False
    assert scan["openssl_ccs_injection"]["result"]["is_vulnerable_to_ccs_injection"] is False
    assert "NOT_VULNERABLE" in scan["robot"]["result"]["robot_result"]
    assert scan["tls_compression"]["result"]["supports_compression"] is False
    assert scan["session_renegotiation"]["result"]["is_vulnerable_to_client_renegotiation_dos"] is False
