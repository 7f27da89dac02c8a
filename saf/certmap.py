"""Which user a client's certificate stands for.

Source: [RACFSAG] "Certificate name filtering": a certificate that a user owns is that user's; otherwise the filter that names
most of it decides: subject and issuer, then subject, then issuer, each the more the better.
"""

from __future__ import annotations

from cryptography import x509
from sqlalchemy import select

from saf.context import Context
from saf.digtcert import certificate, dnames
from saf.digtcert.certificate import CERTAUTH, SITE
from saf.errors import CertificateRefused
from saf.schema import NAME_FILTERS


def userid_of(context: Context, der: bytes) -> str:
    """Return the user ID that a certificate stands for. Raises: CertificateRefused."""
    try:
        presented = x509.load_der_x509_certificate(der)
    except ValueError:
        raise CertificateRefused("unreadable") from None
    subject, issuer = dnames.text(presented.subject), dnames.text(presented.issuer)

    def refused(reason: str) -> CertificateRefused:
        return CertificateRefused(reason, subject, issuer, certificate.serial_text(presented))

    now = context.now()
    if not presented.not_valid_before_utc <= now <= presented.not_valid_after_utc:
        raise refused("expired")
    with context.database.read() as tables:
        owned = [
            one
            for one in certificate.find(tables, hashed=certificate.fingerprint(presented))
            if one.owner not in (CERTAUTH, SITE)
        ]
        if owned:
            if owned[0].trust == "NOTRUST":
                raise refused("not-trusted")
            return owned[0].owner
        rows = tables.sql.execute(select(NAME_FILTERS)).mappings().all()
    fitting = [
        row
        for row in rows
        if dnames.is_part_of(row["subject_filter"], subject) and dnames.is_part_of(row["issuer_filter"], issuer)
    ]
    if not fitting:
        raise refused("not-mapped")
    best = max(fitting, key=lambda row: _weight(row["subject_filter"], row["issuer_filter"]))
    if best["trust"] == "NOTRUST":
        raise refused("not-trusted")
    return str(best["owner"])


def _weight(subject: str, issuer: str) -> tuple[int, int, int]:
    kind = 2 * bool(subject) + bool(issuer)
    return kind, len(subject), len(issuer)
