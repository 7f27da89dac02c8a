"""`zftp`: the z/OS FTP client on the command line.

Source: page 84 of the source document.
Rules: local names are files of this machine, or, with --store, data sets and z/OS UNIX files of a store.
"""

from __future__ import annotations

import getpass
import sys
from datetime import datetime
from pathlib import Path

from zftpd.client.codes import step_code
from zftpd.client.interpreter import run
from zftpd.client.local import HostFiles, LocalSide
from zftpd.client.parameters import BadParameters, StartParameters, parse
from zftpd.client.state import Client, Console
from zftpd.client.texts import text
from zftpd.client.trust import RingFinder, ring_of_saf
from zftpd.params.defaults import changed, defaults
from zftpd.params.ftpdata import read as read_ftpdata
from zftpd.params.param import Where
from zftpd.params.settings import Settings

HELP = """usage: zftp [-a tls|never] [-r] [-f FTP.DATA] [--store URL [--user ID]] [host [port]] [(EXIT[=n] [TIMEOUT n]]

The z/OS FTP client. Subcommands come from the terminal or from standard input; `help` lists them.

  -a tls       secure the control connection with TLS before sign-on (SECURE_MECHANISM TLS)
  -r           with -a: go no further when the server refuses (SECURE_FTP REQUIRED)
  -f FILE      read the client's FTP.DATA statements from FILE
  --store URL  local names are data sets and z/OS UNIX files of this store
  --user ID    the local user (default: IBMUSER with --store, else this login)
  (EXIT        end with a return code at the first failure; EXIT=n: with n
"""


def main() -> None:
    """Run the client and leave with its return code modulo 256 (0 only for success)."""
    words = sys.argv[1:]
    if words and words[0] in {"-h", "--help"}:
        print(HELP, end="")
        return
    try:
        store, words = take(words, "--store")
        userid, words = take(words, "--user")
        parameters = parse(words)
        client = build(parameters, store, userid)
    except (BadParameters, OSError) as error:
        print(f"zftp: {error}", file=sys.stderr)
        sys.exit(2)
    announce(client, words)
    code = step_code(run(client, parameters.host, parameters.port))
    sys.exit(0 if code == 0 else max(code % 256, 1))


def take(words: list[str], name: str) -> tuple[str, list[str]]:
    """Return the value of a long option, '' when absent, and the words without it."""
    if name not in words:
        return "", words
    place = words.index(name)
    if place + 1 >= len(words):
        raise BadParameters(f"{name} needs a value")
    return words[place + 1], words[:place] + words[place + 2 :]


def build(parameters: StartParameters, store: str, userid: str) -> Client:
    """Return a client for the command line. Raises OSError for an FTP.DATA that cannot be read."""
    settings, remarks = configured(parameters)
    find_ring: RingFinder | None = None
    local: LocalSide = HostFiles(Path.cwd())
    user = (userid or (getpass.getuser() if not store else "IBMUSER")).upper()[:8]
    if store:
        local, find_ring = from_store(store, user)
    client = Client(
        console=terminal(),
        local=local,
        settings=settings,
        userid=user,
        find_ring=find_ring,
        exit_on_error=parameters.exit_on_error,
        fixed_exit=parameters.fixed_exit,
    )
    for remark in remarks:
        client.console.show(remark)
    return client


def configured(parameters: StartParameters) -> tuple[Settings, list[str]]:
    """Return the settings of FTP.DATA and the start words, and remarks on bad statements.

    FWFRIENDLY is on here unless FTP.DATA says otherwise: a command line is mostly behind an address translator.
    """
    settings = changed(defaults(), {"fwfriendly": True})
    shown: list[str] = []
    if parameters.config:
        data = read_ftpdata(Path(parameters.config).read_text(), parameters.config, base=settings, side=Where.CLIENT)
        settings = data.settings
        shown = [
            text("statement", source=data.name, line=bad.line, statement=bad.statement, reason=bad.reason)
            for bad in data.diagnostics
        ]
    return with_words(settings, parameters), shown


def with_words(settings: Settings, parameters: StartParameters) -> Settings:
    """Return the settings with what the start words override."""
    values: dict[str, object] = {}
    if parameters.mechanism:
        values["secure_mechanism"] = "TLS" if parameters.mechanism == "TLS" else None
    if parameters.required:
        values["secure_ftp"] = "REQUIRED"
    if parameters.mechanism == "TLS" and settings.secure_dataconn == "CLEAR":
        values["secure_dataconn"] = "PRIVATE"  # page 84: -a tls goes on with PBSZ 0 and PROT P
    if parameters.timeout is not None:
        values.update(myopentime=parameters.timeout, datacttime=parameters.timeout)
    return changed(settings, values)


def from_store(url: str, userid: str) -> tuple[LocalSide, RingFinder]:
    """Return the local side and the key rings of a store."""
    from jes.opening import open_system
    from mvsfs.access import Requester
    from zftpd.client.local_store import StoreFiles

    mvs, saf = open_system(url, now=lambda: datetime.now().astimezone())
    who = Requester(userid, jobname=userid, token=saf.acee(userid))
    return StoreFiles(mvs, who), ring_of_saf(saf)


def terminal() -> Console:
    """Return a console over standard input and output; passwords are not echoed at a terminal."""
    interactive = sys.stdin.isatty()

    def read(_prompt: str) -> str | None:
        line = sys.stdin.readline()
        return line.rstrip("\n") if line else None

    def read_hidden(prompt: str) -> str | None:
        return getpass.getpass(prompt) if interactive else read(prompt)

    return Console(show=print, read=read, read_hidden=read_hidden, interactive=interactive)


def announce(client: Client, words: list[str]) -> None:
    """Show the opening lines of page 84."""
    client.say("started", parameters=" ".join(words))
    client.say("banner", release=client.release)
    client.say("using", tcpname=client.tcpname)


if __name__ == "__main__":
    main()
