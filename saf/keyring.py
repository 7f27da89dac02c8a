"""Key rings as the network side sees them: certificates in order, with usage, trust and, where there is one, the key.

Source: [RACFCB] R_datalib. Virtual key rings: `*AUTH*/*` is every trusted CERTAUTH certificate, `*SITE*/*` every SITE
one, `userid/*` every certificate of a user.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RingEntry:
    """One certificate of a ring.

    `owner` is a user ID, CERTAUTH or SITE; `usage` PERSONAL, CERTAUTH or SITE; `trust` TRUST, HIGHTRUST or NOTRUST.
    """

    label: str
    owner: str
    usage: str
    default: bool
    cert_pem: bytes
    key_pem: bytes | None = field(repr=False)
    trust: str


@dataclass(frozen=True, slots=True)
class KeyRing:
    """A ring and what is connected to it."""

    owner: str
    name: str
    entries: tuple[RingEntry, ...] = ()

    @property
    def default(self) -> RingEntry | None:
        """The default certificate, or the only one with a key."""
        with_key = [entry for entry in self.entries if entry.key_pem and entry.trust != "NOTRUST"]
        chosen = next((entry for entry in with_key if entry.default), None)
        return chosen or (with_key[0] if len(with_key) == 1 else None)

    def labelled(self, label: str) -> RingEntry | None:
        """The certificate of that label, or None."""
        return next((entry for entry in self.entries if entry.label == label), None)

    @property
    def trusted(self) -> tuple[RingEntry, ...]:
        """The authorities that a peer's certificate may come from: entries of usage CERTAUTH that are trusted."""
        return tuple(entry for entry in self.entries if entry.usage == "CERTAUTH" and entry.trust != "NOTRUST")
