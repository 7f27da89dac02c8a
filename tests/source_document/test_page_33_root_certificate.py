"""Page 33: create a self-signed root certificate."""

from __future__ import annotations

from tests.racfworld import ROOT_CERTIFICATE


def test_the_command_as_printed_makes_a_certificate_authority(with_ca, openssl):
    lines = with_ca("RACDCERT CERTAUTH LIST(LABEL('ABCTLS CA'))")

    assert lines[0] == "Digital certificate information for CERTAUTH:"
    for line in ("Label: ABCTLS CA", "Status: TRUST", "Key Usage: CERTSIGN", "Key Size: 1024", "Private Key: YES"):
        assert f"  {line}" in lines
    assert "  Start Date: 2010/02/01 00:00:00" in lines
    assert "  End Date:   2020/12/31 23:59:59" in lines
    assert "    Domain: mvs098.tcp.raleigh.ibm.com" in lines
    name = "".join(line.strip(" ><") for line in lines[lines.index("  Subject's Name:") + 1 :][:2])
    assert name == "CN=MVS098 Certificate Authority.OU=Z/OS CS V1R11.OU=ENS.OU=AIM.OU=SWG.O=IBM.L=raleigh.SP=NC.C=US"


def test_openssl_reads_it_as_a_self_signed_authority(with_ca, openssl):
    with_ca("RACDCERT CERTAUTH EXPORT(LABEL('ABCTLS CA')) DSN('USER1.CA.DER') FORMAT(CERTDER)")
    (openssl.folder / "ca.der").write_bytes(with_ca.datasets["USER1.CA.DER"])

    text = openssl("x509", "-inform", "DER", "-in", "ca.der", "-noout", "-text", "-nameopt", "RFC2253")

    assert "CA:TRUE" in text
    assert "Certificate Sign, CRL Sign" in text
    assert "DNS:mvs098.tcp.raleigh.ibm.com" in text
    name = "CN=MVS098 Certificate Authority,OU=Z/OS CS V1R11,OU=ENS,OU=AIM,OU=SWG,O=IBM,L=raleigh,ST=NC,C=US"
    assert f"Issuer: {name}" in text and f"Subject: {name}" in text


def test_an_expired_certificate_is_not_trusted(racf):
    """The page's own warning: it can become a nightmare when these things expire."""
    racf.at(days=365 * 12)

    lines = racf(ROOT_CERTIFICATE)

    told = "IRRD113I The certificate that you are creating has an incorrect date range."
    assert lines == [f"{told} The certificate is added with NOTRUST status."]
