"""The `jes` command: what it cannot do is one line on standard error, never a traceback."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from jes.cli import app


@pytest.fixture
def jes(tmp_path):
    """A function: run the command on a store of this test."""

    def call(*words, store=None, feed=None):
        return CliRunner().invoke(app, ["--store", str(store or tmp_path / "store"), *words], input=feed)

    return call


def test_a_job_is_submitted_run_listed_and_purged(jes):
    done = jes("submit", "--wait", "-", feed="//J JOB\n//S EXEC PGM=IEFBR14\n")
    assert (done.exit_code, "RC=0000" in done.output) == (0, True)

    assert "JESMSGLG" in jes("list", "J1").output
    assert "IEF142I J S - STEP WAS EXECUTED" in jes("output", "J1", "JESYSMSG").output
    assert jes("purge", "J1").output == "JOB00001 purged\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("output", "J7"), "jes: no job J7\n"),
        (("submit", "no-such-file"), "No such file"),
        (("--user", "NOBODY", "list"), "jes: user NOBODY is not defined\n"),
        (("submit", "-"), "jes: there is no JOB statement\n"),
    ],
)
def test_what_cannot_be_is_told(jes, words, told):
    done = jes(*words, feed="")

    assert (done.exit_code, told in done.output) == (1, True)


def test_a_store_whose_database_is_none_is_told(jes, tmp_path):
    (tmp_path / "catalog.db").write_bytes(b"no database" * 100)

    done = jes("list", store=tmp_path)

    assert (done.exit_code, "jes: the store cannot be reached: " in done.output) == (1, True)
