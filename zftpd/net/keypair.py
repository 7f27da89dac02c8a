"""Certificates and keys in PEM on their way into a TLS context: the chain to show, the pair to load, how strong they are.

Source: RFC 5246 7.4.2: each certificate of a chain certifies the one before it, and strict peers refuse any other.
Rules: OpenSSL refuses keys below its own measure (STRONG_KEY_BITS), as the 1024 bits of the source document, unless the
installation put them into the ring that it named, or its policy names such a size.
"""

from __future__ import annotations

import os
import ssl
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from zftpd.attls.strength import STRONG_KEY_BITS

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_LONGEST_CHAIN = 10


def load_pair(context: ssl.SSLContext, certificates: str, key: str) -> None:
    """Load a certificate, its chain and its key; the library reads files only, so they lie in a private one for a moment.

    Raises ssl.SSLError for what is no certificate or key.
    """
    handle, name = tempfile.mkstemp(prefix="zftpd-", suffix=".pem")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(f"{key.rstrip()}\n{certificates}")
        context.load_cert_chain(name)
    finally:
        Path(name).unlink()


def is_weak(pem: str) -> bool:
    """Tell whether any of the certificates has an RSA key too short for OpenSSL's own taste; what cannot be read has none."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    try:
        keys = [each.public_key() for each in x509.load_pem_x509_certificates(pem.encode())]
    except ValueError:
        return False
    return any(isinstance(key, RSAPublicKey) and key.key_size < STRONG_KEY_BITS for key in keys)


def chain_of(certificate: bytes, authorities: Iterable[bytes]) -> list[bytes]:
    """Return a certificate and, of the authorities, those that certify it, up to the root; all in PEM."""
    from cryptography import x509

    known = [(x509.load_pem_x509_certificate(pem), pem) for pem in authorities]
    last, chain = x509.load_pem_x509_certificate(certificate), [certificate]
    while len(chain) < _LONGEST_CHAIN and last.issuer != last.subject:
        found = next(((each, pem) for each, pem in known if _certifies(each, last)), None)
        if found is None:
            break
        last, pem = found
        chain.append(pem)
    return chain


def _certifies(issuer: Certificate, subject: Certificate) -> bool:
    try:
        subject.verify_directly_issued_by(issuer)
    except Exception:  # (another name, another key, an algorithm of long ago: it is not the issuer)
        return False
    return True


def rsa_bits(pem: str) -> int:
    """Return the length of the RSA key of the first certificate; another algorithm's counts as strong."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    key = x509.load_pem_x509_certificate(pem.encode()).public_key()
    return key.key_size if isinstance(key, RSAPublicKey) else STRONG_KEY_BITS
