"""Host files as the client's own side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zftpd.client.errors import SubcommandFailed
from zftpd.client.host_files import HostFiles
from zftpd.client.local import Terms, line_ends, simple_name
from zftpd.transfer.options import WireType

TEXT, IMAGE = Terms(WireType("A")), Terms(WireType("I"))


@pytest.mark.parametrize(
    ("remote", "local"), [("'A.B(M)'", "M"), ("A.B.C", "A.B.C"), ("'A.B'", "A.B"), ("/u/x/file.txt", "file.txt"), ("(M)", "M"),
     ("A(../../home/.profile)", ".profile"), ("(/etc/passwd)", "passwd")],
)  # fmt: skip
def test_a_local_name_is_the_last_part_of_the_remote_one(remote, local):
    assert local == simple_name(remote)


@given(st.lists(st.binary(max_size=5)))
def test_line_ends_do_not_depend_on_chunk_borders(chunks):
    assert b"".join(chunks).replace(b"\r\n", b"\n") == b"".join(line_ends(chunks))


def test_text_has_cr_lf_on_the_wire_and_lf_here(tmp_path):
    files = HostFiles(tmp_path)
    (tmp_path / "a").write_bytes(b"ONE\nTWO\n")

    assert b"ONE\r\nTWO\r\n" == b"".join(files.read("a", TEXT))

    files.write("b", [b"ONE\r", b"\nTWO\r\n"], TEXT, replace=False)
    assert b"ONE\nTWO\n" == (tmp_path / "b").read_bytes()


def test_bytes_are_bytes(tmp_path):
    files = HostFiles(tmp_path)
    files.write("b", [b"\r\n\x00"], IMAGE, replace=False)

    assert b"\r\n\x00" == b"".join(files.read("b", IMAGE))


def test_a_transfer_that_breaks_leaves_the_old_file(tmp_path):
    def broken():
        yield b"HALF"
        raise OSError("reset")

    (tmp_path / "old").write_bytes(b"OLD")
    with pytest.raises(OSError, match="reset"):
        HostFiles(tmp_path).write("old", broken(), IMAGE, replace=True)

    assert [b"OLD"] == [path.read_bytes() for path in tmp_path.iterdir()]


def test_what_is_there_is_replaced_only_when_asked(tmp_path):
    (tmp_path / "old").write_bytes(b"OLD")

    with pytest.raises(SubcommandFailed):
        HostFiles(tmp_path).write("old", [b"NEW"], IMAGE, replace=False)


def test_a_missing_file_is_told_before_the_server_is_asked(tmp_path):
    with pytest.raises(SubcommandFailed) as failed:
        HostFiles(tmp_path).read("nothing", TEXT)

    assert "local-missing" == failed.value.key
