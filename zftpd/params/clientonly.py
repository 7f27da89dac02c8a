"""Statements that only the FTP client obeys. A server's FTP.DATA may hold them; they are reported and ignored.

Source: zos-ftp-server.md 6.9; the security document pages 76, 84; [CFGREF].
"""

from __future__ import annotations

from zftpd.params.kinds import SWITCH, Choice, Count, Text
from zftpd.params.param import Param, Where

DAY = 86400
_CLIENT = Where.CLIENT
_LEVEL = "known"


def _timer(name: str, default: int, text: str) -> Param:
    """A row for a client timer in seconds."""
    return Param(name, Count(15, DAY, zero=True), default, text, "CR", _LEVEL, _CLIENT)


PARAMS = (
    _timer("CCONNTIME", 30, "Seconds to wait when a control connection is closed."),
    _timer("DATACTTIME", 120, "Seconds to wait for data on a data connection."),
    _timer("DCONNTIME", 120, "Seconds to wait when a data connection is closed."),
    _timer("INACTTIME", 120, "Seconds to wait for a reply of the server."),
    _timer("MYOPENTIME", 60, "Seconds to wait for a connection to open."),
    Param(
        "CLIENTERRCODES",
        Choice(("TRUE", "FALSE", "EXTENDED")),
        "FALSE",
        "How the return code of a failed session is made.",
        "CR",
        _LEVEL,
        _CLIENT,
    ),
    Param("CLIENTEXIT", SWITCH, False, "Stop at the first error, as the start option EXIT.", "CR", _LEVEL, _CLIENT),
    Param("LOGCLIENTERR", SWITCH, False, "Report client errors with EZZ9830I.", "CR", _LEVEL, _CLIENT),
    Param(
        "CHKPTPREFIX",
        Choice(("HOME", "USERID", "LOCAL")),
        "HOME",
        "Where the client keeps the checkpoint data set of RESTART.",
        "CR",
        _LEVEL,
        _CLIENT,
    ),
    Param("CHKPTFLUSH", SWITCH, False, "Write checkpoints with each marker, not when it breaks.", "CR", _LEVEL, _CLIENT),
    Param("RESTGET", SWITCH, True, "Keep checkpoints of GET.", "CR", _LEVEL, _CLIENT),
    Param("RESTPUT", SWITCH, True, "Keep checkpoints of PUT.", "CR", _LEVEL, _CLIENT),
    Param("EPSV4", SWITCH, False, "Use EPSV and EPRT with IPv4 as well.", "CR; SEC 84", "seen", _CLIENT),
    Param("FWFRIENDLY", SWITCH, False, "Use passive data connections.", "CR", _LEVEL, _CLIENT),
    Param(
        "PASSIVEIGNOREADDR",
        SWITCH,
        False,
        "Connect to the server's own address whatever the PASV reply says.",
        "SEC 48, 50",
        "seen",
        _CLIENT,
    ),
    Param("PASSIVEONLY", SWITCH, False, "Never fall back to active data connections.", "CR", _LEVEL, _CLIENT),
    Param(
        "NETRCLEVEL",
        Choice(("1", "2"), as_number=True),
        1,
        "How NETRC names are compared: 1 as typed, 2 resolved.",
        "CR",
        _LEVEL,
        _CLIENT,
    ),
    Param("PROGRESS", Count(10, DAY, zero=True), 10, "Seconds between progress messages of a transfer.", "CR", _LEVEL, _CLIENT),
    Param("SEQNUMSUPPORT", SWITCH, False, "Whether columns 73-80 of the input are sequence numbers.", "CR", _LEVEL, _CLIENT),
    Param(
        "SECURE_HOSTNAME",
        Choice(("OPTIONAL", "REQUIRED")),
        "OPTIONAL",
        "Whether the server's certificate must name the host.",
        "CR",
        _LEVEL,
        _CLIENT,
    ),
    Param(
        "SECURE_MECHANISM",
        Choice(("GSSAPI", "TLS")),
        None,
        "What AUTH asks for.",
        "SEC 76",
        "seen",
        _CLIENT,
        limit="no Kerberos: GSSAPI is refused",
        limited=lambda value: value == "GSSAPI",
    ),
    Param(
        "SOCKSCONFIGFILE",
        Text("path or data set name"),
        None,
        "Servers that are reached through SOCKS.",
        "CR",
        _LEVEL,
        _CLIENT,
        limit="no SOCKS; a statement is reported and ignored",
    ),
    Param(
        "TRACECAPI",
        Choice(("CONDITIONAL", "ALL", "NONE")),
        "CONDITIONAL",
        "Traces of the callable interface.",
        "CR",
        _LEVEL,
        _CLIENT,
        limit="there is no callable interface",
    ),
)
