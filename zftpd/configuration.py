"""From FTP.DATA, persona and start options to the settings that sessions begin with.

Source: zos-ftp-server.md section 6.
Rules: a statement with a value that it cannot have stops the start; statements that are unknown or belong to the client are
told and left out, unless the start is strict.
"""

from __future__ import annotations

from collections.abc import Callable

from zftpd.messages import message
from zftpd.params.ftpdata import OTHER_SIDE, UNKNOWN, Diagnostic, read
from zftpd.params.settings import Settings
from zftpd.protocol.persona import Persona

#: What a server that was given no FTP.DATA starts with: TLS is offered, jobs are listed in full, and data connections go to
#: nobody but the client.
STARTER = """\
EXTENSIONS AUTH_TLS
JESINTERFACELEVEL 2
PORTCOMMANDIPADDR NOREDIRECT
PASSIVEDATACONN NOREDIRECT
"""


class BadConfiguration(ValueError):
    """The FTP.DATA is refused; the message names statement, line and reason."""


def settings_of(text: str | None, name: str, persona: Persona, console: Callable[[str], None], *, strict: bool) -> Settings:
    """Return the settings that a FTP.DATA text means, or those of STARTER for None. Raises BadConfiguration."""
    statements = "\n".join(f"{keyword} {value}" for keyword, value in persona.settings.items())
    base = read(statements, f"persona {persona.name}").settings
    found = read(STARTER if text is None else text, name, base=base)
    fatal = [each for each in found.diagnostics if not each.is_harmless and (strict or each.reason not in {UNKNOWN, OTHER_SIDE})]
    for each in found.diagnostics:
        if each not in fatal:
            console(_told(each, name))
    if fatal:
        raise BadConfiguration("\n".join(_told(each, name) for each in fatal))
    return found.settings


def _told(each: Diagnostic, name: str) -> str:
    """Return the message of a diagnostic."""
    facts = {"line": each.line, "statement": each.statement, "value": each.value, "advice": each.advice}
    return message(f"ftpdata.{each.reason}", name=name, **facts)
