"""Pages 44 and 45: where errors are told: AT-TLS with EZD1286I, the FTP server with its own lines, as syslogd writes both."""

from __future__ import annotations

import ftplib
import re
import ssl
import time
from datetime import datetime

from tests.source_document.attls import PAGE_37, context, secured
from tests.zftpd.attls.policies import SERVER_4021
from zftpd.attls.report import Failure, failed


def test_the_line_of_the_page():
    facts = Failure(
        group=1, environment=1, number=0x7E, local=("::0", 1126), remote=("::0", 2252), jobname="JES002", userid="TCPCS",
        rule="ABC_NJE~2", rc=503, socket_id=0, handle=0x7E60A378,
    )  # fmt: skip

    line = str(failed(facts, datetime(2010, 7, 30, 10, 41, 7), "TCPCS"))

    printed = (
        "TTLS[10] : 10:41:07 TCPCS EZD1286I TTLS Error GRPID: 00000001 ENVYID: 00000001 CONNID: 0000007E LOCAL: ::0.1126 "
        "REMOTE: ::0.2252 JOBNAME: JES002 USERID: TCPCS RULE: ABC_NJE~2 RC: 503 Initial Handshake 00000000 7E60A378"
    )
    # Scanning slips: ENVYID for ENVID, one period for two between address and port.
    printed = printed.replace("ENVYID", "ENVID").replace("::0.", "::0..")
    assert _words(printed)[2:] == _words(line)[_words(line).index("10:41:07") :]


def _words(line):
    return line.split()


def test_a_failed_handshake_is_told_by_at_tls_and_the_session_by_the_server(serve, certificates):
    server = serve(PAGE_37, SERVER_4021)
    made = ssl.create_default_context()  # which trusts nobody the page knows
    made.set_ciphers("ALL:@SECLEVEL=0")
    made.maximum_version = ssl.TLSVersion.TLSv1_2
    made.check_hostname = False

    try:
        secured(server, made)
        raise AssertionError("nobody vouches for that certificate")
    except (ssl.SSLError, OSError):
        pass
    client = secured(server, context(certificates))
    try:
        client.login("USER1", "WRONG")
        raise AssertionError("that is not the password")
    except ftplib.error_perm:
        pass
    client.close()

    deadline = time.monotonic() + 10
    while not any("EZD1286I" in line for line in server.said) and time.monotonic() < deadline:
        time.sleep(0.02)
    (line,) = [line for line in server.said if "EZD1286I" in line]
    assert re.search(r"RULE: ABC_FTP_4021~1 RC:\s+\d+ Initial Handshake", line)
    assert any("USER1" in line and "EZD1286I" not in line for line in server.said)
    assert [line for line in server.said if line.startswith("ICH408I USER(USER1")]
