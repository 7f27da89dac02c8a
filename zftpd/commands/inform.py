"""SYST, FEAT, HELP, NOOP, ABOR.

Source: zos-ftp-server.md 1.5, 1.8.
Rules: the verb table reaches HELP through the server's facts, since that table is made above this module.
"""

from __future__ import annotations

from zftpd.commands.row import Argument, Command
from zftpd.effects import DropData, Handler
from zftpd.errors import Refused
from zftpd.params.help import features, help_site
from zftpd.protocol.reply import Reply
from zftpd.protocol.wording import lines, reply
from zftpd.session import UNIX, Session

#: The table as captured; an asterisk marks what is known but not implemented.
TABLE = (
    "  USER  PASS  *ACCT *ALLO *SMNT  ABOR  APPE  CDUP  CWD   DELE",
    "  FEAT  HELP  LANG  LIST  MDTM   MKD   MODE  NLST  NOOP  OPTS",
    "  PASS  PASV  PORT   PWD  QUIT   REIN   REST  RETR   RMD  RNFR",
    "  RNTO  SITE  SIZE  SYST  STAT   STOR  STOU  STRU  TYPE  USER",
    "  ADAT  AUTH   CCC  PBSZ  PROT   EPSV  EPRT",
)


def system(session: Session, arg: str) -> Handler:  # noqa: ARG001
    """Tell the operating system, which is UNIX while the working directory is a z/OS UNIX one."""
    yield reply("syst", kind="UNIX" if session.location.realm == UNIX else "MVS")


def feat(session: Session, arg: str) -> Handler:  # noqa: ARG001
    """Tell the extensions."""
    found = features(session.settings)
    if not found:
        yield reply("feat.none")
        return
    end = reply("feat.end")
    yield Reply(end.code, (*lines("feat.head"), *(f" {line.strip()}" for line in found), *end.lines), bare=True)


def help_command(session: Session, arg: str) -> Handler:
    """Tell the commands, one command, or the words of SITE."""
    done = reply("help.done")
    words = arg.upper().split()
    if not words:
        yield Reply(done.code, (*lines("help.head"), *TABLE, *done.lines), bare=True)
    elif words[0] == "SITE":
        yield done.after(*help_site())
    elif words[0] in session.server.commands:
        yield done.after(*lines("help.verb", text=session.server.commands[words[0]].help))
    else:
        raise Refused("help.unknown", verb=words[0])


def noop(session: Session, arg: str) -> Handler:  # noqa: ARG001
    """Answer."""
    yield reply("noop")


def abort(session: Session, arg: str) -> Handler:  # noqa: ARG001
    """Give up a data connection that is prepared. A running transfer has been ended before this is reached."""
    yield DropData()
    session.restart = ""
    yield reply("abor")


COMMANDS = (
    Command("SYST", system, Argument.NONE, login=False, help="SYST: tells the operating system.", source="ZREF"),
    Command("FEAT", feat, Argument.NONE, login=False, help="FEAT: tells the extensions.", source="FLU#677"),
    Command("HELP", help_command, Argument.OPTIONAL, login=False, help="HELP [command]: tells the commands.", source="ZREF"),
    Command("NOOP", noop, Argument.OPTIONAL, login=False, help="NOOP: answers.", source="ZREF"),
    Command("ABOR", abort, Argument.NONE, login=False, help="ABOR: ends the transfer that runs.", source="ZREF"),
)
