"""Named pipes [CR UNIXFILETYPE, FIFOOPENTIME, FIFOIOTIME; CODES 125, 450]: two sessions pass data through one."""

from __future__ import annotations

import threading

import pytest

from tests.zftpd.net.conftest import Raw

PIPE = "/tmp/pipe"  # noqa: S108 - of the system that is served


class PipeClient(Raw):
    """A client that has set UNIXFILETYPE=FIFO."""

    def __init__(self, server, *settings: str) -> None:
        super().__init__(server.address)
        assert self.ask(" ".join(("SITE UNIXFILETYPE=FIFO", *settings))).startswith("200")

    def begin(self, line: str):
        """Send a transfer command; the replies are the caller's to read."""
        data = self.passive()
        self.send(line)
        return data

    def send(self, line: str) -> None:
        self.sock.sendall(line.encode() + b"\r\n")

    def line(self) -> str:
        return self.file.readline().decode().rstrip("\r\n")


def received(data) -> bytes:
    with data:
        return b"".join(iter(lambda: data.recv(65536), b""))


@pytest.fixture(params=[{}, {"store": "file"}], ids=["memory", "folder"])
def server(serving, request, tmp_path):
    options = {"store": f"file://{tmp_path}/store"} if request.param else {}
    return serving(**options)


@pytest.fixture
def ends(server):
    """Two sessions."""
    with PipeClient(server) as first, PipeClient(server) as second:
        first.ask(f"XFIF {PIPE}")
        yield first, second


def test_a_reader_waits_for_the_writer(ends):
    reading, writing = ends
    out = reading.begin(f"RETR {PIPE}")
    assert reading.line() == f"125-Waiting for write process to open {PIPE}"
    into = writing.begin(f"STOR {PIPE}")

    assert writing.reply() == f"125 Appending to named pipe {PIPE}"
    assert reading.line() == f"125 Sending data set {PIPE}"
    into.sendall(b"one\r\ntwo\r\n")
    into.close()
    assert writing.reply() == "250 Transfer completed successfully."
    assert received(out) == b"one\r\ntwo\r\n"
    assert reading.reply() == "250 Transfer completed successfully."


def test_a_writer_waits_for_the_reader_and_much_passes_that_no_pipe_holds(ends):
    reading, writing = ends
    content = bytes(range(256)) * 8192
    for end in ends:
        end.ask("TYPE I")
    into = writing.begin(f"APPE {PIPE}")
    assert writing.line() == f"125-Waiting for read process to open {PIPE}"
    out = reading.begin(f"RETR {PIPE}")
    assert writing.line() == f"125 Appending to named pipe {PIPE}"
    assert reading.reply().startswith("125 ")
    sender = threading.Thread(target=lambda: (into.sendall(content), into.close()))
    sender.start()

    assert received(out) == content
    sender.join()
    assert writing.reply().startswith("250 ")
    assert reading.reply().startswith("250 ")


def test_text_and_records_pass_in_the_representation_of_each_end(ends):
    reading, writing = ends
    for line in ("TYPE E", "MODE B"):
        writing.ask(line)
    out = reading.begin(f"RETR {PIPE}")
    assert reading.line().startswith("125-")
    into = writing.begin(f"STOR {PIPE}")
    assert writing.reply().startswith("125 ")
    into.sendall(b"\x80\x00\x03\xc1\xc2\xc3\x80\x00\x00\x80\x00\x01\xf1\x40\x00\x00")
    into.close()

    assert writing.reply().startswith("250 ")
    assert received(out) == b"ABC\r\n\r\n1\r\n"


def test_a_writer_that_falls_silent_ends_the_read(server):
    with PipeClient(server, "FIFOIOTIME=1") as reading, PipeClient(server) as writing:
        out = reading.begin(f"XFIF {PIPE}")
        assert reading.reply().startswith("257 ")
        reading.send(f"RETR {PIPE}")
        assert reading.line().startswith("125-")
        into = writing.begin(f"STOR {PIPE}")
        assert writing.reply().startswith("125 ")
        into.sendall(b"all that comes")

        assert reading.line().startswith("125 ")
        assert reading.reply() == "450 timer expired while reading from named pipe"
        assert received(out) == b"all that comes"
        into.sendall(b"x" * 200_000)
        into.close()
        assert writing.reply().startswith(f"451-{PIPE} : EDC5140I Broken pipe.")


def test_a_reader_that_does_not_read_ends_the_write(server, tmp_path):
    with PipeClient(server, "FIFOIOTIME=1") as writing, PipeClient(server) as reading:
        writing.ask(f"XFIF {PIPE}")
        out = reading.begin(f"RETR {PIPE}")
        assert reading.line().startswith("125-")
        into = writing.begin(f"STOR {PIPE}")
        assert writing.reply().startswith("125 ")
        assert reading.line().startswith("125 ")
        into.settimeout(10)
        try:
            for _ in range(2000):
                into.sendall(b"x" * 65536)  # the client of the other end takes nothing
        except OSError:
            pass

        assert writing.reply() == "450 timer expired while writing to named pipe"
        into.close()
        out.close()
        assert reading.reply()[:3] in {"426", "250"}


@pytest.mark.parametrize("line", [f"RETR {PIPE}", f"STOR {PIPE}"])
def test_a_client_may_give_up_waiting(ends, line):
    waiting, _ = ends
    data = waiting.begin(line)
    assert waiting.line().startswith("125-Waiting for ")
    waiting.send("ABOR")

    assert waiting.line() == "125 Transfer request aborted"
    assert waiting.reply().startswith("426 ")
    assert waiting.reply() == "226 Abort successful."
    data.close()
    assert waiting.ask(f"DELE {PIPE}").startswith("250 ")


def test_a_transfer_through_a_pipe_is_not_restarted(serving):
    server = serving("EXTENSIONS REST_STREAM")
    with PipeClient(server) as client:
        client.ask(f"XFIF {PIPE}")
        client.ask("TYPE I")
        assert client.ask("REST 5").startswith("350 ")
        data = client.passive()
        assert client.ask(f"RETR {PIPE}") == "504 Restart not allowed for named pipes"
        data.close()


def test_a_new_pipe_with_a_removed_ones_name_is_another_pipe(ends):
    first, second = ends
    out = first.begin(f"RETR {PIPE}")
    assert first.line().startswith("125-")
    assert second.ask(f"DELE {PIPE}").startswith("250 ")
    assert second.ask(f"XFIF {PIPE}").startswith("257 ")
    second.ask("SITE FIFOOPENTIME=1")
    into = second.begin(f"STOR {PIPE}")

    assert second.line().startswith("125-Waiting for read process")
    assert second.line() == "125 Transfer request aborted"
    assert second.reply().startswith("450 ")
    into.close()
    first.send("ABOR")
    out.close()


def test_anonymous_users_have_no_pipes(serving):
    server = serving("ANONYMOUS IBMUSER/SYS1\nANONYMOUSLEVEL 1")
    with PipeClient(server) as owner, Raw(server.address, login=False) as guest:
        owner.ask(f"XFIF {PIPE}")
        guest.ask("USER anonymous")
        assert guest.ask("PASS a@b.example").startswith("230")
        guest.ask("SITE UNIXFILETYPE=FIFO")
        data = guest.passive()
        assert guest.ask(f"RETR {PIPE}") == "550 Command RETR fails: access to resource is denied by server."
        data.close()


def test_two_servers_of_one_store_share_a_pipe(serving, tmp_path):
    store = f"file://{tmp_path}/store"
    with PipeClient(serving(store=store)) as writing, PipeClient(serving(store=store)) as reading:
        writing.ask(f"XFIF {PIPE}")
        out = reading.begin(f"RETR {PIPE}")
        assert reading.line().startswith("125-")
        into = writing.begin(f"STOR {PIPE}")
        assert writing.reply().startswith("125 ")
        into.sendall(b"across\r\n")
        into.close()

        assert received(out) == b"across\r\n"
