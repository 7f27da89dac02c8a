"""What is done beside other work: syncing a directory early, removing large contents late."""

from __future__ import annotations

import os

import pytest

from mvsfs.storage.medium import DirectorySync, Remover, write_back
from mvsfs.storage.objects import FolderObjects

LARGE = b"x" * (1 << 20)


def written(objects, path, content):
    file = objects.create(path)
    file.write(content)
    return file


def test_a_large_object_is_removed_behind_the_caller_and_before_the_store_is_closed(tmp_path):
    objects = FolderObjects(tmp_path)
    for number in range(3):
        objects.seal(written(objects, f"1/0/{number}", LARGE), f"1/0/{number}", durable=False)

    for number in range(3):
        objects.remove(f"1/0/{number}")
    objects.close()

    assert [] == list(objects.listing("1"))


def test_a_small_object_is_removed_at_once(tmp_path):
    objects = FolderObjects(tmp_path)
    objects.seal(written(objects, "1/0/0", b"small"), "1/0/0", durable=True)

    objects.remove("1/0/0")

    assert [] == list(objects.listing("1"))


def test_an_object_that_was_hurried_is_sealed_whole(tmp_path):
    objects = FolderObjects(tmp_path)
    file = written(objects, "1/0/0", LARGE)

    objects.hurry(file, "1/0/0", 0, len(LARGE))
    file.write(b"end")
    objects.seal(file, "1/0/0", durable=True)

    assert (tmp_path / "1/0/0").read_bytes() == LARGE + b"end"


def test_a_directory_that_cannot_be_synced_is_told_to_who_waits(tmp_path):
    with pytest.raises(FileNotFoundError):
        DirectorySync(str(tmp_path / "none")).wait()


def test_a_refused_write_back_harms_nobody(tmp_path):
    descriptor = os.open(tmp_path, os.O_RDONLY)
    write_back(descriptor, 0, 10)
    os.close(descriptor)


def test_a_remover_can_be_used_again_after_it_was_closed(tmp_path):
    remover, file = Remover(), tmp_path / "file"
    for _ in range(2):
        file.write_bytes(b"x")
        remover.remove(str(file))
        remover.close()
        assert not file.exists()
