"""The exit points: what an installation's own code is told at each, and what it may answer.

Source: jes-and-jcl.md section 2 ([CG], [CR] parameter lists of FTCHKIP, FTCHKPWD, FTCHKCMD, FTCHKJES, FTPOSTPR, FTPSMFEX).
Not here: who calls them (call.py) and how they are found (loader.py).
Rules: the fields stand in the order of the original's parameter list, under readable names. Facts are frozen; the only
things that an exit may keep are `session.scratchpad` (256 bytes) and, for FTCHKJES, `session.anchor`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SCRATCHPAD_BYTES = 256


@dataclass(frozen=True, slots=True)
class SocketAddress:
    """One end of the control connection. `family` is AF_INET or AF_INET6."""

    host: str
    port: int
    family: str = "AF_INET"


@dataclass(slots=True)
class SessionArea:
    """What lives as long as a session: its identifier and the storage that exits may use.

    `scratchpad` is zeroed when the session starts and handed to FTCHKCMD, FTCHKJES and FTPOSTPR; an exit may change its
    bytes but not its length. `anchor` is any object that FTCHKJES wants to find again at its next call.
    """

    identifier: str
    client: SocketAddress
    server: SocketAddress
    scratchpad: bytearray = field(default_factory=lambda: bytearray(SCRATCHPAD_BYTES))
    anchor: object = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """An exit's answer. `rc` 0 accepts, anything else rejects; `text` explains (500-UX- lines); `argument` replaces the
    command's argument (FTCHKCMD only); `job` is JCL to submit (FTPOSTPR only).
    """

    rc: int = 0
    text: str = ""
    argument: str | None = None
    jobs: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        """Tell whether the exit lets it happen."""
        return self.rc == 0

    @classmethod
    def reject(cls, text: str = "", rc: int = 8) -> Verdict:
        """Return a rejection; the samples of the original answer 8."""
        return cls(rc=rc, text=text)


ACCEPT = Verdict()


@dataclass(frozen=True, slots=True)
class FTCHKIP:
    """A control connection is being accepted, before anything is sent. Reject: 421 and the connection is closed."""

    session: SessionArea

    @property
    def remote(self) -> SocketAddress:
        """The client's end."""
        return self.session.client

    @property
    def local(self) -> SocketAddress:
        """The server's end."""
        return self.session.server


@dataclass(frozen=True, slots=True)
class FTCHKPWD:
    """PASS arrived; nothing is verified yet. Reject: 530 PASS command failed.

    `password` is the first 8 characters ("*" when an e-mail address was entered), `userdata` what followed the colon in
    the argument, or the e-mail address of an anonymous login; `phrase` the whole password or phrase.
    """

    userid: str
    password: str
    userdata: str
    failures: int
    session: SessionArea
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class FTCHKCMD:
    """A command was received and parsed, and is about to run. Reject: 500-UX- lines and 500 User Exit denies ...

    May replace the argument. A SITE command is one command with its whole parameter string. `directory_type` is MVS or
    HFS, `filetype` SEQ, JES or SQL.
    """

    userid: str
    command: str
    argument: str
    directory_type: str
    filetype: str
    directory: str
    session: SessionArea


@dataclass(frozen=True, slots=True)
class FTCHKJES:
    """One record of a job that is being submitted, after translation, padded or cut to the job's record length.

    Called for each record, before it reaches the internal reader. Reject: the whole job is refused and nothing is
    submitted. `record` is EBCDIC. `lrecl` and `recfm` are those of the internal reader; numbers count from 1.
    """

    userid: str
    record: bytes
    lrecl: int
    number: int
    total: int
    client_id: int
    recfm: str
    session: SessionArea

    @property
    def length(self) -> int:
        """Bytes in the record."""
        return len(self.record)


@dataclass(frozen=True, slots=True)
class FTPOSTPR:
    """RETR, STOR, STOU, APPE, DELE or RNTO has ended, well or not, and its reply has been sent. It cannot reject.

    `reason` is 0 when the transfer completed. `name` is the data set (with member) or z/OS UNIX file. `confidence`:
    0 high, 1 no end of file seen, 2 low, 3 unknown, 9 not checked (CHKCONFIDENCE FALSE). `jobs` of the verdict are submitted.
    """

    userid: str
    directory_type: str
    directory: str
    filetype: str
    reply_code: int
    reply: str
    command: str
    conddisp: str
    reason: int
    name: str
    bytes: int
    session: SessionArea
    confidence: int = 9

    @property
    def is_success(self) -> bool:
        """Tell whether the transfer completed."""
        return self.reason == 0

    @property
    def dsname(self) -> str:
        """The data set without its member, or the path."""
        return self.name.partition("(")[0] if not self.name.startswith("/") else self.name

    @property
    def member(self) -> str:
        """The member, or nothing."""
        return "" if self.name.startswith("/") else self.name.partition("(")[2].rstrip(")")


@dataclass(frozen=True, slots=True)
class FTPSMFEX:
    """A type 118 SMF record is about to be written. Reject: it is not. Not called for type 119."""

    record: bytes
    session: SessionArea


Point = FTCHKIP | FTCHKPWD | FTCHKCMD | FTCHKJES | FTPOSTPR | FTPSMFEX

#: The names under which exits are configured, and their points.
POINTS: dict[str, type[Point]] = {point.__name__: point for point in (FTCHKIP, FTCHKPWD, FTCHKCMD, FTCHKJES, FTPOSTPR, FTPSMFEX)}
