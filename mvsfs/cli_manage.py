"""`mvsfs alloc`, `rm`, `mv`, `seed` and `export`: the catalog changed, and whole folders in and out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mvsfs.access import Requester
from mvsfs.cli_list import unquoted
from mvsfs.cli_output import explained, fail
from mvsfs.dcb import MAX_BLKSIZE, Dsorg, Recfm
from mvsfs.info import Allocation, UnixKind
from mvsfs.names import Mask, MemberMask, parse_target
from mvsfs.seed import apply as apply_seed
from mvsfs.seed import read as read_folder
from mvsfs.seed.export import export as export_folder
from mvsfs.seed.model import DEFAULT_CODEPAGE, DEFAULT_LRECL, DEFAULT_RECFM
from mvsfs.seed.owners import without_strangers
from mvsfs.system import Mvs

SPACE_UNITS = {"TRK": "TRACK", "CYL": "CYLINDER", "TRACK": "TRACK", "CYLINDER": "CYLINDER"}


def alloc(
    context: typer.Context,
    dsname: Annotated[str, typer.Argument(help="Name of the new data set.")],
    recfm: Annotated[str | None, typer.Option(help="Record format.", show_default=False)] = None,
    lrecl: Annotated[int | None, typer.Option(help="Record length.", min=0, max=MAX_BLKSIZE, show_default=False)] = None,
    blksize: Annotated[int | None, typer.Option(help="Block size.", min=0, max=MAX_BLKSIZE, show_default=False)] = None,
    library: Annotated[bool, typer.Option("--pds", help="A partitioned data set.")] = False,
    pdse: Annotated[bool, typer.Option("--pdse", help="A PDSE.")] = False,
    space: Annotated[str, typer.Option(help="Unit, primary, secondary and directory blocks: TRK,5,5,10.")] = "",
    volume: Annotated[str | None, typer.Option(help="Volume serial.", show_default=False)] = None,
    like: Annotated[str | None, typer.Option(help="Data set whose attributes to take.", show_default=False)] = None,
) -> None:
    """Allocate an empty data set."""
    mvs, who = context.obj()
    unit, primary, secondary, directory = _space(space)
    partitioned = library or pdse
    if recfm is None and like is None:
        recfm, lrecl = DEFAULT_RECFM, lrecl or DEFAULT_LRECL
    wanted = Allocation(
        recfm=recfm,
        lrecl=lrecl,
        blksize=blksize,
        dsorg=Dsorg.PO if partitioned else Dsorg.PS,
        dsntype="LIBRARY" if pdse else "PDS" if library else None,
        space_unit=unit,
        primary=primary,
        secondary=secondary,
        directory_blocks=directory,
        volsers=(volume.upper(),) if volume else (),
        like=like.upper() if like else None,
    )
    with explained():
        Recfm.parse(recfm or DEFAULT_RECFM)
        mvs.allocate(parse_target(unquoted(dsname)).dsname, wanted, who)


def _space(text: str) -> tuple[str | None, int | None, int | None, int | None]:
    unit, *numbers = text.split(",") if text else [""]
    if unit and unit.upper() not in SPACE_UNITS:
        fail(f"space unit {unit!r}: TRK or CYL")
    if len(numbers) > 3 or not all(number.strip().isdecimal() for number in numbers):
        fail(f"space {text!r}: unit, primary, secondary, directory")
    counts = [int(number) for number in numbers] + [None] * (3 - len(numbers))
    return SPACE_UNITS.get(unit.upper()), counts[0], counts[1], counts[2]


def rm(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(help="Data sets, LIBRARY(MEMBER)s, masks with --mask, or z/OS UNIX paths.")],
    mask: Annotated[bool, typer.Option("--mask", help="Names are masks.")] = False,
    recursive: Annotated[bool, typer.Option("--recursive", "-r", help="z/OS UNIX directories with what they hold.")] = False,
) -> None:
    """Delete data sets, members or z/OS UNIX files."""
    mvs, who = context.obj()
    with explained():
        for name in map(unquoted, names):
            if name.startswith("/"):
                _remove(mvs, name, who, recursive=recursive)
            else:
                for target in _matching(mvs, name) if mask else [name]:
                    mvs.delete(parse_target(target), who)


def _matching(mvs: Mvs, name: str) -> list[str]:
    base, parenthesis, inner = name.upper().partition("(")
    if not parenthesis:
        return [info.dsname for info in mvs.search(Mask(base, "catalog"))]
    members = MemberMask(inner.rstrip(")"))
    return [f"{base}({entry.name})" for entry in mvs.members(base) if members.matches(entry.name)]


def _remove(mvs: Mvs, path: str, who: Requester, *, recursive: bool) -> None:
    """Remove a path; links are removed, not followed."""
    if recursive and mvs.unix.stat(path, who, follow=False).kind is UnixKind.DIRECTORY:
        for entry in mvs.unix.listdir(path, who):
            _remove(mvs, entry.path, who, recursive=True)
    mvs.unix.remove(path, who)


def mv(
    context: typer.Context,
    old: Annotated[str, typer.Argument(help="Data set, LIBRARY(MEMBER) or z/OS UNIX path.")],
    new: Annotated[str, typer.Argument(help="Its new name.")],
) -> None:
    """Rename a data set, member or z/OS UNIX file."""
    mvs, who = context.obj()
    with explained():
        old, new = unquoted(old), unquoted(new)
        if old.startswith("/") != new.startswith("/"):
            fail("both names must be data sets, or both z/OS UNIX paths")
        if old.startswith("/"):
            mvs.unix.rename(old, new, who)
        else:
            mvs.rename(parse_target(old), parse_target(new), who)


def seed(context: typer.Context, folder: Annotated[Path, typer.Argument(help="A seed folder.")]) -> None:
    """Load the data sets and z/OS UNIX files of a seed folder; users, jobs and files of users need the server (zftpd --seed)."""
    mvs, who = context.obj()
    with explained():
        found = read_folder(folder)
        part, strangers = without_strangers(found, mvs.guard)
        apply_seed(mvs, part, who)
    typer.echo(f"{_number(len(part.datasets), 'data set')}, {_number(len(part.unix), 'z/OS UNIX file')}", err=True)
    left = [_number(len(rows), what) for rows, what in ((found.users, "RACF command"), (found.jobs, "job")) if rows]
    left += [f"{file.path} of {file.owner or file.group}" if file.owner or file.group else file.path for file in strangers]
    if left:
        typer.echo(f"left to zftpd --seed: {', '.join(left)}", err=True)


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


def export(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
    masks: Annotated[
        list[str] | None, typer.Argument(help="Masks of data sets (**) and z/OS UNIX paths.", show_default=False)
    ] = None,
    codepage: Annotated[str, typer.Option("--codepage", "-c", help="Code page of the text in the store.")] = DEFAULT_CODEPAGE,
) -> None:
    """Write a seed folder of data sets and z/OS UNIX trees."""
    mvs, who = context.obj()
    names = [unquoted(name) for name in masks or ["**"]]
    trees = [name for name in names if name.startswith("/")]
    with explained():
        written = export_folder(mvs, folder, who, [name for name in names if name not in trees], unix=trees, codepage=codepage)
    typer.echo(f"{len(written)} entries in {folder}", err=True)


COMMANDS = (("alloc", alloc), ("rm", rm), ("mv", mv), ("seed", seed))
