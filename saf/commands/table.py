"""The table of commands, and the one place that carries a command out.

Rules: an explicit list. A command is one transaction: what it changed is kept when its return code is below 8.
"""

from __future__ import annotations

import textwrap

from saf.commands import datasets as datasets_family
from saf.commands import groups, listuser, permit, racdcert, resources, search, setropts, users, usersecrets
from saf.commands.operands import Operands, command_name, join_lines, parse, resolve
from saf.commands.run import Command, CommandResult, DatasetAccess, Run
from saf.context import Context
from saf.errors import CommandRefused, OperandError, SafError
from saf.messages import lines_for
from saf.profiles import Acee

COMMANDS: tuple[Command, ...] = (
    *users.COMMANDS,
    *usersecrets.COMMANDS,
    *listuser.COMMANDS,
    *groups.COMMANDS,
    *datasets_family.COMMANDS,
    *permit.COMMANDS,
    *resources.COMMANDS,
    *setropts.COMMANDS,
    *search.COMMANDS,
    *racdcert.COMMANDS,
)
BY_NAME = {name: command for command in COMMANDS for name in (command.name, *command.aliases)}


class _Undone(Exception):
    """Rolls a refused command's transaction back."""


def command(context: Context, acee: Acee, text: str, datasets: DatasetAccess | None = None) -> CommandResult:
    """Carry a command out and return what it said; every refusal is a message, never an exception."""
    lines: list[str] = []
    rc = 0
    if text.strip() and not any(command_name(join_lines(text))):
        return CommandResult([], 0)  # nothing but a comment
    try:
        row, operands = understood(text)
        prepared = row.before(operands, acee, datasets) if row.before else None
        snapshot = context.snapshot()
        with context.database.change() if row.changes else context.database.look() as change:
            run = Run(context, snapshot, change, acee, lines, prepared)
            rc = row.run(run, operands)
            if rc >= _REFUSED:
                raise _Undone
        _write(run, datasets)
    except _Undone:
        pass
    except SafError as error:
        lines.extend(lines_for(error))
        rc = error.rc if isinstance(error, CommandRefused) else 12 if isinstance(error, OperandError) else 8
    return CommandResult(lines, rc)


_REFUSED = 8


def _write(run: Run, datasets: DatasetAccess | None) -> None:
    for output in run.outputs:
        try:
            if datasets is None:
                raise LookupError("no data sets at hand")
            datasets.write(output.dsname, output.contents, text=output.text)
        except Exception as error:
            raise CommandRefused(output.refusal, {"dsname": output.dsname}) from error


def understood(text: str) -> tuple[Command, Operands]:
    """Return the row of the command in `text` and its operands. Raises: OperandError."""
    name, rest = command_name(join_lines(text))
    row = BY_NAME.get(name)
    if row is None:
        raise OperandError("command", name, name or "''")
    operands = resolve(parse(rest), row.keywords, positionals=row.positionals)
    if row.required and len(operands.positional) < row.positionals:
        raise OperandError("missing", row.positional_name, row.positional_name)
    return row, operands


def usage(name: str) -> list[str]:
    """Return what a command may be given, as lines of 78 columns; nothing for what is no command."""
    row = BY_NAME.get(name.upper())
    if row is None:
        return []
    names = f"{row.name} ({', '.join(row.aliases)})" if row.aliases else row.name
    operand = f" {row.positional_name.lower()}" if row.positionals else ""
    keywords = " ".join(keyword.form for keyword in row.keywords)
    return [names + operand, *textwrap.wrap(keywords, 78, initial_indent="    ", subsequent_indent="    ")]
