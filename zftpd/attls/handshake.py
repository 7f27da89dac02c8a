"""What a policy says of handshakes beyond cipher suites and protocols: server names, groups, validation, resumption.

Source: [IPCR] "TTLSEnvironmentAdvancedParms", "TTLSSignatureParms", "TTLSGskAdvancedParms"; [SSLPROG] on Suite B. An entry of
ServerHandshakeSNIList is a host name and a certificate label with a blank, comma or slash between [assumed].
Rules: pure. Names of groups are those of the TLS library.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zftpd.attls.ciphers import Cipher, coded

Said = Callable[[str], Any]
_NAME = re.compile(r"(?P<host>[^\s,/]+)(?:[\s,/]+(?P<label>.+))?")
#: Bits of the ephemeral Diffie-Hellman group; Legacy is that of System SSL without FIPS.
_LEGACY_BITS, _STRONG_BITS = 1024, 2048
#: Suites of a Suite B profile, and whether the weaker curve does.
_SUITE_B = {
    "128": ("C02B",),
    "128Min": ("C02B", "C02C"),
    "192": ("C02C",),
    "192Min": ("C02C",),
    "All": ("C02B", "C02C"),
}
SUITE_B_PROTOCOLS = ("TLSv1.2",)


@dataclass(frozen=True, slots=True)
class ServerNames:
    """Server name indication. `mode` is Off, Optional or Required; `match`: a name that is not listed is refused.

    `labels` are host names, in lower case, with the label of the certificate for each (empty: the default one).
    """

    mode: str = "Off"
    match: bool = False
    labels: tuple[tuple[str, str], ...] = ()

    def label(self, host: str | None) -> str | None:
        """Return the certificate's label for the name that a client sent, empty for the default one, None to refuse it."""
        if self.mode == "Off":
            return ""
        if host is None:
            return None if self.mode == "Required" else ""
        found = dict(self.labels).get(host.lower())
        return None if found is None and self.match else found or ""


@dataclass(frozen=True, slots=True)
class Handshake:
    """The rest of what a policy says. `groups` empty: the library's choice; `middlebox` and `tickets` None: its own.

    `edh`: ServerEDHGroupSize, empty where no suite needs it. `least_dh`: bits that a client takes. `strict`: by RFC 5280.
    `signatures`: pairs by the library's names, empty for its own choice. `cache_seconds` and `cache_size` (sessions): None for
    the library's own. `fragment`: bytes of a record that a client asks for, 0 for no limit.
    """

    server_names: ServerNames = ServerNames()
    client_names: ServerNames = ServerNames(mode="Optional")
    groups: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    edh: str = ""
    least_dh: int = 0
    strict: bool = False
    renegotiate: bool = False
    resumption: bool = True
    tickets: int | None = None
    middlebox: bool | None = None
    cache_seconds: int | None = None
    cache_size: int | None = None
    fragment: int = 0

    def name_for(self, host: str) -> str | None:
        """Return the name that a client sends: the first of its list, else the host's; None where it sends none."""
        if self.client_names.mode == "Off":
            return None
        return self.client_names.labels[0][0] if self.client_names.labels else host


PLAIN = Handshake()
"""Of connections that no policy is for."""


def names_of(side: str, said: Said) -> ServerNames:
    """Return what is said of server names for the side, Client or Server."""
    found = [_NAME.fullmatch(str(text).strip()) for text in said(f"{side}HandshakeSNIList") or ()]
    labels = tuple((match["host"].lower(), (match["label"] or "").strip()) for match in found if match)
    required = said(f"{side}HandshakeSNIMatch") == "Required"
    return ServerNames(str(said(f"{side}HandshakeSNI")), required, labels)


def group_bits(size: str, certificate_bits: int) -> int:
    """Return the bits of the server's ephemeral group for ServerEDHGroupSize."""
    if size == "Match":
        return _LEGACY_BITS if certificate_bits <= _LEGACY_BITS else _STRONG_BITS
    return _LEGACY_BITS if size == "Legacy" else _STRONG_BITS


def least_bits(size: str, minimum: int) -> int:
    """Return the bits that a client demands of the server's ephemeral group."""
    return max(_STRONG_BITS if size == "2048" else 0, minimum)


def suite_b(profile: str) -> tuple[Cipher, ...]:
    """Return the suites of a Suite B profile, none for Off."""
    return tuple(cipher for cipher in map(coded, _SUITE_B.get(profile, ())) if cipher is not None)
