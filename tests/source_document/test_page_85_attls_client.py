"""Pages 77 to 82 and 85: the client's FTP.DATA and AT-TLS policy, and what netstat shows of its connection.

The server, FileZilla at 9.65.228.73 on the pages, is our own one here; its certificate is added as on page 74 and trusted through
the virtual key ring of page 79.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.source_document.test_page_74_self_signed_import import ADD
from tests.source_document.test_page_84_client_session import page_84, sent
from tests.zftpd.attls.policies import CLIENT
from zftpd.attls.netstat import answer
from zftpd.attls.outbound import OUTBOUND
from zftpd.attls.policy import read
from zftpd.params.ftpdata import read as read_ftpdata
from zftpd.params.param import Where

#: Page 77, as printed.
FTPDATA = """
SECURE_MECHANISM  TLS      ; Name of the security mechanism
                           ; that the client uses when it
                           ; sends an AUTH command to the
                           ; server.
TLSMECHANISM      ATTLS    ; SSL/TLS implementer
SECURE_FTP        ALLOWED  ; Authentication indicator
SECURE_CTRLCONN   CLEAR    ; Minimum level of security for
SECURE_DATACONN   PRIVATE  ; Minimum level of security for
"""


def policy_for(port, text=CLIENT):
    """The policy of the panels, for a server on this machine."""
    return read(text.replace("9.65.228.73", "127.0.0.1").replace("RemotePortRange 21", f"RemotePortRange {port}"))


@pytest.fixture
def trusting(racf, zos, zos_certificate):
    """RACF with the server's certificate as an authority's, as page 74 has it."""
    (pem,) = [path for path in zos_certificate.iterdir() if "BEGIN CERTIFICATE" in path.read_text()]
    racf.moment = datetime.now().astimezone()
    racf.datasets["USER1.ZILLA.SELFSIGN.B64"] = pem.read_bytes()
    racf(ADD)
    return racf


@pytest.fixture
def settings():
    data = read_ftpdata(FTPDATA, "FTP.DATA", side=Where.CLIENT)
    assert not data.diagnostics
    names = ("secure_mechanism", "tlsmechanism", "secure_ftp", "secure_ctrlconn", "secure_dataconn")
    return {name: getattr(data.settings, name) for name in names}


def test_page_77_the_statements_as_printed_are_understood(settings):
    assert settings == {
        "secure_mechanism": "TLS",
        "tlsmechanism": "ATTLS",
        "secure_ftp": "ALLOWED",
        "secure_ctrlconn": "CLEAR",
        "secure_dataconn": "PRIVATE",
    }


def test_page_78_the_policy_secures_the_session(trusting, settings, zos, tmp_path):
    zos.seed({"IBMUSER.A": "X\n"})
    lines = ["IBMUSER", "SYS1", "dir", "quit"]

    shown, code = page_84(trusting, zos.port, lines, tmp_path, policy=policy_for(zos.port), keyring=None, **settings)

    assert code == 0, "\n".join(shown)
    assert sent(shown)[:3] == ["AUTH TLS", "PBSZ 0", "PROT P"]
    assert [line for line in shown if line.startswith("EZA2284I") and line.endswith("A")]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("127.0.0.1", "127.9.9.9"), "no AT-TLS rule covers the connection"),
        (("TTLSEnabled On", "TTLSEnabled Off"), "no AT-TLS rule covers the connection"),
        (("Direction Outbound", "Direction Inbound"), "no AT-TLS rule covers the connection"),
        (("*AUTH*/*", "NOSUCHRING"), "key ring NOSUCHRING"),
        (("35393837360A1613100D2F33323130", "0A"), "none of the cipher suites"),
    ],
)
def test_page_78_what_the_policy_does_not_cover_is_not_secured(trusting, settings, zos, tmp_path, change, why):
    text = CLIENT.replace("9.65.228.73", "127.0.0.1").replace(*change)

    shown, code = page_84(trusting, zos.port, ["IBMUSER"], tmp_path, policy=policy_for(zos.port, text), keyring=None, **settings)

    assert code == 10234
    assert any(why in line for line in shown if line.startswith("EZA2896I")), shown
    assert "USER IBMUSER" not in sent(shown)


def test_page_77_without_a_policy_attls_secures_nothing(trusting, settings, zos, tmp_path):
    shown, code = page_84(trusting, zos.port, ["IBMUSER"], tmp_path, policy=None, **settings)

    assert code == 10234
    assert "EZA2898I Unable to successfully negotiate required authentication" in shown


def test_page_79_a_certificate_without_trust_is_not_in_the_virtual_ring(trusting, settings, zos, tmp_path):
    trusting("RACDCERT CERTAUTH ALTER(LABEL('ABCTL5 ZILLASELFSIGNED')) NOTRUST")

    _, code = page_84(trusting, zos.port, ["IBMUSER"], tmp_path, policy=policy_for(zos.port), keyring=None, **settings)

    assert code == 10234


def test_page_21_a_basic_policy_secures_the_connection_before_the_first_byte(trusting, settings, zos_start, tmp_path):
    """ApplicationControlled Off: the program knows nothing of TLS, and sends no AUTH."""
    server = zos_start(implicit=True, ftpdata="SECUREIMPLICITZOS FALSE\n")
    text = CLIENT.replace("ApplicationControlled On", "ApplicationControlled Off")
    lines = ["IBMUSER", "SYS1", "put up 'IBMUSER.UP'", "quit"]
    (tmp_path / "up").write_text("STORED\n")

    shown, code = page_84(trusting, server.port, lines, tmp_path, policy=policy_for(server.port, text), keyring=None, **settings)

    assert code == 0, "\n".join(shown)
    assert "AUTH TLS" not in sent(shown) and server.text("IBMUSER.UP") == "STORED\n"


def test_page_85_netstat_shows_the_connection_while_it_lasts(trusting, settings, zos, tmp_path):
    reports = []

    class Watching(list):
        """Lines of input; the report is taken when the client asks for the last of them."""

        def __iter__(self):
            for line in list.__iter__(self):
                if line == "quit":
                    reports.append(answer("TTLS CONN", ()))
                    reports.append(answer("TTLS GROUP", ()))
                yield line

    policy = policy_for(zos.port)
    lines = Watching(["IBMUSER", "SYS1", "pwd", "quit"])
    page_84(trusting, zos.port, lines, tmp_path, policy=policy, keyring=None, **settings)

    detail = [" ".join(line.split()) for line in reports[0]]
    for line in (
        "JobName: USER1",
        "CertUserID: N/A",
        "MapType: Primary",
        "FIPS140: Off",
        "TTLSRule: ABC-FTP-Client~1",
        "Priority: 255",
        "LocalAddr: All",
        "LocalPortFrom: 1024 LocalPortTo: 65535",
        "RemoteAddr: 127.0.0.1",
        f"RemotePort: {zos.port}",
        "Direction: Outbound",
        "TTLSEnabled: On",
        "HandshakeRole: Client",
        "Keyring: *AUTH*/*",
        "ApplicationControlled: On",
        "SecondaryMap: On",
    ):
        assert line in detail, reports[0]
    assert any(line.startswith("RemoteSocket: 127.0.0.1..") for line in detail)
    assert reports[1][-1].split() == ["gAct1", "00000001", "1"]
    assert OUTBOUND.rows() == []
