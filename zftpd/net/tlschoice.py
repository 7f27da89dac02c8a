"""Which TLS a connection gets: the one of FTP.DATA (TLSMECHANISM FTP), or what an AT-TLS policy says (TLSMECHANISM ATTLS).

Source: zos-ftp-server.md 6.7; pages 21, 37, 58, 64 of the source document; zftpd/attls for policies.
Rules: under AT-TLS a rule with ApplicationControlled Off secures a connection before the server sees a byte (Basic), one with
On waits for AUTH (Controlling). Contexts are made once for each set of actions.
A cipher that no current library offers is refused by name.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from saf.errors import SafError
from saf.keyring import KeyRing, RingEntry
from saf.system import Saf
from zftpd.attls.ciphers import named
from zftpd.attls.handshake import PLAIN, Handshake
from zftpd.attls.match import Mapping, Traffic, choose
from zftpd.attls.policy import Policy
from zftpd.attls.strength import NO_DEMANDS, OFF, Demands
from zftpd.messages import message
from zftpd.net.keypair import chain_of, is_weak
from zftpd.net.libssl import Library, library
from zftpd.net.tls import Pair, TlsMaterial, TlsServer
from zftpd.net.tlscontext import VERSIONS, out_of_reach
from zftpd.params.settings import Settings

Address = tuple[str, int]
#: Whether a client may come without a certificate.
CLIENT_AUTH = {"PassThru": "CERT_OPTIONAL", "Full": "CERT_OPTIONAL", "Required": "CERT_REQUIRED", "SAFCheck": "CERT_REQUIRED"}
#: The kind of client authentication that bypasses validation.
PASSTHRU = "PassThru"


@dataclass(frozen=True, slots=True)
class Choice:
    """TLS for one connection. `immediate`: before the first byte; `saf_check`: the client's certificate must belong to a user.

    `policy` is the one that the connection was mapped by.
    """

    server: TlsServer
    mapping: Mapping | None = None
    immediate: bool = False
    saf_check: bool = False
    policy: Policy | None = None


class TlsChooser(Protocol):
    """Decides for each connection."""

    def choose(self, local: Address, remote: Address, direction: str, primary: Choice | None = None) -> Choice | None:
        """Return the TLS of a connection, or None when it can have none. `primary` is that of the control connection."""
        ...


class NativeTls:
    """The server's own TLS: one context for everything."""

    def __init__(self, server: TlsServer) -> None:
        """Use a context."""
        self._choice = Choice(server)

    def choose(self, local: Address, remote: Address, direction: str, primary: Choice | None = None) -> Choice | None:  # noqa: ARG002
        """Return the one."""
        return self._choice


class AttlsTls:
    """What the policy says, connection by connection."""

    def __init__(
        self,
        policy: Policy,
        saf: Saf,
        *,
        jobname: str,
        userid: str,
        reuse: str,
        console: Callable[[str], None],
        reach: Callable[[], Library | None] = library,
    ) -> None:
        """Use a policy. Key rings are read when a rule is first needed. `reach` gives what Python has no calls for."""
        self.policy, self.userid, self._reach = policy, userid, reach
        self._saf, self._jobname, self._userid, self._reuse, self._console = saf, jobname, userid, reuse, console
        self._made: dict[tuple[object, ...], TlsServer | None] = {}
        self._lock = threading.Lock()

    def install(self, policy: Policy) -> None:
        """Use another policy for connections that begin from now on. Key rings that could not be used are tried again."""
        with self._lock:
            self.policy = policy
            self._made = {key: server for key, server in self._made.items() if server is not None}

    def choose(self, local: Address, remote: Address, direction: str, primary: Choice | None = None) -> Choice | None:
        """Return what the rule for this connection demands."""
        traffic, policy = Traffic(*local, *remote, direction, self._jobname, self._userid), self.policy
        mapping = choose(policy, traffic, primary.mapping if primary else None)
        if mapping is None or not mapping.enabled:
            return None
        if primary is not None and primary.mapping is not None and _same(mapping, primary.mapping):
            server: TlsServer | None = primary.server
        else:
            server = self._server(mapping)
        if server is None:
            return None
        checked = mapping.client_auth == "SAFCheck" and mapping.role == "ServerWithClientAuth"
        return Choice(server, mapping, not mapping.application_controlled, checked, policy)

    def _server(self, mapping: Mapping) -> TlsServer | None:
        """Return the context of a mapping, made at its first use; None when its key ring gives none."""
        key = _key(mapping)
        with self._lock:
            if key not in self._made:
                self._made[key] = self._make(mapping)
            return self._made[key]

    def _make(self, mapping: Mapping) -> TlsServer | None:
        client = CLIENT_AUTH[mapping.client_auth] if mapping.role == "ServerWithClientAuth" else "CERT_NONE"
        self._tell_refused(mapping)
        try:
            ring = ring_of(self._saf, mapping.keyring, self._userid)
            if mapping.fips140 != OFF and not mapping.ciphers:
                raise ValueError(f"FIPS140 {mapping.fips140} allows none of the cipher suites of the policy")
            return TlsServer(
                ring_material(
                    ring,
                    demands=mapping.demands,
                    labels=mapping.labels,
                    client=client,
                    validated=mapping.client_auth != PASSTHRU,
                    ciphers=mapping.openssl_ciphers,
                    protocols=tuple(name for name in mapping.protocols if name.startswith("TLS")),
                    reuse=self._reuse,
                    seconds=float(mapping.handshake_seconds),
                    handshake=mapping.handshake,
                    weak=mapping.weak,
                ),
                self._reach,
            )
        except (SafError, ValueError, OSError) as error:
            self._console(message("tls.ring", ring=mapping.keyring, reason=error))
            return None

    def _tell_refused(self, mapping: Mapping) -> None:
        """Tell what the policy asks for and nobody can give."""
        for cipher in mapping.refused_ciphers:
            self._console(message("tls.cipher", name=cipher.name))
        for name in mapping.protocols:
            if name not in VERSIONS:
                self._console(message("tls.protocol", name=name, rule=mapping.rule.name))
        for name in mapping.refused_signatures:
            self._console(message("tls.signature", name=name, rule=mapping.rule.name))
        if self._reach() is None:
            wanted = out_of_reach(mapping.handshake)
            if mapping.role == "ServerWithClientAuth" and mapping.client_auth == PASSTHRU:
                wanted.append(f"ClientAuthType {PASSTHRU}")
            if wanted:
                self._console(message("tls.reach", names=", ".join(wanted), rule=mapping.rule.name))


def _key(mapping: Mapping) -> tuple[object, ...]:
    """Return what tells contexts apart."""
    role = mapping.role, mapping.client_auth, mapping.demands, mapping.handshake, mapping.weak, mapping.handshake_seconds
    return (mapping.keyring, mapping.labels, mapping.ciphers, mapping.protocols, mapping.instances, role)


def _same(one: Mapping, other: Mapping) -> bool:
    """Tell whether two mappings may share a context, so that a data connection can resume the control's session."""
    return _key(one) == _key(other)


def ring_of(saf: Saf, keyring: str, userid: str) -> KeyRing:
    """Return the ring that KEYRING names: `RING` of the server's own user, `USERID/RING`, or `*AUTH*/*`. Raises SafError."""
    owner, slash, ring = keyring.partition("/")
    return saf.keyring(owner, ring) if slash else saf.keyring(userid, owner)


def ring_material(
    ring: KeyRing,
    *,
    labels: Sequence[str] = (),
    client: str = "CERT_NONE",
    validated: bool = True,
    ciphers: Sequence[str] = (),
    protocols: Sequence[str] = (),
    reuse: str = "ALLOWED",
    seconds: float = 20.0,
    demands: Demands = NO_DEMANDS,
    handshake: Handshake = PLAIN,
    weak: bool = False,
) -> TlsMaterial:
    """Return what a context is made of from a key ring.

    Raises ValueError when it holds no certificate for a server, or one whose key is too weak for FIPS140.
    """
    trusted = [each.cert_pem for each in ring.trusted]
    authorities = b"".join(trusted).decode()
    first, *others = [_pair(_entry(ring, label, demands), trusted) for label in labels or ("",)]
    wanted = dict.fromkeys(label for _, label in handshake.server_names.labels if label)
    return TlsMaterial(
        certificate=first[0],
        private_key=first[1],
        authorities=authorities,
        client=client if authorities or not validated else "CERT_NONE",
        validated=validated,
        ciphers=tuple(ciphers),
        protocols=tuple(protocols) or ("TLSv1.2", "TLSv1.3"),
        weak=weak or is_weak(first[0] + authorities),
        reuse=reuse,
        handshake_seconds=seconds,
        demands=demands,
        others=others,
        named={label: _pair(_entry(ring, label, demands), trusted) for label in wanted},
        handshake=handshake,
    )


def _entry(ring: KeyRing, label: str, demands: Demands) -> RingEntry:
    """Return the certificate of a label, or the default one. Raises ValueError without a key, or with one that is too weak."""
    entry = ring.labelled(label) if label else ring.default
    if entry is None or not entry.key_pem or entry.trust == "NOTRUST":
        which = f"certificate {label}" if label else "default certificate"
        raise ValueError(f"key ring {ring.owner}/{ring.name} has no {which} with a key")
    weakness = demands.own_key(entry.cert_pem)
    if weakness:
        raise ValueError(f"certificate {entry.label} does not do for FIPS140 {demands.fips}: {weakness}")
    return entry


def _pair(entry: RingEntry, trusted: Sequence[bytes]) -> Pair:
    return b"".join(chain_of(entry.cert_pem, trusted)).decode(), (entry.key_pem or b"").decode()


def ciphers_of(settings: Settings, console: Callable[[str], None]) -> tuple[str, ...]:
    """Return the suites of CIPHERSUITE by OpenSSL's names. Raises ValueError when none of them is offered any more."""
    offered = []
    for name in settings.ciphersuite:
        cipher = named(name)
        if cipher is None or cipher.openssl is None:
            console(message("tls.cipher", name=name))
        else:
            offered.append(cipher.openssl)
    if settings.ciphersuite and not offered:
        raise ValueError(f"none of the cipher suites {', '.join(settings.ciphersuite)} is offered")
    return tuple(offered)
