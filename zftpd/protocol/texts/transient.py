"""Texts of the 4yz replies: refused for now.

Source: zos-ftp-server.md 1.2, 1.7, 1.10, 5.7; APAR PM52007.
"""

from __future__ import annotations

from zftpd.protocol.text import ASSUMED, KNOWN, SEEN, Text

TEXTS = (
    Text("idle.timeout", 421, "Timeout, closing control connection", ASSUMED, "code: UG INACTIVE"),
    Text("shutdown", 421, "command terminated due to server shutdown in progress", KNOWN, "CODES 4xx family"),
    Text("unavailable", 421, "Service not available, closing control connection.", ASSUMED, "RFC 959"),
    Text("data.open", 425, "Can't open data connection.", ASSUMED, "RFC 959"),
    Text("data.unprotected", 425, "Server requires protected data connection.\nCan't open data connection.", SEEN, "CODES 425"),
    Text("data.range", 425, "Can't open data connection. No port is available in the PASSIVEDATAPORTS range.", ASSUMED, "CR"),
    Text("data.peer", 425, "Can't open data connection. The connection came from another host.", ASSUMED, "CR PASSIVEDATACONN"),
    Text("data.handshake", 425, "Can't open data connection. The security handshake failed.", ASSUMED, "CODES 425"),
    Text("data.reuse", 425, "Can't open data connection. The TLS session was not reused.", ASSUMED, "CR SECURE_SESSION_REUSE"),
    Text("data.lost", 426, "Data connection closed; transfer aborted.", ASSUMED, "RFC 959"),
    Text("data.abort", 426, "Connection closed; transfer aborted.", SEEN, "CODES 426, as quoted on IBM-MAIN"),
    Text("data.timeout", 426, "Data connection timed out; transfer aborted.", ASSUMED, "CR DATACTTIME"),
    Text(
        "dataset.inuse",
        450,
        "Data set {name} is allocated to another job and is unavailable for {verb} command",
        SEEN,
        "APAR PM52007",
    ),
    Text("fifo.expired.read", 450, "timer expired waiting for read process to open {path}", SEEN, "CODES 450"),
    Text("fifo.expired.write", 450, "timer expired waiting for write process to open {path}", SEEN, "CODES 450"),
    Text("fifo.silent.read", 450, "timer expired while reading from named pipe", SEEN, "CODES 450"),
    Text("fifo.silent.write", 450, "timer expired while writing to named pipe", ASSUMED, "pattern: CODES 450"),
    Text("fifo.broken", 451, "{path} : {reason}\nTransfer aborted due to file error.", ASSUMED, "form: ZE#1707"),
    Text("transfer.receive", 451, "Transfer aborted due to receive error.", SEEN, "HYP#725"),
    Text("transfer.send", 451, "Transfer aborted due to send error.", ASSUMED, "by analogy"),
    Text("transfer.file", 451, "Transfer aborted due to file error.", SEEN, "ZE#1707"),
    Text(
        "transfer.toolong",
        451,
        "File transfer failed. File contains records that are longer than the LRECL of the new file.\n"
        "Transfer aborted due to file error.",
        SEEN,
        "ZE#1707",
    ),
    Text(
        "transfer.translate",
        451,
        "Data contains characters that code page {codepage} cannot represent.\nTransfer aborted due to file error.",
        ASSUMED,
        "CR SBSUB",
    ),
    Text(
        "transfer.records",
        451,
        "Data does not match the record format.\nTransfer aborted due to file error.",
        ASSUMED,
        "CR RDW",
    ),
    Text("abend", 451, "System completion code and reason: {code}", SEEN, "CODES ftp550186"),
    Text("store.full", 452, "Insufficient storage space for {name}", ASSUMED, "RFC 959"),
    Text("internal", 451, "{verb} command failed - internal error", ASSUMED, "CODES 451"),
    Text("auth.unavailable", 431, "Unable to accept security mechanism - no certificate is available", ASSUMED, "RFC 2228"),
)
