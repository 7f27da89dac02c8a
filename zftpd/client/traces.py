"""DEBUG and DUMP of the client: traces of one session, among what it shows.

Source: [UG] "DEBUG subcommand", "DUMP subcommand" for the names. CMD: subcommands; PAR: their words; INT: how they ended; FLO:
what the server answered; SOC: connections; SEC: TLS; FSC: local files and data sets; ACC: sign-ons. Wordings are ours.
Not here: SQL, of which there is none, and UTL. Dump IDs have no storage to show: any of them shows the bytes of the control
connection in hexadecimal.
Rules: whoever calls leaves secrets out.
"""

from __future__ import annotations

from typing import Protocol

#: All of them, in the order of EZA2923I.
ALL = ("FLO", "CMD", "PAR", "INT", "ACC", "UTL", "SEC", "FSC(1)", "SOC(1)", "SQL")


class Traced(Protocol):
    """What is needed of a client."""

    traces: tuple[str, ...]
    dumps: tuple[str, ...]

    def say(self, key: str, **facts: object) -> None:
        """Show a message."""
        ...


def tell(client: Traced, kind: str, text: str) -> None:
    """Show one line of trace where its kind is on."""
    if any(trace.partition("(")[0] == kind for trace in client.traces):
        client.say("trace", kind=kind, text=text)


def dump(client: Traced, direction: str, line: str) -> None:
    """Show one line of the control connection in hexadecimal where a dump ID is on."""
    if client.dumps:
        client.say("trace", kind="DUMP", text=f"{direction} {line.encode('latin-1', 'replace').hex(' ', 4)}")
