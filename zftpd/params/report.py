"""STAT and XSTA: settings and session facts as lines, in the order of the reference.

Source: zos-ftp-server.md 4.6 ([CR] verify FTP.DATA statements, verbatim for the first part; [CODES 211]); jes-and-jcl.md 1.10.
Not here: the table of lines itself (statlines.py) and the 211 code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zftpd.params.param import matches
from zftpd.params.settings import Settings
from zftpd.params.statlines import LINES, Line
from zftpd.params.table import PARAMS

END = "*** end of status ***"


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What STAT says of the session. `data_peer` is where the next data connection goes; passive ones wait for it."""

    host: str
    port: int
    userid: str = ""
    directory: str = ""
    bytes: int = 0
    passive: bool = False
    data_host: str = ""
    data_port: int = 0
    mode: str = "Stream"
    structure: str = "File"
    type: str = "ASCII"
    process_id: int = 0
    jes_name: str = "JES2"
    authentication: str = "None"
    sms: bool = True
    utf8: bool = False


def lines(settings: Settings, facts: SessionFacts) -> list[str]:
    """Return the body of STAT, without the closing line."""
    return [*_session(settings, facts), *(text for line in LINES for text in line.shown(settings, facts))]


def one(option: str, settings: Settings, facts: SessionFacts) -> list[str] | None:
    """Return the lines that show one option (name or abbreviation, any case), or None when there is none.

    An option that is set but has nothing to show gives an empty list.
    """
    wanted = option.strip().lstrip("(").rstrip(") ").strip()
    attribute = option_attribute(wanted)
    if attribute is None:
        return None
    line = next((each for each in LINES if attribute in each.shows), None)
    return line.shown(settings, facts, asked=True) if line else None


def option_attribute(word: str) -> str | None:
    """Return the attribute that a STAT option means. Spellings are those of SITE, and whole statements."""
    for param in PARAMS:
        spellings = (*param.site, *param.words)
        if any(matches(spelling, word) for spelling in spellings) or param.name == word.upper():
            return param.attribute
    return None


def _session(settings: Settings, facts: SessionFacts) -> Iterator[str]:
    """The lines about the connections."""
    if settings.replysecuritylevel == 0:
        yield f"Server FTP talking to host {facts.host}, port {facts.port}"
    if facts.userid:
        yield f"User: {facts.userid}  Working directory: {facts.directory}"
    else:
        yield "No user logged in"
    yield f"The control connection has transferred {facts.bytes} bytes"
    yield "There is no current data connection."
    if facts.passive:
        yield "The next data connection will be passively opened"
    else:
        yield "The next data connection will be actively opened"
        if settings.replysecuritylevel == 0:
            yield f"to host {facts.data_host or facts.host}, port {facts.data_port or facts.port},"
    yield f"using Mode {facts.mode}, Structure {facts.structure}, type {facts.type}, byte-size 8"


__all__ = ["END", "Line", "SessionFacts", "lines", "one"]
