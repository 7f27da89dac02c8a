"""Certificate packages in data sets: PEM, DER, PKCS#7 and PKCS#12, read whatever they are and written as asked.

Source: [RACFCL RACDCERT ADD] "supported formats"; [RACDCERT EXPORT] FORMAT. A private key in a PEM file is ignored, as the
source document says on page 71.
Rules: pure. Text may be ASCII or EBCDIC, in lines or in fixed records without line ends: only the characters between the two
borders count.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs7, pkcs12

FORMATS = ("CERTB64", "CERTDER", "PKCS7B64", "PKCS7DER", "PKCS12B64", "PKCS12DER")
_PEM = re.compile(r"-----BEGIN ([A-Z0-9 #]+)-----(.*?)-----END \1-----", re.DOTALL)
_LINE = 64
_ASN1_SEQUENCE = 0x30
# Letters, digits and the signs of base64 are the same in all EBCDIC code pages for Latin-1.
_EBCDIC = "cp037"


@dataclass(frozen=True)
class Package:
    """What a data set held: the certificate meant, others of its chain, and its private key where a PKCS#12 package has one."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()
    key: object | None = None
    request: x509.CertificateSigningRequest | None = None


class NotACertificate(ValueError):
    """The contents are none of the formats."""


class WrongPassword(ValueError):
    """The password of a PKCS#12 package is missing or wrong."""


def read(contents: bytes, password: str | None = None) -> Package:
    """Return what a data set holds. Raises: NotACertificate, WrongPassword."""
    kind, der = _decoded(contents)
    if password is not None or kind in ("PKCS12", ""):
        package = _pkcs12(der, password)
        if package is not None:
            return package
    try:
        return Package(x509.load_der_x509_certificate(der))
    except ValueError:
        pass
    try:
        found = pkcs7.load_der_pkcs7_certificates(der)
    except (ValueError, UnsupportedAlgorithm):
        raise NotACertificate from None
    if not found:
        raise NotACertificate
    end = _end_of_chain(found)
    return Package(end, tuple(certificate for certificate in found if certificate is not end))


def read_request(contents: bytes) -> x509.CertificateSigningRequest:
    """Return the certificate request in a data set. Raises: NotACertificate."""
    try:
        request = x509.load_der_x509_csr(_decoded(contents)[1])
    except ValueError:
        raise NotACertificate from None
    if not request.is_signature_valid:
        raise NotACertificate
    return request


def _decoded(contents: bytes) -> tuple[str, bytes]:
    """Return what the PEM border says ("" for binary) and the DER bytes."""
    if contents[:1] == bytes([_ASN1_SEQUENCE]) and b"-----BEGIN" not in contents:
        return "", _trimmed(contents)
    for codec in ("ascii", _EBCDIC):
        text = contents.decode(codec, "replace")
        blocks = [(kind, body) for kind, body in _PEM.findall(text) if "PRIVATE KEY" not in kind]
        chosen = next((block for block in blocks if "PKCS" in block[0]), blocks[0] if blocks else None)
        if chosen:
            return ("PKCS12" if chosen[0] == "PKCS12" else "PEM"), _base64(chosen[1])
    # RACF's own PKCS12B64 has no borders.
    for codec in ("ascii", _EBCDIC):
        text = re.sub(r"\s", "", contents.decode(codec, "replace"))
        if re.fullmatch(r"[A-Za-z0-9+/]{40,}={0,2}", text):
            return "", _base64(text)
    raise NotACertificate


def _base64(text: str) -> bytes:
    # Header lines of a PEM block (`Bag Attributes`, `Proc-Type: 4,ENCRYPTED`) end with an empty line.
    text = re.sub(r"^(?:[^\n]*: [^\n]*\n)+\n", "", text.lstrip("\r\n"))
    try:
        return base64.b64decode(re.sub(r"\s", "", text), validate=True)
    except (binascii.Error, ValueError):
        raise NotACertificate from None


def _trimmed(der: bytes) -> bytes:
    """Return the first ASN.1 value: fixed records leave padding after it."""
    if len(der) < 2:
        raise NotACertificate
    size = der[1]
    if size < 0x80:
        return der[: 2 + size]
    count = size & 0x7F
    if not 1 <= count <= 4:
        return der  # indefinite length: PKCS#12 by some programs
    return der[: 2 + count + int.from_bytes(der[2 : 2 + count])]


def _pkcs12(der: bytes, password: str | None) -> Package | None:
    try:
        x509.load_der_x509_certificate(der)
        return None
    except ValueError:
        pass
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(der, None if password is None else password.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        if "assword" in str(error) or "mac" in str(error).lower():
            raise WrongPassword from None
        return None
    if certificate is None:
        raise NotACertificate
    return Package(certificate, tuple(others), key)


def _end_of_chain(found: list[x509.Certificate]) -> x509.Certificate:
    issuers = {certificate.issuer for certificate in found if certificate.issuer != certificate.subject}
    ends = [certificate for certificate in found if certificate.subject not in issuers]
    return ends[0] if ends else found[0]


def is_text(form: str) -> bool:
    """Tell whether a format is written as text."""
    return form.endswith("B64")


def write(form: str, chain: list[x509.Certificate], key: object | None, label: str, password: str) -> bytes:
    """Return the contents of a data set in a format; `chain` begins with the certificate meant."""
    if form in ("CERTB64", "CERTDER"):
        der = chain[0].public_bytes(Encoding.DER)
        return der if form == "CERTDER" else _bordered(der, "CERTIFICATE")
    if form in ("PKCS7B64", "PKCS7DER"):
        der = pkcs7.serialize_certificates(chain, Encoding.DER)
        return der if form == "PKCS7DER" else _bordered(der, "PKCS7")
    encryption = BestAvailableEncryption(password.encode())
    der = pkcs12.serialize_key_and_certificates(label.encode(), key, chain[0], chain[1:], encryption)  # type: ignore[arg-type]
    return der if form == "PKCS12DER" else _lines(der)


def write_request(request: x509.CertificateSigningRequest) -> bytes:
    """Return a certificate request as text, with the borders that RACF writes."""
    return _bordered(request.public_bytes(Encoding.DER), "NEW CERTIFICATE REQUEST")


def _bordered(der: bytes, title: str) -> bytes:
    return b"-----BEGIN %b-----\n%b-----END %b-----\n" % (title.encode(), _lines(der), title.encode())


def _lines(der: bytes) -> bytes:
    text = base64.b64encode(der)
    return b"".join(text[at : at + _LINE] + b"\n" for at in range(0, len(text), _LINE))
