"""Room in SQLite's log: there before it is needed, and nothing to SQLite, whoever else writes and however a process ends."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from mvsfs.storage.database import open_engine, writing
from mvsfs.storage.logroom import ROOM, make_room

KILLED = """
import os, signal, sys
from mvsfs.storage.database import open_engine, writing
from mvsfs.storage.logroom import make_room
engine = open_engine("sqlite:///" + sys.argv[1])
with writing(engine) as connection:
    connection.exec_driver_sql("CREATE TABLE job (number INTEGER)")
    connection.exec_driver_sql("INSERT INTO job VALUES (1)")
make_room(engine)
with writing(engine) as connection:
    connection.exec_driver_sql("INSERT INTO job VALUES (2)")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_commits_use_the_room_and_make_the_log_no_longer(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/catalog.db")
    make_room(engine)
    log = tmp_path / "catalog.db-wal"
    before = log.stat().st_size
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE job (number INTEGER)")
    assert before >= ROOM
    assert log.stat().st_size == before
    assert log.stat().st_blocks * 512 >= ROOM, "the blocks are there, not only the length"
    engine.dispose()


def test_what_was_committed_around_it_survives_a_killed_process(tmp_path: Path) -> None:
    store = tmp_path / "catalog.db"
    subprocess.run([sys.executable, "-c", KILLED, str(store)], check=False)
    assert (tmp_path / "catalog.db-wal").stat().st_size >= ROOM
    with sqlite3.connect(store) as after:
        assert after.execute("SELECT number FROM job ORDER BY number").fetchall() == [(1,), (2,)]
        assert after.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_log_that_others_have_in_use_keeps_what_they_wrote(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/catalog.db")
    other = sqlite3.connect(tmp_path / "catalog.db", isolation_level=None)
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE job (number INTEGER)")
    for number in range(3):
        other.execute("INSERT INTO job VALUES (?)", (number,))
    make_room(engine)
    other.execute("INSERT INTO job VALUES (3)")
    other.close()
    with writing(engine) as connection:
        assert [row[0] for row in connection.exec_driver_sql("SELECT number FROM job ORDER BY number")] == [0, 1, 2, 3]
    engine.dispose()


def test_a_store_that_need_not_last_gets_none(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/catalog.db", durable=False)
    make_room(engine)
    assert not (tmp_path / "catalog.db-wal").exists() or (tmp_path / "catalog.db-wal").stat().st_size < ROOM
    engine.dispose()


def test_a_full_disk_keeps_nobody_from_starting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mvsfs.storage.logroom._lengthen", full)
    engine = open_engine(f"sqlite:///{tmp_path}/catalog.db")
    make_room(engine)
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE job (number INTEGER)")
    engine.dispose()
