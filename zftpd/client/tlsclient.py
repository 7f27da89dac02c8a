"""How the client secures a connection: by its FTP.DATA (TLSMECHANISM FTP), or by an AT-TLS policy (TLSMECHANISM ATTLS).

Source: pages 77 to 85 of the source document; [IPCG] "AT-TLS policy mapping".
Rules: under AT-TLS a rule must be there for the connection, or it is not secured; ApplicationControlled Off secures it before the
first byte (Basic), On waits for AUTH (Controlling). A data connection without a rule of its own takes over the control
connection's, where that says SecondaryMap On.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass

from zftpd.attls.ciphers import named
from zftpd.attls.match import Mapping, Traffic, choose
from zftpd.attls.policy import Policy
from zftpd.attls.strength import NO_DEMANDS, OFF, Demands
from zftpd.client.trust import FileReader, RingFinder, Wanted, client_context, material, on_host
from zftpd.params.settings import Settings

Address = tuple[str, int]


class NotSecured(ValueError):
    """There is no way to secure the connection; the message says why."""


@dataclass(frozen=True)
class Security:
    """TLS for one connection. `seconds` limits the handshake, 0 leaves it to the connection's own limit.

    `lifetime`: seconds that data connections may resume the control connection's session.
    """

    context: ssl.SSLContext
    mapping: Mapping | None = None
    demands: Demands = NO_DEMANDS
    seconds: float = 0.0
    lifetime: float = 0.0

    def name_for(self, host: str) -> str | None:
        """Return the server name that is sent, None for none; where the certificate's host name counts it must be the host's."""
        if self.mapping is None or self.context.check_hostname:
            return host
        return self.mapping.handshake.name_for(host)

    @property
    def immediate(self) -> bool:
        """Tell whether the connection is secured before the first byte."""
        return self.mapping is not None and not self.mapping.application_controlled


@dataclass(frozen=True)
class TlsClient:
    """Decides for the connections of one client."""

    settings: Settings
    userid: str
    find_ring: RingFinder | None = None
    policy: Policy | None = None
    read_file: FileReader = on_host

    def control(self, local: Address, remote: Address) -> Security:
        """Return how a control connection is secured. Raises NotSecured, OSError, ssl.SSLError."""
        if self.settings.tlsmechanism == "ATTLS":
            return self._mapped(local, remote, None)
        ciphers = []
        for name in self.settings.ciphersuite:
            cipher = named(name)
            if cipher is not None and cipher.openssl is not None:
                ciphers.append(cipher.openssl)
        if self.settings.ciphersuite and not ciphers:
            raise NotSecured(f"none of the cipher suites {', '.join(self.settings.ciphersuite)} is offered")
        wanted = Wanted(ciphers=tuple(ciphers), hostname=self.settings.secure_hostname == "REQUIRED")
        ring = material(self.settings.keyring, self.userid, self.find_ring, read=self.read_file)
        return Security(client_context(wanted, ring), lifetime=float(self.settings.tlstimeout))

    def at_once(self, local: Address, remote: Address) -> Security | None:
        """Return how a policy secures a connection before its first byte, or None."""
        if self.settings.tlsmechanism != "ATTLS" or self.policy is None:
            return None
        mapping = choose(self.policy, self._traffic(local, remote))
        if mapping is None or not mapping.enabled or mapping.application_controlled:
            return None
        return self._mapped(local, remote, None)

    def data(self, local: Address, remote: Address, primary: Security, direction: str) -> Security:
        """Return how a data connection is secured: as the control connection, unless a rule of its own says otherwise."""
        if primary.mapping is None:
            return primary
        found = choose(self._policy(), self._traffic(local, remote, direction), primary.mapping)
        if found is None or not found.enabled:
            raise NotSecured("no AT-TLS rule covers the data connection")
        if _facts(found) == _facts(primary.mapping):
            return primary
        return self._mapped(local, remote, primary.mapping, direction)

    def _policy(self) -> Policy:
        if self.policy is None:
            raise NotSecured("TLSMECHANISM ATTLS, and there is no AT-TLS policy")
        return self.policy

    def _traffic(self, local: Address, remote: Address, direction: str = "Outbound") -> Traffic:
        return Traffic(*local, *remote, direction, self.userid, self.userid)

    def _mapped(self, local: Address, remote: Address, primary: Mapping | None, direction: str = "Outbound") -> Security:
        found = choose(self._policy(), self._traffic(local, remote, direction), primary)
        if found is None or not found.enabled:
            raise NotSecured(f"no AT-TLS rule covers the connection to {remote[0]} port {remote[1]}")
        if found.ciphers and not found.openssl_ciphers:
            raise NotSecured(f"none of the cipher suites of {found.rule.name} is offered")
        label = found.labels[0] if found.labels else ""
        ring = material(found.keyring, self.userid, self.find_ring, label, self.read_file)
        if found.fips140 != OFF and ring.certificate and (weakness := found.demands.own_key(ring.certificate.encode())):
            raise NotSecured(weakness)
        hostname = self.settings.secure_hostname == "REQUIRED"
        protocols = tuple(name for name in found.protocols if name.startswith("TLS"))
        wanted = Wanted(found.openssl_ciphers, protocols, hostname, found.weak, found.handshake)
        lifetime = float(found.handshake.cache_seconds or 0)
        return Security(client_context(wanted, ring), found, found.demands, float(found.handshake_seconds), lifetime)


def _facts(mapping: Mapping) -> tuple[object, ...]:
    return mapping.keyring, mapping.labels, mapping.ciphers, mapping.protocols, mapping.demands, mapping.handshake, mapping.weak
