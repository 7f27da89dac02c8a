"""A stored certificate and where it is kept: the DIGTCERT profiles.

Rules: owner is a user ID, or `irrcerta` for CERTAUTH, `irrsitec` for SITE, as in RACF's database. Label is unique per owner;
issuer and serial number are unique in all.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import RowMapping

from saf.database import Change, Tables
from saf.digtcert import dnames
from saf.schema import CERTIFICATES, RING_ENTRIES, RINGS

CERTAUTH = "irrcerta"
SITE = "irrsitec"
_PSEUDO = {CERTAUTH: "CERTAUTH", SITE: "SITE"}
LABEL_MAX = 32


def whose(owner: str) -> str:
    """Return an owner as messages and displays name it: `CERTAUTH`, `SITE` or `user USER1`."""
    return _PSEUDO.get(owner, f"user {owner}")


def owner_shown(owner: str) -> str:
    """Return an owner as LISTRING shows it: `CERTAUTH`, `SITE` or `ID(USER1)`."""
    return _PSEUDO.get(owner, f"ID({owner})")


def owner_named(owner: str) -> str:
    """Return an owner as the network side sees it: `CERTAUTH`, `SITE` or the user ID."""
    return _PSEUDO.get(owner, owner)


@dataclass(frozen=True)
class Stored:
    """One certificate of the database; `key` is the sealed private key."""

    id: int
    owner: str
    label: str
    certificate: x509.Certificate
    trust: str
    key: bytes | None = None
    request: bool = False
    rolled_over: bool = False

    @property
    def subject(self) -> str:
        """The subject's name as RACF shows it."""
        return dnames.text(self.certificate.subject)

    @property
    def issuer(self) -> str:
        """The issuer's name as RACF shows it."""
        return dnames.text(self.certificate.issuer)

    @property
    def profile(self) -> str:
        """The DIGTCERT profile name: serial number and issuer, blanks as cent signs."""
        return f"{self.serial}.{self.issuer}".replace(" ", "¢")[:246]

    @property
    def serial(self) -> str:
        """The serial number in hexadecimal."""
        return serial_text(self.certificate)

    @property
    def public_key(self) -> str:
        """The hash of the public key."""
        return key_hash(self.certificate.public_key())

    def is_valid_at(self, moment: datetime) -> bool:
        """Tell whether the moment lies in the certificate's validity."""
        return self.certificate.not_valid_before_utc <= moment <= self.certificate.not_valid_after_utc


def serial_text(certificate: x509.Certificate) -> str:
    """Return a serial number in hexadecimal, whole bytes."""
    digits = f"{certificate.serial_number:X}"
    return digits.zfill(len(digits) + len(digits) % 2)


def key_hash(public_key: object) -> str:
    """Return the hash that finds certificates of one public key."""
    encoded = public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)  # type: ignore[attr-defined]
    return hashlib.sha256(encoded).hexdigest()


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 hash of a certificate in hexadecimal."""
    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def _stored(row: RowMapping) -> Stored:
    certificate = x509.load_der_x509_certificate(row["der"])
    return Stored(
        row["id"], row["owner"], row["label"], certificate, row["trust"], row["key"], row["request"], row["rolled_over"]
    )


def find(
    tables: Tables,
    *,
    owner: str | None = None,
    label: str | None = None,
    public_key: str | None = None,
    hashed: str | None = None,
) -> list[Stored]:
    """Return the certificates of an owner, a label, a public key or a fingerprint, oldest first."""
    query = select(CERTIFICATES).order_by(CERTIFICATES.c.id)
    if owner is not None:
        query = query.where(CERTIFICATES.c.owner == owner)
    if label is not None:
        query = query.where(CERTIFICATES.c.label == label)
    if public_key is not None:
        query = query.where(CERTIFICATES.c.public_key == public_key)
    if hashed is not None:
        query = query.where(CERTIFICATES.c.fingerprint == hashed)
    return [_stored(row) for row in tables.sql.execute(query).mappings()]


def by_id(tables: Tables, number: int) -> Stored | None:
    """Return the certificate of that row, or None."""
    row = tables.sql.execute(select(CERTIFICATES).where(CERTIFICATES.c.id == number)).mappings().first()
    return _stored(row) if row else None


def add(change: Change, stored: Stored, today: object) -> Stored:
    """Write a new certificate and return it with its number."""
    values = _values(stored) | {"added": today}
    result = change.sql.execute(insert(CERTIFICATES).values(**values))
    return replace(stored, id=int(result.inserted_primary_key[0]))  # type: ignore[index]


def put(change: Change, stored: Stored) -> None:
    """Write a changed certificate."""
    change.sql.execute(update(CERTIFICATES).where(CERTIFICATES.c.id == stored.id).values(**_values(stored)))


def _values(stored: Stored) -> dict[str, object]:
    return {
        "owner": stored.owner,
        "label": stored.label,
        "der": stored.certificate.public_bytes(Encoding.DER),
        "fingerprint": fingerprint(stored.certificate),
        "public_key": stored.public_key,
        "key": stored.key,
        "trust": stored.trust,
        "request": stored.request,
        "rolled_over": stored.rolled_over,
    }


def remove(change: Change, stored: Stored) -> None:
    """Delete a certificate and its connections to rings."""
    change.sql.execute(delete(RING_ENTRIES).where(RING_ENTRIES.c.certificate == stored.id))
    change.sql.execute(delete(CERTIFICATES).where(CERTIFICATES.c.id == stored.id))


def free_label(tables: Tables, owner: str) -> str:
    """Return the label that RACF gives when none is asked for: LABEL00000001 and so on."""
    used = {stored.label for stored in find(tables, owner=owner)}
    number = 1
    while f"LABEL{number:08d}" in used:
        number += 1
    return f"LABEL{number:08d}"


def rings_of(tables: Tables, stored: Stored) -> list[tuple[str, str]]:
    """Return owner and name of the rings that a certificate is connected to."""
    query = select(RING_ENTRIES.c.owner, RING_ENTRIES.c.ring).where(RING_ENTRIES.c.certificate == stored.id)
    return [(row.owner, row.ring) for row in tables.sql.execute(query.order_by(RING_ENTRIES.c.owner, RING_ENTRIES.c.ring))]


def has_ring(tables: Tables, owner: str, ring: str) -> bool:
    """Tell whether there is such a ring."""
    query = select(RINGS.c.name).where((RINGS.c.owner == owner) & (RINGS.c.name == ring))
    return tables.sql.execute(query).first() is not None
