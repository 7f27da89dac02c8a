"""The first reply of a session, and files of words that the installation wants shown (BANNER, LOGINMSG, *INFO).

Source: zos-ftp-server.md 1.1; [CR] BANNER, LOGINMSG, REPLYSECURITYLEVEL.
Rules: a file that cannot be read is left out and told to the console; a client is never refused for it.
"""

from __future__ import annotations

import re

from mvsfs.errors import MvsError
from mvsfs.sentences import sentence
from mvsfs.unix.files import UnixFiles
from zftpd.effects import Handler
from zftpd.messages import message
from zftpd.protocol.reply import Reply
from zftpd.protocol.wording import lines, reply
from zftpd.session import Session
from zftpd.wordfile import lines_of

#: What stands for a fact in a file of words.
_COOKIE = re.compile(r"%([TCERLU%])")


def greeting(session: Session) -> Handler:
    """Greet the client."""
    server, settings = session.server, session.settings
    now = server.now()
    facts = {
        "jobname": server.jobname,
        "release": server.persona.release,
        "hostname": server.hostname,
        "time": f"{now:%H:%M:%S}",
        "date": f"{now:%Y-%m-%d}",
        "slashdate": f"{now:%Y/%m/%d}",
    }
    first = lines("greeting.secure" if settings.replysecuritylevel else "greeting", **facts)
    yield _idle(settings.inactive).after(*first, *words_of(session, settings.banner))


def _idle(seconds: int) -> Reply:
    """Return the last line, which tells how long a silent client is borne. Minutes when they come out even [assumed]."""
    if not seconds:
        return reply("greeting.noidle")
    facts = {"seconds": seconds, "minutes": seconds // 60}
    return reply("greeting.idle.seconds" if seconds % 60 else "greeting.idle", **facts)


def words_of(session: Session, name: str | None, unix: UnixFiles | None = None) -> list[str]:
    """Return the lines of a text data set or z/OS UNIX file that the installation named, without trailing blanks.

    `unix` are the files in which a path is looked up, where they are not all of the system's.
    """
    if not name:
        return []
    server = session.server
    try:
        text = lines_of(session, name, server.operator, unix)
    except MvsError as error:
        server.console(message("words.unreadable", name=name, reason=sentence(error)))
        return []
    return [filled(line, session) for line in text]


def filled(line: str, session: Session) -> str:
    """Return a line with its cookies replaced [CR BANNER].

    %T time, %C directory, %E administrator, %R client, %L this host, %U user.
    """
    if "%" not in line:
        return line
    server = session.server
    values = {
        "T": f"{server.now():%a %b %d %H:%M:%S %Y}",
        "C": str(session.location),
        "E": session.settings.adminemailaddress or "",
        "R": session.client[0],
        "L": server.hostname,
        "U": session.userid,
        "%": "%",
    }
    return _COOKIE.sub(lambda match: values[match[1]], line)
