"""The reports: pages 68 and 85 of the source document line by line, and the log line of page 45."""

from __future__ import annotations

from datetime import datetime

from tests.zftpd.attls.policies import CLIENT, SERVER_4121
from zftpd.attls import ciphers
from zftpd.attls.match import Traffic, choose
from zftpd.attls.netstat import without_repeated_heads
from zftpd.attls.policy import read
from zftpd.attls.report import Failure, Secured, detail, failed, group_summary, summary


def client():
    policy = read(CLIENT)
    mapping = choose(policy, Traffic("9.42.130.98", 1171, "9.65.228.73", 21, "Outbound", "USER1"))
    suite = ciphers.named("TLS_RSA_WITH_AES_256_CBC_SHA")
    return policy, Secured(0x2AC, "USER1", ("9.42.130.98", 1171), ("9.65.228.73", 21), mapping, "TLSv1", suite)


def words(lines):
    """Lines with single blanks, as facts without columns."""
    return [" ".join(line.split()) for line in lines]


def test_the_clients_report_says_what_page_85_says():
    policy, secured = client()

    report = words(detail(secured, policy))

    expected = """ConnID: 000002AC
JobName: USER1
LocalSocket: 9.42.130.98..1171
RemoteSocket: 9.65.228.73..21
SecLevel: TLS Version 1
Cipher: 35 TLS_RSA_WITH_AES_256_CBC_SHA
MapType: Primary
FIPS140: Off
TTLSRule: ABC-FTP-Client~1
Priority: 255
LocalAddr: All
LocalPortFrom: 1024 LocalPortTo: 65535
RemoteAddr: 9.65.228.73
RemotePort: 21
Direction: Outbound
TTLSGrpAction: gAct1
TTLSEnabled: On
Envfile: /etc/attls.env
CtraceClearText: Off
Trace: 7
SyslogFacility: Daemon
SecondaryMap: Off
FIPS140: Off
TTLSEnvAction: eAct1~ABC-FTP-Client-To-Win7
EnvironmentUserInstance: 0
HandshakeRole: Client
Keyring: *AUTH*/*
SSLV2: Off
SSLV3: On
TLSV1: On
TLSV1.1: On
ApplicationControlled: Off
HandshakeTimeout: 10
TruncatedHMAC: Off
ClientMaxSSLFragment: Off
ServerMaxSSLFragment: Off
ClientHandshakeSNI: Off
ServerHandshakeSNI: Off
ClientAuthType: Required
CertValidationMode: Any
TTLSConnAction: cAct1~ABC-FTP-Client-To-Win7
HandshakeRole: Client
V3CipherSuites: 35 TLS_RSA_WITH_AES_256_CBC_SHA
39 TLS_DHE_RSA_WITH_AES_256_CBC_SHA
0A TLS_RSA_WITH_3DES_EDE_CBC_SHA
16 TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA
2F TLS_RSA_WITH_AES_128_CBC_SHA
CtraceClearText: Off
Trace: 7
ApplicationControlled: On
SecondaryMap: On""".splitlines()
    places = iter(report)
    assert [line for line in expected if line not in places] == []


def test_the_servers_report_names_the_user_of_the_certificate_as_on_page_68():
    policy = read(SERVER_4121)
    mapping = choose(policy, Traffic("9.42.105.45", 4121, "9.37.219.139", 2912, "Inbound", "FTP40211"))
    suite = ciphers.named("TLS_RSA_WITH_AES_128_CBC_SHA")
    ends = (("::ffff:9.42.105.45", 4121), ("::ffff:9.37.219.139", 2912))

    report = words(detail(Secured(4, "FTP40211", *ends, mapping, "TLSv1", suite, "USER1"), policy))

    for line in (
        "RemoteSocket: ::ffff:9.37.219.139..2912",
        "Cipher: 2F TLS_RSA_WITH_AES_128_CBC_SHA",
        "CertUserID: USER1",
        "TTLSRule: ABC_FTP_4021_New~2",
        "HandshakeRole: ServerWithClientAuth",
        "ClientAuthType: SAFCheck",
        "0A TLS_RSA_WITH_3DES_EDE_CBC_SHA",
        "ApplicationControlled: On",
    ):
        assert line in report, line


def test_the_summaries_count_by_connection_and_group():
    policy, secured = client()

    assert words(summary([secured]))[-1] == "000002AC 9.65.228.73..21 ABC-FTP-Client~1"
    assert words(group_summary(policy, [secured]))[-1] == "gAct1 00000001 1"


def test_a_failed_handshake_reads_as_on_page_45():
    failure = Failure(1, 1, 0x7E, ("::", 1126), ("::", 2252), "JES002", "TCPCS", "ABC_NJE~2", 503, handle=0x7E60A378, process=10)

    assert failed(failure, datetime(2010, 7, 30, 10, 41, 7)) == (
        "TTLS[10] : 10:41:07 TCPCS EZD1286I TTLS Error GRPID: 00000001 ENVID: 00000001 CONNID: 0000007E "
        "LOCAL: ::..1126 REMOTE: ::..2252 JOBNAME: JES002 USERID: TCPCS RULE: ABC_NJE~2 RC:  503 "
        "Initial Handshake 00000000 7E60A378"
    )


def test_reports_of_several_processes_have_one_head():
    head = ["ConnID   RemSocket", "------   ---------"]

    assert without_repeated_heads([*head, "A", *head, "B"]) == [*head, "A", "B"]
    assert without_repeated_heads(["ConnID: 00000001", "  JobName: X", "", "ConnID: 00000002"])[-1] == "ConnID: 00000002"
    assert without_repeated_heads([]) == []
