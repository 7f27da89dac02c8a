"""From FTP.DATA, persona and start options to the settings that sessions begin with.

Source: zos-ftp-server.md section 6.
Rules: a statement with a value that it cannot have stops the start; statements that are unknown or belong elsewhere, and words
behind a value, are told and left out, unless the start is strict.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from zftpd.params.explain import complaint, complaints
from zftpd.params.ftpdata import ABSENT, EXTRA, OTHER_SIDE, SITE_ONLY, UNKNOWN, read
from zftpd.params.settings import Settings
from zftpd.params.traces import BASIC
from zftpd.protocol.persona import Persona

#: What a server that was given no FTP.DATA starts with: TLS is offered, jobs are listed in full, and data connections go to
#: nobody but the client.
STARTER = """\
EXTENSIONS AUTH_TLS
JESINTERFACELEVEL 2
PORTCOMMANDIPADDR NOREDIRECT
PASSIVEDATACONN NOREDIRECT
"""


#: What is told and left out, unless the start is strict.
TOLD = frozenset({UNKNOWN, OTHER_SIDE, SITE_ONLY, ABSENT, EXTRA})


class BadConfiguration(ValueError):
    """The FTP.DATA is refused; the message names statement, line and reason."""


def settings_of(text: str | None, name: str, persona: Persona, console: Callable[[str], None], *, strict: bool) -> Settings:
    """Return the settings that a FTP.DATA text means, or those of STARTER for None. Raises BadConfiguration."""
    statements = "\n".join(f"{keyword} {value}" for keyword, value in persona.settings.items())
    base = read(statements, f"persona {persona.name}").settings
    found = read(STARTER if text is None else text, name, base=base, absent=persona.absent)
    fatal = [each for each in found.errors if strict or each.reason not in TOLD]
    if fatal:
        raise BadConfiguration("\n".join(complaint(each, name) for each in fatal))
    for line in complaints(found):
        console(line)
    settings = found.settings
    return replace(settings, debug=BASIC) if settings.trace and not settings.debug else settings
