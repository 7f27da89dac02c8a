"""The `mvsfs` command, as a person and as a script uses it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mvsfs.cli import app

EXAMPLE = Path(__file__).resolve().parents[2] / "fixtures" / "seed-example"
JCL = "//HELLO    JOB ,CLASS=A\n//S1      EXEC PGM=IEFBR14\n"


@pytest.fixture
def mvsfs(tmp_path):
    """A function: run the command on a store of this test."""

    def call(*words, feed=None, ok=True):
        done = CliRunner().invoke(app, ["--store", str(tmp_path / "store"), *map(str, words)], input=feed)
        assert not ok or done.exit_code == 0, done.output
        return done

    return call


@pytest.fixture
def jcl(tmp_path):
    path = tmp_path / "hello.jcl"
    path.write_text(JCL)
    return path


def test_what_is_put_is_listed_and_printed(mvsfs, jcl):
    mvsfs("put", jcl, "user1.jcl(hello)")

    assert "USER1.JCL" in mvsfs("ls", "USER1.**").stdout
    assert "HELLO" in mvsfs("ls", "'USER1.JCL'").stdout
    assert mvsfs("cat", "USER1.JCL(HELLO)").stdout == JCL


def test_a_prefix_lists_what_lies_below(mvsfs):
    mvsfs("put", "-", "A.B.C", feed="x\n")

    assert mvsfs("ls", "-1", "a.b").stdout == "A.B.C\n"


def test_lists_can_be_json(mvsfs, jcl):
    mvsfs("put", jcl, "A.LIB(M)")
    (row,) = json.loads(mvsfs("ls", "--json").stdout)
    (member,) = json.loads(mvsfs("ls", "--json", "A.LIB(*)").stdout)

    assert (row["dsname"], row["recfm"], row["lrecl"], row["dsorg"]) == ("A.LIB", "FB", 80, "PO")
    assert (member["name"], member["records"]) == ("M", 2)
    assert json.loads(mvsfs("info", "--json", "A.LIB").stdout)["blksize"] == 27920


@pytest.mark.parametrize(("recfm", "options"), [("FB", ["--binary"]), ("VB", ["--rdw"]), ("U", ["--rdw"])])
def test_records_go_in_and_out_unchanged(mvsfs, tmp_path, recfm, options):
    raw = {"FB": bytes(range(160)), "VB": b"\0\x06\0\0\x15\xff" + b"\0\4\0\0", "U": b"\0\x07\0\0abc"}[recfm]
    (tmp_path / "in").write_bytes(raw)
    mvsfs(
        "put",
        *options,
        "--recfm",
        recfm,
        "--lrecl",
        0 if recfm == "U" else 80,
        *(["--blksize", 800] if recfm == "U" else []),
        tmp_path / "in",
        "A.B",
    )
    mvsfs("get", *options, "A.B", tmp_path / "out")

    assert (tmp_path / "out").read_bytes() == raw


def test_a_folder_of_members_goes_in_and_comes_out(mvsfs, tmp_path):
    (tmp_path / "src").mkdir()
    for name in ("one.cbl", "two.cbl"):
        (tmp_path / "src" / name).write_text(f"{name}\n")
    mvsfs("put", tmp_path / "src", "A.SRC", "--pdse")
    mvsfs("get", "A.SRC", tmp_path / "out")

    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["ONE", "TWO"]
    assert json.loads(mvsfs("info", "--json", "A.SRC").stdout)["dsntype"] == "LIBRARY"


def test_a_code_page_can_be_chosen(mvsfs):
    mvsfs("put", "-c", "IBM-273", "-", "A.B", feed="\xe4[\n")

    assert mvsfs("cat", "-c", "IBM-273", "A.B").stdout == "\xe4[\n"
    assert mvsfs("cat", "A.B").stdout != "\xe4[\n"


def test_unix_files_are_files(mvsfs, tmp_path):
    mvsfs("put", "-", "/tmp/note", feed="hello\n")
    mvsfs("mv", "/tmp/note", "/tmp/moved")
    mvsfs("get", "/tmp/moved", tmp_path / "out")

    assert "moved" in mvsfs("ls", "/tmp").stdout
    assert (tmp_path / "out").read_text() == "hello\n"
    assert mvsfs("cat", "--binary", "/tmp/moved").stdout_bytes == bytes.fromhex("888593939615")


@pytest.mark.parametrize("page", ["UTF-8", "IBM-939", "IBM-1047"])
def test_unix_files_are_printed_in_the_page_they_are_tagged_with(mvsfs, tmp_path, page):
    words = "caf\u00e9\n" if page == "IBM-1047" else "a\u65e5\u672c\u8a9e\n"
    (tmp_path / "seed" / "unix").mkdir(parents=True)
    (tmp_path / "seed" / "unix" / "x").write_text(words * 90000, encoding="utf-8")  # more than one chunk
    (tmp_path / "seed" / "_mvs.yaml").write_text(f"unix: {{/x: {{tag: {page}}}}}")
    mvsfs("seed", tmp_path / "seed")

    assert words * 90000 == mvsfs("cat", "/x").stdout
    mvsfs("export", tmp_path / "out", "/x")
    assert words * 90000 == (tmp_path / "out" / "unix" / "x").read_text(encoding="utf-8")


def test_data_sets_are_allocated_renamed_and_deleted(mvsfs):
    mvsfs("alloc", "A.LIB", "--pds", "--space", "CYL,1,2,30")
    mvsfs("alloc", "A.VB", "--recfm", "VB", "--lrecl", 255)
    mvsfs("alloc", "A.LIKE", "--like", "A.VB")
    mvsfs("mv", "A.VB", "A.NEW")
    facts = json.loads(mvsfs("info", "--json", "A.LIB").stdout)
    mvsfs("rm", "--mask", "A.N*")

    assert (facts["space_unit"], facts["primary"], facts["directory_blocks"]) == ("CYLINDER", 1, 30)
    assert mvsfs("ls", "-1").stdout.split() == ["A.LIB", "A.LIKE"]


def test_a_store_is_written_to_a_folder_and_read_again(mvsfs, jcl, tmp_path):
    mvsfs("put", jcl, "A.LIB(M)")
    mvsfs("put", "-", "/u/x", feed="y\n")
    mvsfs("export", tmp_path / "seed", "A.**", "/u")
    mvsfs("rm", "A.LIB", "/u/x")
    mvsfs("seed", tmp_path / "seed")

    assert (mvsfs("cat", "A.LIB(M)").stdout, mvsfs("cat", "/u/x").stdout) == (JCL, "y\n")


def test_a_seed_with_users_is_loaded_as_far_as_it_goes_and_the_rest_is_named(mvsfs):
    told = mvsfs("seed", EXAMPLE).stderr

    assert "DEMO.CUSTOMER" in mvsfs("ls", "-1", "DEMO.**").stdout.split()
    assert (
        "left to zftpd --seed: 3 RACF commands, 1 job, /u/demo of DEMO, /u/demo/latest, /u/demo/report.txt of DEMO"
        == told.splitlines()[-1]
    )
    assert "/u/demo" not in mvsfs("ls", "-1", "/u").stdout


def test_directories_are_removed_with_what_they_hold_when_asked(mvsfs):
    mvsfs("put", "-", "/tmp/x", feed="")
    assert mvsfs("rm", "/tmp", ok=False).exit_code == 1
    mvsfs("rm", "-r", "/tmp")

    assert "tmp" not in mvsfs("ls", "-1", "/").stdout.split()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["cat", "NO.SUCH"], "does not exist"),
        (["cat", "A..B"], "no data set or member name"),
        (["cat", "/no/such"], "/no/such: no such file or directory"),
        (["ls", "NO.**"], "no data sets match"),
        (["info", "A.B(TOOLONGNAME)"], "no data set or member name"),
        (["put", "/no/such/file", "A.B"], "No such file"),
        (["put", "one"], "put needs"),
        (["alloc", "A.B", "--recfm", "XX"], "no record format"),
        (["alloc", "A.B", "--space", "MB,1"], "TRK or CYL"),
        (["mv", "A.B", "/tmp/x"], "both"),
        (["seed", "/no/such"], "no such folder"),
    ],
    ids=lambda words: "-".join(words) if isinstance(words, list) else None,
)
def test_mistakes_are_told_in_one_line(mvsfs, words, told):
    done = mvsfs(*words, ok=False)

    assert done.exit_code == 1
    assert told in done.output
    assert len(done.output.splitlines()) == 1


def test_a_refused_get_leaves_no_file(mvsfs, tmp_path):
    mvsfs("get", "NO.SUCH", tmp_path / "out", ok=False)

    assert not (tmp_path / "out").exists()


def test_a_terminal_gets_a_table_and_a_pipe_plain_columns(mvsfs, tmp_path, jcl):
    mvsfs("put", jcl, "A.LIB(M)")
    command = [sys.executable, "-m", "mvsfs.cli", "--store", str(tmp_path / "store"), "ls"]
    piped = subprocess.run(command, capture_output=True, text=True, timeout=30).stdout
    main, side = pty.openpty()
    subprocess.run(command, stdout=side, stderr=side, timeout=30, env={**os.environ, "TERM": "xterm", "COLUMNS": "100"})
    shown = os.read(main, 65536).decode()

    assert "\x1b[" not in piped
    assert "\x1b[" in shown
    assert "A.LIB" in piped
    assert "A.LIB" in shown
