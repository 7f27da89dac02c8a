"""The checkpoint data set: what RESTART needs of a transfer in TYPE E under MODE B or C that broke.

Source: [UG] "REStart subcommand"; [CR] CHKPTPREFIX for its name, CHKPTFLUSH, RESTGET, and CHKPTINT for when there is one.
Rules: lines of a word and its value; a MARK is the text that the server knows the place by, and the place here [assumed: the
manual does not show the contents]. It comes into being with the first marker and goes when the transfer ends well. Without
CHKPTFLUSH it is written when the transfer breaks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from zftpd.client.local import LocalSide, Terms
from zftpd.params.defaults import changed, defaults
from zftpd.params.settings import Settings
from zftpd.transfer.options import WireType

#: How the lines are kept, whatever LOCSITE says of other data sets: no name of a z/OS UNIX file is longer.
_KEPT = Terms(WireType("A"), changed(defaults(), {"recfm": "VB", "lrecl": 1100, "blksize": 0}))
_WORDS = ("SUBCOMMAND", "LOCAL", "REMOTE")


@dataclass(frozen=True)
class Checkpoint:
    """A transfer and the last place that both sides know. subcommand: get, put or append."""

    subcommand: str
    local: str
    remote: str
    theirs: str = ""
    here: int = 0

    def lines(self) -> str:
        """Return it as text."""
        words = zip(_WORDS, (self.subcommand, self.local, self.remote), strict=True)
        return "".join(f"{word} {value}\n" for word, value in words) + f"MARK {self.theirs} {self.here}\n"

    @classmethod
    def of(cls, text: str) -> Checkpoint | None:
        """Return what lines say, None for what is none."""
        found = dict(line.partition(" ")[::2] for line in text.splitlines())
        theirs, _, here = found.get("MARK", "").rpartition(" ")
        if not theirs or not here.isdecimal() or any(word not in found for word in _WORDS):
            return None
        return cls(found["SUBCOMMAND"], found["LOCAL"], found["REMOTE"], theirs, int(here))


def is_checkpointed(settings: Settings, wire: WireType, subcommand: str) -> bool:
    """Tell whether markers of a transfer are kept: of a PUT only where it sends some."""
    if settings.filetype != "SEQ" or wire.type != "E" or wire.mode == "S":
        return False
    return settings.restget if subcommand == "get" else settings.restput and settings.chkptint > 0


class Keeper:
    """Keeps the markers of one transfer."""

    def __init__(self, local: LocalSide, settings: Settings, transfer: Checkpoint) -> None:
        """Begin without a marker, or with the one that is restarted at."""
        self.last = transfer
        self._local = local
        self._settings = settings
        self._written = bool(transfer.theirs)

    def mark(self, theirs: str, here: int) -> None:
        """Remember a place; one that nobody could send back is none."""
        if not theirs or not theirs.isprintable() or " " in theirs:
            return
        self.last = replace(self.last, theirs=theirs, here=here)
        if self._settings.chkptflush:
            self.flush()

    def flush(self) -> None:
        """Write the checkpoint data set, if there is a marker."""
        if self.last.theirs:
            content = self.last.lines().replace("\n", "\r\n").encode("latin-1", "replace")
            self._local.write(place(self._local, self._settings), [content], _KEPT, replace=True)
            self._written = True

    def forget(self) -> None:
        """Delete the checkpoint data set of a transfer that has ended well."""
        if self._written:
            self._local.delete(place(self._local, self._settings))


def place(local: LocalSide, settings: Settings) -> str:
    """Return the name of the checkpoint data set."""
    return local.checkpoint(settings.chkptprefix)


def kept(local: LocalSide, settings: Settings) -> Checkpoint | None:
    """Return the checkpoint that is kept, None without one. Raises SubcommandFailed for one that cannot be read."""
    name = place(local, settings)
    if not local.exists(name):
        return None
    return Checkpoint.of(b"".join(local.read(name, _KEPT)).decode("latin-1"))
