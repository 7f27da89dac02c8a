"""Distinguished names: from the operands of a command, and as RACF writes them.

Source: [RACFCL RACDCERT GENCERT] SUBJECTSDN; LIST shows `CN=name.OU=unit.O=firm.C=US`, most specific part first, while a
certificate holds the parts in the other order.
"""

from __future__ import annotations

from collections.abc import Sequence

from cryptography import x509
from cryptography.x509.oid import NameOID, ObjectIdentifier

from saf.errors import OperandError

_PARTS: tuple[tuple[str, ObjectIdentifier], ...] = (
    ("CN", NameOID.COMMON_NAME),
    ("T", NameOID.TITLE),
    ("OU", NameOID.ORGANIZATIONAL_UNIT_NAME),
    ("O", NameOID.ORGANIZATION_NAME),
    ("L", NameOID.LOCALITY_NAME),
    ("SP", NameOID.STATE_OR_PROVINCE_NAME),
    ("C", NameOID.COUNTRY_NAME),
)
PART_NAMES = tuple(name for name, _ in _PARTS)
_SHORT = {oid: name for name, oid in _PARTS} | {
    NameOID.EMAIL_ADDRESS: "MAIL",
    NameOID.DOMAIN_COMPONENT: "DC",
    NameOID.STREET_ADDRESS: "STREET",
    NameOID.POSTAL_CODE: "PC",
    NameOID.SERIAL_NUMBER: "SERIALNUMBER",
    NameOID.USER_ID: "UID",
}


def build(parts: dict[str, Sequence[str]]) -> x509.Name:
    """Return the name with these parts, each a list of values. Raises: OperandError for a value that no certificate may hold."""
    attributes = []
    for part, oid in _PARTS:
        for value in parts.get(part, ()):
            try:
                attributes.append(x509.NameAttribute(oid, value))
            except ValueError:
                raise OperandError("invalid", value, part) from None
    if not attributes:
        raise OperandError("missing", "SUBJECTSDN", "SUBJECTSDN")
    return x509.Name(reversed(attributes))


def text(name: x509.Name) -> str:
    """Return a name as RACF shows it."""
    parts: list[str] = []
    for rdn in reversed(name.rdns):
        parts.extend(f"{_SHORT.get(attribute.oid, attribute.oid.dotted_string)}={_value(attribute)}" for attribute in rdn)
    return ".".join(parts)


def _value(attribute: x509.NameAttribute[str | bytes]) -> str:
    return attribute.value.hex() if isinstance(attribute.value, bytes) else attribute.value


def is_part_of(filter_text: str, full: str) -> bool:
    """Tell whether a name filter covers a name: it is the whole of it, or its end from a part on. Edge: an empty filter does."""
    wanted, name = filter_text.upper(), full.upper()
    return not wanted or name == wanted or name.endswith("." + wanted)
