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
from zftpd.attls.handshake import PLAIN, SUITE_B_PROTOCOLS, Handshake, Said, least_bits, names_of, suite_b
from zftpd.attls.kinds import SIGNATURES, Address, signature_name
from zftpd.attls.policy import Part, Policy, Rule, suites
from zftpd.attls.statements import PROTOCOLS
from zftpd.attls.strength import OFF, STRONG_KEY_BITS, Demands, approved


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
    `labels`: of the certificates to show, none for the ring's default one. `weak`: the policy names keys that are weaker than the
    library likes. `instances` of group and environment: with another number the key ring is read again.
    """

    rule: Rule
    kind: str
    enabled: bool
    role: str
    keyring: str
    labels: tuple[str, ...]
    ciphers: tuple[Cipher, ...]
    protocols: tuple[str, ...]
    client_auth: str
    application_controlled: bool
    secondary_map: bool
    handshake_seconds: int
    trace: int
    fips140: str
    demands: Demands
    handshake: Handshake = PLAIN
    weak: bool = False
    signature_pairs: tuple[str, ...] = ()
    instances: tuple[int, int] = (0, 0)

    @property
    def openssl_ciphers(self) -> tuple[str, ...]:
        """The suites by the names of OpenSSL, those left out that it does not have."""
        return tuple(cipher.openssl for cipher in self.ciphers if cipher.openssl)

    @property
    def refused_ciphers(self) -> tuple[Cipher, ...]:
        """The suites that the policy asks for and no current library offers."""
        return tuple(cipher for cipher in self.ciphers if cipher.openssl is None)

    @property
    def refused_signatures(self) -> tuple[str, ...]:
        """The signature pairs that the policy asks for and no current library offers."""
        return tuple(signature_name(code) for code in self.signature_pairs if SIGNATURES[code] is None)


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
    profile = suite_b(str(environment.value("SuiteBProfile"))) if environment else ()
    if profile:
        ciphers, protocols = profile, SUITE_B_PROTOCOLS
    if fips != OFF:
        ciphers, protocols = approved(ciphers), tuple(name for name in protocols if not name.startswith("SSL"))
    role = str(_first((connection, "HandshakeRole"), (environment, "HandshakeRole"), default="Server"))
    return Mapping(
        rule=rule,
        kind=kind,
        enabled=bool(rule.group.value("TTLSEnabled")),
        role=role,
        keyring=str(keyring.value("Keyring")) if keyring else "",
        labels=_labels(own, advanced),
        ciphers=ciphers,
        protocols=protocols,
        client_auth=str(default.value("ClientAuthType")),
        application_controlled=bool(said("ApplicationControlled")),
        secondary_map=bool(_first((own, "SecondaryMap"), (advanced, "SecondaryMap"), (general, "SecondaryMap"), default=False)),
        handshake_seconds=int(said("HandshakeTimeout")),
        trace=int(_first((connection, "Trace"), (environment, "Trace"), default=rule.group.value("Trace"))),
        fips140=fips,
        demands=_demands(default, fips),
        handshake=_handshake(rule, default, said, role, any("_DHE_" in cipher.name for cipher in ciphers)),
        weak=fips == OFF and _names_weak_keys(default),
        signature_pairs=_signatures(connection) or _signatures(environment),
        instances=(
            int(str(rule.group.value("GroupUserInstance"))),
            int(str(environment.value("EnvironmentUserInstance"))) if environment else 0,
        ),
    )


def _demands(default: Part, fips: str) -> Demands:
    return Demands(
        rsa=int(str(default.value("PeerMinRsaKeySize"))),
        ecc=int(str(default.value("PeerMinECCKeySize"))),
        dsa=int(str(default.value("PeerMinDsaKeySize"))),
        fips=fips,
        version_3=default.value("PeerMinCertVersion") == "3",
    )


def _names_weak_keys(default: Part) -> bool:
    """Tell whether the policy itself, and not a default, allows RSA or DSA keys that a library of today refuses."""
    given = (default.given.get(name) for name in ("PeerMinRsaKeySize", "PeerMinDsaKeySize"))
    return any(isinstance(bits, int) and bits < STRONG_KEY_BITS for bits in given)


def _handshake(rule: Rule, default: Part, said: Said, role: str, dhe: bool) -> Handshake:
    environment, connection = rule.environment, rule.connection
    gsk = environment.part("TTLSGskAdvancedParms") if environment else None
    gsk = gsk or Part("TTLSGskAdvancedParms", "", {}, {})
    cached = gsk.value("GSK_V3_SESSION_TIMEOUT") != 0 and gsk.value("GSK_V3_SIDCACHE_SIZE") != 0
    tickets = int(str(gsk.value("GSK_SESSION_TICKET_SERVER_COUNT"))) if gsk.value("GSK_SESSION_TICKET_SERVER_ENABLE") else 0
    size = gsk.given.get("GSK_V3_SIDCACHE_SIZE")
    return Handshake(
        server_names=names_of("Server", said),
        client_names=names_of("Client", said),
        groups=_groups(role, connection) or _groups(role, environment),
        signatures=tuple(filter(None, map(SIGNATURES.get, _signatures(connection) or _signatures(environment)))),
        edh=str(default.value("ServerEDHGroupSize")) if dhe else "",
        least_dh=least_bits(str(default.value("ClientEDHGroupSize")), int(str(default.given.get("PeerMinDHKeySize", 0)))),
        strict=default.value("CertValidationMode") == "RFC5280",
        renegotiate=default.value("Renegotiation") == "All",
        resumption=cached,
        tickets=tickets,
        cache_seconds=int(str(gsk.value("GSK_V3_SESSION_TIMEOUT"))),
        cache_size=int(str(size)) if size is not None else None,
        fragment=int(said("ClientMaxSSLFragmentLength") or 0) if said("ClientMaxSSLFragment") != OFF else 0,
        middlebox=_first(
            (connection and connection.part("TTLSConnectionAdvancedParms"), "MiddleBoxCompatMode"),
            (default, "MiddleBoxCompatMode"),
            default=None,
        ),
    )


def _groups(role: str, action: Part | None) -> tuple[str, ...]:
    parms = action.part("TTLSSignatureParms") if action else None
    if parms is None:
        return ()
    sides = ("ClientECurves", "ClientKeyShareGroups") if role == "Client" else ("ServerKexECurves", "ServerKeyShareGroups")
    return tuple(dict.fromkeys(group for side in sides for group in _joined(parms, side)))


def _signatures(action: Part | None) -> tuple[str, ...]:
    """Return the codes of the signature pairs that an action names."""
    parms = action.part("TTLSSignatureParms") if action else None
    return tuple(dict.fromkeys(_joined(parms, "SignaturePairs"))) if parms else ()


def _joined(parms: Part, name: str) -> list[str]:
    """Return the values of a parameter that may be given several times, each of them a list."""
    values = parms.given.get(name, ())
    return [one for value in (values if isinstance(values, tuple) else ()) for one in value]


def _labels(own: Part | None, advanced: Part | None) -> tuple[str, ...]:
    """Return the labels of the certificates to show: each ServerCertificateLabel, or CertificateLabel, or none."""
    several = _first((own, "ServerCertificateLabel"), (advanced, "ServerCertificateLabel"), default=())
    single = _first((own, "CertificateLabel"), (advanced, "CertificateLabel"), default="")
    return tuple(map(str, several)) or ((str(single),) if single else ())


def _first(*places: tuple[Part | None, str], default: Any) -> Any:
    for part, name in places:
        if part is not None and name in part.given:
            return part.given[name]
    return default
