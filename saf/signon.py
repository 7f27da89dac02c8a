"""Signing on: the order of checks of RACROUTE REQUEST=VERIFY, and what it writes down.

Source: [RACROUTE] REQUEST=VERIFY return codes; [RACFSAG] "Revoking users". Order: user defined, revoked,
password, expired, new password, group, application, port of entry.
Rules: a wrong user ID costs as much time as a wrong password, so that user IDs cannot be told apart by a clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.engine import RowMapping

from saf.access import Access
from saf.context import Context
from saf.decide import decide
from saf.entry import entered
from saf.errors import (
    ApplNotAuthorized,
    EntryNotAuthorized,
    GroupNotConnected,
    NewPasswordInvalid,
    PasswordExpired,
    PasswordWrong,
    SafError,
    UserNotDefined,
    UserRevoked,
)
from saf.passwords import PasswordRules, check_new, folded, hashed, is_expired, is_phrase, matches
from saf.profiles import Acee, Connection, PortOfEntry, User, Violation
from saf.schema import CONNECTIONS, USERS
from saf.snapshot import Snapshot

_CAUSES: dict[type[SafError], str] = {
    UserNotDefined: "not-defined",
    PasswordWrong: "password",
    PasswordExpired: "expired",
    UserRevoked: "revoked",
    GroupNotConnected: "group",
    ApplNotAuthorized: "appl",
    EntryNotAuthorized: "entry",
    NewPasswordInvalid: "new-password",
}


def acee_of(snapshot: Snapshot, user: User, today: date) -> Acee:
    """Return what is known of a signed-on user."""
    usable = [
        connection
        for connection in snapshot.connections.get(user.userid, {}).values()
        if not _out_of_service(connection.revoked, connection.revoke_date, connection.resume_date, today)
    ]
    names = tuple(connection.group for connection in usable)
    own = snapshot.groups.get(user.default_group)
    omvs = user.omvs
    return Acee(
        userid=user.userid,
        group=user.default_group,
        groups=names,
        name=user.name,
        special=user.special,
        operations=user.operations,
        auditor=user.auditor,
        restricted=user.restricted,
        operations_over=_operated(snapshot, usable),
        uid=omvs.uid if omvs else None,
        gid=own.gid if own else None,
        gids=snapshot.gids(names),
        home=omvs.home if omvs else "/",
        program=omvs.program if omvs else "/bin/sh",
        last_access=user.last_access,
    )


def _operated(snapshot: Snapshot, connections: Sequence[Connection]) -> frozenset[str]:
    scopes = (snapshot.scope(connection.group) for connection in connections if connection.operations)
    return frozenset[str]().union(*scopes)


def _out_of_service(revoked: bool, revoke_date: date | None, resume_date: date | None, today: date) -> bool:
    if revoked:
        return not (resume_date is not None and resume_date <= today)
    if revoke_date is None or today < revoke_date:
        return False
    return not (resume_date is not None and revoke_date <= resume_date <= today)


# Built once, since every sign-on and every job writes them.
_LET_IN = update(USERS).where(USERS.c.userid == bindparam("who")).values(failures=0)
_SEEN = _LET_IN.values(last_access=bindparam("moment"))
_CONNECTED = (
    update(CONNECTIONS)
    .where(CONNECTIONS.c.userid == bindparam("who"), CONNECTIONS.c.group == bindparam("of"))
    .values(connects=func.coalesce(CONNECTIONS.c.connects, 0) + 1, last_connect=bindparam("moment"))
)


class SignOn:
    """Checks sign-ons against one database."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._decoy = ""

    def trusted(
        self, userid: str, *, begins: bool, applid: str | None = None, port: PortOfEntry | None = None, log: bool = True
    ) -> Acee:
        """Return a user's facts without asking for a secret, unless the user is revoked or, to begin, may not sign on."""
        snapshot = self._context.snapshot()
        user = snapshot.users.get(userid)
        try:
            if user is None:
                raise UserNotDefined(userid)
            self._check_service(snapshot, user)
            acee = acee_of(snapshot, user, self._context.today)
            if not begins:
                return acee
            self._check_group(snapshot, user)
            self._check_application(snapshot, acee, applid)
            acee = entered(snapshot, acee, port)
        except SafError as error:
            if log:
                self._tell(error, userid, user)
            raise
        # The copy's last access may be old, since sign-ons do not renew the copy.
        acee = _with(acee, self._row(userid), changed=False)
        self._note_access(snapshot, acee)
        return acee

    def has_password(self, userid: str, secret: str) -> bool:
        """Tell whether this is the user's password; nobody signs on, and nothing is counted, told or written down."""
        snapshot = self._context.snapshot()
        if userid not in snapshot.users:
            return False
        row = self._row(userid)
        return matches(folded(secret, snapshot.password_rules, as_is=row["password_as_is"]), row["password"])

    def verify(
        self,
        userid: str,
        secret: str,
        new: str | None,
        repeated: str | None,
        applid: str | None,
        port: PortOfEntry | None = None,
    ) -> Acee:
        """Sign a user on with a secret."""
        snapshot = self._context.snapshot()
        user = snapshot.users.get(userid)
        try:
            if user is None:
                self._waste_time(secret)
                raise UserNotDefined(userid)
            acee = self._verify(snapshot, user, secret, new, repeated)
            self._check_application(snapshot, acee, applid)
            acee = entered(snapshot, acee, port)
        except SafError as error:
            self._tell(error, userid, user)
            raise
        self._note_access(snapshot, acee)
        return acee

    def _verify(self, snapshot: Snapshot, user: User, secret: str, new: str | None, repeated: str | None) -> Acee:
        rules = snapshot.password_rules
        row = self._row(user.userid)
        given = folded(secret, rules, as_is=row["password_as_is"])
        phrase = is_phrase(given)
        kept = row["phrase" if phrase else "password"]
        right = matches(given, kept)
        if not kept:
            self._waste_time(given)  # nor can users without a password be told apart by a clock
        # Revoked is told before the password is judged, but not before its time was spent.
        self._check_service(snapshot, user)
        if not right:
            if user.protected:
                raise PasswordWrong(user.userid)  # counting would let strangers revoke a started task
            self._count_failure(user.userid, rules)
        if rules.revoke and self._row(user.userid)["revoked"] and not user.revoked:
            # Wrong attempts of others at the same time have revoked the user since: who guesses many at once gains nothing.
            raise UserRevoked(user.userid, "failures")
        if new is not None:
            self._change(row, user.userid, new, repeated, rules, phrase=phrase)
        elif is_expired(row["phrase_date" if phrase else "password_date"], self._today(), self._interval(user, rules)):
            raise PasswordExpired(user.userid, phrase)
        self._check_group(snapshot, user)
        return _with(acee_of(snapshot, user, self._today()), row, changed=new is not None)

    def _row(self, userid: str) -> RowMapping:
        with self._context.database.read() as tables:
            row = tables.user_row(userid)
        if row is None:
            raise UserNotDefined(userid)
        return row

    def _today(self) -> date:
        return self._context.today

    def _interval(self, user: User, rules: PasswordRules) -> int:
        if user.interval is None:
            return rules.interval
        # A user's own interval holds as far as it is stricter than the system's.
        return user.interval if rules.interval == 0 or user.interval == 0 else min(user.interval, rules.interval)

    def _check_service(self, snapshot: Snapshot, user: User) -> None:
        today = self._today()
        if _out_of_service(user.revoked, user.revoke_date, user.resume_date, today):
            raise UserRevoked(user.userid, "revoked" if user.revoked else "date")
        if snapshot.inactive_days and not user.protected:
            with self._context.database.read() as tables:
                fresh = tables.user(user.userid) or user
            last = fresh.last_access.date() if fresh.last_access else fresh.created
            if today > last + timedelta(days=snapshot.inactive_days):
                raise UserRevoked(user.userid, "inactive")

    def _check_group(self, snapshot: Snapshot, user: User) -> None:
        connection = snapshot.connections.get(user.userid, {}).get(user.default_group)
        today = self._today()
        if connection is None or _out_of_service(connection.revoked, connection.revoke_date, connection.resume_date, today):
            raise GroupNotConnected(user.userid, user.default_group)

    def _check_application(self, snapshot: Snapshot, acee: Acee, applid: str | None) -> None:
        if not applid:
            return
        decision = decide(acee, snapshot.rules, snapshot.index("APPL"), "APPL", applid.upper(), Access.READ)
        if not decision.allowed:
            raise ApplNotAuthorized(acee.userid, applid.upper())

    def _count_failure(self, userid: str, rules: PasswordRules) -> None:
        with self._context.database.note() as sql:
            sql.execute(update(USERS).where(USERS.c.userid == userid).values(failures=USERS.c.failures + 1))
            failures = int(sql.execute(select(USERS.c.failures).where(USERS.c.userid == userid)).scalar() or 0)
        if rules.revoke and failures >= rules.revoke:
            with self._context.database.change() as change:
                change.sql.execute(update(USERS).where(USERS.c.userid == userid).values(revoked=True))
            raise UserRevoked(userid, "failures")
        raise PasswordWrong(userid, failures)

    def _change(
        self, row: RowMapping, userid: str, new: str, repeated: str | None, rules: PasswordRules, *, phrase: bool
    ) -> None:
        if repeated is not None and repeated != new:
            raise NewPasswordInvalid(userid, "verify", phrase)
        wanted = folded(new, rules)
        kind = "phrase" if phrase else "password"
        if is_phrase(wanted) != phrase:
            raise NewPasswordInvalid(userid, "length", phrase)
        set_on = row[f"{kind}_date"]
        if rules.minchange and set_on is not None and self._today() < set_on + timedelta(days=rules.minchange):
            raise NewPasswordInvalid(userid, "interval", phrase)
        former = [row[kind], *row[f"{kind}_history"]]
        check_new(userid, wanted, rules, former)
        kept = hashed(wanted, self._context.options.scrypt, self._context.options.random)
        values = {kind: kept, f"{kind}_date": self._today(), f"{kind}_history": former[: rules.history]}
        if not phrase:
            values["password_as_is"] = rules.mixedcase
        with self._context.database.change() as change:
            change.sql.execute(update(USERS).where(USERS.c.userid == userid).values(**values))

    def _note_access(self, snapshot: Snapshot, acee: Acee) -> None:
        """Write the access down, and with SETROPTS INITSTATS when it was, and that of the group."""
        facts = {"who": acee.userid, "moment": self._context.now().isoformat()}
        with self._context.database.note(lasting=False) as sql:
            if not snapshot.rules.initstats:
                sql.execute(_LET_IN, {"who": acee.userid})
                return
            sql.execute(_SEEN, facts)
            sql.execute(_CONNECTED, {**facts, "of": acee.group})

    def _waste_time(self, secret: str) -> None:
        if not self._decoy:
            self._decoy = hashed("", self._context.options.scrypt, self._context.options.random)
        matches(secret, self._decoy)

    def _tell(self, error: SafError, userid: str, user: User | None) -> None:
        cause = _CAUSES.get(type(error), "access")
        group, name = (user.default_group, user.name) if user else ("", "???")
        violation = Violation(cause, userid, self._context.now(), group, name)
        if isinstance(error, EntryNotAuthorized):
            violation = replace(violation, saf_class=error.saf_class, resource=error.resource)
        self._context.violation(violation)


def _with(acee: Acee, row: RowMapping, *, changed: bool) -> Acee:
    last = datetime.fromisoformat(row["last_access"]) if row["last_access"] else None
    return replace(acee, last_access=last, password_changed=changed)
