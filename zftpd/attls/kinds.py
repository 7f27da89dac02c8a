"""Values of policy parameters: from text, each with what it allows.

Rules: pure. A converter raises ValueError with the reason in plain words.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Converter = Callable[[str], object]
MAX_PORT = 65535


@dataclass(frozen=True, slots=True)
class AddressRange:
    """Addresses from `low` to `high`, written as `text`. Without limits it holds every address of `version` (0 both)."""

    text: str
    low: Address | None = None
    high: Address | None = None
    version: int = 0

    def __contains__(self, address: Address) -> bool:
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        if self.low is None or self.high is None:
            return self.version in (0, address.version)
        return address.version == self.low.version and int(self.low) <= int(address) <= int(self.high)


@dataclass(frozen=True, slots=True)
class PortRange:
    """Ports from `low` to `high`."""

    low: int = 1
    high: int = MAX_PORT

    def __contains__(self, port: int) -> bool:
        return self.low <= port <= self.high


def words(*allowed: str) -> Converter:
    """Return a converter for one of the words allowed, whatever its case."""

    def convert(text: str) -> str:
        for word in allowed:
            if text.lower() == word.lower():
                return word
        raise ValueError(f"must be one of {', '.join(allowed)}")

    return convert


def offered(*allowed: str, never: tuple[str, ...]) -> Converter:
    """Return a converter for words of which some ask for what no library has, so that they cannot be taken."""
    convert = words(*allowed, *never)

    def checked(text: str) -> object:
        word = convert(text)
        if word in never:
            raise ValueError("no current TLS library offers it")
        return word

    return checked


#: Codes of named groups, as policies have them, and their names for the TLS library.
GROUPS = {
    "0019": "prime192v1",
    "0021": "secp224r1",
    "0023": "prime256v1",
    "0024": "secp384r1",
    "0025": "secp521r1",
    "0029": "X25519",
    "0030": "X448",
}
_GROUP_NAMES = {"secp192r1": "prime192v1", "secp256r1": "prime256v1", **{name: name for name in GROUPS.values()}}
_DIGITS = 4
#: Codes of signature algorithm pairs, and their names for the TLS library; without one where no current library has it.
SIGNATURES: dict[str, str | None] = {
    "0101": None,
    "0201": "RSA+SHA1",
    "0202": "DSA+SHA1",
    "0203": "ECDSA+SHA1",
    "0301": "RSA+SHA224",
    "0302": "DSA+SHA224",
    "0303": "ECDSA+SHA224",
    "0401": "RSA+SHA256",
    "0402": "DSA+SHA256",
    "0403": "ECDSA+SHA256",
    "0501": "RSA+SHA384",
    "0503": "ECDSA+SHA384",
    "0601": "RSA+SHA512",
    "0603": "ECDSA+SHA512",
    "0804": "rsa_pss_rsae_sha256",
    "0805": "rsa_pss_rsae_sha384",
    "0806": "rsa_pss_rsae_sha512",
}
_HASHES = {"01": "MD5", "02": "SHA1", "03": "SHA224", "04": "SHA256", "05": "SHA384", "06": "SHA512"}
_KEYS = {"01": "RSA", "02": "DSA", "03": "ECDSA"}
_PSS = "08"


def groups(text: str) -> tuple[str, ...]:
    """Return named groups by the TLS library's names: one name, or codes of four digits written one after the other."""
    for name, group in _GROUP_NAMES.items():
        if text.lower() == name.lower():
            return (group,)
    if text.lower() == "any":
        return ()
    codes = _codes(text)
    if not codes or any(code not in GROUPS for code in codes):
        raise ValueError("is no group or elliptic curve")
    return tuple(GROUPS[code] for code in codes)


def signatures(text: str) -> tuple[str, ...]:
    """Return the codes of signature algorithm pairs: one name, or codes of four digits written one after the other."""
    codes = [code for code in SIGNATURES if text.upper() == signature_name(code)] or _codes(text)
    if not codes or any(code not in SIGNATURES for code in codes):
        raise ValueError("is no pair of hash and signature algorithms")
    return tuple(codes)


def signature_name(code: str) -> str:
    """Return the name that policies have for a code: TLS_SIGALG_SHA256_WITH_RSA."""
    first, last = code[:2], code[2:]
    key = "RSASSA_PSS" if first == _PSS else _KEYS[last]
    return f"TLS_SIGALG_{_HASHES[last if first == _PSS else first]}_WITH_{key}"


def _codes(text: str) -> list[str]:
    packed = text.replace(" ", "")
    return [packed[at : at + _DIGITS] for at in range(0, len(packed), _DIGITS)]


def switch(text: str) -> bool:
    """Return the value of On or Off."""
    if text.lower() not in ("on", "off"):
        raise ValueError("must be On or Off")
    return text.lower() == "on"


def number(low: int, high: int) -> Converter:
    """Return a converter for a whole number within limits."""

    def convert(text: str) -> int:
        if not (text.isascii() and text.isdecimal()) or not low <= int(text) <= high:
            raise ValueError(f"must be a number from {low} to {high}")
        return int(text)

    return convert


def name(longest: int) -> Converter:
    """Return a converter for a text of limited length."""

    def convert(text: str) -> str:
        if not text or len(text) > longest:
            raise ValueError(f"must be 1 to {longest} characters")
        return text

    return convert


def addresses(text: str) -> AddressRange:
    """Return an address, a subnet `address/prefix`, a range `low-high`, All, All4 or All6."""
    lowered = text.lower()
    if lowered in ("all", "all4", "all6"):
        return AddressRange(text, version={"all": 0, "all4": 4, "all6": 6}[lowered])
    try:
        if "/" in text:
            network = ipaddress.ip_network(text.replace(" ", ""), strict=False)
            return AddressRange(text, network[0], network[-1])
        low_text, dash, high_text = text.partition("-")
        low = ipaddress.ip_address(low_text.strip())
        high = ipaddress.ip_address(high_text.strip()) if dash else low
    except ValueError:
        raise ValueError("is no IP address, subnet or range") from None
    if low.version != high.version or int(low) > int(high):
        raise ValueError("is no range of addresses")
    return AddressRange(text, low, high)


def ports(text: str) -> PortRange:
    """Return a port, `low-high` or `low high`; 0 stands for all."""
    parts = text.replace("-", " ").split()
    if not 1 <= len(parts) <= 2 or not all(part.isascii() and part.isdecimal() and int(part) <= MAX_PORT for part in parts):
        raise ValueError("is no port or range of ports")
    low, high = int(parts[0]), int(parts[-1])
    if low == high == 0:
        return PortRange()
    if low > high:
        raise ValueError("is no range of ports")
    return PortRange(low, high)


def pattern(text: str) -> str:
    """Return a job name or user ID of up to eight characters, perhaps with `*` at its end."""
    if not 1 <= len(text) <= 8 or "*" in text[:-1]:
        raise ValueError("must be 1 to 8 characters, with * at the end only")
    return text.upper()
