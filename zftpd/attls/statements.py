"""The statements of an AT-TLS policy and their parameters, each declared once.

Source: [IPCR] "AT-TLS policy statements". Defaults are those of z/OS 2.5 except for the protocols: here TLS 1.2 and 1.3 are
on and older ones off unless a policy says otherwise.
Rules: a parameter that changes nothing here is still checked and shown in reports; `limit` says what is missing and why. What
would have to change something and cannot, as a TLS extension that is Required, is no value that is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from zftpd.attls import kinds
from zftpd.attls.kinds import Converter


@dataclass(frozen=True, slots=True)
class Spec:
    """One parameter: its converter, its default, whether it may be given more than once.

    `limit` is what of it does nothing here, and why; `partly`: the rest of it acts.
    """

    convert: Converter
    default: object = None
    many: bool = False
    limit: str = ""
    partly: bool = False


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
_CLEAR_TEXT = Spec(kinds.switch, False, limit="there is no component trace; zftpd --transcripts keeps dialogues")
_ALWAYS = "the TLS library always does it"
_NO_3DES = "no current library offers 3DES"
_V2 = "no current library offers SSL 2"
_DATABASE = "Keyring is a ring of RACF, no key database"
_TRACE = Spec(kinds.number(0, 255), 2, limit="flow and data (16 and above) are not traced", partly=True)
_ROLE = Spec(kinds.words("Client", "Server", "ServerWithClientAuth"))
_LABEL = Spec(kinds.name(127))
_EXTENSION = Spec(
    kinds.offered("Off", "Optional", never=("Required",)), "Off", limit="no current library offers this TLS extension"
)
_FRAGMENT = Spec(kinds.offered("Off", "Optional", never=("Required",)), "Off")
_SNI = Spec(kinds.words("Off", "Optional", "Required"), "Off")
_SNI_MATCH = Spec(kinds.words("Optional", "Required"), "Optional")
_GROUPS = Spec(kinds.groups, many=True)
PROTOCOLS = ("SSLv2", "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")
_ON = ("TLSv1.2", "TLSv1.3")
_SSL = "On is told on the console: no current library offers it"

_COMMON_ADVANCED = {
    **{name: Spec(kinds.switch, name in _ON, limit="" if name.startswith("TLS") else _SSL) for name in PROTOCOLS},
    "ApplicationControlled": _SWITCH,
    "CertificateLabel": _LABEL,
    "ServerCertificateLabel": Spec(kinds.name(127), many=True),
    "HandshakeTimeout": Spec(kinds.number(0, 600), 10),
    "ResetCipherTimer": Spec(kinds.number(0, 1440), 0, limit="Python's TLS cannot renew the keys of a connection"),
    "SecondaryMap": _SWITCH,
    "TruncatedHMAC": _EXTENSION,
    "ClientMaxSSLFragment": _FRAGMENT,
    "ClientMaxSSLFragmentLength": Spec(kinds.words("512", "1024", "2048", "4096"), "4096"),  # [assumed]
    "ServerMaxSSLFragment": replace(_FRAGMENT, limit="Off is Optional: the TLS library always grants it", partly=True),
    "ClientHandshakeSNI": _SNI,
    "ClientHandshakeSNIMatch": replace(_SNI_MATCH, limit="Python's TLS does not tell whether the server took the name"),
    "ClientHandshakeSNIList": Spec(kinds.name(255), many=True),
    "ServerHandshakeSNI": _SNI,
    "ServerHandshakeSNIMatch": _SNI_MATCH,
    "ServerHandshakeSNIList": Spec(kinds.name(255), many=True),
    "3DesKeyCheck": Spec(kinds.switch, False, limit=_NO_3DES),
    "ServerScsv": Spec(kinds.switch, False, limit=_ALWAYS),
    "MiddleBoxCompatMode": Spec(kinds.switch, False),
}
_ENVIRONMENT_ADVANCED = {
    **_COMMON_ADVANCED,
    "ClientAuthType": Spec(
        kinds.words("PassThru", "Full", "Required", "SAFCheck"),
        "Required",
    ),
    "CertValidationMode": Spec(
        kinds.words("Any", "RFC2459", "RFC3280", "RFC5280"), "Any", limit="RFC2459 and RFC3280 are Any", partly=True
    ),
    "Renegotiation": Spec(
        kinds.words("Default", "Disabled", "All", "Abbreviated"),
        "Default",
        limit="Abbreviated is Disabled: it cannot be told apart",
    ),
    "RenegotiationIndicator": Spec(
        kinds.words("Optional", "Client", "Server", "Both"), "Optional", limit="the TLS library always demands it as a client"
    ),
    "RenegotiationCertCheck": Spec(kinds.switch, False, limit="the TLS library checks the certificate of each handshake"),
    "ClientEDHGroupSize": Spec(kinds.words("Legacy", "2048"), "Legacy"),
    "ServerEDHGroupSize": Spec(kinds.words("Legacy", "2048", "Match"), "2048"),
    "PeerMinCertVersion": Spec(kinds.words("Any", "3"), "Any"),
    "PeerMinDHKeySize": Spec(kinds.number(0, 2048), 1024),
    "PeerMinDsaKeySize": Spec(kinds.number(0, 2048), 1024),
    "PeerMinECCKeySize": Spec(kinds.number(0, 521), 192),
    "PeerMinRsaKeySize": Spec(kinds.number(0, 4096), 1024),
}
_CONNECTION_ADVANCED = {name: replace(s, default=None) for name, s in _COMMON_ADVANCED.items()}
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
            "CtraceClearText": _CLEAR_TEXT,
            "GroupUserInstance": Spec(kinds.number(0, 65535), 0),
            "FIPS140": _FIPS,
        },
        ("TTLSGroupAdvancedParms",),
        ("TTLSEnabled",),
    ),
    _statement(
        "TTLSGroupAdvancedParms",
        {
            "Envfile": Spec(kinds.name(1023), limit="there is no System SSL to read the file"),
            "SyslogFacility": Spec(kinds.words("Daemon", "Auth"), "Daemon", limit="lines go to the console and its log"),
            "SecondaryMap": _SWITCH,
        },
    ),
    _statement(
        "TTLSEnvironmentAction",
        {
            "HandshakeRole": _ROLE,
            "Trace": replace(_TRACE, default=None),
            "CtraceClearText": replace(_CLEAR_TEXT, default=None),
            "EnvironmentUserInstance": Spec(kinds.number(0, 65535), 0),
            "SuiteBProfile": Spec(kinds.words("Off", "128", "128Min", "192", "192Min", "All"), "Off"),
        },
        ("TTLSKeyringParms", "TTLSCipherParms", "TTLSSignatureParms", "TTLSEnvironmentAdvancedParms", "TTLSGskAdvancedParms"),
        ("HandshakeRole", "TTLSKeyringParms"),
    ),
    _statement("TTLSEnvironmentAdvancedParms", _ENVIRONMENT_ADVANCED),
    _statement(
        "TTLSConnectionAction",
        {"HandshakeRole": _ROLE, "Trace": replace(_TRACE, default=None), "CtraceClearText": replace(_CLEAR_TEXT, default=None)},
        ("TTLSCipherParms", "TTLSSignatureParms", "TTLSConnectionAdvancedParms"),
    ),
    _statement("TTLSConnectionAdvancedParms", _CONNECTION_ADVANCED),
    _statement(
        "TTLSKeyringParms",
        {
            "Keyring": Spec(kinds.name(1023)),
            "KeyringPw": Spec(kinds.name(128), limit=_DATABASE),
            "KeyringStashFile": Spec(kinds.name(1023), limit=_DATABASE),
        },
        (),
        ("Keyring",),
    ),
    _statement(
        "TTLSCipherParms",
        {
            "V2CipherSuites": Spec(kinds.name(255), many=True, limit=_V2),
            "V3CipherSuites": Spec(kinds.name(1023), many=True),
            "V3CipherSuites4Char": Spec(kinds.name(1023), many=True),
        },
    ),
    _statement(
        "TTLSSignatureParms",
        {
            "ClientECurves": _GROUPS,
            "ClientKeyShareGroups": _GROUPS,
            "ServerKeyShareGroups": _GROUPS,
            "ServerKexECurves": _GROUPS,
            "SignaturePairs": Spec(kinds.signatures, many=True),
            "SignaturePairsCert": Spec(
                kinds.signatures, many=True, limit="the TLS library takes SignaturePairs for certificates, too"
            ),
        },
    ),
    _statement(
        "TTLSGskAdvancedParms",
        {
            "GSK_SYSPLEX_SIDCACHE": Spec(kinds.switch, False, limit="sessions are resumed with the process that made them"),
            "GSK_V2_SESSION_TIMEOUT": Spec(kinds.number(0, 100), 100, limit=_V2),
            "GSK_V2_SIDCACHE_SIZE": Spec(kinds.number(0, 32000), 256, limit=_V2),
            "GSK_V3_SESSION_TIMEOUT": Spec(kinds.number(0, 86400), 86400),
            "GSK_V3_SIDCACHE_SIZE": Spec(kinds.number(0, 64000), 512),
            "GSK_SESSION_TICKET_SERVER_ENABLE": Spec(kinds.switch, True),
            "GSK_SESSION_TICKET_SERVER_COUNT": Spec(kinds.number(0, 16), 2),
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
