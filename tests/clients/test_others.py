"""wget, ncftp, tnftp and inetutils ftp: each fetches, stores and lists what it can."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.clients


def test_wget_fetches_a_unix_file(world, program, run, tmp_path):
    run(program("wget"), "-q", "-O", "out", f"{world.url}/%2Fu/ibmuser/sub/deep.txt;type=a")

    assert (tmp_path / "out").read_text() == "deep\n"


def test_wget_fetches_a_data_set(world, program, run, tmp_path):
    run(program("wget"), "-q", "-O", "out", f"{world.url}/'IBMUSER.TEXT';type=a")

    assert (tmp_path / "out").read_text().replace("\r", "") == "one\ntwo\n"


def test_wget_says_what_is_missing(world, program, run):
    assert run(program("wget"), "-q", "-t", "1", "-O", "out", f"{world.url}/'NO.SUCH'", ok=False).returncode == 8


def test_wget_copies_a_unix_directory(world, program, run, tmp_path):
    """It asks for `LIST -a` first, and lists again over the same data connection when that is refused."""
    run(program("wget"), "-q", "-t", "1", "-T", "20", "-r", "-nH", f"{world.url}/%2Fu/ibmuser/")

    found = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert found["hello.txt"] == world.data("/u/ibmuser/hello.txt")
    assert found["deep.txt"] == world.data("/u/ibmuser/sub/deep.txt")


def test_ncftpget_and_ncftpput_copy_unix_files(world, program, run, tmp_path):
    account = ["-u", world.user, "-p", world.password, "-P", world.port]
    run(program("ncftpget"), *account, "-a", world.host, ".", "/u/ibmuser/hello.txt")
    assert (tmp_path / "hello.txt").read_text() == "Hello\n"
    (tmp_path / "up").write_bytes(b"raw")
    run(program("ncftpput"), *account, world.host, "/tmp", "up")

    assert world.data("/tmp/up") == b"raw"


def test_ncftpls_lists_a_unix_directory(world, program, run):
    out = run(
        program("ncftpls"), "-u", world.user, "-p", world.password, "-P", world.port, f"ftp://{world.host}/%2Fu/ibmuser/"
    ).stdout

    assert "hello.txt" in out


@pytest.fixture(params=["tnftp", "inetutils-ftp"])
def interactive(request, world, program, run):
    """A command-line client that is told what to do on standard input."""
    path = program(request.param)

    def call(*lines):
        login = ["open", world.host, str(world.port)]
        script = "\n".join([" ".join(login), f"user {world.user} {world.password}", *lines, "quit", ""])
        return run(path, "-n", "-i", feed=script, ok=False).stdout

    return call


def test_command_line_clients_get_and_put(interactive, world, tmp_path):
    (tmp_path / "up.txt").write_text("alpha\n")
    interactive("ascii", "get 'IBMUSER.TEXT' down.txt", "put up.txt 'IBMUSER.UP'", "cd /u/ibmuser", "get hello.txt")

    assert (tmp_path / "down.txt").read_text().replace("\r", "") == "one\ntwo\n"
    assert (tmp_path / "hello.txt").read_text().replace("\r", "") == "Hello\n"
    assert world.text("IBMUSER.UP") == "alpha\n"


def test_command_line_clients_get_many_members(interactive, tmp_path):
    interactive("ascii", "cd 'IBMUSER.CNTL'", "mget *")

    assert (tmp_path / "BYE").read_text().replace("\r", "") == "bye\n"
    assert (tmp_path / "HELLO").exists()


def test_command_line_clients_delete_many(interactive, world):
    interactive("mdelete T*")

    assert not world.exists("IBMUSER.TEXT")
