"""The statements of an AT-TLS policy and their parameters, each declared once.

Source: [IPCR] "AT-TLS policy statements". Defaults are those of z/OS 2.5 except for the protocols: here TLS 1.2 and 1.3 are
on and older ones off unless a policy says otherwise.
Rules: a parameter that changes nothing here is still checked and shown in reports; `unused` marks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from zftpd.attls import kinds
from zftpd.attls.kinds import Converter


@dataclass(frozen=True, slots=True)
class Spec:
    """One parameter: its converter, its default, whether it may be given more than once."""

    convert: Converter
    default: object = None
    many: bool = False
    unused: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """One kind of statement: parameters, and which kinds of statement it takes inside or by `...Ref`."""

    keyword: str
    parameters: Mapping[str, Spec]
    parts: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    lists: tuple[str, ...] = field(default=())
    """Those of `parts` that may be given more than once."""


_SWITCH = Spec(kinds.switch, False)
_UNUSED_SWITCH = Spec(kinds.switch, False, unused=True)
_TRACE = Spec(kinds.number(0, 255), 2)
_ROLE = Spec(kinds.words("Client", "Server", "ServerWithClientAuth"))
_LABEL = Spec(kinds.name(127))
_FRAGMENT = Spec(kinds.words("Off", "Optional", "Required"), "Off", unused=True)
PROTOCOLS = ("SSLv2", "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")
_PROTOCOL_DEFAULTS = {"TLSv1.2": True, "TLSv1.3": True}

_COMMON_ADVANCED = {
    **{protocol: Spec(kinds.switch, _PROTOCOL_DEFAULTS.get(protocol, False)) for protocol in PROTOCOLS},
    "ApplicationControlled": _SWITCH,
    "CertificateLabel": _LABEL,
    "ServerCertificateLabel": Spec(kinds.name(127), many=True),
    "HandshakeTimeout": Spec(kinds.number(0, 600), 10),
    "ResetCipherTimer": Spec(kinds.number(0, 1440), 0),
    "SecondaryMap": _SWITCH,
    "TruncatedHMAC": _FRAGMENT,
    "ClientMaxSSLFragment": _FRAGMENT,
    "ClientMaxSSLFragmentLength": Spec(kinds.words("512", "1024", "2048", "4096"), unused=True),
    "ServerMaxSSLFragment": _FRAGMENT,
    "ClientHandshakeSNI": _FRAGMENT,
    "ClientHandshakeSNIMatch": _FRAGMENT,
    "ClientHandshakeSNIList": Spec(kinds.name(255), many=True, unused=True),
    "ServerHandshakeSNI": _FRAGMENT,
    "ServerHandshakeSNIMatch": _FRAGMENT,
    "ServerHandshakeSNIList": Spec(kinds.name(255), many=True, unused=True),
    "3DesKeyCheck": _UNUSED_SWITCH,
    "ServerScsv": _UNUSED_SWITCH,
    "MiddleBoxCompatMode": _UNUSED_SWITCH,
}
_ENVIRONMENT_ADVANCED = {
    **_COMMON_ADVANCED,
    "ClientAuthType": Spec(kinds.words("PassThru", "Full", "Required", "SAFCheck"), "Required"),
    "CertValidationMode": Spec(kinds.words("Any", "RFC2459", "RFC3280", "RFC5280"), "Any", unused=True),
    "Renegotiation": Spec(kinds.words("Default", "Disabled", "All", "Abbreviated"), "Default", unused=True),
    "RenegotiationIndicator": Spec(kinds.words("Optional", "Client", "Server", "Both"), "Optional", unused=True),
    "RenegotiationCertCheck": _UNUSED_SWITCH,
    "ClientEDHGroupSize": Spec(kinds.words("Legacy", "2048"), "Legacy", unused=True),
    "ServerEDHGroupSize": Spec(kinds.words("Legacy", "2048", "Match"), "Legacy", unused=True),
    "PeerMinCertVersion": Spec(kinds.words("Any", "3"), "Any", unused=True),
    "PeerMinDHKeySize": Spec(kinds.number(0, 2048), 1024, unused=True),
    "PeerMinDsaKeySize": Spec(kinds.number(0, 2048), 1024),
    "PeerMinECCKeySize": Spec(kinds.number(0, 521), 192),
    "PeerMinRsaKeySize": Spec(kinds.number(0, 4096), 1024),
}
_CONNECTION_ADVANCED = {name: Spec(s.convert, None, s.many, s.unused) for name, s in _COMMON_ADVANCED.items()}
_FIPS = Spec(kinds.words("Off", "On", "Level1", "Level2", "Level3"), "Off")


def _statement(
    keyword: str,
    parameters: Mapping[str, Spec],
    parts: tuple[str, ...] = (),
    required: tuple[str, ...] = (),
    lists: tuple[str, ...] = (),
) -> Statement:
    return Statement(keyword, MappingProxyType(dict(parameters)), parts, required, lists)


_ADDRESSES = ("IpAddr", "IpAddrSet", "IpAddrGroup")
_PORTS = ("PortRange", "PortGroup")
STATEMENTS: tuple[Statement, ...] = (
    _statement(
        "TTLSRule",
        {
            "LocalAddr": Spec(kinds.addresses),
            "RemoteAddr": Spec(kinds.addresses),
            "LocalPortRange": Spec(kinds.ports),
            "RemotePortRange": Spec(kinds.ports),
            "Jobname": Spec(kinds.pattern, "*"),
            "Userid": Spec(kinds.pattern, "*"),
            "Direction": Spec(kinds.words("Inbound", "Outbound", "Both"), "Both"),
            "Priority": Spec(kinds.number(1, 2_000_000_000), 1),
        },
        (
            *(
                f"{side}{kind}"
                for side in ("Local", "Remote")
                for kind in ("Addr", "AddrSet", "AddrGroup", "PortRange", "PortGroup")
            ),
            "TTLSGroupAction",
            "TTLSEnvironmentAction",
            "TTLSConnectionAction",
        ),
        ("TTLSGroupAction",),
    ),
    _statement(
        "TTLSGroupAction",
        {
            "TTLSEnabled": Spec(kinds.switch),
            "Trace": _TRACE,
            "CtraceClearText": _SWITCH,
            "GroupUserInstance": Spec(kinds.number(0, 65535), 0),
            "FIPS140": _FIPS,
        },
        ("TTLSGroupAdvancedParms",),
        ("TTLSEnabled",),
    ),
    _statement(
        "TTLSGroupAdvancedParms",
        {
            "Envfile": Spec(kinds.name(1023), unused=True),
            "SyslogFacility": Spec(kinds.words("Daemon", "Auth"), "Daemon"),
            "SecondaryMap": _SWITCH,
        },
    ),
    _statement(
        "TTLSEnvironmentAction",
        {
            "HandshakeRole": _ROLE,
            "Trace": Spec(kinds.number(0, 255)),
            "CtraceClearText": Spec(kinds.switch),
            "EnvironmentUserInstance": Spec(kinds.number(0, 65535), 0),
            "SuiteBProfile": Spec(kinds.words("Off", "128Min", "192Min", "All"), "Off", unused=True),
        },
        ("TTLSKeyringParms", "TTLSCipherParms", "TTLSSignatureParms", "TTLSEnvironmentAdvancedParms", "TTLSGskAdvancedParms"),
        ("HandshakeRole", "TTLSKeyringParms"),
    ),
    _statement("TTLSEnvironmentAdvancedParms", _ENVIRONMENT_ADVANCED),
    _statement(
        "TTLSConnectionAction",
        {"HandshakeRole": _ROLE, "Trace": Spec(kinds.number(0, 255)), "CtraceClearText": Spec(kinds.switch)},
        ("TTLSCipherParms", "TTLSSignatureParms", "TTLSConnectionAdvancedParms"),
    ),
    _statement("TTLSConnectionAdvancedParms", _CONNECTION_ADVANCED),
    _statement(
        "TTLSKeyringParms",
        {"Keyring": Spec(kinds.name(1023)), "KeyringPw": Spec(kinds.name(128)), "KeyringStashFile": Spec(kinds.name(1023))},
        (),
        ("Keyring",),
    ),
    _statement(
        "TTLSCipherParms",
        {
            "V2CipherSuites": Spec(kinds.name(255), many=True, unused=True),
            "V3CipherSuites": Spec(kinds.name(1023), many=True),
            "V3CipherSuites4Char": Spec(kinds.name(1023), many=True),
        },
    ),
    _statement(
        "TTLSSignatureParms",
        {
            "ClientECurves": Spec(kinds.name(255), many=True, unused=True),
            "ClientKeyShareGroups": Spec(kinds.name(255), many=True, unused=True),
            "ServerKeyShareGroups": Spec(kinds.name(255), many=True, unused=True),
            "SignaturePairs": Spec(kinds.name(255), many=True, unused=True),
        },
    ),
    _statement(
        "TTLSGskAdvancedParms",
        {
            "GSK_SYSPLEX_SIDCACHE": _UNUSED_SWITCH,
            "GSK_V2_SESSION_TIMEOUT": Spec(kinds.number(0, 100), 100, unused=True),
            "GSK_V2_SIDCACHE_SIZE": Spec(kinds.number(0, 32000), 256, unused=True),
            "GSK_V3_SESSION_TIMEOUT": Spec(kinds.number(0, 86400), 86400, unused=True),
            "GSK_V3_SIDCACHE_SIZE": Spec(kinds.number(0, 64000), 512, unused=True),
        },
    ),
    _statement("IpAddr", {"Addr": Spec(kinds.addresses)}, (), ("Addr",)),
    _statement("IpAddrSet", {"Addr": Spec(kinds.addresses), "Prefix": Spec(kinds.addresses), "Range": Spec(kinds.addresses)}),
    _statement("IpAddrGroup", {}, ("IpAddr", "IpAddrSet"), (), ("IpAddr", "IpAddrSet")),
    _statement("PortRange", {"Port": Spec(kinds.ports)}, (), ("Port",)),
    _statement("PortGroup", {}, ("PortRange",), (), ("PortRange",)),
)
BY_KEYWORD = {statement.keyword.lower(): statement for statement in STATEMENTS}


def target_of(part: str) -> str:
    """Return the kind of statement that a part of another names: `LocalAddrGroup` means an IpAddrGroup."""
    for side in ("Local", "Remote"):
        if part.startswith(side):
            rest = part.removeprefix(side)
            return rest if rest.startswith("Port") else f"Ip{rest}"
    return part
