"""Zos: a running system in the hands of a test.

Rules: everything acts on the same objects that the server's sessions use, as the installation itself (no permission is
asked), so what a test prepares or looks at does not depend on who the client signs on as.
"""

from __future__ import annotations

import ftplib
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from jes.systemlibraries import DELIVERED
from mvsfs.access import Requester
from mvsfs.errors import DatasetNotFound, MemberNotFound, UnixError
from mvsfs.info import DatasetInfo, MemberInfo, UnixInfo
from mvsfs.names import Mask, parse_target
from mvsfs.seed import Seed
from mvsfs.seed.text import decode, to_text
from mvsfs.seed.trusted import trusted
from mvsfs.system import Mvs
from saf.commands.secrets import shown
from saf.profiles import Acee
from zftpd import seeding
from zftpd.app import Server, ServerOptions
from zftpd.testing import forms, sessions
from zftpd.testing.clock import RealClock, VirtualClock
from zftpd.testing.job import Job, Jobs
from zftpd.testing.sessions import SessionRecord

#: The user that a new system has.
USER, PASSWORD = "IBMUSER", "SYS1"
CODEPAGE = "IBM-1047"


class Zos:
    """One system: its address, what it holds, its jobs."""

    def __init__(self, options: ServerOptions) -> None:
        """Remember how to start; nothing runs before `start`."""
        self.options = options
        self.user, self.password = USER, PASSWORD
        self.host, self.port = options.host, 0
        self.console: list[str] = []
        self.jobs = Jobs(self)
        self._clients: list[ftplib.FTP] = []
        self.server = Server()
        self._own_folder: tempfile.TemporaryDirectory[str] | None = None
        self._transcripts = Path()

    # -- life ----------------------------------------------------------------------------------------------------

    def start(self) -> Zos:
        """Start the server; its port stays the same over a reset."""
        told = self.options.console
        listen = self.options.port or self.port

        def console(line: str) -> None:
            self.console.append(line)
            if told is not None:
                told(line)

        if self.options.transcripts is None:
            self._own_folder = tempfile.TemporaryDirectory(prefix="zos-")
        self._transcripts = self.options.transcripts or Path(self._own_folder.name)  # type: ignore[union-attr]
        self.server = Server(replace(self.options, console=console, port=listen, transcripts=self._transcripts))
        self.host, self.port = self.server.start()
        return self

    def stop(self) -> None:
        """Close the clients that `ftp` made and stop the server."""
        for client in self._clients:
            client.close()
        self._clients.clear()
        self.server.stop()
        if self._own_folder is not None:
            self._own_folder.cleanup()
            self._own_folder = None

    def reset(self) -> Zos:
        """Begin anew on the same port: no data sets, no jobs, no sessions; only IBMUSER."""
        self.stop()
        self.console.clear()
        return self.start()

    @property
    def clock(self) -> VirtualClock | RealClock:
        """The clock that the system was started with; the real one cannot be moved."""
        return self.options.now if isinstance(self.options.now, VirtualClock) else RealClock()

    @property
    def url(self) -> str:
        """The address with user and password, for programs that take one."""
        return f"ftp://{self.user}:{self.password}@{self.host}:{self.port}"

    @property
    def mvs(self) -> Mvs:
        """The data sets and z/OS UNIX files, without permission checks."""
        return trusted(self.server.mvs)

    @property
    def operator(self) -> Acee:
        """Who acts when the test acts."""
        return self.server.saf.operator()

    @property
    def who(self) -> Requester:
        """Who acts on data sets when the test acts."""
        return Requester(USER, jobname="PYTEST", token=self.operator)

    # -- making --------------------------------------------------------------------------------------------------

    def seed(self, what: Mapping[str, object] | Seed | Path | str) -> Zos:
        """Make data sets and z/OS UNIX files: a dictionary of names and forms, or a seed folder (users and jobs as well)."""
        if isinstance(what, Mapping):
            what = forms.joined([forms.seed_of(name, value) for name, value in what.items()])
        seed = Path(what) if isinstance(what, str) else what
        seeding.plant(self.server.mvs, self.server.saf, self.server.jes, seed, note=self.console.append)
        return self

    def adduser(self, userid: str, password: str, *, uid: int | None = None, operands: str = "") -> Zos:
        """Define a user who can sign on at once; further ADDUSER operands as text."""
        omvs = f" OMVS(UID({uid}) HOME('/u/{userid.lower()}') PROGRAM('/bin/sh'))" if uid is not None else ""
        self.racf(f"ADDUSER {userid} PASSWORD({password}) {operands}{omvs}")
        self.racf(f"ALTUSER {userid} PASSWORD({password}) NOEXPIRED")
        return self

    def racf(self, command: str) -> str:
        """Carry out a RACF command and return what it says. Raises ValueError when it is refused."""
        result = self.server.saf.command(self.operator, command)
        said = "\n".join(result.lines)
        if result.rc > 4:
            raise ValueError(f"{shown(command)}: {said}")
        return said

    # -- looking -------------------------------------------------------------------------------------------------

    def text(self, name: str, *, codepage: str = CODEPAGE) -> str:
        """Return a data set, member or z/OS UNIX file as text; fixed records without trailing blanks."""
        if name.startswith("/"):
            with self.mvs.unix.open_input(name, self.who) as reader:
                return decode(reader.read(), reader.info.tag_codepage or codepage)
        with self.mvs.open_input(parse_target(name), self.who) as source:
            return "".join(to_text(source.records(), source.dcb, codepage))

    def records(self, name: str) -> list[bytes]:
        """Return the records of a data set or member as bytes."""
        return list(self.mvs.records(parse_target(name), self.who))

    def data(self, name: str) -> bytes:
        """Return the bytes of a z/OS UNIX file, or of all records one after the other."""
        if name.startswith("/"):
            with self.mvs.unix.open_input(name, self.who) as reader:
                return reader.read()
        return b"".join(self.records(name))

    def exists(self, name: str) -> bool:
        """Tell whether a data set, member or z/OS UNIX file is there."""
        try:
            self.info(name)
        except (DatasetNotFound, MemberNotFound, UnixError):
            return False
        return True

    def info(self, name: str) -> DatasetInfo | MemberInfo | UnixInfo:
        """Return all facts of a data set, member or z/OS UNIX file. Raises DatasetNotFound, MemberNotFound, UnixError."""
        if name.startswith("/"):
            return self.mvs.unix.stat(name, self.who)
        target = parse_target(name)
        return self.mvs.member(target.dsname, target.member) if target.member else self.mvs.find(target.dsname)

    def datasets(self, mask: str = "") -> list[str]:
        """Return the names that a mask covers, as `USER1.**`; without one all but the libraries that a system begins with."""
        found = [info.dsname for info in self.mvs.search(Mask(mask or "**", "catalog"))]
        return found if mask else [name for name in found if name not in DELIVERED]

    def members(self, dsname: str, mask: str = "*") -> list[str]:
        """Return the member names of a library."""
        return [member.name for member in self.mvs.members(dsname.upper(), mask)]

    def files(self, path: str) -> list[str]:
        """Return the names in a z/OS UNIX directory."""
        return [info.path.rpartition("/")[2] for info in self.mvs.unix.listdir(path, self.who)]

    # -- jobs ----------------------------------------------------------------------------------------------------

    def submit(self, jcl: str, *, user: str = USER) -> Job:
        """Submit a job and return it at once; JCL without a JOB statement is a ValueError."""
        return self.submit_all(jcl, user=user)[0]

    def submit_all(self, jcl: str, *, user: str = USER) -> list[Job]:
        """Submit every job of a text."""
        jobids = self.server.jes.submit(self.server.saf.acee(user.upper()), jcl)
        if not jobids:
            raise ValueError("the JCL has no JOB statement")
        return [Job(self, jobid) for jobid in jobids]

    def submitted(self, name: str) -> Job:
        """Return the latest job of a name (or the one with this id), whoever submitted it. Raises KeyError."""
        return self.jobs[name]

    # -- sessions ------------------------------------------------------------------------------------------------

    @property
    def sessions(self) -> list[SessionRecord]:
        """What clients said, session by session in the order they came; the last one is `sessions[-1]`."""
        running = {session.number for session in self.server.sessions}
        found = [sessions.read(path, running) for path in self._transcripts.glob("*.ftp")]
        return sorted(found, key=lambda record: record.number)

    def assert_no_open_sessions(self, seconds: float = 2.0) -> None:
        """Fail when a client has left sessions open; those about to end are given a moment."""
        deadline = time.monotonic() + seconds
        while self.server.sessions and time.monotonic() < deadline:
            time.sleep(0.01)
        left = [record for record in self.sessions if record.is_open]
        told = [f"session {record.number} of {record.userid or 'nobody'}, last command {record.commands[-1:]}" for record in left]
        assert not left, f"{len(left)} sessions left open: {'; '.join(told)}"

    # -- clients -------------------------------------------------------------------------------------------------

    def ftp(self, user: str | None = None, password: str | None = None, *, tls: bool = False, **options: Any) -> ftplib.FTP:
        """Return a client of the standard library that is signed on; it is closed at the end of the test.

        tls: both connections are protected; the standard library does not check the server's self-made certificate.
        """
        options = {"timeout": 30, "encoding": "latin-1", **options}
        client = ftplib.FTP_TLS(**options) if tls else ftplib.FTP(**options)  # noqa: S321 - FTP is the subject
        client.connect(self.host, self.port)
        self._clients.append(client)
        client.login(user or self.user, password or self.password)
        if isinstance(client, ftplib.FTP_TLS):
            client.prot_p()
        return client
