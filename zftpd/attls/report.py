"""The reports of `netstat TTLS`, and the line that a failed handshake writes.

Source: pages 68 and 85 of the source document for the detailed report, page 45 for EZD1286I; [IPSAC] "Netstat TTLS/-x report".
Rules: pure; facts in, lines out. Values that a policy leaves open are shown with their defaults.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from zftpd.attls.ciphers import Cipher
from zftpd.attls.kinds import AddressRange, PortRange
from zftpd.attls.match import Mapping
from zftpd.attls.policy import Part, Policy, suites
from zftpd.messages import Message

_LEVELS = {
    "TLSv1": "TLS Version 1",
    "TLSv1.1": "TLS Version 1.1",
    "TLSv1.2": "TLS Version 1.2",
    "TLSv1.3": "TLS Version 1.3",
    "SSLv3": "SSL Version 3",
}
_TOP, _RULE, _ACTION, _INNER = 16, 17, 17, 25


@dataclass(frozen=True, slots=True)
class Secured:
    """A connection under AT-TLS: who, between what, with which result. `protocol` is as Python's ssl names it."""

    number: int
    jobname: str
    local: tuple[str, int]
    remote: tuple[str, int]
    mapping: Mapping
    protocol: str = ""
    cipher: Cipher | None = None
    cert_userid: str = ""


def detail(secured: Secured, policy: Policy) -> list[str]:
    """Return the report on one connection."""
    rule = secured.mapping.rule
    cipher = f"{secured.cipher.short_code} {secured.cipher.name}" if secured.cipher else "N/A"
    lines = [
        f"ConnID: {secured.number:08X}",
        _pair("JobName", secured.jobname, 2, _TOP),
        _pair("LocalSocket", socket_text(secured.local), 2, _TOP),
        _pair("RemoteSocket", socket_text(secured.remote), 2, _TOP),
        _pair("SecLevel", _LEVELS.get(secured.protocol, "N/A"), 2, _TOP),
        _pair("Cipher", cipher, 2, _TOP),
        _pair("CertUserID", secured.cert_userid or "N/A", 2, _TOP),
        _pair("MapType", secured.mapping.kind, 2, _TOP),
        _pair("FIPS140", secured.mapping.fips140, 2, _TOP),
        f"TTLSRule: {rule.name}",
        _pair("Priority", rule.priority, 2, _RULE),
        *_places("Local", rule.local, rule.local_ports),
        *_places("Remote", rule.remote, rule.remote_ports),
    ]
    for label, value in (("JobName", rule.jobname), ("UserID", rule.userid)):
        if value != "*":
            lines.append(_pair(label, value, 2, _RULE))
    lines.append(_pair("Direction", rule.direction, 2, _RULE))
    lines += _group(rule.group, policy.groups.get(rule.group.name, 0))
    if rule.environment is not None:
        lines += _environment(rule.environment)
    if rule.connection is not None:
        lines += _connection(rule.connection)
    return lines


def _pair(label: str, value: object, indent: int, width: int) -> str:
    return f"{' ' * indent}{label + ':':<{width}}{_shown(value)}"


def _shown(value: object) -> str:
    return ("On" if value else "Off") if isinstance(value, bool) else str(value)


def socket_text(end: tuple[str, int]) -> str:
    """Return an address and a port as netstat writes them: two periods between."""
    return f"{end[0]}..{end[1]}"


def _places(side: str, addresses: tuple[AddressRange, ...], ports: tuple[PortRange, ...]) -> list[str]:
    lines = [_pair(f"{side}Addr", address.text, 2, _RULE) for address in addresses]
    for each in ports:
        if each == PortRange():
            lines.append(_pair(f"{side}Port", "All", 2, _RULE))
        elif each.low == each.high:
            lines.append(_pair(f"{side}Port", each.low, 2, _RULE))
        else:
            lines.append(f"{_pair(f'{side}PortFrom', each.low, 2, _RULE):<28}{side}PortTo: {each.high}")
    return lines


def _group(group: Part, number: int) -> list[str]:
    advanced = group.part("TTLSGroupAdvancedParms") or Part("TTLSGroupAdvancedParms", "", {}, {})
    lines = [_pair("TTLSGrpAction", group.name, 2, _ACTION), _pair("GroupID", f"{number:08X}", 4, _INNER)]
    lines.append(_pair("TTLSEnabled", group.value("TTLSEnabled"), 4, _INNER))
    if "Envfile" in advanced.given:
        lines.append(_pair("Envfile", advanced.value("Envfile"), 4, _INNER))
    shown = [
        ("CtraceClearText", group),
        ("Trace", group),
        ("SyslogFacility", advanced),
        ("SecondaryMap", advanced),
        ("FIPS140", group),
    ]
    return lines + [_pair(name, part.value(name), 4, _INNER) for name, part in shown]


_ENVIRONMENT = (
    "SSLv2",
    "SSLv3",
    "TLSv1",
    "TLSv1.1",
    "TLSv1.2",
    "TLSv1.3",
    "ResetCipherTimer",
    "ApplicationControlled",
    "HandshakeTimeout",
    "TruncatedHMAC",
    "ClientMaxSSLFragment",
    "ServerMaxSSLFragment",
    "ClientHandshakeSNI",
    "ServerHandshakeSNI",
    "ClientAuthType",
    "CertValidationMode",
)


def _environment(environment: Part) -> list[str]:
    advanced = environment.part("TTLSEnvironmentAdvancedParms") or Part("TTLSEnvironmentAdvancedParms", "", {}, {})
    keyring = environment.part("TTLSKeyringParms")
    lines = [
        _pair("TTLSEnvAction", environment.name, 2, _ACTION),
        _pair("EnvironmentUserInstance", environment.value("EnvironmentUserInstance"), 4, _INNER),
        _pair("HandshakeRole", environment.value("HandshakeRole"), 4, _INNER),
    ]
    if keyring is not None:
        lines.append(_pair("Keyring", keyring.value("Keyring"), 4, _INNER))
    if "CertificateLabel" in advanced.given:
        lines.append(_pair("CertificateLabel", advanced.value("CertificateLabel"), 4, _INNER))
    for name in _ENVIRONMENT:
        label = name.upper() if name.startswith(("SSL", "TLS")) else name
        lines.append(_pair(label, advanced.value(name), 4, _INNER))
    return lines + _suites(environment)


def _connection(connection: Part) -> list[str]:
    advanced = connection.part("TTLSConnectionAdvancedParms")
    lines = [_pair("TTLSConnAction", connection.name, 2, _ACTION)]
    if "HandshakeRole" in connection.given:
        lines.append(_pair("HandshakeRole", connection.value("HandshakeRole"), 4, _INNER))
    lines += _suites(connection)
    lines += [_pair(name, connection.given[name], 4, _INNER) for name in ("CtraceClearText", "Trace") if name in connection.given]
    if advanced is not None:
        for name, value in advanced.given.items():
            for one in value if isinstance(value, tuple) else (value,):
                lines.append(_pair(name.upper() if name.startswith(("SSL", "TLS")) else name, one, 4, _INNER))
    return lines


def _suites(action: Part) -> list[str]:
    found = suites(action.part("TTLSCipherParms"))
    lines = []
    for place, cipher in enumerate(found):
        label = "V3CipherSuites:" if place == 0 else ""
        lines.append(f"    {label:<{_INNER}}{cipher.short_code} {cipher.name}")
    return lines


def summary(connections: Iterable[Secured]) -> list[str]:
    """Return the report on all connections: one line each."""
    lines = ["ConnID   RemSocket                                Rule", "------   ---------                                ----"]
    for secured in connections:
        lines.append(f"{secured.number:08X} {socket_text(secured.remote):<40} {secured.mapping.rule.name}"[:120])
    return lines


def group_summary(policy: Policy, connections: Iterable[Secured]) -> list[str]:
    """Return the report on the group actions: number of connections by group."""
    counts = dict.fromkeys(policy.groups, 0)
    for secured in connections:
        name = secured.mapping.rule.group.name
        counts[name] = counts.get(name, 0) + 1
    lines = [
        "TTLSGrpAction                             Group ID           Conns",
        "----------------------------------------  -----------------  -----",
    ]
    return lines + [f"{name:<40}  {policy.groups.get(name, 0):08X}           {count:>5}" for name, count in counts.items()]


@dataclass(frozen=True, slots=True)
class Failure:
    """A handshake that failed. `rc` is System SSL's return code, `event` what was going on."""

    group: int
    environment: int
    number: int
    local: tuple[str, int]
    remote: tuple[str, int]
    jobname: str
    userid: str
    rule: str
    rc: int
    event: str = "Initial Handshake"
    socket_id: int = 0
    handle: int = 0
    process: int = 1


def failed(failure: Failure, when: datetime, stack: str = "TCPCS") -> Message:
    """Return the log line of a failed handshake, as on page 45."""
    facts = {name: getattr(failure, name) for name in Failure.__slots__}
    facts |= {"local": socket_text(failure.local), "remote": socket_text(failure.remote), "when": when, "stack": stack}
    return Message("attls.failed", facts)
