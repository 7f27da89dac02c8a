"""`mvsfs ls` and `mvsfs info`: what is there, and everything about one thing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Annotated, Any

import typer

from mvsfs.cli_output import Column, explained, fail, is_terminal, listing
from mvsfs.dcb import LRECL_X, Dcb
from mvsfs.errors import DatasetNotFound
from mvsfs.info import DatasetInfo, MemberInfo, UnixInfo
from mvsfs.names import Mask, parse_target
from mvsfs.system import Mvs

DATASET_COLUMNS = (
    Column("Dsname", "dsname"),
    Column("Volume", "volser"),
    Column("Recfm", "recfm"),
    Column("Lrecl", "lrecl", number=True),
    Column("BlkSize", "blksize", number=True),
    Column("Dsorg", "dsorg"),
    Column("Tracks", "used_tracks", number=True),
    Column("Bytes", "size", number=True),
    Column("Referred", "referred"),
)
MEMBER_COLUMNS = (
    Column("Member", "name"),
    Column("Records", "records", number=True),
    Column("Bytes", "size", number=True),
    Column("VV.MM", "version"),
    Column("Changed", "changed"),
    Column("Id", "userid"),
    Column("Alias-of", "alias_of"),
)
UNIX_COLUMNS = (
    Column("Name", "name"),
    Column("Mode", "mode"),
    Column("Owner", "owner"),
    Column("Group", "group"),
    Column("Bytes", "size", number=True),
    Column("Changed", "mtime"),
    Column("Target", "target"),
)

JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON.")]
NamesFlag = Annotated[bool, typer.Option("--names", "-1", help="Print names only.")]


def unquoted(name: str) -> str:
    """Return a name without the quotes that a user of MVS may put around it."""
    return name[1:-1] if len(name) > 1 and name[0] == name[-1] == "'" else name


def ls(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(help="Masks, libraries, LIBRARY(MASK) or z/OS UNIX paths.")] = None,
    as_json: JsonFlag = False,
    names_only: NamesFlag = False,
) -> None:
    """List data sets, members or z/OS UNIX files."""
    mvs, who = context.obj()
    with explained():
        columns: tuple[Column, ...]
        for name in map(unquoted, names or ["**"]):
            if name.startswith("/"):
                columns, rows = UNIX_COLUMNS, [unix_row(info) for info in _unix_entries(mvs, name, who)]
            elif (library := _library(mvs, name)) is not None:
                columns, rows = MEMBER_COLUMNS, [member_row(entry) for entry in mvs.members(*library)]
            else:
                columns, rows = DATASET_COLUMNS, [dataset_row(info) for info in _datasets(mvs, name)]
            listing(columns, rows, as_json=as_json, names_only=names_only)


def _unix_entries(mvs: Mvs, path: str, who: Any) -> Iterable[UnixInfo]:
    info = mvs.unix.stat(path, who)
    return mvs.unix.listdir(path, who) if info.kind.value == "d" else [info]


def _library(mvs: Mvs, name: str) -> tuple[str, str] | None:
    """Return the library and member mask that a name means, or None when it means data sets."""
    base, parenthesis, inner = name.upper().partition("(")
    if parenthesis:
        return base, inner.rstrip(")") or "*"
    try:
        return (base, "*") if not Mask(base, "catalog").is_generic and mvs.find(base).is_partitioned else None
    except DatasetNotFound:
        return None


def _datasets(mvs: Mvs, name: str) -> list[DatasetInfo]:
    mask = Mask(name, "catalog")
    found = list(mvs.search(mask))
    if not found and not mask.is_generic:
        found = list(mvs.search(Mask(f"{name}.**", "catalog")))
    if not found:
        fail(f"no data sets match {name.upper()}")
    return found


def dataset_row(info: DatasetInfo) -> dict[str, Any]:
    """Return the facts of a data set under the keys of the columns."""
    row: dict[str, Any] = plain(info)
    return row | {"volser": info.volser if info.status.value == "online" else info.status.value.upper()}


def member_row(member: MemberInfo) -> dict[str, Any]:
    """Return the facts of a member under the keys of the columns."""
    row: dict[str, Any] = plain(member)
    stats = member.stats
    version = f"{stats.version:02d}.{stats.modification:02d}" if stats else ""
    changed = f"{stats.changed:%Y-%m-%d %H:%M}" if stats else ""
    return row | {"version": version, "changed": changed, "userid": stats.userid if stats else ""}


def unix_row(info: UnixInfo) -> dict[str, Any]:
    """Return the facts of a z/OS UNIX file under the keys of the columns."""
    row = plain(info)
    name = info.path.rstrip("/").rpartition("/")[2] or "/"
    when = info.mtime.isoformat(" ", "seconds")
    return {"name": name, **row, "mode": f"{info.kind.value}{info.mode:04o}", "mtime": when}


def plain(value: Any) -> Any:
    """Return facts as JSON types; a Dcb lies flat among the facts of its data set."""
    if is_dataclass(value) and not isinstance(value, type):
        row: dict[str, Any] = {}
        for field in fields(value):
            item = getattr(value, field.name)
            if isinstance(item, Dcb):
                lrecl = "X" if item.lrecl == LRECL_X else item.lrecl
                row |= {"recfm": str(item.recfm or ""), "lrecl": lrecl, "blksize": item.blksize, "dsorg": item.dsorg.value}
            else:
                row[field.name] = plain(item)
        return row
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value.hex() if isinstance(value, bytes) else value


def info(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A data set, LIBRARY(MEMBER) or z/OS UNIX path.")],
    as_json: JsonFlag = False,
) -> None:
    """Show everything that is known of one data set, member or z/OS UNIX file."""
    mvs, who = context.obj()
    with explained():
        name = unquoted(name)
        if name.startswith("/"):
            facts: Any = mvs.unix.stat(name, who)
        else:
            target = parse_target(name)
            facts = mvs.member(target.dsname, target.member) if target.member else mvs.find(target.dsname)
    row = plain(facts)
    if as_json:
        typer.echo(json.dumps(row, indent=2, default=str))
        return
    width = max(map(len, row))
    for key, value in row.items():
        if value not in ("", None, []):
            typer.secho(f"{key:<{width}}  ", nl=False, bold=is_terminal())
            typer.echo(value)


COMMANDS = (("ls", ls), ("info", info))
