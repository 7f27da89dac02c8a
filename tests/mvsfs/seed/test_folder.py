"""Seed folders: what files and manifest mean."""

from __future__ import annotations

import os
from datetime import date, datetime

import pytest

from mvsfs.dcb import Dsorg
from mvsfs.info import Status, UnixKind
from mvsfs.seed import SeedError, read
from mvsfs.seed.folder import commands
from mvsfs.seed.model import Encoding


def only(seed):
    (dataset,) = seed.datasets
    return dataset


def test_a_file_is_a_sequential_data_set_of_card_images(folder):
    dataset = only(read(folder("USER1.REPORT.txt", "hello\n")))

    assert (dataset.dsname, dataset.allocation.recfm, dataset.allocation.lrecl) == ("USER1.REPORT", "FB", 80)


def test_a_folder_is_a_library_and_its_files_are_members(folder):
    folder("USER1.JCL/HELLO.jcl")
    dataset = only(read(folder("USER1.JCL/bye")))

    assert (dataset.allocation.dsorg, sorted(dataset.members)) == (Dsorg.PO, ["BYE", "HELLO"])


@pytest.mark.parametrize(("name", "encoding"), [("A.B.bin", Encoding.BINARY), ("A.B.rdw", Encoding.RDW), ("A.B", Encoding.TEXT)])
def test_the_extension_says_how_bytes_are_read(folder, name, encoding):
    assert only(read(folder(name))).content.encoding is encoding


@pytest.mark.parametrize("name", [".gitignore", "_notes", "README.md", "A.B~"])
def test_what_belongs_to_editors_and_repositories_is_no_data(folder, name):
    assert read(folder(name)).datasets == ()


def test_defaults_hold_for_every_data_set_that_does_not_say_otherwise(folder):
    folder("A.B", "x")
    folder("A.C", "x")
    seed = read(folder("_mvs.yaml", "defaults: {recfm: VB, lrecl: 255}\ndatasets: {A.C: {recfm: U, lrecl: 0}}"))

    assert [(d.allocation.recfm, d.allocation.lrecl) for d in seed.datasets] == [("VB", 255), ("U", 0)]


def test_a_manifest_states_what_has_no_file(folder):
    dataset = only(read(folder("_mvs.yaml", "datasets: {user1.old: {status: migrated, referred: 2020-02-29}}")))

    assert (dataset.dsname, dataset.status, dataset.referred, dataset.is_stated) == (
        "USER1.OLD",
        Status.MIGRATED,
        date(2020, 2, 29),
        True,
    )


def test_statistics_are_taken_as_they_are_written(folder):
    stats = "{version: 1, modification: 2, changed: 2026-03-25 11:00:00, size: 3, userid: ANNA}"
    dataset = only(read(folder("_mvs.yaml", f"datasets: {{A.B: {{members: {{M: {{stats: {stats}}}}}}}}}")))

    found = dataset.members["M"].stats
    assert (found.changed, found.created, found.init, found.userid) == (datetime(2026, 3, 25, 11), date(2026, 3, 25), 3, "ANNA")


def test_unix_files_keep_their_names_and_get_attributes_from_the_manifest(folder):
    folder("unix/u/anna/a b", "text\n")
    folder("unix/u/anna/raw", b"\xff\xfe")
    seed = read(folder("_mvs.yaml", 'unix: {/u/anna/a b: {mode: "0600"}, /u/anna/l: {target: a b}}'))
    files = {file.path: file for file in seed.unix}

    assert files["/u/anna"].kind is UnixKind.DIRECTORY
    assert (files["/u/anna/a b"].mode, files["/u/anna/l"].target) == (0o600, "a b")
    assert files["/u/anna/raw"].content.encoding is Encoding.BINARY


def test_users_are_commands_and_jobs_are_texts(folder):
    folder("users/all.racf", "* who lives here\nADDUSER ANNA -\n  OMVS(UID(7))\n")
    folder("jobs/B.jcl", "//B JOB\n")
    seed = read(folder("jobs/A.jcl", "//A JOB\n"))

    assert seed.users == ("ADDUSER ANNA OMVS(UID(7))",)
    assert [job.name for job in seed.jobs] == ["A", "B"]


def test_a_command_left_open_is_still_one_command():
    assert list(commands(["ADDUSER ANNA -", "  NAME('A')  +", ""])) == ["ADDUSER ANNA NAME('A')"]


@pytest.mark.parametrize(
    ("manifest", "place"),
    [
        ("datasets: {A.B: {recfmt: FB}}", "A.B"),
        ("datasets: {A.B: {recfm: XY}}", "A.B"),
        ("datasets: {TOOLONGQUALIFIER: {}}", "datasets"),
        ("datasets: {A.B: {members: {TOOLONGNAME: {}}}}", "A.B"),
        ("datasets: {A.B: {status: lost}}", "A.B"),
        ("datasets: {A.B: {lrecl: many}}", "A.B"),
        ("datasets: {A.B: {file: ../outside}}", "A.B"),
        ("datasets: [A.B]", "datasets"),
        ("datasets: 7", "datasets"),
        ("datasets: {A.B: {members: 7}}", "A.B"),
        ("datasets: {A.B: {expires: soon}}", "A.B"),
        ("datasets: {A.B: {lrecl: -1}}", "A.B"),
        ("volumes: 7", "volumes"),
        ("gdg: 7", "gdg"),
        ("gdg: {A.B: {limit: many}}", "A.B"),
        ("gdg: {A.B: {limit: 256}}", "A.B"),
        ("gdg: {A.B: {scratch: often}}", "A.B"),
        ("aliases: 7", "aliases"),
        ("unix: 7", "unix"),
        ("unix: {/a: {mtime: yesterday}}", "/a"),
        ("unix: {relative: {}}", "relative"),
        ("unix: {/a: {mode: 644}}", "/a"),
        ("unix: {/a: {kind: hole}}", "/a"),
        ("sets: {}", "_mvs.yaml"),
        ("a: [", "_mvs.yaml"),
        ("jobs: HELLO", "jobs"),
        ("jobs: [none.jcl]", "jobs"),
    ],
)
def test_a_slip_of_the_pen_is_refused_with_its_place(folder, manifest, place):
    path = folder("_mvs.yaml", manifest)
    with pytest.raises(SeedError) as caught:
        read(path)

    assert place in caught.value.place


def test_lower_case_names_are_refused_rather_than_guessed(folder):
    path = folder("user1.report")
    with pytest.raises(SeedError):
        read(path)


@pytest.mark.parametrize(
    "name", ["USER1.SHADOW.txt", "USER1.JCL/SHADOW.txt", "USER1.LIB", "users/all.racf", "jobs/all.jcl", "_mvs.yaml"]
)
def test_a_link_that_leads_out_of_the_folder_brings_nothing_of_the_host_in(folder, tmp_path, name):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "SECRET").write_text("secret: x\n")
    seed = folder("A.B", "one\n")
    (seed / name).parent.mkdir(exist_ok=True)
    (seed / name).symlink_to(outside if name == "USER1.LIB" else outside / "SECRET")

    with pytest.raises(SeedError, match="leads out of the seed folder"):
        read(seed)


def test_a_link_within_the_folder_is_as_good_as_a_file(folder):
    seed = folder(".data/one.txt", "one\n")
    (seed / "A.B.txt").symlink_to(".data/one.txt")

    assert b"".join(only(read(seed)).content.chunks()) == b"one\n"


def test_a_link_that_is_swapped_after_the_folder_was_read_brings_nothing_in_either(folder, tmp_path):
    (tmp_path / "secret").write_text("secret\n")
    seed = folder("A.B", "one\n")
    content = only(read(seed)).content
    (seed / "A.B").unlink()
    (seed / "A.B").symlink_to(tmp_path / "secret")

    with pytest.raises(SeedError, match="leads out of the seed folder"):
        list(content.chunks())


@pytest.mark.parametrize("name", ["USER1.PIPE", "USER1.JCL/PIPE", "unix/u/user1/pipe", "jobs/pipe.jcl"])
def test_a_pipe_of_the_host_is_refused_rather_than_waited_for(folder, name):
    seed = folder("A.B", "one\n")
    (seed / name).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(seed / name)

    with pytest.raises(SeedError, match="not a plain file"):
        read(seed)


@pytest.mark.parametrize("name", [b"USER1.A\nICH408I", b"USER1.JCL/A\nB", b"unix/u/a\nb", b"unix/u/\xff"])
def test_a_name_that_would_write_lines_of_its_own_is_refused_and_told_in_one(folder, name):
    path = os.path.join(os.fsencode(folder("A.B", "one\n")), name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    os.close(os.open(path, os.O_CREAT))

    with pytest.raises(SeedError, match="printable") as refused:
        read(folder("A.B", "one\n"))
    assert refused.value.place.isprintable()
