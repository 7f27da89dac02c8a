"""The facade with the field's verbs: VERIFY a sign-on, AUTH an access, EXTRACT facts, and the commands.

Source: [RACROUTE] REQUEST=VERIFY and REQUEST=AUTH.
Not here: rules of decision (decide.py), of sign-on (signon.py), commands (commands/), certificates (digtcert/).
Rules: one object serves all threads of a process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Engine

from saf import statistics
from saf.access import Access
from saf.bootstrap import bootstrap, protect
from saf.certmap import userid_of
from saf.commands.run import CommandResult, DatasetAccess
from saf.commands.table import command
from saf.context import Context, SafOptions
from saf.decide import decide
from saf.digtcert.ringdata import keyring
from saf.entry import running
from saf.errors import CertificateRefused, UserNotDefined
from saf.keyring import KeyRing
from saf.profiles import Acee, CertificateFacts, Decision, FileRefusal, PortOfEntry, Violation
from saf.signon import SignOn, acee_of
from saf.snapshot import Snapshot
from saf.unload.reading import Loaded, load
from saf.unload.writing import lines as unload_lines


class Saf:
    """A security database and the questions it answers."""

    def __init__(self, engine: Engine, *, now: Callable[[], datetime], options: SafOptions | None = None) -> None:
        self.context = Context(engine, now, options or SafOptions())
        self._signon = SignOn(self.context)

    @classmethod
    def open(cls, engine: Engine, *, now: Callable[[], datetime], options: SafOptions | None = None) -> Saf:
        """Open the database on an engine that may hold other tables as well; its own are created when missing."""
        return cls(engine, now=now, options=options)

    def bootstrap(self, password: str = "SYS1") -> bool:  # noqa: S107  (the documented first password of IBMUSER)
        """Fill an empty database with what RACF starts with; tell whether it was empty."""
        return bootstrap(self.context, password)

    def protect(self, *names: str) -> None:
        """Define DATASET profiles that let everybody read and nobody change; a profile of that name stays as it is."""
        protect(self.context, names)

    def snapshot(self) -> Snapshot:
        """Return the current state of users, groups, profiles and options."""
        return self.context.snapshot()

    # VERIFY

    def verify(
        self,
        userid: str,
        password: str,
        *,
        new_password: str | None = None,
        verify_new: str | None = None,
        applid: str | None = None,
        port: PortOfEntry | None = None,
    ) -> Acee:
        """Sign a user on with password or phrase, changing it when a new one is given.

        Raises: UserNotDefined, PasswordWrong, PasswordExpired, UserRevoked, NewPasswordInvalid, GroupNotConnected,
        ApplNotAuthorized, EntryNotAuthorized.
        """
        return self._signon.verify(userid.upper(), password, new_password, verify_new, applid, port)

    def has_password(self, userid: str, password: str) -> bool:
        """Tell whether this is the user's password, without a sign-on: nothing is counted, told or written down."""
        return self._signon.has_password(userid.upper(), password)

    def acee(
        self, userid: str, *, begins: bool = False, applid: str | None = None, port: PortOfEntry | None = None, log: bool = True
    ) -> Acee:
        """Return a defined user's facts without a password: jobs, started tasks, checked surrogates.

        `begins` writes the access down, as the start of a job or task does. With `log` False no listener is told of a refusal.

        Raises: UserNotDefined, UserRevoked; with `begins` GroupNotConnected, ApplNotAuthorized and EntryNotAuthorized as well.
        """
        return self._signon.trusted(userid.upper(), begins=begins, applid=applid, port=port, log=log)

    def running(self, acee: Acee, program: str) -> Acee:
        """Return a user's facts while a program runs: WHEN(PROGRAM) of conditional access lists is met by controlled ones."""
        return running(self.snapshot(), acee, program)

    def verify_certificate(self, der: bytes, *, begins: bool = True) -> Acee:
        """Sign the user on that a client's certificate stands for; that its chain is trusted was checked by the handshake.

        `begins` False asks only whose it is and whether that user is in service, and writes nothing down.

        Raises: CertificateRefused, UserNotDefined, UserRevoked, GroupNotConnected.
        """
        try:
            userid = userid_of(self.context, der)
        except CertificateRefused as error:
            facts = CertificateFacts(error.reason, error.serial, error.subject, error.issuer)
            self.context.violation(Violation("certificate", "", self.context.now(), name="???", certificate=facts))
            raise
        return self._signon.trusted(userid, begins=begins)

    def user_of_certificate(self, der: bytes) -> str | None:
        """Return the user ID that a certificate stands for, or None; nobody signs on and nothing is told."""
        try:
            return userid_of(self.context, der)
        except CertificateRefused:
            return None

    def keyring(self, owner: str, ring: str, caller: Acee | None = None) -> KeyRing:
        """Return a key ring with the private keys that `caller` may have; `*AUTH*`, `*` is the virtual ring of all authorities.

        Without a caller the installation itself asks, which may have all.

        Raises: RingNotFound, RingNotAuthorized, KeyStoreClosed.
        """
        return keyring(self.context, owner, ring, caller)

    # AUTH

    def auth(self, acee: Acee, saf_class: str, resource: str, access: Access, *, log: bool = True, volser: str = "") -> Decision:
        """Decide whether a user may have an access; a refusal is told to the listeners unless `log` is False.

        Accesses by discrete profiles are counted in the classes that SETROPTS STATISTICS names.
        """
        snapshot = self.snapshot()
        decision = decide(acee, snapshot.rules, snapshot.index(saf_class), saf_class, resource, Access(access))
        if log:
            self.note(acee, saf_class, resource, access, decision, volser=volser)
        return decision

    def note(self, acee: Acee, saf_class: str, resource: str, access: Access, decision: Decision, *, volser: str = "") -> None:
        """Count an access that was decided with `log` False, and tell the listeners of a refusal."""
        if saf_class in self.snapshot().rules.statistics:
            statistics.count(self.context, saf_class, decision, Access(access))
        if not decision.allowed or decision.warning:
            self.context.violation(
                Violation(
                    "access",
                    acee.userid,
                    self.context.now(),
                    acee.group,
                    acee.name,
                    saf_class,
                    resource,
                    volser,
                    decision.profile,
                    decision.generic,
                    Access(access),
                    decision.held,
                    decision.warning,
                )
            )

    def may_create(self, acee: Acee, dsname: str, *, volser: str = "") -> bool:
        """Decide whether a user may create a data set of that name, or give it to another; a refusal is told to the listeners.

        Source: [RACFSAG] "Controlling the creation of new data sets": ALTER, or for a group data set UPDATE and CREATE authority
        in the group.
        """
        group = dsname.split(".", 1)[0]
        held = self.snapshot().connections.get(acee.userid, {}).get(group) if group in acee.groups else None
        creates = held is not None and held.authority != "USE"
        if creates and self.auth(acee, "DATASET", dsname, Access.UPDATE, log=False).allowed:
            return True
        return self.auth(acee, "DATASET", dsname, Access.ALTER, volser=volser).allowed

    def refuse_file(self, acee: Acee, path: str, saf_class: str, file: FileRefusal) -> None:
        """Tell the listeners that z/OS UNIX refused a user a file: RACF's callable services ck_access and its kin."""
        self.context.violation(
            Violation("file", acee.userid, self.context.now(), acee.group, acee.name, saf_class, path, file=file)
        )

    def tell(self, violation: Violation) -> None:
        """Tell the listeners of a refusal that follows from answers given here, as JES2's of a job's submitter."""
        self.context.violation(violation)

    def on_violation(self, listener: Callable[[Violation], None]) -> None:
        """Have `listener` called with each refusal (`saf.messages.ich408i` gives its lines)."""
        self.context.listeners.append(listener)

    # Commands

    def command(self, acee: Acee, text: str, datasets: DatasetAccess | None = None) -> CommandResult:
        """Carry out a RACF command; what it is refused for is in its lines. `datasets` is where RACDCERT reads and writes."""
        return command(self.context, acee, text, datasets)

    # Unload

    def unload(self) -> Iterator[str]:
        """Give the database as the records of an IRRDBU00 unload, without secrets."""
        return unload_lines(self.context)

    def load(self, lines: Iterable[str], password: str = "") -> Loaded:
        """Take an IRRDBU00 unload in; users who are new get `password`, or none."""
        return load(self.context, lines, password)

    # EXTRACT

    def home_of(self, userid: str) -> str | None:
        """Return the home directory in the OMVS segment, or None without one."""
        user = self.snapshot().users.get(userid.upper())
        return user.omvs.home if user and user.omvs and user.omvs.uid is not None else None

    def unix_name(self, number: int, *, group: bool = False) -> str | None:
        """Return the first user or group that has that UID or GID, or None."""
        snapshot = self.snapshot()
        if group:
            return next((row.name for row in snapshot.groups.values() if row.gid == number), None)
        return next((row.userid for row in snapshot.users.values() if row.omvs and row.omvs.uid == number), None)

    def unix_number(self, name: str, *, group: bool = False) -> int | None:
        """Return the UID or GID of a user or group, or None."""
        snapshot = self.snapshot()
        if group:
            row = snapshot.groups.get(name.upper())
            return row.gid if row else None
        user = snapshot.users.get(name.upper())
        return user.omvs.uid if user and user.omvs else None

    def operator(self) -> Acee:
        """Return who acts for the installation itself (seed folders, the command line): IBMUSER, always SPECIAL."""
        snapshot = self.snapshot()
        known = snapshot.users.get("IBMUSER")
        own = acee_of(snapshot, known, self.context.today) if known else Acee("IBMUSER", "SYS1", ("SYS1",))
        return replace(own, special=True, operations=True)

    def describe(self, userid: str) -> Acee:
        """Return a user's facts whether revoked or not. Raises: UserNotDefined."""
        snapshot = self.snapshot()
        if userid.upper() not in snapshot.users:
            raise UserNotDefined(userid.upper())
        return acee_of(snapshot, snapshot.users[userid.upper()], self.context.today)
