"""The `saf` command: RACF commands on a store, one by one, from a file or at a prompt, and lists for people and programs.

Rules: acts as IBMUSER with SPECIAL unless `--user` names somebody else, since whoever can write the store's files needs no
password to change it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table as RichTable
from sqlalchemy.exc import DatabaseError

from saf.address import engine_at
from saf.commands import secrets
from saf.commands.operands import join_lines
from saf.commands.run import DatasetAccess
from saf.commands.table import usage
from saf.context import SafOptions
from saf.errors import SafError, UserNotDefined, UserRevoked
from saf.messages import lines_for
from saf.profiles import Acee
from saf.system import Saf

_HIDDEN = "command"
#: Gives the data sets of a store as a user may use them.
DatasetOpener = Callable[[str, Acee], DatasetAccess | None]


class _Commands(typer.core.TyperGroup):
    """Takes what is no command of ours for a RACF command: `saf "ADDUSER USER1"`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the arguments mean."""
        if args and args[0] not in self.commands:
            args = [_HIDDEN, " ".join(args)]
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; what it could not do becomes one line on standard error, never a traceback."""
        try:
            return super().invoke(ctx)
        except (UserNotDefined, UserRevoked) as error:
            state = "not defined" if isinstance(error, UserNotDefined) else "revoked"
            print(f"saf: user {error.userid} is {state}", file=sys.stderr)
            raise typer.Exit(8) from None
        except SafError as error:
            print("\n".join(lines_for(error)), file=sys.stderr)
            raise typer.Exit(8) from None
        except (ValueError, OSError) as error:
            print(f"saf: {error}", file=sys.stderr)
        except DatabaseError as error:
            print(f"saf: the store cannot be reached: {error.orig}", file=sys.stderr)
        raise typer.Exit(2)


app = typer.Typer(cls=_Commands, no_args_is_help=True, add_completion=False, rich_markup_mode=None)


class HostFiles:
    """Data sets as files of a folder: what `--files` makes RACDCERT read and write."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, dsname: str) -> bytes:
        """Return the contents of the file of that name."""
        return (self._folder / dsname).read_bytes()

    def write(self, dsname: str, contents: bytes, *, text: bool) -> None:
        """Write the file of that name."""
        del text  # a host file holds text as it comes
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / dsname).write_bytes(contents)


def _nothing(_store: str, _acee: Acee) -> None:
    """Without a folder and without a store's data sets RACDCERT reads and writes none."""
    return


class _World:
    """What the options of one call opened."""

    def __init__(self, store: str, user: str, datasets: DatasetOpener) -> None:
        options = SafOptions(passphrase=os.environ.get("SAF_PASSPHRASE"))
        self.saf = Saf.open(engine_at(store), now=lambda: datetime.now().astimezone(), options=options)
        self.saf.bootstrap()
        self.acee: Acee = self.saf.acee(user) if user else self.saf.operator()
        self._datasets = datasets(store, self.acee)

    def command(self, text: str) -> int:
        """Carry out one command and print what it says."""
        result = self.saf.command(self.acee, text, self._datasets)
        for line in result.lines:
            print(line)
        return result.rc


def _default_store() -> str:
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return os.environ.get("MVSFS_STORE") or f"{base}/mvsfs"


@app.callback()
def main_options(
    ctx: typer.Context,
    store: Annotated[str, typer.Option(help="Folder or address of the store.", envvar="MVSFS_STORE", show_default=False)] = "",
    user: Annotated[str, typer.Option(help="User who acts; without it the installation itself.")] = "",
    files: Annotated[Path | None, typer.Option(help="Folder whose files stand for the data sets of RACDCERT.")] = None,
) -> None:
    """Security: users, groups, profiles, certificates and key rings of a store."""
    opener: DatasetOpener = (lambda _store, _acee: HostFiles(files)) if files else ctx.obj or _nothing
    ctx.obj = _World(store or _default_store(), user, opener)


@app.command(_HIDDEN, hidden=True)
def one(ctx: typer.Context, text: str) -> None:
    """Carry out one RACF command; `--help` behind its name shows what it may be given."""
    words = text.split()
    if len(words) > 1 and words[-1] in ("--help", "-h") and (lines := usage(words[0])):
        print("\n".join(lines))
        return
    raise typer.Exit(ctx.obj.command(text))


@app.command()
def run(ctx: typer.Context, file: Annotated[Path, typer.Argument(help="RACF commands; `-` reads standard input")]) -> None:
    """Carry out a file of RACF commands; the highest return code is the exit code."""
    text = sys.stdin.read() if str(file) == "-" else file.read_text()
    highest = 0
    for command in commands_in(text):
        print(secrets.shown(command))
        highest = max(highest, ctx.obj.command(command))
    raise typer.Exit(highest)


def commands_in(text: str) -> list[str]:
    """Return the commands of a text: one a line, `+` or `-` at the end of a line goes on; `/* */` lines are comments."""
    commands: list[str] = []
    held: list[str] = []
    for line in text.splitlines():
        bare = line.strip()
        if not held and (not bare or (bare.startswith("/*") and bare.endswith("*/"))):
            continue
        held.append(line)
        if not bare.endswith(("+", "-")):
            commands.append(join_lines("\n".join(held)))
            held = []
    if held:
        commands.append(join_lines("\n".join(held)))
    return commands


@app.command()
def shell(ctx: typer.Context) -> None:
    """Read RACF commands at a prompt; END leaves."""
    highest = 0
    while True:
        try:
            text = input("READY\n" if sys.stdin.isatty() else "")
        except EOFError:
            break
        if text.strip().upper() in ("END", "EXIT", "LOGOFF"):
            break
        if text.strip():
            highest = max(highest, ctx.obj.command(text))
    raise typer.Exit(highest)


Json = Annotated[bool, typer.Option("--json", help="as JSON")]


@app.command()
def users(ctx: typer.Context, as_json: Json = False) -> None:
    """List the users."""
    columns = ("userid", "name", "default_group", "special", "operations", "revoked", "last_access")
    _print([asdict(user) for user in ctx.obj.saf.snapshot().users.values()], columns, as_json)


@app.command()
def groups(ctx: typer.Context, as_json: Json = False) -> None:
    """List the groups."""
    columns = ("name", "superior", "owner", "gid", "data")
    _print([asdict(group) for group in ctx.obj.saf.snapshot().groups.values()], columns, as_json)


@app.command()
def profiles(ctx: typer.Context, saf_class: Annotated[str, typer.Argument()] = "", as_json: Json = False) -> None:
    """List the resource profiles of a class, or all."""
    with ctx.obj.saf.context.database.read() as tables:
        rows = [asdict(profile) for profile in tables.profiles(saf_class.upper())]
    for row in rows:
        row["uacc"] = row["uacc"].name
        row["access_list"] = {who: level.name for who, level in row["access_list"].items()}
    _print(rows, ("saf_class", "name", "owner", "uacc", "warning", "access_list"), as_json)


@app.command()
def unload(ctx: typer.Context, file: Annotated[Path, typer.Argument(help="`-` writes standard output")]) -> None:
    """Write the database as an IRRDBU00 unload."""
    text = "".join(f"{line}\n" for line in ctx.obj.saf.unload())
    if str(file) == "-":
        sys.stdout.write(text)
    else:
        file.write_text(text)


@app.command()
def load(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="an IRRDBU00 unload, as text; `-` reads standard input")],
    password: Annotated[str, typer.Option(help="what users who are new get; without it they have none")] = "",
) -> None:
    """Take an IRRDBU00 unload into the database."""
    text = sys.stdin.read() if str(file) == "-" else file.read_text()
    done = ctx.obj.saf.load(text.splitlines(), password)
    for kind in sorted({*done.taken, *done.passed}):
        print(f"{kind}  taken {done.taken[kind]:>7}  passed over {done.passed[kind]:>7}")


def _print(rows: list[dict[str, Any]], columns: tuple[str, ...], as_json: bool) -> None:
    if as_json:
        print(json.dumps(rows, default=str, indent=2))
        return
    shown = [[_cell(row[column]) for column in columns] for row in rows]
    if sys.stdout.isatty():
        table = RichTable(*columns)
        for cells in shown:
            table.add_row(*cells)
        Console().print(table)
        return
    for cells in shown:
        print("\t".join(cells))


def _cell(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(f"{who}:{level}" for who, level in value.items())
    return "" if value is None else str(value)


def main(datasets: DatasetOpener | None = None) -> None:
    """Run the command; a reader that has seen enough (`| head`) ends it silently.

    `datasets` gives the data sets of a store, which this package knows nothing of.
    """
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    app(obj=datasets)
