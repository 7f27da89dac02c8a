"""z/OS UNIX files: names, contents, permissions."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest

from mvsfs.errors import DatasetInUse
from mvsfs.info import UnixKind


def test_a_new_system_has_the_standard_directories(root):
    assert root.names("/") == ["bin", "dev", "etc", "tmp", "u", "usr", "var"]


def test_a_user_gets_a_home_of_its_own(anna):
    home = anna.stat("/u/anna")

    assert (home.kind, home.owner, home.mode) == (UnixKind.DIRECTORY, "ANNA", 0o750)


def test_what_is_written_is_read(anna):
    anna.write("/u/anna/note", b"one")

    assert anna.read("/u/anna/note") == b"one"
    assert anna.stat("/u/anna/note").size == 3


def test_append_adds_to_the_end(anna):
    anna.write("/u/anna/log", b"one")
    anna.write("/u/anna/log", b"two", append=True)

    assert anna.read("/u/anna/log") == b"onetwo"


def test_a_reader_keeps_what_it_opened(anna):
    anna.write("/u/anna/big", b"old" * 50000)
    with anna.open_input("/u/anna/big") as reader:
        anna.write("/u/anna/big", b"new")

        assert len(b"".join(reader.chunks())) == 150000
    assert anna.read("/u/anna/big") == b"new"


def test_a_writer_that_fails_changes_nothing(anna):
    anna.write("/u/anna/note", b"old")
    with pytest.raises(RuntimeError), anna.open_output("/u/anna/note") as writer:
        writer.write(b"half")
        raise RuntimeError

    assert anna.read("/u/anna/note") == b"old"


def test_a_file_half_written_is_not_listed(anna):
    writer = anna.open_output("/u/anna/new")
    writer.write(b"half")

    assert anna.names("/u/anna") == []
    writer.discard()
    assert anna.names("/u/anna") == []


def test_the_umask_takes_permissions_from_a_new_file_only(anna):
    anna.write("/u/anna/a", mode=0o666, umask=0o027)
    anna.write("/u/anna/a", mode=0o666, umask=0o777)

    assert anna.stat("/u/anna/a").mode == 0o640


def test_a_new_file_takes_its_group_from_its_directory(bert):
    bert.write("/tmp/x")

    assert (bert.stat("/tmp/x").uid, bert.stat("/tmp/x").gid) == (200, 0)


@pytest.mark.parametrize("name", [" lead", "two  blanks", "line\nend", "quo'te\"", "\xe4", "a*b?"])
def test_names_may_hold_anything_but_a_slash(anna, name):
    anna.write(f"/u/anna/{name}", b"x")

    assert [name] == anna.names("/u/anna")
    assert anna.read(f"/u/anna/{name}") == b"x"


@pytest.mark.parametrize(
    ("path", "errno"),
    [
        ("", "ENOENT"),
        ("relative", "EINVAL"),
        ("/u/\0", "EINVAL"),
        ("/u/\udce4", "EINVAL"),
        ("/u/" + "x" * 256, "ENAMETOOLONG"),
        ("/u" + "/x" * 600, "ENAMETOOLONG"),
        ("/u/anna/none", "ENOENT"),
        ("/none/file", "ENOENT"),
        ("/u/anna/file/below", "ENOTDIR"),
        ("/u/anna/file/", "ENOTDIR"),
        ("/u/anna", "EISDIR"),
        ("/", "EISDIR"),
    ],
    ids=repr,
)
def test_a_path_that_leads_nowhere_says_why(anna, path, errno, errno_of):
    anna.write("/u/anna/file")

    assert errno == errno_of(anna.open_input, path)


@pytest.mark.parametrize(
    ("path", "errno"), [("/u/anna/new/", "EISDIR"), ("/u/anna", "EISDIR"), ("/none/x", "ENOENT"), ("/x", "EACCES")]
)
def test_a_file_cannot_be_written_everywhere(anna, path, errno, errno_of):
    assert errno == errno_of(anna.open_output, path)


def test_an_exclusive_open_refuses_an_existing_file(anna, errno_of):
    anna.write("/u/anna/x")

    assert errno_of(anna.open_output, "/u/anna/x", exclusive=True) == "EEXIST"


@pytest.mark.parametrize("path", ["/../../etc", "/u/../../../etc/", "/u/anna/../../etc/."])
def test_nothing_lies_above_the_root(anna, path):
    assert anna.realpath(path) == "/etc"


def test_others_are_kept_out_by_the_mode(anna, bert, carl, errno_of):
    anna.files.chmod("/u/anna", 0o755, anna.who)
    anna.write("/u/anna/x", b"secret", mode=0o640)

    assert errno_of(carl.open_input, "/u/anna/x") == "EACCES"
    assert errno_of(bert.open_output, "/u/anna/x") == "EACCES"
    assert errno_of(bert.unlink, "/u/anna/x") == "EACCES"
    assert errno_of(bert.files.chmod, "/u/anna/x", 0o777, bert.who) == "EPERM"


def test_the_first_class_that_applies_decides_alone(anna, errno_of):
    anna.write("/u/anna/x", mode=0o077)

    assert errno_of(anna.open_input, "/u/anna/x") == "EACCES"


def test_a_directory_without_search_hides_what_is_in_it(anna, root, errno_of):
    anna.mkdir("/u/anna/closed")
    anna.write("/u/anna/closed/x", b"1")
    anna.files.chmod("/u/anna/closed", 0, anna.who)

    assert errno_of(anna.stat, "/u/anna/closed/x") == "EACCES"
    assert errno_of(anna.stat, "/u/anna/closed/missing") == "EACCES"
    assert errno_of(anna.listdir, "/u/anna/closed") == "EACCES"
    assert root.read("/u/anna/closed/x") == b"1"


def test_in_tmp_one_removes_only_ones_own(anna, bert, errno_of):
    anna.write("/tmp/x", mode=0o666)

    assert errno_of(bert.unlink, "/tmp/x") == "EPERM"
    assert errno_of(bert.rename, "/tmp/x", "/tmp/y") == "EPERM"
    anna.unlink("/tmp/x")


def test_an_owner_gives_a_file_to_one_of_its_groups_only(bert, errno_of):
    bert.write("/tmp/x")
    bert.chown("/tmp/x", gid=10)

    assert bert.stat("/tmp/x").gid == 10
    assert errno_of(bert.chown, "/tmp/x", gid=30) == "EPERM"
    assert errno_of(bert.chown, "/tmp/x", uid=100) == "EPERM"


def test_a_tag_and_a_time_can_be_set(anna):
    moment = datetime(2020, 2, 29, 12, 30, tzinfo=UTC)
    anna.write("/u/anna/x")
    anna.chtag("/u/anna/x", "ISO8859-1")
    anna.files.utime("/u/anna/x", moment, anna.who)
    info = anna.stat("/u/anna/x")

    assert ("ISO8859-1", True, moment) == (info.tag_codepage, info.tag_text, info.mtime)


def test_an_unlinked_file_is_gone_and_its_contents_too(store, anna, errno_of):
    anna.write("/u/anna/big", b"x" * 100000)
    anna.unlink("/u/anna/big")

    assert errno_of(anna.stat, "/u/anna/big") == "ENOENT"
    assert list(store.content.objects.listing("")) == []


def test_two_names_share_one_file(anna):
    anna.write("/u/anna/a", b"1")
    anna.files.link("/u/anna/a", "/u/anna/b", anna.who)
    anna.write("/u/anna/b", b"22")
    assert (anna.read("/u/anna/a"), anna.stat("/u/anna/a").links) == (b"22", 2)
    anna.unlink("/u/anna/a")

    assert (anna.read("/u/anna/b"), anna.stat("/u/anna/b").links) == (b"22", 1)


def test_two_writers_of_one_file_exclude_each_other(anna, bert):
    anna.write("/tmp/x", mode=0o666)
    first = anna.open_output("/tmp/x")
    with pytest.raises(DatasetInUse) as caught:
        bert.open_output("/tmp/x")
    first.discard()
    bert.write("/tmp/x", b"then")

    assert (caught.value.holder_userid, caught.value.qname) == ("ANNA", "SYSZUNIX")
    assert anna.read("/tmp/x") == b"then"


@pytest.mark.parametrize("how", ["rename", "link"])
def test_a_file_that_took_the_name_while_it_was_written_is_not_written_without_permission(anna, bert, errno_of, how):
    bert.write("/tmp/his", b"his", mode=0o644)
    writer = anna.open_output("/tmp/x")
    writer.write(b"forged")
    getattr(bert, how)("/tmp/his", "/tmp/x")

    assert errno_of(writer.commit) == "EACCES"
    assert bert.read("/tmp/x") == b"his"


def test_a_file_that_was_removed_while_it_was_written_does_not_come_back_where_none_may_be_made(anna, root, errno_of):
    root.write("/etc/shared", b"old", mode=0o666)
    writer = anna.open_output("/etc/shared")
    writer.write(b"new")
    root.unlink("/etc/shared")

    assert errno_of(writer.commit) == "EACCES"
    assert not root.exists("/etc/shared")


def test_a_file_that_took_the_name_and_may_be_written_is(anna, bert):
    bert.write("/tmp/his", b"his", mode=0o666)
    writer = anna.open_output("/tmp/x")
    writer.write(b"hers")
    bert.rename("/tmp/his", "/tmp/x")
    writer.commit()

    assert bert.read("/tmp/x") == b"hers"


def test_a_file_that_cannot_be_copied_is_not_opened_and_not_held(anna, monkeypatch):
    """What an append adds to must be there in full: without it the old contents would be lost at the commit."""
    from mvsfs.errors import StoreFull
    from mvsfs.storage.content import ContentWriter

    def full(*_):
        raise StoreFull("x")

    anna.write("/tmp/x", b"old")
    with monkeypatch.context() as patched, pytest.raises(StoreFull):
        patched.setattr(ContentWriter, "write_from", full)
        anna.open_output("/tmp/x", append=True)

    anna.write("/tmp/x", b" and new", append=True)
    assert b"old and new" == anna.read("/tmp/x")


def test_what_is_appended_waits_for_the_writer_before(anna, bert):
    anna.write("/tmp/x", b"1", mode=0o666)
    first = anna.open_output("/tmp/x", append=True)
    first.write(b"2")
    later = threading.Thread(target=lambda: bert.write("/tmp/x", b"3", append=True, wait_seconds=5))
    later.start()
    first.commit()
    later.join()

    assert anna.read("/tmp/x") == b"123"


def test_who_may_not_remove_a_directory_does_not_learn_whether_it_is_empty(anna, bert, errno_of):
    anna.mkdir("/tmp/hers", mode=0o755)
    anna.mkdir("/tmp/hers/full", mode=0o755)
    anna.write("/tmp/hers/full/x", b"")

    assert errno_of(bert.rmdir, "/tmp/hers/full") == "EACCES"
