"""Subcommands that stay on the client's side: LCD, LPWD, LMKDIR, SUNIQUE, PROMPT, HELP and others.

Source: [UG] subcommand pages.
Not here: LOCSITE and LOCSTAT (localsite.py).
"""

from __future__ import annotations

from collections.abc import Callable

from zftpd.client import traces
from zftpd.client.codes import ClientError
from zftpd.client.errors import SubcommandFailed
from zftpd.client.state import Client
from zftpd.client.subcommands.row import Run, Subcommand


def local_directory(client: Client, words: list[str], _text: str) -> None:
    """Change the local working directory."""
    if not words:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="lcd directory")
    client.local.change(words[0])
    client.say("local-directory", name=client.local.where())


def show_local_directory(client: Client, _words: list[str], _text: str) -> None:
    """Show the local working directory."""
    client.say("local-pwd", name=client.local.where())


def make_local_directory(client: Client, words: list[str], _text: str) -> None:
    """Make a local directory or PDS."""
    if not words:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="lmkdir directory")
    client.local.make_directory(words[0], client.settings)


def sunique(client: Client, _words: list[str], _text: str) -> None:
    """Turn STOU for PUT on or off."""
    client.sunique = not client.sunique
    client.say("sunique", state="ON" if client.sunique else "OFF")


def prompt(client: Client, _words: list[str], _text: str) -> None:
    """Turn asking in MGET, MPUT and MDELETE on or off."""
    client.prompting = not client.prompting
    client.say("prompt-state", state="ON" if client.prompting else "OFF")


def switch(name: str, attribute: str) -> Run:
    """Return a subcommand that turns one of the client's own switches over."""

    def run(client: Client, _words: list[str], _text: str) -> None:
        value = not getattr(client, attribute)
        setattr(client, attribute, value)
        client.say("toggle", what=name, state="ON" if value else "OFF")

    return run


def debug(client: Client, words: list[str], _text: str) -> None:
    """Choose client traces and show those that are active. `X` before a name takes it off."""
    for word in (word.upper() for word in words):
        name = word.removeprefix("X") if word not in traces.ALL else word
        if word == "ALL":
            client.traces = traces.ALL
        elif word in ("NONE", "OFF"):
            client.traces = ()
        elif name.partition("(")[0] in {trace.partition("(")[0] for trace in traces.ALL} or name == "TIME":
            kept = tuple(trace for trace in client.traces if trace.partition("(")[0] != name.partition("(")[0])
            client.traces = kept if word.startswith("X") else (*kept, name)
        else:
            raise SubcommandFailed(ClientError.USAGE, "locsite-unknown", word=word)
    client.say("traces", traces=" ".join(client.traces) or "NONE")


def dump(client: Client, words: list[str], _text: str) -> None:
    """Choose extended traces; NONE and OFF take all off."""
    chosen = tuple(word.upper() for word in words)
    client.dumps = () if chosen in {("NONE",), ("OFF",)} else chosen or client.dumps
    client.say("dumps", traces=" ".join(client.dumps) or "NONE")


def verbose(client: Client, _words: list[str], _text: str) -> None:
    """Show message ids, or leave them out."""
    client.verbose = not client.verbose
    client.say("ids-on" if client.verbose else "ids-off")


def delimit(client: Client, _words: list[str], _text: str) -> None:
    """Show what stands between the qualifiers of a name."""
    client.say("delimiter")


def help_over(table: Callable[[], tuple[Subcommand, ...]]) -> Subcommand:
    """Return HELP over a table of subcommands."""

    def run(client: Client, words: list[str], _text: str) -> None:
        if words and words[0].upper() == "SERVER":
            client.exchange(f"HELP {' '.join(words[1:])}".rstrip())
            return
        for row in table():
            if not words or row.name.startswith(words[0].lower()):
                client.say("help", text=f"{row.usage:<34} {row.help}")

    return Subcommand("help", 2, run, "help [subcommand|server]", "Show subcommands, or the server's help.")


SUBCOMMANDS = (
    Subcommand("lcd", 2, local_directory, "lcd directory", "Change the local directory or prefix."),
    Subcommand("lpwd", 2, show_local_directory, "lpwd", "Show the local directory or prefix."),
    Subcommand("lmkdir", 2, make_local_directory, "lmkdir directory", "Make a local directory or PDS."),
    Subcommand("sunique", 2, sunique, "sunique", "Store under unique names, on or off."),
    Subcommand("prompt", 4, prompt, "prompt", "Ask before each file of many, on or off."),
    Subcommand("glob", 2, switch("Globbing", "globbing"), "glob", "Expand local patterns, on or off."),
    Subcommand("sendsite", 5, switch("SENDSITE", "sendsite"), "sendsite", "Send SITE before PUT, on or off."),
    Subcommand("sendport", 5, switch("SENDPORT", "sendport"), "sendport", "Send PORT, on or off."),
    Subcommand("debug", 3, debug, "debug [trace...|all|none]", "Choose client traces."),
    Subcommand("dump", 4, dump, "dump [id...]", "Choose extended client traces."),
    Subcommand("verbose", 2, verbose, "verbose", "Show message ids, on or off."),
    Subcommand("delimit", 4, delimit, "delimit", "Show the delimiter of file names."),
)
