"""Statements that run for every small transfer and job: compiled once, then given to the driver itself.

Source: docs/decisions/0002-sqlalchemy-sqlite.md: SQLAlchemy's execution of an unchanged statement costs several times SQLite's.
Rules: parameters are given by name and must be complete, defaults of columns included (`defaults`), but for values that the
statement holds itself; they pass as the driver takes them, so only text, numbers, truth values and bytes. Rows come back as
plain tuples.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.schema import ScalarElementColumnDefault


def defaults(table: Table) -> dict[str, Any]:
    """Return the values that columns have when nobody gives one."""
    given = ((column.name, column.default) for column in table.columns)
    return {name: default.arg for name, default in given if isinstance(default, ScalarElementColumnDefault)}


class Prepared:
    """One statement with bind parameters."""

    def __init__(self, statement: ClauseElement, columns: tuple[str, ...] | None = None) -> None:
        """columns: those that an INSERT names."""
        self._statement = statement
        self._columns = columns
        self._texts: dict[str, tuple[str, tuple[str, ...] | None, dict[str, Any]]] = {}

    def run(self, connection: Connection, parameters: Mapping[str, Any]) -> Any:
        """Execute in the caller's transaction and return the driver's cursor."""
        text, order, fixed = self._compiled(connection)
        given = {**fixed, **parameters} if fixed else parameters
        cursor = connection.connection.cursor()
        cursor.execute(text, given if order is None else [given[name] for name in order])
        return cursor

    def act_each(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute for what it does, once for each row of parameters."""
        text, order, fixed = self._compiled(connection)
        given = [{**fixed, **row} for row in rows]
        cursor = connection.connection.cursor()
        cursor.executemany(text, given if order is None else [[row[name] for name in order] for row in given])
        cursor.close()

    def _compiled(self, connection: Connection) -> tuple[str, tuple[str, ...] | None, dict[str, Any]]:
        """Return the text for this dialect, the order of its parameters, and those whose values the statement holds itself."""
        dialect = connection.dialect
        known = self._texts.get(dialect.name)
        if known is None:
            compiled: Any = self._statement.compile(
                dialect=dialect, column_keys=self._columns, compile_kwargs={"render_postcompile": True}
            )
            fixed = {name: value for name, value in compiled.params.items() if value is not None}
            known = str(compiled), tuple(compiled.positiontup) if compiled.positional else None, fixed
            self._texts[dialect.name] = known
        return known

    def first(self, connection: Connection, parameters: Mapping[str, Any]) -> Any:
        """Execute and return the first row, or None."""
        cursor = self.run(connection, parameters)
        row = cursor.fetchone()
        cursor.close()
        return row

    def act(self, connection: Connection, parameters: Mapping[str, Any]) -> None:
        """Execute for what it does."""
        self.run(connection, parameters).close()
