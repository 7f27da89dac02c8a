"""Builds the SMF records of the server from facts.

Source: layouts.py. Not here: where records go (writer.py).
Rules: a text that is too long is cut, never an error; an address that is no IPv4 address is zero in type 118.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

from mvsfs.codepages import table
from zftpd.attls.ciphers import CIPHERS
from zftpd.smf.facts import EVENTS, LoginFailure, Protection, SmfFacts
from zftpd.smf.layouts import IDENTIFICATION, LOGIN_FAILURE, SECURITY, SERVER_118, TRANSFER, record, sections

_TO_HOST = table("IBM-1047", "ISO8859-1").to_host
EVENT = 0x08
MAX_NAME = 1024
WORD = 0xFFFFFFFF
#: Stands for the code of a cipher suite that does not fit into two digits.
FOUR_DIGITS = "4X"


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes: the names that every record carries."""

    sysname: str = "MVS1"
    stack: str = "TCPIP"
    jobname: str = "FTPD1"
    userid: str = "FTPD"
    release: str = "V2R5"
    sysplex: str = "LOCAL"


def ebcdic(text: str, length: int | None = None) -> bytes:
    """Return the text in EBCDIC, blank-padded or cut to `length`."""
    data = text.encode("latin-1", "replace").translate(_TO_HOST)
    return data if length is None else data[:length].ljust(length, b"\x40")


def hundredths(when: datetime) -> int:
    """Return hundredths of a second since midnight."""
    return ((when.hour * 60 + when.minute) * 60 + when.second) * 100 + when.microsecond // 10000


def packed_date(when: datetime) -> bytes:
    """Return 0cyydddF, c counting centuries from 1900."""
    digits = f"0{when.year // 100 - 19}{when.year % 100:02d}{when.timetuple().tm_yday:03d}"
    return bytes.fromhex(digits + "F")


def address(host: str) -> bytes:
    """Return 16 bytes: an IPv6 address, or an IPv4 address mapped into one."""
    try:
        known = ip_address(host.partition("%")[0])
    except ValueError:
        return bytes(16)
    return known.packed if isinstance(known, IPv6Address) else bytes(10) + b"\xff\xff" + known.packed


def address4(host: str) -> bytes:
    """Return four bytes of an IPv4 address, mapped ones included; zeros for any other."""
    mapped = address(host)
    return mapped[12:] if mapped[:12] == bytes(10) + b"\xff\xff" else bytes(IPv4Address(0).packed)


def long_float(number: int) -> bytes:
    """Return a whole number as eight bytes of hexadecimal floating point."""
    if not number:
        return bytes(8)
    digits = (number.bit_length() + 3) // 4
    return bytes((0x40 + digits,)) + (number << 56 >> 4 * digits).to_bytes(7, "big")


def _codes(cipher: str) -> tuple[str, str]:
    """Return the code of a cipher suite in two digits, 4X where it takes four, and in four."""
    row = next((each for each in CIPHERS if cipher and cipher in (each.openssl, each.name)), None)
    if row is None:
        return "", ""
    return (row.short_code if len(row.short_code) == 2 else FOUR_DIGITS), row.code


def _header(writer: Writer, when: datetime) -> dict[str, Any]:
    return {
        "time": hundredths(when),
        "date": packed_date(when),
        "system": ebcdic(writer.sysname, 4),
        "subsystem": ebcdic("TCP", 4),
    }


def _identification(writer: Writer, asid: int) -> bytes:
    names = {
        "sysname": writer.sysname,
        "sysplex": writer.sysplex,
        "stack": writer.stack,
        "release": f"CS {writer.release}",
        "component": "FTPS",
        "asname": writer.jobname,
        "userid": writer.userid,
    }
    return bytes(
        IDENTIFICATION.build({**{key: ebcdic(text, 8) for key, text in names.items()}, "asid": asid & 0xFFFF, "reason": EVENT})
    )


def transfer_119(writer: Writer, facts: SmfFacts) -> bytes:
    """Return type 119 subtype 70."""
    verb, (kind, mode, structure) = facts.verb, facts.wire
    duration = max(0, int((facts.ended - facts.started).total_seconds() * 100))
    body = TRANSFER.build(
        {
            "oper": EVENTS[verb][0],
            "command": ebcdic(verb, 4),
            "filetype": ebcdic(facts.filetype, 4),
            "data_remote": address(facts.data_client[0]),
            "data_local": address(facts.data_server[0]),
            "data_remote_port": facts.data_client[1],
            "data_local_port": facts.data_server[1],
            "control_remote": address(facts.client[0]),
            "control_local": address(facts.server[0]),
            "control_remote_port": facts.client[1],
            "control_local_port": facts.server[1],
            "userid": ebcdic(facts.userid, 8),
            "data_type": ebcdic(kind, 1),
            "mode": ebcdic(mode, 1),
            "structure": ebcdic(structure, 1),
            "dataset_type": ebcdic(facts.dataset_type, 1),
            "start_time": hundredths(facts.started),
            "start_date": packed_date(facts.started),
            "end_time": hundredths(facts.ended),
            "end_date": packed_date(facts.ended),
            "duration": min(duration, WORD),
            "bytes": facts.bytes,
            "reply": ebcdic(f"{facts.reply:4d}", 4),
            "member": ebcdic(facts.member, 8),
            "abend": bytes(8),
            "member2": ebcdic(facts.member2, 8),
            "bytes_float": long_float(facts.bytes),
            "control_id": facts.connection & WORD,
            "data_id": 0,  # the record is cut when the data connection has ended
            "session": ebcdic(facts.session, 15),
        }
    )
    parts = [
        _identification(writer, facts.asid),
        bytes(body),
        ebcdic(facts.hostname[:MAX_NAME]),
        ebcdic(facts.name[:MAX_NAME]),
        ebcdic(facts.name2[:MAX_NAME]),
        _security(facts.protection),
    ]
    return record(119, 70, _header(writer, facts.ended), sections(parts))


def _security(facts: Protection) -> bytes:
    short, code = _codes(facts.cipher)
    return bytes(
        SECURITY.build(
            {
                "mechanism": ebcdic(facts.mechanism, 1),
                "control": ebcdic(facts.control, 1),
                "data": ebcdic(facts.data, 1),
                "login": ebcdic(facts.login, 1),
                "protocol": ebcdic(facts.protocol, 8),
                "cipher": ebcdic(facts.cipher, 20),
                "buffer": 0,
                "cipher_code": ebcdic(short, 2),
                "cipher_code4": ebcdic(code, 4),
            }
        )
    )


def login_119(writer: Writer, facts: LoginFailure) -> bytes:
    """Return type 119 subtype 72."""
    body = LOGIN_FAILURE.build(
        {
            "userid": ebcdic(facts.userid.upper(), 8),
            "remote": address(facts.client[0]),
            "local": address(facts.server[0]),
            "remote_port": facts.client[1],
            "local_port": facts.server[1],
            "reason": facts.reason,
        }
    )
    parts = [_identification(writer, facts.asid), bytes(body), _security(facts.protection)]
    return record(119, 72, _header(writer, facts.when), sections(parts, 3))


def daemon_119(writer: Writer, when: datetime, statements: str) -> bytes:
    """Return type 119 subtype 71: the configuration the daemon started with, as its statements [form assumed]."""
    text = b"\x15".join(ebcdic(line) for line in statements.splitlines())[:30000]
    return record(119, 71, _header(writer, when), sections([_identification(writer, 0), text], 2))


def transfer_118(writer: Writer, facts: SmfFacts, subtype: int) -> bytes:
    """Return type 118 for a transfer."""
    return _server_118(writer, facts, subtype)


def login_118(writer: Writer, facts: LoginFailure, subtype: int) -> bytes:
    """Return type 118 for a refused login."""
    nobody = SmfFacts(
        "PASS",
        facts.userid.upper(),
        facts.client,
        facts.server,
        ("", 0),
        ("", 0),
        "SEQ",
        (" ", " ", " "),
        " ",
        facts.when,
        facts.when,
        0,
        530,
        "",
    )
    return _server_118(writer, nobody, subtype)


def _server_118(writer: Writer, facts: SmfFacts, subtype: int) -> bytes:
    kind, mode, structure = facts.wire
    body = SERVER_118.build(
        {
            "command": ebcdic(facts.verb, 4),
            "filetype": ebcdic(facts.filetype, 4),
            "remote": address4(facts.client[0]),
            "local": address4(facts.server[0]),
            "remote_port": facts.client[1],
            "local_port": facts.server[1],
            "userid": ebcdic(facts.userid, 8),
            "data_type": ebcdic(kind, 1),
            "mode": ebcdic(mode, 1),
            "structure": ebcdic(structure, 1),
            "dataset_type": ebcdic(facts.dataset_type, 1),
            "start_time": hundredths(facts.started),
            "end_time": hundredths(facts.ended),
            "bytes": min(facts.bytes, WORD),
            "reply": ebcdic(f"{facts.reply:03d}", 3),
            "dataset": ebcdic(facts.name, 44),
            "member": ebcdic(facts.member, 8),
            "dataset2": ebcdic(facts.name2, 44),
            "member2": ebcdic(facts.member2, 8),
        }
    )
    return record(118, subtype, _header(writer, facts.ended), bytes(body))
