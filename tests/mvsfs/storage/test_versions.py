"""A store that an earlier version made: it gets what it lacks, or is refused in words."""

from __future__ import annotations

import sqlite3
import subprocess
import sys

import pytest

PROGRAM = "import sys; from mvsfs.cli import main; sys.exit(main())"


def mvsfs(store, *words, feed=""):
    command = [sys.executable, "-c", PROGRAM, "--store", str(store), *words]
    return subprocess.run(command, input=feed, capture_output=True, text=True, timeout=60)


@pytest.fixture
def store(tmp_path):
    """A store with one data set."""
    (tmp_path / "text").write_text("x\n")
    made = mvsfs(tmp_path / "store", "put", str(tmp_path / "text"), "A.B")
    assert made.returncode == 0, made.stderr
    return tmp_path / "store"


def change(store, *statements):
    catalog = sqlite3.connect(store / "catalog.db")
    for statement in statements:
        catalog.execute(statement)
    catalog.commit()
    catalog.close()


def test_columns_and_tables_that_came_later_are_added(store):
    change(store, "ALTER TABLE dataset DROP COLUMN eattr", "ALTER TABLE dataset DROP COLUMN referred", "DROP TABLE gdg")

    assert mvsfs(store, "cat", "A.B").stdout == "x\n"
    assert "A.B" in mvsfs(store, "ls", "A.**").stdout


def test_what_cannot_be_added_is_told_in_words(store):
    change(store, "DROP TABLE extent", "CREATE TABLE extent (other INTEGER)")
    said = mvsfs(store, "ls", "A.**")

    assert said.returncode == 1
    assert said.stderr.startswith("mvsfs: the store is of another version: its table extent has no column")
    assert "Traceback" not in said.stderr
