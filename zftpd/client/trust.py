"""Which servers the client trusts: key ring to TLS context.

Source: pages 73-84 of the source document: the ring (or the virtual ring *AUTH*/*) holds the signers; host names are
checked only with SECURE_HOSTNAME REQUIRED.
Rules: key material comes in as PEM and goes nowhere else.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from saf.errors import SafError
from zftpd.attls.handshake import PLAIN, Handshake
from zftpd.net.keypair import is_weak, load_pair
from zftpd.net.libssl import library
from zftpd.net.tlscontext import prepare, restrict


@dataclass(frozen=True, slots=True)
class RingMaterial:
    """What a key ring gives: signers in PEM, and the default personal certificate with its key, if it has one."""

    signers: tuple[str, ...] = ()
    certificate: str = ""
    key: str = ""


#: The status of certificates that count for nothing.
NOTRUST = "NOTRUST"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a context shall be: OpenSSL's names of cipher suites (empty: its choice), protocols, whether host names count.

    `weak`: a policy names keys that OpenSSL refuses by itself.
    """

    ciphers: tuple[str, ...] = ()
    protocols: tuple[str, ...] = ("TLSv1.2", "TLSv1.3")
    hostname: bool = False
    weak: bool = False
    handshake: Handshake = PLAIN


#: Finds a ring by owner and name, its personal certificate by a label (empty: the default one); None: no such ring.
RingFinder = Callable[[str, str, str], RingMaterial | None]


def ring_of_saf(saf: Any, userid: str) -> RingFinder:
    """Return a finder over the key rings of a security database, as far as the user may read them and have their keys."""
    caller = saf.acee(userid)

    def find(owner: str, name: str, label: str) -> RingMaterial | None:
        try:
            ring = saf.keyring(owner, name, caller)
        except SafError:
            return None
        signers = tuple(entry.cert_pem.decode() for entry in ring.entries if entry.trust != NOTRUST)
        own = [entry for entry in ring.entries if entry.key_pem and entry.trust != NOTRUST]
        chosen = next((entry for entry in own if entry.default), own[0] if own else None)
        if label:
            chosen = next((entry for entry in own if entry.label == label), None)
        if chosen is None:
            return RingMaterial(signers)
        return RingMaterial(signers, chosen.cert_pem.decode(), (chosen.key_pem or b"").decode())

    return find


#: Reads a file of PEM by its path. Raises OSError.
FileReader = Callable[[str], str]


def on_host(path: str) -> str:
    """Return the text of a file of this machine. Raises OSError."""
    return Path(path).read_text()


def material(name: str | None, userid: str, find: RingFinder | None, label: str = "", read: FileReader = on_host) -> RingMaterial:
    """Return what a key ring's name means: a PEM file by path, `owner/ring`, or a ring of the user.

    Raises FileNotFoundError when there is no such file or ring, or no certificate of the label with a key in it.
    """
    if not name:
        return RingMaterial()
    if name.startswith(("/", "./")):
        return RingMaterial((read(name),))
    owner, _, ring = name.rpartition("/")
    found = find(owner or userid, ring, label) if find else None
    if found is None:
        raise FileNotFoundError(f"key ring {name}")
    if label and not found.key:
        raise FileNotFoundError(f"key ring {name} has no certificate {label} with a key")
    return found


def client_context(wanted: Wanted, ring: RingMaterial) -> ssl.SSLContext:
    """Return the TLS context of a client session.

    Raises ssl.SSLError for material that is no certificate or key, ValueError when no protocol is left.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = wanted.hostname
    weak = wanted.weak or any(is_weak(signer) for signer in ring.signers)
    restrict(context, wanted.protocols, wanted.ciphers, weak=weak, least_dh=wanted.handshake.least_dh)
    extra = library()
    prepare(context, wanted.handshake, extra)
    if extra is not None and wanted.handshake.fragment:
        extra.ask_fragments(context, wanted.handshake.fragment)
    # A server's own certificate, connected to the ring, is trust enough: no need for its signer.
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    if ring.signers:
        context.load_verify_locations(cadata="\n".join(ring.signers))
    if ring.certificate and ring.key:
        load_pair(context, ring.certificate, ring.key)
    return context
