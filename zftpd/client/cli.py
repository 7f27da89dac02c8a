"""`zftp`: the z/OS FTP client on the command line.

Source: page 84 of the source document.
Rules: local names are files of this machine, or, with --store, data sets and z/OS UNIX files of a store.
"""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from mvsfs.access import Requester
from mvsfs.paths import store_url
from mvsfs.system import Mvs
from zftpd.attls.errors import PolicyError
from zftpd.attls.policy import Policy
from zftpd.attls.policy import read as read_attls
from zftpd.client.codes import ClientError, step_code
from zftpd.client.configuration import FTPDATA_PLACES, NETRC_PLACES, in_store, on_host
from zftpd.client.errors import SubcommandFailed
from zftpd.client.host_files import HostFiles
from zftpd.client.interpreter import asked, run
from zftpd.client.local import LocalSide
from zftpd.client.local_store import StoreFiles
from zftpd.client.parameters import BadParameters, StartParameters, parse
from zftpd.client.state import Client, Console
from zftpd.client.texts import text
from zftpd.client.traces import ALL as ALL_TRACES
from zftpd.client.translation import Finder
from zftpd.client.trust import RingFinder, ring_of_saf
from zftpd.params.defaults import changed, defaults
from zftpd.params.explain import complaints
from zftpd.params.ftpdata import read as read_ftpdata
from zftpd.params.param import Where
from zftpd.params.settings import Settings

HELP = """usage: zftp [-a tls|never] [-r [tls]] [-f FTP.DATA] [-s ADDRESS] [-t TABLE] [-w SECONDS] [-deginv]
            [--store URL [--user ID]] [--policy FILE] [host [port]] [(EXIT[=n] [TIMEOUT n] [TRANSLATE TABLE] [TRACE]]

The z/OS FTP client. Subcommands come from the terminal or from standard input; `help` lists them.

  -a tls         secure the control connection with TLS before sign-on (SECURE_MECHANISM TLS)
  -r tls         the same, and go no further when the server refuses (SECURE_FTP REQUIRED); -r alone: with -a or FTP.DATA
  -f FILE        read the client's FTP.DATA statements from FILE (default: $HOME/ftp.data, /etc/ftp.data, or the store's)
  -e, (EXIT      end with a return code at the first failure; (EXIT=n: with n
  -s ADDRESS     connect from this address of the machine
  -d, (TRACE     show all traces (see the subcommand debug)
  -t TABLE       translate by USER.TABLE.TCPXLBIN or TCPIP.TABLE.TCPXLBIN of the store, as (TRANSLATE
  -w SECONDS     wait so long for connections, as (TIMEOUT
  -g -i -n       no patterns in local names; no prompting in mget, mput, mdelete; no NETRC
  --store URL    local names are data sets and z/OS UNIX files of this store
  --user ID      the local user (default: IBMUSER with --store, else this login)
  --policy FILE  AT-TLS policy, for TLSMECHANISM ATTLS; `zftpd netstat TTLS` shows the connection
"""


def main() -> None:
    """Run the client and leave with its return code modulo 256 (0 only for success)."""
    try:
        command()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nor can what is buffered be written any more
        sys.exit(UNREAD)


def command() -> None:
    """Run the client by the words of the command line."""
    words = sys.argv[1:]
    if words and words[0] in {"-h", "--help"}:
        print(HELP, end="")
        return
    try:
        store, words = take(words, "--store")
        userid, words = take(words, "--user")
        policy, words = take(words, "--policy")
        parameters = parse(words)
        client, source = build(parameters, store, userid, read_policy(policy))
        announce(client, words, source, parameters.tcpname)
        parameters = parameters if parameters.host else asked(client, parameters)
    except BrokenPipeError:
        raise
    except SubcommandFailed as failed:
        print(text(failed.key, **failed.facts), file=sys.stderr)
        sys.exit(int(failed.error))
    except (BadParameters, OSError, PolicyError, ValueError) as error:
        print(f"zftp: {error}", file=sys.stderr)
        sys.exit(int(ClientError.INVALID_PARAM))
    try:
        with reported(client):
            code = step_code(run(client, parameters.host, parameters.port))
    except KeyboardInterrupt:
        client.disconnect()
        sys.exit(INTERRUPTED)
    sys.exit(0 if code == 0 else max(code % 256, 1))


#: What a shell calls the end by an interrupt, and that of a program whose output nobody reads.
INTERRUPTED, UNREAD = 130, 141


def read_policy(path: str) -> Policy | None:
    """Return the policy in a file. Raises PolicyError, OSError."""
    return read_attls(Path(path).read_text()) if path else None


@contextmanager
def reported(client: Client) -> Iterator[None]:
    """Answer `zftpd netstat TTLS` meanwhile, when the client's connections are under AT-TLS."""
    from mvsfs.paths import data_folder
    from zftpd.attls.netstat import answer
    from zftpd.net.operatorsocket import OperatorSocket

    if client.policy is None:
        yield
        return

    def run_command(line: str) -> list[str]:
        verb, _, rest = line.strip().partition(" ")
        return answer(rest, ()) if verb.upper() == "NETSTAT" else []

    asked = OperatorSocket(data_folder() / "operator", run_command)
    asked.start()
    try:
        yield
    finally:
        asked.stop()


def take(words: list[str], name: str) -> tuple[str, list[str]]:
    """Return the value of a long option, '' when absent, and the words without it."""
    if name not in words:
        return "", words
    place = words.index(name)
    if place + 1 >= len(words):
        raise BadParameters(f"{name} needs a value")
    return words[place + 1], words[:place] + words[place + 2 :]


def build(parameters: StartParameters, store: str, userid: str, policy: Policy | None) -> tuple[Client, str]:
    """Return a client for the command line, and what its FTP.DATA is called. Raises OSError for one that cannot be read."""
    user = (userid or (getpass.getuser() if not store else "IBMUSER")).upper()[:8]
    find_ring: RingFinder | None = None
    find_tables: Finder | None = None
    local: LocalSide = HostFiles(Path.cwd())
    found, netrc = on_host(host_places()), on_host([Path.home() / ".netrc"])
    if store:
        mvs, who, find_ring = from_store(store, user)
        local = StoreFiles(mvs, who)
        found, netrc = in_store(mvs, who, FTPDATA_PLACES), in_store(mvs, who, NETRC_PLACES)
        find_tables = Finder(mvs, who, print, parameters.translate)
    elif parameters.translate:
        raise SubcommandFailed(ClientError.NOTFOUND, "no-tables", name=parameters.translate)
    if parameters.config:
        found = parameters.config, Path(parameters.config).read_text()
    settings, remarks = configured(parameters, found)
    client = Client(
        console=terminal(),
        local=local,
        settings=settings,
        userid=user,
        find_ring=find_ring,
        policy=policy,
        exit_on_error=parameters.exit_on_error or settings.clientexit,
        fixed_exit=parameters.fixed_exit,
        prompting=parameters.prompting,
        globbing=parameters.globbing,
        use_netrc=parameters.use_netrc,
        netrc=netrc[1] if netrc else "",
        traces=ALL_TRACES if parameters.trace else (),
        source=parameters.source,
        find_tables=find_tables,
        tables=find_tables(settings) if find_tables is not None else None,
    )
    for remark in remarks:
        client.console.show(remark)
    return client, found[0] if found else ""


def host_places() -> list[Path]:
    """Return where FTP.DATA may lie on this machine."""
    return [Path.home() / "ftp.data", Path("/etc/ftp.data")]


def configured(parameters: StartParameters, found: tuple[str, str] | None) -> tuple[Settings, list[str]]:
    """Return the settings of FTP.DATA and the start words, and remarks on bad statements.

    FWFRIENDLY is on here unless FTP.DATA says otherwise: a command line is mostly behind an address translator.
    """
    settings = changed(defaults(), {"fwfriendly": True})
    shown: list[str] = []
    if found is not None:
        data = read_ftpdata(found[1], found[0], base=settings, side=Where.CLIENT)
        settings = data.settings
        shown = complaints(data)
    return with_words(settings, parameters), shown


def with_words(settings: Settings, parameters: StartParameters) -> Settings:
    """Return the settings with what the start words override."""
    values: dict[str, object] = {}
    if parameters.mechanism:
        values["secure_mechanism"] = None if parameters.mechanism == "NEVER" else parameters.mechanism
    if parameters.required and parameters.mechanism != "NEVER":
        values["secure_ftp"] = "REQUIRED"
    if parameters.mechanism == "TLS" and settings.secure_dataconn == "CLEAR":
        values["secure_dataconn"] = "PRIVATE"  # page 84: -a tls goes on with PBSZ 0 and PROT P
    if parameters.timeout is not None:
        values.update(myopentime=parameters.timeout, datacttime=parameters.timeout)
    return changed(settings, values)


def from_store(url: str, userid: str) -> tuple[Mvs, Requester, RingFinder]:
    """Return a store, the user of it, and its key rings."""
    from jes.opening import open_system

    mvs, saf = open_system(store_url(url), now=lambda: datetime.now().astimezone())
    return mvs, Requester(userid, jobname=userid, asid=os.getpid() & 0xFFFF, token=saf.acee(userid)), ring_of_saf(saf, userid)


def terminal() -> Console:
    """Return a console over standard input and output; passwords are not echoed at a terminal."""
    interactive = sys.stdin.isatty()

    def read(_prompt: str) -> str | None:
        line = sys.stdin.readline()
        return line.rstrip("\n") if line else None

    def read_hidden(prompt: str) -> str | None:
        return getpass.getpass(prompt) if interactive else read(prompt)

    return Console(show=print, read=read, read_hidden=read_hidden, interactive=interactive)


def announce(client: Client, words: list[str], source: str, tcpname: str) -> None:
    """Show the opening lines of page 84."""
    client.say("started", parameters=" ".join(words))
    if source:
        client.say("config", source=source)
    client.say("banner", release=client.release)
    if client.exit_on_error:
        client.say("exit-set")
    client.say("using", tcpname=tcpname or client.tcpname)
    if client.traces:
        client.say("traces", traces=" ".join(client.traces))


if __name__ == "__main__":
    main()
