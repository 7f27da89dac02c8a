"""Page 68: the parameters that netstat lists act: server names, labels, groups, validation, limits, resumption, traces."""

from __future__ import annotations

import ftplib
import ssl
import subprocess
import time
from contextlib import suppress
from datetime import datetime

import pytest

from saf import Saf, SafOptions
from saf.address import engine_at
from saf.passwords import Scrypt
from tests.racfworld import Datasets
from tests.source_document.attls import PAGE_37, PAGE_64, context, secured
from tests.source_document.panels import s_client
from tests.source_document.test_page_40_security_level import FAILURES
from tests.waiting import told
from tests.zftpd.attls.policies import SERVER_4021, SERVER_4121

CONTROLLED = "SecondaryMap                  On"
KEYRING = "  TTLSKeyringParmsRef             keyR~MVS098"


def connection(*statements):
    """Pages 38 to 40 with more in TTLSConnectionAdvancedParms."""
    return SERVER_4021.replace(CONTROLLED, "\n    ".join([CONTROLLED, *statements]))


def environment(*statements, kind="TTLSEnvironmentAdvancedParms", suites=None):
    """Pages 38 to 40 with a statement more in the environment action, and other cipher suites."""
    text = SERVER_4021.replace(KEYRING, f"{KEYRING}\n  {kind}\n  {{\n" + "\n".join(statements) + "\n  }")
    return text.replace("TLS_RSA_WITH_AES_256_CBC_SHA", suites) if suites else text


def carried_out(certificates, *commands):
    """Give RACF commands on the store that a server will open later; return what USER1/WEAK holds, and data sets."""
    engine, datasets = engine_at(str(certificates / "store")), Datasets()
    saf = Saf.open(engine, now=lambda: datetime.now().astimezone(), options=SafOptions(scrypt=Scrypt(n=16)))
    for command in commands:
        result = saf.command(saf.operator(), command, datasets)
        assert result.rc == 0, (command, result.lines)
    rings = saf.keyring("USER1", "WEAK").entries if any("WEAK" in command for command in commands) else ()
    engine.dispose()
    return rings, datasets


@pytest.fixture
def second_certificate(certificates):
    """In the server's ring one with an EC key for another host name."""
    carried_out(
        certificates,
        "RACDCERT ID(TCPCS) GENCERT SUBJECTSDN(CN('other.example.com')) NISTECC SIZE(256) WITHLABEL('OTHER') "
        "NOTAFTER(DATE(2039-12-31)) ALTNAME(DOMAIN('other.example.com')) SIGNWITH(CERTAUTH LABEL('ABCTLS CA'))",
        "RACDCERT ID(TCPCS) CONNECT(LABEL('OTHER') RING(TLSRING))",
    )


def shown_to(server, made, name):
    """The common name of the certificate that a client sees who asks for a host name (None: for none)."""
    client = ftplib.FTP_TLS(context=made)
    client.connect(*server.address, timeout=20)
    client.voidcmd("AUTH TLS")
    client.sock = made.wrap_socket(client.sock, server_hostname=name)
    subject = dict(pair for row in client.sock.getpeercert()["subject"] for pair in row)
    client.sock.close()
    return subject["commonName"]


SUITES = "V3CipherSuites4Char C030C02C"
BOTH = SERVER_4021.replace("V3CipherSuites                  TLS_RSA_WITH_AES_256_CBC_SHA", SUITES)


@pytest.mark.parametrize("separator", [" ", ",", "/"])
def test_page_68_serverhandshakesni_chooses_the_certificate_by_the_host_name(serve, certificates, second_certificate, separator):
    names = f"ServerHandshakeSNIList other.example.com{separator}OTHER"
    server = serve(PAGE_37, BOTH.replace(CONTROLLED, f"{CONTROLLED}\n    ServerHandshakeSNI Optional\n    {names}"))

    assert shown_to(server, context(certificates), "other.example.com") == "other.example.com"
    assert shown_to(server, context(certificates), "mvs098.tcp.raleigh.ibm.com") == "MVS098 Server Certificate"
    assert shown_to(server, context(certificates), None) == "MVS098 Server Certificate"


def test_page_68_serverhandshakesni_off_does_not_look_at_the_name(serve, certificates, second_certificate):
    server = serve(PAGE_37, BOTH.replace(CONTROLLED, f"{CONTROLLED}\n    ServerHandshakeSNIList other.example.com OTHER"))

    assert shown_to(server, context(certificates), "other.example.com") == "MVS098 Server Certificate"


def test_page_68_serverhandshakesni_required_wants_a_name_and_match_one_that_is_listed(serve, certificates):
    listed = "ServerHandshakeSNIList mvs098.tcp.raleigh.ibm.com"
    server = serve(PAGE_37, connection("ServerHandshakeSNI Required", "ServerHandshakeSNIMatch Required", listed))

    assert shown_to(server, context(certificates), "MVS098.tcp.raleigh.ibm.com") == "MVS098 Server Certificate"
    for name in (None, "other.example.com"):
        with pytest.raises(FAILURES):
            shown_to(server, context(certificates), name)
    assert "RC:  410" in told(server, "EZD1286I")


def test_page_68_several_labels_serve_clients_of_either_algorithm(serve, certificates, second_certificate):
    labels = "ServerCertificateLabel ABCTLS TCPSEVR\n    ServerCertificateLabel OTHER"
    server = serve(PAGE_37, BOTH.replace(CONTROLLED, f"{CONTROLLED}\n    {labels}"))

    for suite, name in (
        ("ECDHE-RSA-AES256-GCM-SHA384", "MVS098 Server Certificate"),
        ("ECDHE-ECDSA-AES256-GCM-SHA384", "other.example.com"),
    ):
        made = context(certificates)
        made.set_ciphers(f"{suite}:@SECLEVEL=0")
        assert shown_to(server, made, None) == name


def test_page_68_a_certificate_without_trust_is_not_shown_for_its_label(serve, certificates, second_certificate):
    server = serve(PAGE_37, connection("CertificateLabel OTHER"))
    saf = server.saf
    assert saf.command(saf.operator(), "RACDCERT ID(TCPCS) ALTER(LABEL('OTHER')) NOTRUST").rc == 0

    with pytest.raises(ftplib.error_temp, match="431"):
        secured(server, context(certificates))


@pytest.mark.clients
@pytest.mark.parametrize(
    ("size", "bits"),
    [("ServerEDHGroupSize 2048", 2048), ("ServerEDHGroupSize Legacy", 1024), ("ServerEDHGroupSize Match", 1024), ("", 2048)],
)
def test_page_68_the_ephemeral_group_has_the_size_of_the_policy(serve, openssl, size, bits):
    """The certificate of page 34 has 1024 bits."""
    server = serve(PAGE_37, environment(size, suites="TLS_DHE_RSA_WITH_AES_256_CBC_SHA"))

    _, shown = s_client(server)

    assert f"Server Temp Key: DH, {bits} bits" in shown


@pytest.mark.clients
@pytest.mark.parametrize(("group", "key"), [("0024", "ECDH, secp384r1"), ("secp521r1", "ECDH, secp521r1"), ("0029", "X25519")])
def test_page_68_the_groups_of_the_policy_are_used(serve, openssl, group, key):
    policy = environment(
        f"ServerKeyShareGroups {group}",
        f"ServerKexECurves {group}",
        kind="TTLSSignatureParms",
        suites="TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
    )
    _, shown = s_client(serve(PAGE_37, policy), "-groups", "X25519:P-256:P-384:P-521")

    assert f"Server Temp Key: {key}" in shown


@pytest.mark.parametrize(("version", "spoken"), [("TLSv1", True), ("TLSv1_1", False), ("TLSv1_2", True)])
def test_page_68_a_protocol_between_two_others_may_be_off(serve, certificates, version, spoken):
    server = serve(PAGE_37, environment("TLSv1 On", "TLSv1.1 Off", "TLSv1.2 On"))
    made = context(certificates)
    made.minimum_version = made.maximum_version = ssl.TLSVersion[version]

    if spoken:
        secured(server, made).close()
    else:
        with pytest.raises(FAILURES):
            secured(server, made)


@pytest.mark.parametrize(("mode", "taken"), [("Any", True), ("RFC2459", True), ("RFC5280", False)])
def test_page_68_certvalidationmode_rfc5280_is_strict(serve, certificates, openssl, mode, taken):
    """Of a chain whose root's basic constraints are not critical RFC 5280 4.2.1.9 disapproves."""
    write = (openssl.folder / "loose.cnf").write_text
    write("[ca]\nbasicConstraints=CA:TRUE\nsubjectKeyIdentifier=hash\n[ee]\nbasicConstraints=CA:FALSE\n")
    openssl("genrsa", "-out", "r.key", "2048")
    openssl("req", "-new", "-key", "r.key", "-subj", "/CN=Loose", "-out", "r.csr")
    openssl(
        "x509",
        "-req",
        "-in",
        "r.csr",
        "-signkey",
        "r.key",
        "-days",
        "9",
        "-extfile",
        "loose.cnf",
        "-extensions",
        "ca",
        "-out",
        "r.pem",
    )
    openssl("genrsa", "-out", "u.key", "2048")
    openssl("req", "-new", "-key", "u.key", "-subj", "/CN=Loose user", "-out", "u.csr")
    signed = ("-CA", "r.pem", "-CAkey", "r.key", "-days", "9", "-extfile", "loose.cnf", "-extensions", "ee")
    openssl("x509", "-req", "-in", "u.csr", *signed, "-out", "u.pem")
    policy = SERVER_4121.replace("ClientAuthType SAFCheck", f"ClientAuthType Required\n    CertValidationMode {mode}")
    server = serve(PAGE_64.replace("VERIFY_USER", "NO_CLIENT_AUTH"), policy)
    datasets = Datasets({"X.ROOT": (openssl.folder / "r.pem").read_bytes()})
    saf = server.saf
    for command in (
        "RACDCERT CERTAUTH ADD('X.ROOT') TRUST WITHLABEL('LOOSE')",
        "RACDCERT ID(TCPCS) CONNECT(CERTAUTH LABEL('LOOSE') RING(TLSRING))",
    ):
        assert saf.command(saf.operator(), command, datasets).rc in (0, 4)
    made = context(certificates)
    made.load_cert_chain(openssl.folder / "u.pem", openssl.folder / "u.key")

    if taken:
        secured(server, made).close()
    else:
        with pytest.raises(FAILURES):
            secured(server, made).login("USER1", "SECRET")


def test_page_68_handshaketimeout_limits_the_whole_handshake_and_0_does_not(serve, certificates):
    server = serve(PAGE_37, connection("HandshakeTimeout 1"))
    client = ftplib.FTP()
    client.connect(*server.address, timeout=20)
    client.voidcmd("AUTH TLS")
    begin = time.monotonic()
    with pytest.raises((EOFError, OSError, ftplib.Error)):
        client.getresp()
    assert 0.5 < time.monotonic() - begin < 8
    assert "RC: 5003" in told(server, "EZD1286I")

    secured(serve(PAGE_37, connection("HandshakeTimeout 0")), context(certificates)).quit()


@pytest.mark.clients
@pytest.mark.parametrize(
    ("statement", "reused"), [("", True), ("GSK_V3_SIDCACHE_SIZE 0", False), ("GSK_V3_SESSION_TIMEOUT 0", False)]
)
def test_page_68_a_cache_of_no_size_or_time_resumes_no_session(serve, openssl, statement, reused):
    server = serve(PAGE_37, environment(statement, kind="TTLSGskAdvancedParms"))
    kept = openssl.folder / "session"

    s_client(server, "-sess_out", kept)
    _, again = s_client(server, "-sess_in", kept)

    assert ("Reused, " in again) == reused


@pytest.mark.clients
@pytest.mark.parametrize(("value", "begun"), [("Default", False), ("Disabled", False), ("Abbreviated", False), ("All", True)])
def test_page_68_renegotiation_by_a_client_is_refused_unless_the_policy_says_all(serve, value, begun):
    server = serve(PAGE_37, environment(f"Renegotiation {value}"))
    command = ["openssl", "s_client", "-connect", f"127.0.0.1:{server.address[1]}", "-starttls", "ftp", "-tls1_2", "-crlf"]
    with subprocess.Popen(
        [*command, "-cipher", "ALL:@SECLEVEL=0"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        for line in (b"R\n", b"NOOP\n"):
            time.sleep(1)
            with suppress(BrokenPipeError):  # the server's refusal ends openssl
                process.stdin.write(line)
                process.stdin.flush()
        time.sleep(1)
        with suppress(BrokenPipeError):
            process.stdin.close()
        shown = process.stdout.read().decode()

    assert "RENEGOTIATING" in shown
    assert ("200 OK" in shown) == begun
    assert ("no renegotiation" in shown) != begun


@pytest.mark.parametrize("profile", ["128", "128Min", "192", "All"])
def test_page_68_a_suite_b_profile_leaves_its_own_suites_only(serve, certificates, second_certificate, profile):
    policy = connection("CertificateLabel OTHER").replace(
        "HandshakeRole                   Server\n  Env", f"HandshakeRole Server\n  SuiteBProfile {profile}\n  Env"
    )
    assert "SuiteB" in policy
    server = serve(PAGE_37, policy)

    client = secured(server, context(certificates))

    assert client.sock.cipher()[0].startswith("ECDHE-ECDSA-AES") and client.sock.version() == "TLSv1.2"
    client.quit()


@pytest.mark.parametrize("statement", ["TruncatedHMAC", "ClientMaxSSLFragment", "ServerMaxSSLFragment"])
def test_page_68_an_extension_that_must_be_there_and_that_no_library_has_is_refused(statement):
    from zftpd.attls.errors import PolicyError
    from zftpd.attls.policy import read

    with pytest.raises(PolicyError, match="no current TLS library offers it"):
        read(connection(f"{statement} Required"))
    read(connection(f"{statement} Optional"))


def test_page_68_trace_says_what_is_told(serve, certificates):
    """Page 68 has Trace 7: errors in both places, and information."""
    server = serve(PAGE_37, SERVER_4021)
    secured(server, context(certificates)).close()
    line = told(server, "EZD1281I")
    assert "STATUS: Appl Control RULE: ABC_FTP_4021~1 ACTIONS: gAct1 eAct1~ABC_FTP_4021 cAct1~ABC_FTP_4021" in line

    silent = serve(PAGE_37, SERVER_4021.replace("Trace                           7", "Trace 0"))
    made = context(certificates)
    made.set_ciphers("AES128-SHA:@SECLEVEL=0")
    with pytest.raises(FAILURES):
        secured(silent, made)
    assert told(silent, "TLS handshake failed") and not [line for line in silent.said if "EZD12" in line]


@pytest.mark.clients
def test_page_68_a_handshake_that_fails_beneath_a_basic_application_is_told_by_at_tls_alone(serve):
    server = serve(PAGE_37, SERVER_4021.replace("ApplicationControlled         On", "ApplicationControlled Off"))

    s_client(server, "-cipher", "AES128-SHA:@SECLEVEL=0", starttls=False)

    assert "RC:  402" in told(server, "EZD1286I")
    assert not [line for line in server.said if "Traceback" in line or "TLS handshake failed" in line]


@pytest.mark.parametrize(("minimum", "taken"), [("", False), ("PeerMinRsaKeySize 1024", True)])
def test_page_68_a_client_key_of_1024_bits_is_taken_when_the_policy_itself_says_so(
    serve, certificates, strong_ring, minimum, taken
):
    """z/OS takes it unless FIPS or policy forbid; a TLS library of today does not unless somebody asked for it."""
    policy = SERVER_4121.replace("ClientAuthType SAFCheck", f"ClientAuthType Required\n    {minimum}").replace(
        "TLSRING", "STRONG"
    )
    server = serve(PAGE_64.replace("VERIFY_USER", "NO_CLIENT_AUTH"), "\n".join(
        line for line in policy.splitlines() if line.split()[:1] not in (["SSLv3"], ["TLSv1"], ["TLSv1.1"])
    ))  # fmt: skip
    made = context(certificates)
    made.load_verify_locations(str(certificates / "strong.pem"))
    made.load_cert_chain(str(certificates / "weak.pem"))

    if taken:
        secured(server, made).close()
    else:
        with pytest.raises(FAILURES):
            secured(server, made).login("USER1", "SECRET")
        assert "RC:    8" in told(server, "EZD1286I")


@pytest.fixture
def strong_ring(certificates):
    """A ring whose certificates all have 2048 bits, and a user's certificate of 1024 bits by the same authority."""
    until = "NOTAFTER(DATE(2039-12-31))"
    (entry, *_), datasets = carried_out(
        certificates,
        f"RACDCERT CERTAUTH GENCERT SUBJECTSDN(CN('Strong')) SIZE(2048) KEYUSAGE(CERTSIGN) WITHLABEL('STRONG CA') {until}",
        f"RACDCERT ID(TCPCS) GENCERT SUBJECTSDN(CN('S')) SIZE(2048) WITHLABEL('S') {until} SIGNWITH(CERTAUTH LABEL('STRONG CA'))",
        f"RACDCERT ID(USER1) GENCERT SUBJECTSDN(CN('W')) SIZE(1024) WITHLABEL('W') {until} SIGNWITH(CERTAUTH LABEL('STRONG CA'))",
        "RACDCERT ID(TCPCS) ADDRING(STRONG)",
        "RACDCERT ID(TCPCS) CONNECT(CERTAUTH LABEL('STRONG CA') RING(STRONG))",
        "RACDCERT ID(TCPCS) CONNECT(LABEL('S') RING(STRONG) DEFAULT)",
        "RACDCERT ID(USER1) ADDRING(WEAK)",
        "RACDCERT ID(USER1) CONNECT(LABEL('W') RING(WEAK))",
        "RACDCERT CERTAUTH EXPORT(LABEL('STRONG CA')) DSN('X.STRONG')",
    )
    (certificates / "strong.pem").write_bytes(datasets["X.STRONG"])
    (certificates / "weak.pem").write_bytes(entry.key_pem + entry.cert_pem)
