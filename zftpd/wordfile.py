"""Small texts that the installation or a user keeps in the system itself: banners, messages, FTPS.RC.

Rules: never more than MAX_WORDS bytes are read, whatever a user has put there. Lines come in the data connection's page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mvsfs.access import Requester
from mvsfs.names import parse_target
from mvsfs.records.forms import NL
from mvsfs.records.parts import take_bytes
from mvsfs.unix.files import UnixFiles
from zftpd.session import Session

#: More than any banner; a larger file is cut here.
MAX_WORDS = 64 * 1024


def lines_of(session: Session, name: str, who: Requester, unix: UnixFiles | None = None) -> list[str]:
    """Return the lines of a text data set, member or z/OS UNIX file, without trailing blanks. Raises MvsError.

    `unix` are the files in which a path is looked up, where they are not all of the system's.
    """
    mvs = session.server.mvs
    if name.startswith("/"):
        with (unix or mvs.unix).open_input(name, who) as file:
            data = b"".join(take_bytes(file.chunks(), MAX_WORDS))
        records = data.removesuffix(NL).split(NL)
    else:
        with mvs.open_input(parse_target(name.strip("'").upper()), who) as dataset:
            records = list(_first(dataset.records()))
    to_net = session.options.table().to_net
    return [record.translate(to_net).decode("latin-1").rstrip() for record in records]


def _first(records: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the records that MAX_WORDS bytes hold, each with its line end."""
    left = MAX_WORDS
    for record in records:
        left -= len(record) + len(NL)
        if left < 0:
            return
        yield record
