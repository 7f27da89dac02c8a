"""LIST and NLST.

Source: zos-ftp-server.md 1.10, 3; jes-and-jcl.md 1.3 to 1.6.
Rules: lists are text translated by the data connection's table, whatever TYPE is; under TYPE E they are EBCDIC lines. Nothing
found is refused before the 125, by the file type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice

from mvsfs.codepages.mbcs import encoder
from zftpd.commands.row import Argument, Command
from zftpd.commands.transferring import check_data
from zftpd.effects import CloseData, Handler, OpenData, Transmit
from zftpd.errors import Refused
from zftpd.filetypes.table import filetype_of
from zftpd.session import Session
from zftpd.transfer.options import DEFAULT_SBDATACONN

CRLF = "\r\n"
#: The page in which the characters of names stand for the bytes of the catalog.
NAMES = "IBM-1047"
#: Lines that are encoded together.
BATCH = 512


def _listing(verb: str) -> Callable[[Session, str], Handler]:
    """Return the handler of LIST or NLST."""

    def show(session: Session, arg: str) -> Handler:
        """List what the argument names."""
        if session.wire.mode != "S":
            raise Refused("list.stream")
        check_data(session)
        found = filetype_of(session).listing(session, arg, verb)
        yield found.opening
        yield OpenData("out")
        session.transfer.bytes = yield Transmit(_encoded(found.text, session))
        yield CloseData()
        yield found.closing

    return show


def _encoded(text: Iterable[str], session: Session) -> Iterator[bytes]:
    """Yield the lines as they are sent."""
    lines = iter(text)
    encode, end = _encoder(session)
    while batch := list(islice(lines, BATCH)):
        yield encode("".join(f"{line}{end}" for line in batch))


def _encoder(session: Session) -> tuple[Callable[[str], bytes], str]:
    """Return what turns lines into bytes, and what ends a line.

    Names are bytes of the host: where SBDATACONN says another host page, `$`, `@` and `#` are that country's letters. TYPE E
    sends the bytes themselves.
    """
    if session.wire.type == "E":
        return encoder(NAMES, substitute=True).encode, "\n"
    if session.utf8:
        return partial(str.encode, encoding="utf-8", errors="replace"), CRLF
    options = session.options
    if options.tables is None and options.codepages == DEFAULT_SBDATACONN:
        return partial(str.encode, encoding="latin-1", errors="replace"), CRLF
    host, to_net = encoder(NAMES, substitute=True), options.table().to_net
    return lambda text: host.encode(text).translate(to_net).replace(to_net[0x15:0x16], CRLF.encode("ascii")), "\n"


COMMANDS = (
    Command(
        "LIST",
        _listing("LIST"),
        Argument.OPTIONAL,
        before_login="login.not",
        data=True,
        help="LIST [name]: lists with attributes.",
        source="ZREF",
    ),
    Command(
        "NLST",
        _listing("NLST"),
        Argument.OPTIONAL,
        before_login="login.not",
        data=True,
        help="NLST [name]: lists names only.",
        source="ZREF",
    ),
)
