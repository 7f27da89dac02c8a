"""What the `mvsfs` command prints: rich tables where a person looks, plain columns in a pipe, JSON when asked for.

Not here: the wording of errors (sentences.py).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn

import typer
from sqlalchemy.exc import DatabaseError

from mvsfs import errors
from mvsfs.sentences import sentence

#: Contents smaller than this are over before a progress bar is read.
PROGRESS_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a listing: heading, key in the JSON form, whether numbers."""

    heading: str
    key: str
    number: bool = False


def is_terminal() -> bool:
    """Tell whether a person reads standard output."""
    return sys.stdout.isatty()


def listing(
    columns: Sequence[Column], rows: Sequence[dict[str, Any]], *, as_json: bool = False, names_only: bool = False
) -> None:
    """Print rows in the form that fits the reader; the first column is the name."""
    if as_json:
        typer.echo(json.dumps(rows, indent=2, default=str))
    elif names_only:
        for row in rows:
            typer.echo(row[columns[0].key])
    elif is_terminal():
        _rich_table(columns, rows)
    else:
        _plain_table(columns, rows)


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _plain_table(columns: Sequence[Column], rows: Sequence[dict[str, Any]]) -> None:
    """Print aligned columns without decoration; the last one is not padded."""
    cells = [[_cell(row[column.key]) for column in columns] for row in rows]
    widths = [max(map(len, (column.heading, *(line[at] for line in cells)))) for at, column in enumerate(columns)]
    for line in ([column.heading for column in columns], *cells):
        parts = [text.rjust(w) if c.number else text.ljust(w) for text, w, c in zip(line, widths, columns, strict=True)]
        typer.echo("  ".join(parts).rstrip())


def _rich_table(columns: Sequence[Column], rows: Sequence[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold")
    for number, column in enumerate(columns):
        table.add_column(
            column.heading, justify="right" if column.number else "left", style="" if number else "cyan", no_wrap=True
        )
    for row in rows:
        table.add_row(*(Text(_cell(row[column.key])) for column in columns))
    Console().print(table)


@contextmanager
def progress(name: str, total: int) -> Iterator[Any]:
    """Yield a callable to be told of bytes done; a bar is shown for large contents while a person looks."""
    if total < PROGRESS_BYTES or not sys.stderr.isatty():
        yield lambda _count: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(name, total=total)
        yield lambda count: bar.advance(task, count)


def counted(chunks: Iterable[bytes], advance: Any) -> Iterator[bytes]:
    """Pass chunks on and report their lengths."""
    for chunk in chunks:
        yield chunk
        advance(len(chunk))


def fail(message: str) -> NoReturn:
    """End the command with a message on standard error."""
    typer.echo(f"mvsfs: {message}", err=True)
    raise typer.Exit(1)


@contextmanager
def explained() -> Iterator[None]:
    """Turn errors of the block into one line and exit code 1."""
    try:
        yield
    except errors.MvsError as error:
        fail(sentence(error))
    except (ValueError, OSError) as error:
        fail(str(error))
    except DatabaseError as error:
        fail(unreachable(error))


def unreachable(error: DatabaseError) -> str:
    """Return what is said of a store whose database cannot be had."""
    return f"the store cannot be reached: {error.orig}"
