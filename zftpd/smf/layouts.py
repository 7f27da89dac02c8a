"""SMF records of the FTP server: type 119 subtypes 70, 71 and 72, and type 118, as construct declarations.

Source: zos-ftp-server.md 8.2 ([CR] SMF records). Section order and triplets of type 119 are seen; field offsets within the
sections follow the published order and are assumed where the reference says so; type 118 likewise.

    0      4       5     6      10     14    18        22       24          28      32     34
    +------+-------+-----+------+------+-----+---------+--------+-----------+-------+------+-----
    | RDW  | flags | typ | time | date | sid | subsys  | subtyp | triplets, | off.  | len. | num. ...
    +------+-------+-----+------+------+-----+---------+--------+-----------+-------+------+-----

Rules: offsets count from the RDW's first byte; numbers are big-endian; text is EBCDIC, blank-padded.
"""

from __future__ import annotations

from typing import Any

from construct import Bytes, Const, Int8ub, Int16ub, Int32ub, Int64ub, Padding, Struct

HEADER_BYTES = 24
TRIPLETS_119 = 7

HEADER = Struct(
    "length" / Int16ub,
    "segment" / Const(0, Int16ub),
    "flags" / Int8ub,
    "type" / Int8ub,
    "time" / Int32ub,  # hundredths of a second since midnight
    "date" / Bytes(4),  # 0cyydddF packed
    "system" / Bytes(4),
    "subsystem" / Bytes(4),
    "subtype" / Int16ub,
)

TRIPLET = Struct("offset" / Int32ub, "length" / Int16ub, "number" / Int16ub)

#: SMF119TI: which stack and address space wrote the record.
IDENTIFICATION = Struct(
    "sysname" / Bytes(8),
    "sysplex" / Bytes(8),
    "stack" / Bytes(8),
    "release" / Bytes(8),
    "component" / Bytes(8),
    "asname" / Bytes(8),
    "userid" / Bytes(8),
    Padding(2),
    "asid" / Int16ub,
    "reason" / Int8ub,  # X'08': an event
    Padding(3),
)

#: Server transfer completion: 184 bytes [IP programmer's guide].
TRANSFER = Struct(
    "oper" / Int8ub,  # 1 append 2 delete 3 rename 4 retrieve 5 store 6 store unique
    Padding(3),
    "command" / Bytes(4),
    "filetype" / Bytes(4),
    "data_remote" / Bytes(16),
    "data_local" / Bytes(16),
    "data_remote_port" / Int16ub,
    "data_local_port" / Int16ub,
    "control_remote" / Bytes(16),
    "control_local" / Bytes(16),
    "control_remote_port" / Int16ub,
    "control_local_port" / Int16ub,
    "userid" / Bytes(8),
    "data_type" / Bytes(1),  # A E I B U
    "mode" / Bytes(1),  # S B C
    "structure" / Bytes(1),  # F R
    "dataset_type" / Bytes(1),  # S P H
    "start_time" / Int32ub,
    "start_date" / Bytes(4),
    "end_time" / Int32ub,
    "end_date" / Bytes(4),
    "duration" / Int32ub,
    "bytes" / Int64ub,
    "reply" / Bytes(4),  # three digits, right-justified
    "member" / Bytes(8),
    "abend" / Bytes(8),
    "member2" / Bytes(8),
    "bytes_float" / Bytes(8),  # hexadecimal floating point
    "control_id" / Int32ub,
    "data_id" / Int32ub,
    "session" / Bytes(15),
    Padding(1),
)

#: Login failure.
LOGIN_FAILURE = Struct(
    "userid" / Bytes(8),
    "remote" / Bytes(16),
    "local" / Bytes(16),
    "remote_port" / Int16ub,
    "local_port" / Int16ub,
    "reason" / Int8ub,
    Padding(3),
)

#: How the session was secured.
SECURITY = Struct(
    "mechanism" / Bytes(1),  # N none, T TLS, A AT-TLS
    "control" / Bytes(1),  # N none, P private
    "data" / Bytes(1),  # N none, C clear, P private
    "login" / Bytes(1),  # P password, C certificate
    "protocol" / Bytes(8),
    "cipher" / Bytes(20),
    "buffer" / Int32ub,
    "cipher_code" / Bytes(2),  # two digits, or 4X: see the next but one
    Padding(2),
    "cipher_code4" / Bytes(4),  # [place assumed; 4X and four digits as in the application data of FTP connections]
)

#: Type 118, FTP server, behind the standard header.
SERVER_118 = Struct(
    "command" / Bytes(4),
    "filetype" / Bytes(4),
    "remote" / Bytes(4),
    "local" / Bytes(4),
    "remote_port" / Int16ub,
    "local_port" / Int16ub,
    "userid" / Bytes(8),
    "data_type" / Bytes(1),
    "mode" / Bytes(1),
    "structure" / Bytes(1),
    "dataset_type" / Bytes(1),
    "start_time" / Int32ub,
    "end_time" / Int32ub,
    "bytes" / Int32ub,
    "reply" / Bytes(3),
    Padding(1),
    "dataset" / Bytes(44),
    "member" / Bytes(8),
    "dataset2" / Bytes(44),
    "member2" / Bytes(8),
)


def record(kind: int, subtype: int, header: dict[str, Any], body: bytes) -> bytes:
    """Return a whole record with its length in the RDW."""
    return (
        bytes(HEADER.build({"length": HEADER_BYTES + len(body), "flags": 0x5E, "type": kind, "subtype": subtype, **header}))
        + body
    )


def sections(parts: list[bytes], triplets: int = TRIPLETS_119) -> bytes:
    """Return the self-defining section and the parts behind it; a part that is empty has number 0."""
    offset = HEADER_BYTES + 4 + 8 * triplets
    described = bytearray(triplets.to_bytes(2, "big") + bytes(2))
    for part in parts + [b""] * (triplets - len(parts)):
        described += TRIPLET.build({"offset": offset if part else 0, "length": len(part), "number": int(bool(part))})
        offset += len(part)
    return bytes(described) + b"".join(parts)
