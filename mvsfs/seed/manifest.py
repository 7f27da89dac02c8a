"""The manifest of a seed folder, `_mvs.yaml`: its grammar, both directions.

    defaults: {recfm: FB, lrecl: 80, codepage: IBM-1047}
    datasets:
      USER1.JCL:
        recfm: FB
        lrecl: 80
        dsntype: LIBRARY
        stats: true
        members: {HELLO: {stats: {userid: USER1, ...}}, HI: {alias_of: HELLO}}
      USER1.OLD: {status: migrated}
    volumes: {TINY01: {cylinders: 2, use: Private}}
    gdg: {USER1.GDG: {limit: 5}}
    aliases: {USER1.NICK: USER1.JCL}
    unix: {/u/user1/hello.sh: {mode: "0755", owner: USER1}}
    users: [ADDUSER USER1 PASSWORD(SECRET)]
    jobs: [jobs/HELLO.jcl]

Rules: pure; a key that is not known here is refused with its place, so that a slip of the pen does not pass unnoticed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from mvsfs.datasets.gdg import MAX_EXTENDED_LIMIT, MAX_LIMIT
from mvsfs.dcb import LRECL_X, Dsorg, Recfm
from mvsfs.errors import InvalidDsname
from mvsfs.info import Allocation, IspfStats, LoadModule, Status
from mvsfs.names import check_dsname, check_member
from mvsfs.seed.model import SeedError, SeedGdg

NAME = "_mvs.yaml"

#: Keys of a data set that are fields of Allocation with the same name.
ALLOCATION_KEYS = (
    "recfm", "lrecl", "blksize", "dsntype", "unit", "like", "storclas", "mgmtclas", "dataclas", "expires", "eattr",
)  # fmt: skip
SPACE_KEYS = {"unit": "space_unit", "primary": "primary", "secondary": "secondary", "directory": "directory_blocks"}
OTHER_KEYS = (
    "dsorg", "volser", "volsers", "space", "codepage", "binary", "file", "stats", "members", "status", "created", "referred",
    "extents", "used_tracks",
)  # fmt: skip
MEMBER_KEYS = ("file", "binary", "stats", "alias_of", "load")
GDG_KEYS = ("limit", "scratch", "empty", "fifo", "purge", "extended")
UNIX_KEYS = ("kind", "file", "binary", "codepage", "mode", "owner", "group", "target", "tag", "tag_text", "mtime")
VOLUME_KEYS = ("cylinders", "device", "use", "storage_group")
SECTIONS = ("defaults", "volumes", "datasets", "gdg", "aliases", "unix", "users", "jobs", "version")


def rows_of(place: str, given: object) -> dict[Any, Any]:
    """Return `given` as a mapping with names for keys, empty when it is left out. Raises SeedError."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise SeedError(place, f"expected keys and values, found {given!r}")
    return dict(given)


def check_keys(place: str, given: object, known: tuple[str, ...]) -> dict[str, Any]:
    """Return `given` as a mapping whose keys are all known. Raises SeedError."""
    keys = rows_of(place, given)
    for key in keys:
        if key not in known:
            raise SeedError(place, f"unknown key {key!r}; known are {', '.join(known)}")
    return keys


def dsname_of(place: str, name: object) -> str:
    """Return a checked data set name. Raises SeedError."""
    try:
        return check_dsname(str(name).upper())
    except InvalidDsname as error:
        raise SeedError(place, f"{name!r} is no data set name ({error.rule})") from None


def member_of(place: str, name: object) -> str:
    """Return a checked member name. Raises SeedError."""
    try:
        return check_member(str(name).upper())
    except InvalidDsname:
        raise SeedError(place, f"{name!r} is no member name") from None


def dataset_keys(place: str, given: object) -> dict[str, Any]:
    """Return the checked keys of one data set, or of the defaults."""
    return check_keys(place, given, (*ALLOCATION_KEYS, *OTHER_KEYS))


def allocation_of(place: str, keys: Mapping[str, Any], *, partitioned: bool) -> Allocation:
    """Return what a data set's keys ask for. Raises SeedError."""
    values: dict[str, Any] = {key: keys[key] for key in ALLOCATION_KEYS if keys.get(key) is not None}
    values |= {key: str(value) for key, value in values.items() if key not in ("lrecl", "blksize", "expires")}
    if "expires" in values:
        values["expires"] = day_of(place, values["expires"])
    for key, value in check_keys(f"{place}: space", keys.get("space"), tuple(SPACE_KEYS)).items():
        values[SPACE_KEYS[key]] = value
    volsers = keys.get("volsers") or ([keys["volser"]] if keys.get("volser") else [])
    values["volsers"] = tuple(str(volser) for volser in volsers)
    try:
        values["dsorg"] = Dsorg(str(keys.get("dsorg") or ("PO" if partitioned else "PS")).upper())
        if "recfm" in values:
            values["recfm"] = str(Recfm.parse(values["recfm"]))
    except ValueError as error:
        raise SeedError(place, str(error)) from None
    if isinstance(values.get("lrecl"), str) and values["lrecl"].upper() == "X":
        values["lrecl"] = LRECL_X
    for key in ("lrecl", "blksize", "primary", "secondary", "directory_blocks"):
        if key in values:
            number_of(place, key, values[key])
    return Allocation(**values)


def number_of(place: str, key: str, value: object, low: int = 0, high: int | None = None) -> int:
    """Return a number of YAML within its bounds. Raises SeedError."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise SeedError(place, f"{key}: expected a number, found {value!r}")
    if value < low or (high is not None and value > high):
        raise SeedError(place, f"{key}: a number from {low}{f' to {high}' if high is not None else ''}, found {value!r}")
    return value


def gdg_of(place: str, dsname: str, given: object) -> SeedGdg:
    """Return a generation data group. Raises SeedError."""
    keys = check_keys(place, given, GDG_KEYS)
    for key, value in keys.items():
        if key != "limit" and not isinstance(value, bool):
            raise SeedError(place, f"{key}: expected true or false, found {value!r}")
    if "limit" in keys:
        number_of(place, "limit", keys["limit"], 1, MAX_EXTENDED_LIMIT if keys.get("extended") else MAX_LIMIT)
    return SeedGdg(dsname, **keys)


def status_of(place: str, keys: Mapping[str, Any]) -> Status:
    """Return the catalog state. Raises SeedError."""
    try:
        return Status(str(keys.get("status") or Status.ONLINE.value).lower())
    except ValueError:
        raise SeedError(place, f"status {keys['status']!r}; known are {', '.join(s.value for s in Status)}") from None


def stats_of(place: str, given: object) -> IspfStats | bool | None:
    """Return ISPF statistics: true makes them from the contents, keys set them. Raises SeedError."""
    if given is None or isinstance(given, bool):
        return given
    names = tuple(field.name for field in fields(IspfStats))
    keys = check_keys(place, given, names)
    try:
        values = {"version": 1, "modification": 0, "size": 0, "init": keys.get("size", 0), "mod": 0, "userid": "", **keys}
        changed = moment_of(place, values.get("changed", values.get("created")))
        created = values.get("created", changed)
        values |= {"changed": changed, "created": created.date() if isinstance(created, datetime) else created}
        return IspfStats(**values)
    except (TypeError, ValueError, AttributeError) as error:
        raise SeedError(place, f"statistics: {error}") from None


def moment_of(place: str, value: object) -> datetime:
    """Return a date or a time of YAML as a datetime. Raises SeedError."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise SeedError(place, f"{value!r} is no time") from None
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    raise SeedError(place, f"{value!r} is no time")


def day_of(place: str, value: object) -> date | None:
    """Return a date of YAML. Raises SeedError."""
    if value is None:
        return None
    return moment_of(place, value).date()


def load_module_of(place: str, given: object) -> LoadModule | None:
    """Return the directory data of a load module. Raises SeedError."""
    if given is None:
        return None
    keys = check_keys(place, given, tuple(field.name for field in fields(LoadModule)))
    try:
        return LoadModule(**{**keys, "attributes": tuple(keys.get("attributes", ("FO", "RN", "RU")))})
    except TypeError as error:
        raise SeedError(place, str(error)) from None


def mode_of(place: str, value: object) -> int | None:
    """Return permission bits. Text only: YAML reads 0644 as octal and 644 as decimal. Raises SeedError."""
    if value is None:
        return None
    try:
        return int(str(value) if isinstance(value, str) else "", 8)
    except ValueError:
        raise SeedError(place, f'mode {value!r}: write octal digits in quotes, as "0644"') from None
