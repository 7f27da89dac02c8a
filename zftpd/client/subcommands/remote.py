"""Subcommands that are one command to the server: CD, PWD, DELETE, RENAME, SITE, TYPE, MODE, QUOTE and their kin.

Source: [UG] subcommand pages; RFC 959.
"""

from __future__ import annotations

from zftpd.client.codes import ClientError
from zftpd.client.errors import SubcommandFailed
from zftpd.client.state import Client
from zftpd.client.subcommands.row import Run, Subcommand
from zftpd.transfer.options import dbcs_form


def verb(name: str, *, argument: str = "") -> Run:
    """Return a subcommand that sends `name` with what the user typed; `argument` says what must be given, '' nothing."""

    def run(client: Client, _words: list[str], text: str) -> None:
        if argument and not text:
            raise SubcommandFailed(ClientError.USAGE, "usage", usage=argument)
        client.exchange(f"{name} {text}".strip())

    return run


def change_directory(client: Client, words: list[str], text: str) -> None:
    """CWD, or CDUP for two dots."""
    if not text:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="cd directory")
    client.exchange("CDUP" if words == [".."] else f"CWD {text}")


def rename(client: Client, words: list[str], _text: str) -> None:
    """RNFR and RNTO."""
    if len(words) != 2:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="rename old new")
    client.exchange(f"RNFR {words[0]}")
    client.exchange(f"RNTO {words[1]}")


def representation(letter: str, form: str = "") -> Run:
    """Return a subcommand that sets TYPE."""

    def run(client: Client, _words: list[str], _text: str) -> None:
        client.exchange(f"TYPE {letter}{' ' + form if form else ''}")
        client.set_wire(type=letter, form=form or "N")

    return run


def type_(client: Client, words: list[str], text: str) -> None:
    """TYPE by its letter."""
    if not words:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="type a|e|i|l 8")
    client.exchange(f"TYPE {text.upper()}")
    letter = words[0].upper()
    form = words[1].upper() if letter in "FU" and words[1:] else "N"
    if letter == "B":
        number, _, options = (" ".join(words[1:]).upper() or "1").partition(" ")
        form = dbcs_form(number, options)
    client.set_wire(type="I" if letter == "L" else letter, form=form)


def mode(client: Client, words: list[str], _text: str) -> None:
    """MODE by its letter."""
    if not words or words[0].upper()[:1] not in "SBC":
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="mode s|b|c")
    set_mode(words[0].upper()[:1])(client, [], "")


def set_mode(letter: str) -> Run:
    """Return a subcommand that sets MODE."""

    def run(client: Client, _words: list[str], _text: str) -> None:
        client.exchange(f"MODE {letter}")
        client.set_wire(mode=letter)

    return run


def structure(client: Client, words: list[str], _text: str) -> None:
    """STRU by its letter."""
    if not words or words[0].upper()[:1] not in "FR":
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="struct f|r")
    set_structure(words[0].upper()[:1])(client, [], "")


def set_structure(letter: str) -> Run:
    """Return a subcommand that sets STRU."""

    def run(client: Client, _words: list[str], _text: str) -> None:
        client.exchange(f"STRU {letter}")
        client.set_wire(stru=letter)

    return run


SUBCOMMANDS = (
    Subcommand("cd", 2, change_directory, "cd directory", "Change the remote directory or prefix."),
    Subcommand("cdup", 3, verb("CDUP"), "cdup", "Go up by one qualifier or directory."),
    Subcommand("pwd", 2, verb("PWD"), "pwd", "Show the remote directory or prefix."),
    Subcommand("delete", 4, verb("DELE", argument="delete file"), "delete file", "Delete a remote file."),
    Subcommand("rename", 3, rename, "rename old new", "Rename a remote file."),
    Subcommand("mkdir", 3, verb("MKD", argument="mkdir directory"), "mkdir directory", "Make a directory or a PDS."),
    Subcommand("rmdir", 2, verb("RMD", argument="rmdir directory"), "rmdir directory", "Remove a directory or a PDS."),
    Subcommand("site", 2, verb("SITE"), "site words", "Send parameters to the server."),
    Subcommand("quote", 3, verb("", argument="quote command"), "quote command", "Send a command as it is."),
    Subcommand("status", 3, verb("STAT"), "status", "Show the server's status."),
    Subcommand("system", 2, verb("SYST"), "system", "Show the server's operating system."),
    Subcommand("noop", 2, verb("NOOP"), "noop", "Ask the server for a sign of life."),
    Subcommand("feature", 2, verb("FEAT"), "feature", "Show the server's extensions."),
    Subcommand("language", 2, verb("LANG"), "language [tag]", "Set the language of replies."),
    Subcommand("type", 2, type_, "type a|e|i|l 8", "Set the representation."),
    Subcommand("ascii", 2, representation("A"), "ascii", "Transfer text in ASCII."),
    Subcommand("binary", 3, representation("I"), "binary", "Transfer bytes as they are."),
    Subcommand("ebcdic", 2, representation("E"), "ebcdic", "Transfer text in EBCDIC."),
    Subcommand("mode", 2, mode, "mode s|b|c", "Set the transfer mode."),
    Subcommand("stream", 4, set_mode("S"), "stream", "Stream mode."),
    Subcommand("block", 2, set_mode("B"), "block", "Block mode."),
    Subcommand("compress", 3, set_mode("C"), "compress", "Compressed mode."),
    Subcommand("struct", 3, structure, "struct f|r", "Set the structure."),
    Subcommand("file", 2, set_structure("F"), "file", "File structure."),
    Subcommand("record", 3, set_structure("R"), "record", "Record structure."),
    Subcommand("mkfifo", 3, verb("XFIF", argument="mkfifo name"), "mkfifo name", "Make a named pipe."),
)
