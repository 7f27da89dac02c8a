"""What LIST, CHECKCERT and LISTRING show.

Source: captures of z/OS 2.x displays; page 36 of the source document for LISTRING.
Rules: pure.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import tzinfo

from cryptography import x509

from saf.digtcert.certificate import Stored, fingerprint, owner_shown
from saf.digtcert.making import key_kind, usage_words
from saf.keyring import RingEntry

_ID_MARK = 0xD9
_BLANK = 0x40
_HASHES = {"sha1": "sha1", "sha224": "sha224", "sha256": "sha256", "sha384": "sha384", "sha512": "sha512", "md5": "md5"}
_BYTES_PER_LINE = 16


def certificate_id(owner: str, label: str) -> str:
    """Return the Certificate ID: base64 of X'D9', the owner's length, owner and label in EBCDIC, with blanks."""
    raw = bytes([_ID_MARK, len(owner)]) + owner.encode("cp037") + label.encode("cp037", "replace")
    return base64.b64encode(raw + bytes([_BLANK]) * (-len(raw) % 3)).decode()


def certificate_lines(
    stored: Stored, associated: Sequence[tuple[str, str]] | None, zone: tzinfo | None, *, rings: bool = True
) -> list[str]:
    """Return the lines of one certificate and of the rings that it is on.

    `associated` None leaves out all that the database knows of it; `rings` False the rings alone.
    """
    made = stored.certificate
    lines = []
    if associated is not None:
        lines = [f"  Label: {stored.label}", f"  Certificate ID: {certificate_id(stored.owner, stored.label)}"]
        lines.append(f"  Status: {stored.trust}")
    lines += [
        f"  Start Date: {made.not_valid_before_utc.astimezone(zone):%Y/%m/%d %H:%M:%S}",
        f"  End Date:   {made.not_valid_after_utc.astimezone(zone):%Y/%m/%d %H:%M:%S}",
        "  Serial Number:",
        f"       >{stored.serial}<",
        "  Issuer's Name:",
        *_wrapped(stored.issuer),
        "  Subject's Name:",
        *_wrapped(stored.subject),
        *_alternatives(made),
        f"  Signing Algorithm: {_algorithm(made)}",
    ]
    usages = usage_words(made)
    if usages:
        lines.append(f"  Key Usage: {', '.join(usages)}")
    kind, size = key_kind(made)
    lines += [f"  Key Type: {kind}", f"  Key Size: {size}"]
    if associated is None:
        return lines
    lines += [f"  Private Key: {'YES' if stored.key else 'NO'}", *_fingerprint(made)]
    return [*lines, *_associations(associated)] if rings else lines


def _associations(rings: Sequence[tuple[str, str]]) -> list[str]:
    if not rings:
        return ["  Ring Associations:", "  *** No rings associated ***"]
    shown = ([f"    Ring Owner: {owner}", "    Ring:", f"       >{ring}<"] for owner, ring in rings)
    return ["  Ring Associations:", *(line for lines in shown for line in lines)]


def _wrapped(name: str) -> list[str]:
    """Return a name between angle brackets, 64 characters a line."""
    parts = [name[at : at + _NAME_WIDTH] for at in range(0, len(name), _NAME_WIDTH)] or [""]
    return [f"       >{part}<" for part in parts]


_NAME_WIDTH = 64


def _alternatives(made: x509.Certificate) -> list[str]:
    try:
        names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    lines = ["  Subject's AltNames:"]
    for name in names:
        if isinstance(name, x509.IPAddress):
            lines.append(f"    IP: {name.value}")
        elif isinstance(name, x509.RFC822Name):
            lines.append(f"    EMail: {name.value.replace('@', ' at ')}")
        elif isinstance(name, x509.DNSName):
            lines.append(f"    Domain: {name.value}")
        elif isinstance(name, x509.UniformResourceIdentifier):
            lines.append(f"    URI: {name.value}")
    return lines


def _algorithm(made: x509.Certificate) -> str:
    hashed = made.signature_hash_algorithm
    family = "ECDSA" if "ecdsa" in str(made.signature_algorithm_oid._name).lower() else "RSA"
    return f"{_HASHES[hashed.name]}{family}" if hashed is not None and hashed.name in _HASHES else "UNKNOWN"


def _fingerprint(made: x509.Certificate) -> list[str]:
    digits = fingerprint(made).upper()
    pairs = [digits[at : at + 2] for at in range(0, len(digits), 2)]
    rows = [":".join(pairs[at : at + _BYTES_PER_LINE]) for at in range(0, len(pairs), _BYTES_PER_LINE)]
    return ["  Certificate Fingerprint (SHA256):", *(f"       {row}{':' if row is not rows[-1] else ''}" for row in rows)]


def ring_lines(name: str, entries: Sequence[tuple[str, RingEntry]]) -> list[str]:
    """Return the lines of one ring; each entry with its owner as the database has it."""
    lines = ["  Ring:", f"       >{name}<"]
    if not entries:
        return [*lines, "  *** No certificates connected ***"]
    lines.append("  Certificate Label Name             Cert Owner     USAGE      DEFAULT")
    lines.append("  --------------------------------   ------------   --------   -------")
    for owner, entry in entries:
        default = "YES" if entry.default else "NO"
        lines.append(f"  {entry.label:<32}   {owner_shown(owner):<12}   {entry.usage:<8}     {default:<3}".rstrip())
    return lines
