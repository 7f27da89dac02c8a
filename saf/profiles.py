"""What the security database holds, as frozen values: users, groups, connections, resource profiles, the signed-on user.

Not here: how they are kept (schema.py, database.py), who may do what with them (decide.py).
Rules: names are upper case; dates are dates, moments are aware datetimes; a missing segment is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from saf.access import Access


@dataclass(frozen=True, slots=True)
class Omvs:
    """The OMVS segment of a user."""

    uid: int | None = None
    home: str = "/"
    program: str = "/bin/sh"


@dataclass(frozen=True, slots=True)
class User:
    """A user profile without its secrets."""

    userid: str
    name: str
    owner: str
    default_group: str
    created: date
    special: bool = False
    operations: bool = False
    auditor: bool = False
    restricted: bool = False
    revoked: bool = False
    revoke_date: date | None = None
    resume_date: date | None = None
    data: str = ""
    interval: int | None = None
    """Days a password lasts; None follows SETROPTS, 0 is NOINTERVAL."""
    password_date: date | None = None
    """None while the password is expired or there is none."""
    phrase_date: date | None = None
    last_access: datetime | None = None
    has_password: bool = False
    has_phrase: bool = False
    omvs: Omvs | None = None
    segments: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def protected(self) -> bool:
        """Whether nobody can sign on with a secret. Neither wrong ones nor time revoke such a user [RACFSAG]."""
        return not self.has_password and not self.has_phrase


@dataclass(frozen=True, slots=True)
class Group:
    """A group profile."""

    name: str
    owner: str
    superior: str
    created: date
    data: str = ""
    termuacc: bool = True
    universal: bool = False
    gid: int | None = None


@dataclass(frozen=True, slots=True)
class Connection:
    """A user's membership of a group."""

    userid: str
    group: str
    owner: str
    created: date
    authority: str = "USE"
    uacc: Access = Access.NONE
    special: bool = False
    operations: bool = False
    auditor: bool = False
    revoked: bool = False
    revoke_date: date | None = None
    resume_date: date | None = None
    connects: int = 0
    """How often the user signed on with this group."""
    last_connect: datetime | None = None


@dataclass(frozen=True, slots=True)
class Conditional:
    """An entry of a conditional access list: `who` has `level` when the condition, a class and a name in it, is met."""

    who: str
    saf_class: str
    name: str
    level: Access

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from the other entries of its list."""
        return self.who, self.saf_class, self.name


@dataclass(frozen=True, slots=True)
class Profile:
    """A resource profile of any class, with its access list."""

    saf_class: str
    name: str
    generic: bool
    owner: str
    uacc: Access
    created: date
    changed: date | None = None
    warning: bool = False
    audit: str = "FAILURES(READ)"
    level: int = 0
    data: str = ""
    appldata: str = ""
    notify: str = ""
    volumes: tuple[str, ...] = ()
    unit: str = ""
    members: tuple[str, ...] = ()
    access_list: Mapping[str, Access] = field(default_factory=dict)
    segments: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    conditional: tuple[Conditional, ...] = ()
    globalaudit: str = ""


@dataclass(frozen=True, slots=True)
class PortOfEntry:
    """Where a user comes in: a class that has ports of entry (SERVAUTH, TERMINAL, JESINPUT) and the resource in it."""

    saf_class: str
    name: str


@dataclass(frozen=True, slots=True)
class Acee:
    """A signed-on user: what is known without asking the database again."""

    userid: str
    group: str
    groups: tuple[str, ...] = ()
    name: str = ""
    special: bool = False
    operations: bool = False
    auditor: bool = False
    restricted: bool = False
    uid: int | None = None
    gid: int | None = None
    gids: frozenset[int] = frozenset()
    home: str = "/"
    program: str = "/bin/sh"
    last_access: datetime | None = None
    """The access before this one, for ICH70001I."""
    password_changed: bool = False
    operations_over: frozenset[str] = frozenset()
    """The owners in the scope of the groups in which the user has group-OPERATIONS."""
    conditions: frozenset[tuple[str, str]] = frozenset()
    """What conditional access lists may ask for and is so: classes and names in them."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to an authorisation question, with its reason.

    `rc` is SAF's: 0 allowed, 4 nothing protects the resource, 8 refused. `allowed` is what a caller that has no rule of its
    own for rc 4 should do. `held` is the access the user has.
    """

    allowed: bool
    rc: int
    reason: str
    profile: str | None = None
    generic: bool = False
    warning: bool = False
    held: Access = Access.NONE
    entry: str = ""
    """The entry of the access list that decided."""


@dataclass(frozen=True, slots=True)
class FileRefusal:
    """What z/OS UNIX refused: the callable service, a file identifier, modes of three bits, the numbers they were checked for.

    `wanted` is 0 where ownership was asked for. `held_by` is OWNER, GROUP or OTHER.
    """

    call: str
    file_id: int
    wanted: int
    held_by: str
    held: int
    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a message says of a certificate that signs nobody on; `reason` as in errors.CertificateRefused."""

    reason: str
    serial: str
    subject: str
    issuer: str


@dataclass(frozen=True, slots=True)
class Violation:
    """A refusal, or an access that only WARNING mode let through: the facts of message ICH408I.

    `cause` is `access`, `file` for a z/OS UNIX file (with `file`), or for a sign-on: password, revoked, not-defined, expired,
    group, appl, entry (with class and resource), submitter, certificate (with `certificate`).
    """

    cause: str
    userid: str
    when: datetime
    group: str = ""
    name: str = ""
    saf_class: str = ""
    resource: str = ""
    volser: str = ""
    profile: str | None = None
    generic: bool = False
    wanted: Access = Access.NONE
    held: Access = Access.NONE
    warning: bool = False
    submitter: str = ""
    file: FileRefusal | None = None
    certificate: CertificateFacts | None = None
