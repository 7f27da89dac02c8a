"""Where the client finds its FTP.DATA, its NETRC and its AT-TLS policy when the start words name none.

Source: [UG] "FTP.DATA search order", "NETRC data set"; page 84 of the source document for `dd:SYSFTPD=`.
Rules: the first that is there counts. On z/OS the policy is the Policy Agent's; in a store it is the z/OS UNIX file that the
agent's TTLSConfig statement names by custom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from mvsfs.access import Requester
from mvsfs.codepages import table
from mvsfs.errors import MvsError
from mvsfs.names import parse_target
from mvsfs.system import Mvs

#: The policy file of a store.
POLICY_PATH = "/etc/pagent_TTLS.conf"
#: FTP.DATA of a store in the order of the manual, behind SYSFTPD; {user} is the user, {home} the home directory.
FTPDATA_PLACES = ("{user}.FTP.DATA", "{home}/ftp.data", "/etc/ftp.data", "SYS1.TCPPARMS(FTPDATA)", "TCPIP.FTP.DATA")
NETRC_PLACES = ("{user}.NETRC", "{home}/.netrc")


def text_of(records: Iterable[bytes], width: int | None = None) -> str:
    """Return records in EBCDIC as lines of text, cut at a column."""
    pages = table("IBM-1047", "ISO8859-1")
    return "\n".join(record.translate(pages.to_net).decode("latin-1")[:width].rstrip() for record in records)


def in_store(mvs: Mvs, who: Requester, places: Iterable[str]) -> tuple[str, str] | None:
    """Return the first of the data sets and files that is there and may be read: what it is called, and its text."""
    home = (mvs.store.guard.home_of(who.userid) or "/").rstrip("/")
    for place in places:
        name = place.format(user=who.userid, home=home)
        try:
            if name.startswith("/"):
                with mvs.unix.open_input(name, who) as file:
                    pages = table("IBM-1047", "ISO8859-1")
                    raw = b"".join(bytes(chunk) for chunk in file.chunks())
                    return name, raw.translate(pages.to_net).decode("latin-1").replace("\x85", "\n")
            return f"'{name}'", text_of(mvs.records(parse_target(name), who), 72)
        except MvsError:
            continue
    return None


def on_host(places: Iterable[Path], read: Callable[[Path], str] = Path.read_text) -> tuple[str, str] | None:
    """Return the first of the files of this machine that is there and may be read, with its text."""
    for path in places:
        try:
            return str(path), read(path)
        except OSError:
            continue
    return None
