"""LIST and NLST.

Source: zos-ftp-server.md 1.10, 3; jes-and-jcl.md 1.3 to 1.6.
Rules: lists are text in the network's character set, whatever TYPE is; under TYPE E they are EBCDIC lines. Nothing found is
refused before the 125, by the file type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from zftpd.commands.row import Argument, Command
from zftpd.commands.transferring import check_data
from zftpd.effects import CloseData, Handler, OpenData, Transmit
from zftpd.errors import Refused
from zftpd.filetypes.table import filetype_of
from zftpd.session import Session

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
    page, end = ("cp1047", "\x85") if session.wire.type == "E" else ("utf-8" if session.utf8 else "latin-1", "\r\n")
    while batch := list(islice(lines, BATCH)):
        batch.append("")
        yield _bytes(end.join(batch), page)


def _bytes(text: str, page: str) -> bytes:
    """Encode; EBCDIC ends its lines with X'15', which the code page library calls NEL."""
    if page != "cp1047":
        return text.encode(page, "replace")
    return text.replace("\x85", "\n").encode("cp037", "replace").replace(b"\x25", b"\x15")


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
