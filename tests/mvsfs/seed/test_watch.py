"""A followed seed folder outlives what happens in it."""

from __future__ import annotations

from mvsfs.seed import apply, read
from mvsfs.seed.watch import Watch


def test_a_folder_that_cannot_be_read_is_told_and_tried_again(mvs, who, folder, monkeypatch):
    told = []
    path = folder("A.B", "one\n")
    apply(mvs, read(path), who)
    watch = Watch(mvs, path, who, note=told.append)

    folder("A.C", "two\n")
    (path / "A.C").chmod(0)
    monkeypatch.setattr("mvsfs.seed.folder.file_chunks", _unreadable)
    watch.refresh()
    monkeypatch.undo()
    assert ["seed: [Errno 13] Permission denied: 'A.C'"] == told

    (path / "A.C").chmod(0o644)
    watch.refresh()
    assert mvs.exists("A.C")


def test_an_error_of_the_catalog_is_told_in_words(mvs, who, folder):
    told = []
    path = folder("A.B", "one\n")
    apply(mvs, read(path), who)
    watch = Watch(mvs, path, who, note=told.append)

    folder("A.B", "x" * 81)
    watch.refresh()

    assert ["seed: datasets: A.B: record 1 has 81 bytes; LRECL 80 does not take it"] == told


def test_a_link_that_leads_nowhere_does_not_stop_the_watch(mvs, who, folder):
    path = folder("A.B", "one\n")
    watch = Watch(mvs, path, who)

    (path / "unix").mkdir()
    (path / "unix" / "dangling").symlink_to("nowhere")
    watch.refresh()

    assert "nowhere" == mvs.unix.readlink("/dangling", who)


def _unreadable(path):
    raise PermissionError(13, "Permission denied", path.name)
