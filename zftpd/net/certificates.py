"""A certificate for a server that was given none: self-signed, made at first start and kept beside the store.

Source: RFC 5280; the source document's own first configuration also begins with a self-signed certificate.
Rules: the key file is readable by its owner only. A certificate is made anew when it is about to expire.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

VALID_DAYS = 825
RENEW_DAYS = 30
FILE, RSA_FILE = "zftpd-selfsigned.pem", "zftpd-selfsigned-rsa.pem"
RSA_BITS = 2048


def self_signed(hostname: str, now: Callable[[], datetime], folder: Path | None, *, rsa: bool = False) -> tuple[str, str]:
    """Return certificate and private key in PEM, those of `folder` when they are still good; `rsa`: for suites that need it."""
    kept = folder / (RSA_FILE if rsa else FILE) if folder is not None else None
    if kept is not None and kept.is_file():
        pair = _split(kept.read_text())
        if pair is not None and _is_good(pair[0], now()):
            return pair
    certificate, key = _made(hostname, now(), rsa=rsa)
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside = kept.with_suffix(f".{os.getpid()}")
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(key + certificate)
        beside.replace(kept)
    return certificate, key


def _split(pem: str) -> tuple[str, str] | None:
    """Return certificate and key of a PEM text that holds the key first."""
    at = pem.find("-----BEGIN CERTIFICATE-----")
    return (pem[at:], pem[:at]) if at > 0 else None


def _is_good(certificate: str, now: datetime) -> bool:
    from cryptography import x509

    try:
        expires = x509.load_pem_x509_certificate(certificate.encode()).not_valid_after_utc
    except ValueError:
        return False
    return expires - now > timedelta(days=RENEW_DAYS)


def _made(hostname: str, now: datetime, *, rsa: bool) -> tuple[str, str]:
    """Return a new certificate and its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
    from cryptography.x509.oid import NameOID

    key = generate_private_key(65537, RSA_BITS) if rsa else ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hostname[:64] or "localhost")])
    alternatives: list[x509.GeneralName] = [x509.DNSName(each) for each in dict.fromkeys((hostname or "localhost", "localhost"))]
    alternatives += [x509.IPAddress(ipaddress.ip_address(each)) for each in ("127.0.0.1", "::1")]
    start = now.astimezone(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start - timedelta(days=1))
        .not_valid_after(start + timedelta(days=VALID_DAYS))
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return certificate.public_bytes(serialization.Encoding.PEM).decode(), pem.decode()
