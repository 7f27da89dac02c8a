"""The client's own parameters: its FTP.DATA statements and LOCSITE words, declared once.

Source: [CR] FTP.DATA statements for the client; pages 12, 58 and 80-84 of the source document.
Not here: parameters of data sets and of text conversion. Those are the same on both sides and come from zftpd.params.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

TRUE_WORDS = {"TRUE": True, "FALSE": False}


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """What the client does by itself; the attribute is the statement in lower case."""

    secure_mechanism: str = "NONE"
    secure_ftp: str = "ALLOWED"
    tlsmechanism: str = "FTP"
    secure_ctrlconn: str = "CLEAR"
    secure_dataconn: str = "CLEAR"
    secure_hostname: str = "OPTIONAL"
    keyring: str = ""
    ciphersuite: tuple[str, ...] = ()
    tlsrfclevel: str = "DRAFT"
    tlstimeout: int = 100
    epsv4: bool = False
    fwfriendly: bool = False
    passiveignoreaddr: bool = False
    conntime: int = 30
    dconntime: int = 120
    inacttime: int = 120
    sequnit: str = ""
    sunique: bool = False


def one_of(*words: str) -> Callable[[str], str]:
    """Return a converter that accepts these words in any case."""

    def convert(value: str) -> str:
        if value.upper() not in words:
            raise ValueError(f"not one of {', '.join(words)}")
        return value.upper()

    return convert


def truth(value: str) -> bool:
    """Convert TRUE and FALSE."""
    if value.upper() not in TRUE_WORDS:
        raise ValueError("neither TRUE nor FALSE")
    return TRUE_WORDS[value.upper()]


def seconds(value: str) -> int:
    """Convert a time limit of 0 to 86400 seconds."""
    if not value.isdigit() or int(value) > 86400:
        raise ValueError("not a number of 0 to 86400 seconds")
    return int(value)


STATEMENTS: dict[str, Callable[[str], Any]] = {
    "SECURE_MECHANISM": one_of("NONE", "TLS", "GSSAPI"),
    "SECURE_FTP": one_of("ALLOWED", "REQUIRED"),
    "TLSMECHANISM": one_of("FTP", "ATTLS"),
    "SECURE_CTRLCONN": one_of("CLEAR", "SAFE", "PRIVATE"),
    "SECURE_DATACONN": one_of("NEVER", "CLEAR", "SAFE", "PRIVATE"),
    "SECURE_HOSTNAME": one_of("OPTIONAL", "REQUIRED"),
    "KEYRING": str,
    "CIPHERSUITE": str,
    "TLSRFCLEVEL": one_of("DRAFT", "RFC4217", "CCCNONOTIFY"),
    "TLSTIMEOUT": seconds,
    "EPSV4": truth,
    "FWFRIENDLY": truth,
    "PASSIVEIGNOREADDR": truth,
    "CONNTIME": seconds,
    "DCONNTIME": seconds,
    "INACTTIME": seconds,
}

#: LOCSITE words that concern the client itself, with the attribute and the value that each sets.
LOCSITE_SWITCHES: dict[str, tuple[str, bool]] = {
    "FWFRIENDLY": ("fwfriendly", True),
    "NOFWFRIENDLY": ("fwfriendly", False),
    "EPSV4": ("epsv4", True),
    "NOEPSV4": ("epsv4", False),
    "PASSIVEIGNOREADDR": ("passiveignoreaddr", True),
    "NOPASSIVEIGNOREADDR": ("passiveignoreaddr", False),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """What was wrong with one statement."""

    line: int
    statement: str
    reason: str


def read_statements(text: str, settings: ClientSettings) -> tuple[ClientSettings, list[Remark], str]:
    """Return the settings after FTP.DATA `text`, remarks on bad values, and the statements that are not the client's own."""
    remarks: list[Remark] = []
    others: list[str] = []
    for number, raw in enumerate(text.splitlines(), 1):
        words = raw.split(";", 1)[0].split()
        if not words:
            continue
        name = words[0].upper()
        convert = STATEMENTS.get(name)
        if convert is None:
            others.append(raw)
            continue
        try:
            settings = _with(settings, name, convert(" ".join(words[1:])))
        except ValueError as error:
            remarks.append(Remark(number, name, str(error)))
    return settings, remarks, "\n".join(others)


def _with(settings: ClientSettings, name: str, value: Any) -> ClientSettings:
    """CIPHERSUITE repeats and adds; everything else replaces."""
    if name == "CIPHERSUITE":
        value = (*settings.ciphersuite, value.upper())
    return replace(settings, **{name.lower(): value})


def switched(settings: ClientSettings, attribute: str, value: bool) -> ClientSettings:
    """Return the settings with one of the LOCSITE switches set."""
    changes: dict[str, Any] = {attribute: value}
    return replace(settings, **changes)


def describe(settings: ClientSettings) -> list[str]:
    """Return one line for each parameter, for LOCSTAT."""
    shown = []
    for field in fields(settings):
        value = getattr(settings, field.name)
        if isinstance(value, tuple):
            value = " ".join(value)
        shown.append(f"{field.name.upper()} is {str(value).upper() if isinstance(value, bool) else value or '(none)'}")
    return shown
