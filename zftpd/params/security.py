"""Parameters of TLS, of login and of the data connection's addresses.

Source: zos-ftp-server.md 6.6 and 6.7; the security document pages 11-13, 37, 64; [CFGREF].
"""

from __future__ import annotations

from zftpd.params.kinds import SWITCH, Choice, Count, Text, Word
from zftpd.params.param import Param, Where
from zftpd.params.sets import Names, Ports

_BOTH = Where.BOTH
_LEVEL = ("CLEAR", "SAFE", "PRIVATE")
_FREE_OR_SAME = Choice(("UNRESTRICTED", "NOREDIRECT"))

PARAMS = (
    Param(
        "ACCESSERRORMSGS", SWITCH, False, "Tell the client why a login failed.", "CR; SEC 13", "seen", synonyms=("ACCESSERRMSG",)
    ),
    Param(
        "VERIFYUSER",
        SWITCH,
        False,
        "Every login needs READ to EZB.FTP.sysname.ftpdname.PORTnnnnn in class SERVAUTH.",
        "SEC 10, 14",
        "seen",
    ),
    Param(
        "PORTOFENTRY4",
        Choice(("TERMINAL", "SERVAUTH")),
        "TERMINAL",
        "Class of the port of entry that a login over IPv4 is verified with: the client's terminal, or its security zone.",
        "CR",
    ),
    Param(
        "APPLNAME",
        Word(8, "application name"),
        None,
        "Application name that a login is verified with (class APPL).",
        "CR",
        evidence="assumed",
    ),
    Param("PORTCOMMAND", Choice(("ACCEPT", "REJECT")), "ACCEPT", "Whether PORT and EPRT are allowed.", "SEC 12; CR", "seen"),
    Param(
        "PORTCOMMANDPORT",
        Choice(("UNRESTRICTED", "NOLOWPORTS")),
        "UNRESTRICTED",
        "Whether PORT and EPRT may name a port below 1024.",
        "SEC 12; CR",
        "seen",
    ),
    Param(
        "PORTCOMMANDIPADDR",
        _FREE_OR_SAME,
        "UNRESTRICTED",
        "Whether PORT and EPRT may name another host than the client.",
        "SEC 12; CR",
        "seen",
    ),
    Param(
        "PASSIVEDATACONN",
        _FREE_OR_SAME,
        "UNRESTRICTED",
        "Whether another host than the client may use a passive data connection.",
        "SEC 12; CR",
        "seen",
    ),
    Param("PASSIVEDATAPORTS", Ports(), None, "Ports for passive data connections.", "SEC 14; CR", "seen"),
    Param(
        "SECURE_FTP", Choice(("ALLOWED", "REQUIRED")), "ALLOWED", "Whether sessions must be secured.", "SEC 37, 64", "seen", _BOTH
    ),
    Param(
        "SECURE_LOGIN",
        Choice(("NO_CLIENT_AUTH", "REQUIRED", "VERIFY_USER")),
        "NO_CLIENT_AUTH",
        "Whether the client needs a certificate, and whether it must belong to the user.",
        "SEC 37, 64; CODES 531",
        "seen",
    ),
    Param(
        "SECURE_PASSWORD",
        Choice(("REQUIRED", "OPTIONAL")),
        "REQUIRED",
        "Whether a password is needed when a certificate names the user.",
        "SEC 37, 64",
        "seen",
    ),
    Param(
        "SECURE_PASSWORD_KERBEROS",
        Choice(("REQUIRED", "OPTIONAL")),
        "REQUIRED",
        "The same for Kerberos.",
        "CR",
        limit="no Kerberos",
    ),
    Param(
        "SECURE_CTRLCONN",
        Choice(_LEVEL),
        "CLEAR",
        "Least protection of the control connection; other than CLEAR refuses CCC.",
        "SEC 37, 64, 52",
        "seen",
        _BOTH,
    ),
    Param(
        "SECURE_DATACONN",
        Choice(("NEVER", *_LEVEL)),
        "CLEAR",
        "Least protection of the data connection.",
        "SEC 37, 64; CODES 536",
        "seen",
        _BOTH,
    ),
    Param(
        "SECURE_PBSZ",
        Count(512, 32768),
        16384,
        "Largest protection buffer.",
        "CR",
        where=_BOTH,
        limit="TLS uses no protection buffer; kept and shown",
    ),
    Param(
        "SECURE_SESSION_REUSE",
        Choice(("NONE", "ALLOWED", "REQUIRED")),
        "ALLOWED",
        "Whether data connections may or must resume the TLS session of the control connection.",
        "CR",
        "seen",
        _BOTH,
    ),
    Param(
        "SECUREIMPLICITZOS", SWITCH, True, "On TLSPORT: handshake after the greeting (TRUE) or before it.", "CR", "seen", _BOTH
    ),
    Param(
        "TLSMECHANISM",
        Choice(("FTP", "ATTLS")),
        "FTP",
        "Who does TLS: the FTP program itself or the AT-TLS policy.",
        "SEC 37, 64",
        "seen",
        _BOTH,
    ),
    Param(
        "TLSRFCLEVEL",
        Choice(("DRAFT", "RFC4217", "CCCNONOTIFY")),
        "DRAFT",
        "Which rules AUTH TLS, REIN and CCC follow.",
        "SEC 37, 52, 64",
        "seen",
        _BOTH,
    ),
    Param("TLSPORT", Count(0, 65534), 990, "Port on which TLS starts without AUTH; 0 is none.", "FLU#494", "seen", _BOTH),
    Param(
        "TLSTIMEOUT",
        Count(0, 86400),
        100,
        "Seconds that a TLS session may be resumed.",
        "CR",
        where=_BOTH,
    ),
    Param(
        "KEYRING",
        Text("ring | user/ring | *AUTH*/* | path of a key file"),
        None,
        "Key ring with the certificate, private key and trusted roots.",
        "SEC 35, 78",
        "seen",
        _BOTH,
    ),
    Param(
        "CIPHERSUITE",
        Names(what="SSL_... or TLS_... cipher name"),
        (),
        "Cipher suites in order of preference; one per statement.",
        "CR",
        where=_BOTH,
    ),
    Param(
        "SSLV3",
        SWITCH,
        False,
        "Allow SSL version 3.",
        "CR",
        where=_BOTH,
        limit="no SSLv3 in current TLS libraries; TRUE is reported and ignored",
    ),
)
