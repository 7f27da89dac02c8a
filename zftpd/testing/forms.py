"""The forms in which a test says what a system holds: `pds(...)`, `ps(...)`, `gdg(...)`, `unix(...)` and plain values.

Rules: a form is a function of its name, so that a dictionary reads `name: what`. Plain values: text is a sequential data set
of card images or a z/OS UNIX file, bytes the same in binary, a dictionary a library or a directory, a path a host file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Any

from mvsfs.datasets.gdg import MAX_LIMIT
from mvsfs.dcb import Dsorg
from mvsfs.info import Allocation, IspfStats, LoadModule, Status, UnixKind
from mvsfs.names import check_dsname, check_member
from mvsfs.seed.folder import file_chunks
from mvsfs.seed.model import (
    DEFAULT_CODEPAGE,
    DEFAULT_LRECL,
    DEFAULT_RECFM,
    Content,
    Encoding,
    Seed,
    SeedDataset,
    SeedError,
    SeedGdg,
    SeedMember,
    SeedUnix,
)

Form = Callable[[str], Seed]
_ALLOCATION_FIELDS = {field.name for field in fields(Allocation)}


def content(value: object, *, encoding: Encoding | None = None) -> Content:
    """Return text, bytes or a host file as content."""
    if isinstance(value, Content):
        return value
    if isinstance(value, Path):
        found = Content(lambda: file_chunks(value), Encoding.TEXT, str(value))
    elif isinstance(value, str | bytes):
        found = Content.of(value)
    else:
        raise TypeError(f"text, bytes or a Path, not {value!r}")
    return found if encoding is None else replace(found, encoding=encoding)


def _allocation(options: Mapping[str, Any], dsorg: Dsorg) -> Allocation:
    unknown = set(options) - _ALLOCATION_FIELDS - {"volser"}
    if unknown:
        raise TypeError(f"no such attribute of a data set: {', '.join(sorted(unknown))}")
    values = {"dsorg": dsorg, **{name: value for name, value in options.items() if name != "volser"}}
    if options.get("volser"):
        values["volsers"] = (options["volser"],)
    if not any(options.get(name) for name in ("recfm", "like", "dataclas")):
        values |= {"recfm": DEFAULT_RECFM, "lrecl": options.get("lrecl") or DEFAULT_LRECL}
    return Allocation(**values)


def ps(
    value: str | bytes | Path | None = None,
    *,
    rdw: bool = False,
    codepage: str = DEFAULT_CODEPAGE,
    created: date | None = None,
    referred: date | None = None,
    **attributes: Any,
) -> Form:
    """A sequential data set: `ps("text", recfm="VB", lrecl=255)`. Without a value it is allocated and never written.

    rdw: the bytes hold a 4-byte length word before each record.
    """
    held = None if value is None else content(value, encoding=Encoding.RDW if rdw else None)

    def form(name: str) -> Seed:
        wanted = _allocation(attributes, Dsorg.PS)
        return Seed((SeedDataset(check_dsname(name), wanted, codepage, held, created=created, referred=referred),))

    return form


def pds(
    members: Mapping[str, object] | None = None,
    /,
    *,
    stats: bool | IspfStats | None = True,
    codepage: str = DEFAULT_CODEPAGE,
    pdse: bool = False,
    load: LoadModule | None = None,
    **named: Any,
) -> Form:
    """A library: `pds(HELLO="text", BYE="text", recfm="FB", lrecl=80)`; upper-case words are members, the others attributes.

    Members with other names come as a mapping. `pds(recfm="U", load=LoadModule(...), PROG=b"...")` is a load library.
    """
    attributes = {name: value for name, value in named.items() if name != name.upper()}
    named_members = {name: value for name, value in named.items() if name == name.upper()}
    found = {
        check_member(name.upper()): value
        if isinstance(value, SeedMember)
        else SeedMember(content(value), stats if load is None else None, load=load)
        for name, value in {**(members or {}), **named_members}.items()
    }

    def form(name: str) -> Seed:
        wanted = _allocation({"dsntype": "LIBRARY" if pdse else "PDS", **attributes}, Dsorg.PO)
        return Seed((SeedDataset(check_dsname(name), wanted, codepage, members=found),))

    return form


def gdg(*generations: object, limit: int = MAX_LIMIT, first: int = 1, **options: Any) -> Form:
    """A generation data group: `gdg("oldest", "newest", limit=5)`; other words are its options or the generations' attributes."""
    own = {name: value for name, value in options.items() if name in {field.name for field in fields(SeedGdg)}}
    attributes = {name: value for name, value in options.items() if name not in own}

    def form(name: str) -> Seed:
        base = check_dsname(name)
        parts = [Seed(gdgs=(SeedGdg(base, limit, **own),))]
        for number, value in enumerate(generations, first):
            made = value if callable(value) else ps(value, **attributes)  # type: ignore[arg-type]
            parts.append(made(f"{base}.G{number:04d}V00"))
        return joined(parts)

    return form


def migrated(value: str | bytes | None = None, **attributes: Any) -> Form:
    """A migrated data set; with a value it holds that once it is recalled."""

    def form(name: str) -> Seed:
        seed = ps(value, **attributes)(name)
        allocation = seed.datasets[0].allocation if value is not None or attributes else Allocation()
        return Seed((replace(seed.datasets[0], status=Status.MIGRATED, allocation=allocation),))

    return form


def rows(status: Status | str = Status.ONLINE, *, dsorg: Dsorg | str = Dsorg.PS, volser: str = "", **facts: Any) -> Form:
    """A bare catalog entry as a listing shall show it: `rows("tape", volser="T00001")`, `rows(dsorg="VSAM")`."""
    stated: dict[str, Any] = {name: facts.pop(name) for name in ("extents", "used_tracks") if name in facts}
    days = {name: facts.pop(name) for name in ("created", "referred") if name in facts}
    wanted = Allocation(dsorg=Dsorg(dsorg), volsers=(volser,) if volser else (), **facts)

    def form(name: str) -> Seed:
        return Seed((SeedDataset(check_dsname(name), wanted, status=Status(status), stated=stated, **days),))

    return form


def alias(dsname: str) -> Form:
    """A second name of a data set."""
    return lambda name: Seed(aliases={check_dsname(name): check_dsname(dsname)})


def unix(value: str | bytes | Path = b"", **attributes: Any) -> Form:
    """A z/OS UNIX file: `unix("text", mode=0o600, owner="USER1", tag="ISO8859-1")`; bytes go in as they are."""
    return lambda name: Seed(unix=(SeedUnix(name, UnixKind.FILE, content(value), **attributes),))


def directory(entries: Mapping[str, object] | None = None, **attributes: Any) -> Form:
    """A z/OS UNIX directory and what it holds."""

    def form(name: str) -> Seed:
        own = Seed(unix=(SeedUnix(name, UnixKind.DIRECTORY, **attributes),))
        return joined([own, *(seed_of(f"{name.rstrip('/')}/{entry}", value) for entry, value in (entries or {}).items())])

    return form


def link(target: str) -> Form:
    """A symbolic link."""
    return lambda name: Seed(unix=(SeedUnix(name, UnixKind.SYMLINK, target=target),))


def _mapped(value: Mapping[str, Any]) -> Form:
    """A dictionary: members by name, or attributes in lower case with `text` (sequential) or `members` (a library)."""
    attributes = {key: item for key, item in value.items() if key != key.upper()}
    if "members" in attributes:
        return pds(attributes.pop("members"), **attributes)
    if "text" in attributes:
        return ps(attributes.pop("text"), **attributes)
    if not attributes:
        return pds(value)
    members = {key: item for key, item in value.items() if key not in attributes}
    return pds(members, **attributes) if members else ps(None, **attributes)


def seed_of(name: str, value: object) -> Seed:
    """Return what `name: value` describes. Raises SeedError."""
    if name.startswith("/"):
        form: Form = directory(value) if isinstance(value, Mapping) else value if callable(value) else unix(value)  # type: ignore[arg-type]
        return form(name)
    form = _mapped(value) if isinstance(value, Mapping) else value if callable(value) else ps(value)  # type: ignore[arg-type]
    made = form(name.upper())
    if not isinstance(made, Seed):
        raise SeedError(name, f"cannot be made of {value!r}")
    return made


def joined(seeds: list[Seed]) -> Seed:
    """Return several seeds as one."""
    return reduce(
        lambda one, two: Seed(
            one.datasets + two.datasets,
            one.gdgs + two.gdgs,
            {**one.aliases, **two.aliases},
            one.unix + two.unix,
            one.users + two.users,
            one.jobs + two.jobs,
            one.volumes + two.volumes,
        ),
        seeds,
        Seed(),
    )
