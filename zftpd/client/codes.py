"""Return codes of the client: subcommand numbers, client error numbers and what a job step gets.

Source: [UG] "FTP return codes": a code is yyxxx, yy the subcommand and xxx the server's reply (0 for none). Seen in public
job output: 27550 for a failing put, which a step shows as 27550 mod 4096 = 2974.
"""

from __future__ import annotations

from enum import IntEnum

#: Subcommand numbers of [UG] "FTP subcommand codes". The manual's page was seen up to 50; the others are [known].
SUBCOMMAND: dict[str, int] = {
    "ambiguous": 1, "?": 2, "acct": 3, "append": 4, "ascii": 5, "binary": 6, "cd": 7, "close": 8, "tso": 9, "open": 10,
    "debug": 11, "delimit": 12, "delete": 13, "dir": 14, "ebcdic": 15, "get": 16, "help": 17, "locstat": 18, "user": 19,
    "ls": 20, "mdelete": 21, "mget": 22, "mode": 23, "mput": 24, "noop": 25, "pass": 26, "put": 27, "pwd": 28, "quit": 29,
    "quote": 30, "rename": 31, "sendport": 32, "sendsite": 33, "site": 34, "status": 35, "struct": 36, "sunique": 37,
    "system": 38, "type": 40, "lcd": 41, "locsite": 42, "lpwd": 43, "mkdir": 44, "lmkdir": 45, "euckanji": 46,
    "ibmkanji": 47, "jis78kj": 48, "jis83kj": 49, "sjiskanji": 50, "cdup": 51, "rmdir": 52, "hangeul": 53, "ksc5601": 54,
    "tchinese": 55, "restart": 56, "big5": 57, "block": 58, "compress": 59, "file": 60, "proxy": 61, "record": 62,
    "schinese": 63, "stream": 64, "glob": 65, "prompt": 66, "ucs2": 67, "!": 68, "dump": 70, "verbose": 71, "clear": 72,
    "cprotect": 73, "private": 74, "protect": 75, "safe": 76, "ccc": 77, "language": 78, "feature": 79, "srestart": 80,
    "auth": 81, "mkfifo": 83, "mvsget": 84, "mvsput": 85,
}  # fmt: skip
#: A name that is no subcommand.
UNKNOWN = 99
#: EXIT_IF_ERROR false in the same table: a failure of these never ends the session.
_STAYS = frozenset(
    {"ambiguous", "?", "tso", "debug", "delimit", "help", "sendsite", "site", "lpwd", "glob", "prompt", "dump", "verbose", "!"}
)


def exits(subcommand: str, *, bare: bool) -> bool:
    """Tell whether a failure of the subcommand ends a session with EXIT; LOCSITE only where it had no parameters."""
    return bare if subcommand == "locsite" else subcommand not in _STAYS


class ClientError(IntEnum):
    """Client error numbers (the second number of EZA1735I)."""

    NONE = 0
    INTERNAL = 1
    SERVER = 2
    INVALID_PARAM = 4
    OPEN_IOSTREAM_FAILED = 5
    ALREADY_CONNECTED = 6
    USAGE = 7
    CONNECT_FAILED = 8
    TIMEOUT = 9
    SESSION = 10
    LOGIN_FAILED = 11
    INPUT = 12
    INPUT_EOF = 13
    NOTFOUND = 14
    INVALID_ENVIRONMENT = 15
    NOT_ENABLED = 16
    AUTHENTICATION = 17
    FILE_ACCESS = 18
    FILE_READ = 19
    FILE_WRITE = 20
    CONVERSION = 21
    PROXY = 22
    SQL = 23
    CLIENT = 24
    EOD_BEFORE_EOF = 25
    NEEDS_CONNECTION = 26


def standard_code(subcommand: str, reply: int) -> int:
    """Return yyxxx for a subcommand's full name and a server reply (0: no reply)."""
    return SUBCOMMAND.get(subcommand, UNKNOWN) * 1000 + reply


def step_code(code: int) -> int:
    """Return what a job step or a shell can hold of a standard code: twelve bits."""
    return code % 4096
