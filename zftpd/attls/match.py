"""Which rule a connection falls under, and what that rule says.

Source: [IPCG] "AT-TLS policy mapping": the rule of the highest priority that fits; a secondary connection (between the same
two hosts, of the same session) takes over the primary one's rule when that says SecondaryMap On and none of its own fits.
Rules: pure. What a connection action leaves open the environment action says, and what that leaves open the group action.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Any

from zftpd.attls.ciphers import Cipher
from zftpd.attls.kinds import Address
from zftpd.attls.policy import Part, Policy, Rule, suites
from zftpd.attls.statements import PROTOCOLS
from zftpd.attls.strength import OFF, Demands, approved


@dataclass(frozen=True, slots=True)
class Traffic:
    """A connection as rules see it. `direction` is who opened it: Inbound by the peer, Outbound by us."""

    local_host: str
    local_port: int
    remote_host: str
    remote_port: int
    direction: str
    jobname: str = ""
    userid: str = ""


@dataclass(frozen=True)
class Mapping:
    """The rule of a connection and all that it says, ready to be used.

    `role` is Client, Server or ServerWithClientAuth. `keyring` is `RING`, `USERID/RING` or `*AUTH*/*`. `ciphers` empty means
    the library's choice; under FIPS140 only approved ones are left. `client_auth` is PassThru, Full, Required or SAFCheck.
    """

    rule: Rule
    kind: str
    enabled: bool
    role: str
    keyring: str
    label: str
    ciphers: tuple[Cipher, ...]
    protocols: tuple[str, ...]
    client_auth: str
    application_controlled: bool
    secondary_map: bool
    handshake_seconds: int
    trace: int
    fips140: str
    demands: Demands

    @property
    def openssl_ciphers(self) -> tuple[str, ...]:
        """The suites by the names of OpenSSL, those left out that it does not have."""
        return tuple(cipher.openssl for cipher in self.ciphers if cipher.openssl)

    @property
    def refused_ciphers(self) -> tuple[Cipher, ...]:
        """The suites that the policy asks for and no current library offers."""
        return tuple(cipher for cipher in self.ciphers if cipher.openssl is None)


def choose(policy: Policy, traffic: Traffic, primary: Mapping | None = None) -> Mapping | None:
    """Return what the policy says of a connection, or None when no rule is for it.

    `primary` is the mapping of the session's control connection when this one is its data connection.
    """
    for rule in policy.rules:
        if _fits(rule, traffic):
            return mapping(rule)
    if primary is not None and primary.secondary_map:
        return mapping(primary.rule, "Secondary")
    return None


def _fits(rule: Rule, traffic: Traffic) -> bool:
    if rule.direction not in ("Both", traffic.direction):
        return False
    if not _named(rule.jobname, traffic.jobname) or not _named(rule.userid, traffic.userid):
        return False
    local, remote = _address(traffic.local_host), _address(traffic.remote_host)
    return (
        any(traffic.local_port in ports for ports in rule.local_ports)
        and any(traffic.remote_port in ports for ports in rule.remote_ports)
        and any(local in addresses for addresses in rule.local)
        and any(remote in addresses for addresses in rule.remote)
    )


def _named(pattern: str, name: str) -> bool:
    if pattern.endswith("*"):
        return name.upper().startswith(pattern[:-1])
    return name.upper() == pattern


def _address(host: str) -> Address:
    return ipaddress.ip_address(host.partition("%")[0])


def mapping(rule: Rule, kind: str = "Primary") -> Mapping:
    """Return what a rule says, its three actions laid over one another."""
    environment, connection = rule.environment, rule.connection
    advanced = environment.part("TTLSEnvironmentAdvancedParms") if environment else None
    own = connection.part("TTLSConnectionAdvancedParms") if connection else None
    general = rule.group.part("TTLSGroupAdvancedParms")
    default = advanced or Part("TTLSEnvironmentAdvancedParms", "", {}, {})
    keyring = environment.part("TTLSKeyringParms") if environment else None

    def said(name: str) -> Any:
        return _first((own, name), (advanced, name), default=default.value(name))

    ciphers = suites(connection.part("TTLSCipherParms") if connection else None)
    ciphers = ciphers or suites(environment.part("TTLSCipherParms") if environment else None)
    fips = str(rule.group.value("FIPS140"))
    protocols = tuple(protocol for protocol in PROTOCOLS if said(protocol))
    if fips != OFF:
        ciphers, protocols = approved(ciphers), tuple(name for name in protocols if not name.startswith("SSL"))
    return Mapping(
        rule=rule,
        kind=kind,
        enabled=bool(rule.group.value("TTLSEnabled")),
        role=str(_first((connection, "HandshakeRole"), (environment, "HandshakeRole"), default="Server")),
        keyring=str(keyring.value("Keyring")) if keyring else "",
        label=_label(own, advanced),
        ciphers=ciphers,
        protocols=protocols,
        client_auth=str(default.value("ClientAuthType")),
        application_controlled=bool(said("ApplicationControlled")),
        secondary_map=bool(_first((own, "SecondaryMap"), (advanced, "SecondaryMap"), (general, "SecondaryMap"), default=False)),
        handshake_seconds=int(said("HandshakeTimeout")),
        trace=int(_first((connection, "Trace"), (environment, "Trace"), default=rule.group.value("Trace"))),
        fips140=fips,
        demands=Demands(
            rsa=int(str(default.value("PeerMinRsaKeySize"))),
            ecc=int(str(default.value("PeerMinECCKeySize"))),
            dsa=int(str(default.value("PeerMinDsaKeySize"))),
            fips=fips,
        ),
    )


def _label(own: Part | None, advanced: Part | None) -> str:
    """Return the label of the server's certificate: CertificateLabel, or the first ServerCertificateLabel."""
    several = _first((own, "ServerCertificateLabel"), (advanced, "ServerCertificateLabel"), default=())
    single = _first((own, "CertificateLabel"), (advanced, "CertificateLabel"), default="")
    return str(single or (several[0] if several else ""))


def _first(*places: tuple[Part | None, str], default: Any) -> Any:
    for part, name in places:
        if part is not None and name in part.given:
            return part.given[name]
    return default
