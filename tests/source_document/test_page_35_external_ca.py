"""Page 35: have an external certificate authority sign the server certificate."""

from __future__ import annotations

SERVER = """RACDCERT ID(TCPCS) GENCERT +
SUBJECTSDN( +
  CN('MVS098 Server Certificate') +
  OU('/Z/OS CS VIR11', 'ENS', 'AIM', 'SWG') +
  O('IBM') +
  L('Raleigh') +
  SP('NC') +
  C('US')) +
SIZE(1024) +
NOTBEFORE(DATE(2010-02-01)) +
NOTAFTER(DATE(2020-12-31)) +
WITHLABEL('ABCTLS TCPSEVR') +
KEYUSAGE(HANDSHAKE DATAENCRYPT DOCSIGN) +
ALTNAME( +
  DOMAIN('mvs098.tcp.raleigh.ibm.com'))"""
REQUEST = """RACDCERT ID(TCPCS) GENREQ(LABEL('ABCTLS TCPSEVR')) +
DSN('USER1.PKTEST.SERVERS.REQ')"""
ADD = """RACDCERT ID(TCPCS) +
ADD('USER1.PKTEST.SERVERS.CRT') +
TRUST +
WITHLABEL('ABCTLS TCPSEVR')"""


def signed_by_external_ca(openssl, request):
    """What openssl, as the external authority, answers to a request; its own certificate lies in ca.pem."""
    (openssl.folder / "server.req").write_bytes(request)
    openssl(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
        "-subj",
        "/CN=External CA",
        "-days",
        "9999",
    )
    (openssl.folder / "ext").write_text("subjectAltName=DNS:mvs098.tcp.raleigh.ibm.com\n")
    arguments = ["-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", "77", "-days", "999", "-extfile", "ext"]
    openssl("x509", "-req", "-in", "server.req", "-out", "server.crt", *arguments)
    return (openssl.folder / "server.crt").read_bytes()


def test_openssl_accepts_the_request(racf, openssl):
    racf(SERVER)
    racf(REQUEST)
    request = racf.datasets["USER1.PKTEST.SERVERS.REQ"]
    (openssl.folder / "server.req").write_bytes(request)

    text = openssl("req", "-in", "server.req", "-noout", "-verify", "-text")

    assert request.startswith(b"-----BEGIN NEW CERTIFICATE REQUEST-----\n")
    assert "CN = MVS098 Server Certificate" in text and "DNS:mvs098.tcp.raleigh.ibm.com" in text


def test_the_answer_takes_the_place_of_the_self_signed_certificate_and_keeps_key_label_and_rings(racf, openssl):
    racf(SERVER)
    racf("RACDCERT ID(TCPCS) ADDRING(TLSRING)")
    racf("RACDCERT ID(TCPCS) CONNECT(LABEL('ABCTLS TCPSEVR') RING(TLSRING) DEFAULT)")
    racf(REQUEST)
    racf.datasets["USER1.PKTEST.SERVERS.CRT"] = signed_by_external_ca(openssl, racf.datasets["USER1.PKTEST.SERVERS.REQ"])

    lines = racf(ADD)

    assert lines == ["IRRD119I Certificate Authority not currently defined to RACF. Certificate added with TRUST status."]
    shown = racf("RACDCERT ID(TCPCS) LIST(LABEL('ABCTLS TCPSEVR'))")
    assert "       >CN=External CA<" in shown and "  Private Key: YES" in shown and "       >TLSRING<" in shown
    entry = racf.saf.keyring("TCPCS", "TLSRING").default
    assert entry.label == "ABCTLS TCPSEVR" and entry.key_pem


def test_when_the_root_was_added_before_nothing_is_to_be_said(racf, openssl):
    """If not already there, the authority's root certificate has to be added as well."""
    racf(SERVER)
    racf(REQUEST)
    racf.datasets["USER1.PKTEST.SERVERS.CRT"] = signed_by_external_ca(openssl, racf.datasets["USER1.PKTEST.SERVERS.REQ"])
    racf.datasets["USER1.ROOT"] = (openssl.folder / "ca.pem").read_bytes()
    racf.moment = racf.moment.replace(year=2026, month=11, day=30)

    racf("RACDCERT CERTAUTH ADD('USER1.ROOT') TRUST WITHLABEL('External root')")

    assert "IRRD119I" not in "".join(racf(ADD))
