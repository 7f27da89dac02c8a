"""Page 58: the three levels of client authentication, as far as RACF answers: the certificate's user, and the port's profile."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificate

from saf import Access
from saf.errors import CertificateRefused


@pytest.fixture
def certificate(with_ca):
    """USER1's certificate, signed by the installation's authority, in DER."""
    with_ca("RACDCERT ID(USER1) GENCERT SUBJECTSDN(CN('USER1') O('IBM')) WITHLABEL('C') SIGNWITH(CERTAUTH LABEL('ABCTLS CA'))")
    with_ca("RACDCERT ID(USER1) EXPORT(LABEL('C')) DSN('USER1.C') FORMAT(CERTDER)")
    return with_ca.datasets["USER1.C"]


def test_level_2_a_registered_certificate_stands_for_its_user(with_ca, certificate):
    assert with_ca.saf.verify_certificate(certificate).userid == "USER1"


def test_level_2_a_certificate_that_racf_does_not_know_is_refused(with_ca, certificate):
    with_ca("RACDCERT ID(USER1) DELETE(LABEL('C'))")

    with pytest.raises(CertificateRefused, match="not-mapped"):
        with_ca.saf.verify_certificate(certificate)


def test_level_2_a_name_filter_maps_certificates_that_were_never_added(with_ca, certificate):
    with_ca("RACDCERT ID(USER1) DELETE(LABEL('C'))")
    with_ca("RACDCERT ID(TCP) MAP SDNFILTER('O=IBM') WITHLABEL('all of IBM')")
    assert with_ca.saf.verify_certificate(certificate).userid == "TCP"

    with_ca("RACDCERT ID(USER1) MAP SDNFILTER('CN=USER1.O=IBM') WITHLABEL('the one')")

    assert with_ca.saf.verify_certificate(certificate).userid == "USER1"


def test_level_2_a_certificate_without_trust_is_refused(with_ca, certificate):
    with_ca("RACDCERT ID(USER1) ALTER(LABEL('C')) NOTRUST")

    with pytest.raises(CertificateRefused, match="not-trusted"):
        with_ca.saf.verify_certificate(certificate)


def test_level_2_an_expired_certificate_is_refused(with_ca, certificate):
    with_ca.at(days=366)

    with pytest.raises(CertificateRefused, match="expired"):
        with_ca.saf.verify_certificate(certificate)


def test_level_3_the_user_needs_the_profile_of_this_very_server(with_ca, certificate):
    resource = "EZB.FTP.MVS098.FTPABC1.PORT4121"
    with_ca(f"RDEFINE SERVAUTH {resource} UACC(NONE)")
    acee = with_ca.saf.verify_certificate(certificate)
    assert not with_ca.saf.auth(acee, "SERVAUTH", resource, Access.READ).allowed

    with_ca(f"PERMIT {resource} CLASS(SERVAUTH) ID(USER1) ACCESS(READ)")

    assert with_ca.saf.auth(acee, "SERVAUTH", resource, Access.READ).allowed


def test_what_is_no_certificate_is_refused(with_ca):
    with pytest.raises(CertificateRefused, match="unreadable"):
        with_ca.saf.verify_certificate(b"nonsense")


def test_load_of_the_exported_certificate_is_the_same(certificate, openssl):
    (openssl.folder / "c.der").write_bytes(certificate)
    pem = openssl("x509", "-inform", "DER", "-in", "c.der").encode()

    assert load_pem_x509_certificate(pem).public_bytes(Encoding.DER) == certificate
