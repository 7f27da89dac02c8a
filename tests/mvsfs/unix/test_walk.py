"""Directories, renames and symbolic links."""

from __future__ import annotations

import pytest


def test_a_directory_counts_its_subdirectories(anna):
    anna.mkdir("/u/anna/d")
    anna.mkdir("/u/anna/d/e")

    assert anna.stat("/u/anna/d").links == 3
    anna.rmdir("/u/anna/d/e")
    assert anna.stat("/u/anna/d").links == 2


@pytest.mark.parametrize(
    ("path", "errno"),
    [("/u/anna/d", "EEXIST"), ("/u/anna/x/y", "ENOENT"), ("/", "EEXIST"), ("/new", "EACCES"), ("/u/anna/f/x", "ENOTDIR")],
)
def test_a_directory_cannot_be_made_everywhere(anna, path, errno, errno_of):
    anna.mkdir("/u/anna/d")
    anna.write("/u/anna/f")

    assert errno == errno_of(anna.mkdir, path)


@pytest.mark.parametrize(
    ("path", "errno"),
    [
        ("/u/anna/full", "ENOTEMPTY"),
        ("/u/anna/f", "ENOTDIR"),
        ("/", "EBUSY"),
        ("/u/anna/none", "ENOENT"),
        ("/u/anna/empty/.", "EINVAL"),
    ],
)
def test_not_every_directory_can_be_removed(anna, path, errno, errno_of):
    anna.mkdir("/u/anna/full")
    anna.mkdir("/u/anna/empty")
    anna.write("/u/anna/full/x")
    anna.write("/u/anna/f")

    assert errno == errno_of(anna.rmdir, path)


def test_a_rename_replaces_a_file(anna):
    anna.write("/u/anna/a", b"new")
    anna.write("/u/anna/b", b"old")
    anna.rename("/u/anna/a", "/u/anna/b")

    assert (anna.names("/u/anna"), anna.read("/u/anna/b")) == (["b"], b"new")


def test_a_rename_moves_a_directory_with_what_it_holds(anna):
    anna.mkdir("/u/anna/d")
    anna.write("/u/anna/d/x", b"1")
    anna.rename("/u/anna/d", "/tmp/e")

    assert anna.read("/tmp/e/x") == b"1"
    assert anna.stat("/u/anna").links == 2


def test_a_rename_onto_itself_changes_nothing(anna):
    anna.write("/u/anna/a", b"1")
    anna.rename("/u/anna/a", "/u/anna/../anna/a")

    assert anna.read("/u/anna/a") == b"1"


@pytest.mark.parametrize(
    ("old", "new", "errno"),
    [
        ("/u/anna/d", "/u/anna/d/below", "EINVAL"),
        ("/u/anna/f", "/u/anna/d", "EISDIR"),
        ("/u/anna/d", "/u/anna/f", "ENOTDIR"),
        ("/u/anna/d", "/u/anna/full", "ENOTEMPTY"),
        ("/u/anna/none", "/u/anna/x", "ENOENT"),
        ("/u/anna/f", "/none/x", "ENOENT"),
        ("/u/anna/f", "/etc/x", "EACCES"),
        ("/", "/u/anna/x", "EBUSY"),
    ],
)
def test_a_rename_is_refused_where_it_makes_no_sense(anna, old, new, errno, errno_of):
    anna.mkdir("/u/anna/d")
    anna.mkdir("/u/anna/full")
    anna.write("/u/anna/full/x")
    anna.write("/u/anna/f")

    assert errno == errno_of(anna.rename, old, new)


def test_a_link_is_followed_and_can_be_read(anna):
    anna.write("/u/anna/a", b"1")
    anna.symlink("a", "/u/anna/l")

    assert (anna.read("/u/anna/l"), anna.readlink("/u/anna/l"), anna.stat("/u/anna/l", follow=False).target) == (b"1", "a", "a")


def test_writing_through_a_link_creates_its_target(anna):
    anna.symlink("/tmp/far", "/u/anna/l")
    anna.write("/u/anna/l", b"1")

    assert anna.read("/tmp/far") == b"1"


def test_removing_a_link_leaves_its_target(anna):
    anna.write("/u/anna/a", b"1")
    anna.symlink("/u/anna/a", "/u/anna/l")
    anna.unlink("/u/anna/l")

    assert anna.names("/u/anna") == ["a"]


def test_a_link_out_of_the_tree_stays_in_it(anna):
    anna.symlink("../../../../../../etc", "/u/anna/out")

    assert anna.realpath("/u/anna/out/passwd") == "/etc/passwd"


def test_links_that_go_round_are_given_up(anna, errno_of):
    anna.symlink("b", "/u/anna/a")
    anna.symlink("a", "/u/anna/b")

    assert errno_of(anna.open_input, "/u/anna/a") == "ELOOP"
    assert errno_of(anna.stat, "/u/anna/a/x") == "ELOOP"


def test_a_dangling_link_is_there_but_leads_nowhere(anna, errno_of):
    anna.symlink("nowhere", "/u/anna/l")

    assert anna.names("/u/anna") == ["l"]
    assert errno_of(anna.stat, "/u/anna/l") == "ENOENT"
    assert errno_of(anna.mkdir, "/u/anna/l") == "EEXIST"


def test_a_link_to_a_directory_is_a_way_into_it(anna, errno_of):
    anna.symlink("/tmp", "/u/anna/t")
    anna.write("/u/anna/t/x", b"1")

    assert anna.names("/u/anna/t") == ["x"]
    assert errno_of(anna.rmdir, "/u/anna/t") == "ENOTDIR"


def test_a_pipe_is_no_file_to_read(anna, errno_of):
    anna.files.mkfifo("/u/anna/p", anna.who)

    assert errno_of(anna.open_input, "/u/anna/p") == "EINVAL"
