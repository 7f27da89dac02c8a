"""Restart markers in MODE B and C [RFC 959 3.5; zos-ftp-server.md 1.8, 5.4]: a block-mode client breaks off and goes on."""

from __future__ import annotations

import socket
import struct
import time

import pytest

from tests.zftpd.net.conftest import Raw
from zftpd.transfer import blockmode, compressed

RECORDS = [b"RECORD %04d " % number + bytes([number % 256]) * (number % 50) for number in range(400)]
FILLER = 0x40


class BlockClient(Raw):
    """Sends and receives records and markers in TYPE E, MODE B or C."""

    def __init__(self, server, mode: str) -> None:
        super().__init__(server.address)
        self.codec = blockmode if mode == "B" else compressed
        for line in ("SITE RECFM=VB LRECL=100", "TYPE E", f"MODE {mode}"):
            assert self.ask(line).startswith("200")

    def encoded(self, records: list[bytes]) -> bytes:
        return blockmode.encode_records(records) if self.codec is blockmode else compressed.encode_records(records, FILLER)

    def marker(self, text: str) -> bytes:
        return self.codec.marker(text.encode("cp037"))

    def begin(self, line: str) -> socket.socket:
        data = self.passive()
        assert self.ask(line).startswith("125")
        return data

    def store(self, line: str, records: list[bytes]) -> str:
        with self.begin(line) as data:
            data.sendall(self.encoded(records) + self.codec.END)
        return self.reply()

    def fetched(self, name: str) -> bytes:
        with self.begin(f"RETR {name}") as data:
            received = b"".join(iter(lambda: data.recv(65536), b""))
        assert self.reply().startswith("250")
        return received


def reset(data: socket.socket) -> None:
    """Break a connection: the server sees a reset, not an end."""
    data.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    data.close()


def ended(data: socket.socket) -> None:
    data.close()


def blocks(received: bytes) -> tuple[list[bytes], str]:
    """The whole records of block mode, and the last marker in front of which they came."""
    records, marked, mark, at = [], 0, "", 0
    while at + 3 <= len(received):
        descriptor, size = received[at], int.from_bytes(received[at + 1 : at + 3], "big")
        if at + 3 + size > len(received):
            break
        text = received[at + 3 : at + 3 + size]
        at += 3 + size
        if descriptor & blockmode.MARKER:
            mark, marked = text.decode("cp037"), len(records)
        elif descriptor & blockmode.EOR:
            records.append(text)
        else:
            return records, ""
    return records[:marked], mark


@pytest.fixture(params=["B", "C"])
def mode(request) -> str:
    return request.param


@pytest.fixture
def client(serving, mode):
    with BlockClient(serving(), mode) as client:
        yield client


@pytest.mark.parametrize("broken", [reset, ended])
@pytest.mark.parametrize("verb", ["STOR", "APPE"])
def test_a_broken_upload_goes_on_at_the_last_marker(client, broken, verb):
    before = RECORDS[:7] if verb == "APPE" else []
    if before:
        assert client.store("STOR A.B", before).startswith("250")
    data = client.begin(f"{verb} A.B")
    data.sendall(client.encoded(RECORDS[:100]) + client.marker("first") + client.encoded(RECORDS[100:250]) + client.marker("2nd"))
    assert client.reply() == f"110 MARK first = {len(before) + 100}"
    assert client.reply() == f"110 MARK 2nd = {len(before) + 250}"
    data.sendall(client.encoded(RECORDS[250:300]))
    broken(data)

    assert client.reply()[:3] in {"426", "451"}
    assert client.fetched("A.B") == client.encoded(before + RECORDS[:250]) + client.codec.END
    assert client.ask(f"REST {len(before) + 250}").startswith("350 ")
    assert client.store(f"{verb} A.B", RECORDS[250:]).startswith("250")
    assert client.fetched("A.B") == client.encoded(before + RECORDS) + client.codec.END


def test_a_restart_replaces_what_is_behind_the_marker(client):
    client.store("STOR A.B", RECORDS)
    client.ask("REST 10")

    assert client.store("STOR A.B", RECORDS[300:302]).startswith("250")
    assert client.fetched("A.B") == client.encoded(RECORDS[:10] + RECORDS[300:302]) + client.codec.END


@pytest.mark.parametrize("broken", [reset, ended])
def test_without_a_marker_the_old_content_stays(client, broken):
    client.store("STOR A.B", RECORDS[:5])
    data = client.begin("STOR A.B")
    data.sendall(client.encoded(RECORDS))
    broken(data)

    assert client.reply()[:3] in {"426", "451"}
    assert client.fetched("A.B") == client.encoded(RECORDS[:5]) + client.codec.END


def test_a_client_that_dies_behind_a_marker_goes_on_in_another_session(serving, mode):
    server = serving()
    with BlockClient(server, mode) as first:
        data = first.begin("STOR A.B")
        data.sendall(first.encoded(RECORDS[:60]) + first.marker("60"))
        assert first.reply() == "110 MARK 60 = 60"
        data.sendall(first.encoded(RECORDS[60:70]))
    reset(data)
    with BlockClient(server, mode) as second:
        for _ in range(100):  # until the first session has let go of the data set
            second.ask("REST 60")
            data = second.passive()
            if second.ask("STOR A.B").startswith("125"):
                break
            data.close()
            time.sleep(0.05)
        data.sendall(second.encoded(RECORDS[60:]) + second.codec.END)
        data.close()
        assert second.reply().startswith("250")
        assert second.fetched("A.B") == second.encoded(RECORDS) + second.codec.END


def test_a_broken_download_goes_on_at_the_servers_marker(serving):
    records = [record.ljust(80, b"\x40") for record in RECORDS] * 400
    with BlockClient(serving(), "B") as client:
        client.ask("SITE CYLINDERS PRIMARY=50 SECONDARY=50 CHKPTINT=30")
        assert client.store("STOR A.B", records).startswith("250")
        data = client.begin("RETR A.B")
        received = b"".join(data.recv(65536) for _ in range(5))
        reset(data)
        kept, mark = blocks(received)

        assert client.reply()[:3] in {"426", "451"}
        assert mark == str(len(kept))
        assert len(kept) >= 30
        assert client.ask(f"REST {mark}").startswith("350 ")
        rest, _ = blocks(client.fetched("A.B"))
        assert kept + rest == records


def test_fixed_records_and_members_restart_as_well(client):
    client.ask("SITE RECFM=FB LRECL=80 DIRECTORY=5 PDSTYPE=PDS")
    client.ask("MKD LIB")
    records = [record.ljust(80, b"\x40") for record in RECORDS]
    data = client.begin("STOR LIB(M)")
    data.sendall(client.encoded(records[:33]) + client.marker("x"))
    assert client.reply() == "110 MARK x = 33"
    reset(data)
    assert client.reply()[:3] in {"426", "451"}
    client.ask("REST 33")

    assert client.store("STOR LIB(M)", records[33:]).startswith("250")
    assert client.fetched("LIB(M)") == client.encoded(records) + client.codec.END


def test_a_marker_behind_the_end_and_another_type_are_refused_when_the_transfer_starts(client):
    client.store("STOR A.B", RECORDS[:5])
    client.ask("REST 6")
    data = client.passive()
    assert client.ask("STOR A.B") == "504 Restart at 6 is behind the last record, 5."
    data.close()
    client.ask("REST 3")
    client.ask("TYPE A")
    data = client.passive()
    assert client.ask("RETR A.B") == "504 Restart requires EBCDIC data type."
    data.close()
    client.ask("TYPE E")
    assert client.fetched("A.B") == client.encoded(RECORDS[:5]) + client.codec.END


LINES = [b"LINE %04d " % number + b"\xc1" * (number % 50) for number in range(400)]
FILE = "/tmp/restarted"  # noqa: S108 - of the system that is served


def content(lines: list[bytes]) -> bytes:
    """What a z/OS UNIX file of these lines holds."""
    return b"".join(line + b"\x15" for line in lines)


@pytest.mark.parametrize("broken", [reset, ended])
@pytest.mark.parametrize("verb", ["STOR", "APPE"])
def test_a_broken_upload_of_a_unix_file_goes_on_at_the_last_marker(client, broken, verb):
    before = LINES[:7] if verb == "APPE" else []
    if before:
        assert client.store(f"STOR {FILE}", before).startswith("250")
    places = [len(content(before + LINES[:number])) for number in (100, 250)]
    data = client.begin(f"{verb} {FILE}")
    data.sendall(client.encoded(LINES[:100]) + client.marker("first") + client.encoded(LINES[100:250]) + client.marker("2nd"))
    assert client.reply() == f"110 MARK first = {places[0]}"
    assert client.reply() == f"110 MARK 2nd = {places[1]}"
    data.sendall(client.encoded(LINES[250:300]))
    broken(data)

    assert client.reply()[:3] in {"426", "451"}
    assert client.fetched(FILE) == client.encoded(before + LINES[:250]) + client.codec.END
    assert client.ask(f"REST {places[1]}").startswith("350 ")
    assert client.store(f"{verb} {FILE}", LINES[250:]).startswith("250")
    assert client.fetched(FILE) == client.encoded(before + LINES) + client.codec.END


def test_without_a_marker_the_old_unix_file_stays(client):
    client.store(f"STOR {FILE}", LINES[:5])
    data = client.begin(f"STOR {FILE}")
    data.sendall(client.encoded(LINES))
    reset(data)

    assert client.reply()[:3] in {"426", "451"}
    assert client.fetched(FILE) == client.encoded(LINES[:5]) + client.codec.END


def test_a_broken_download_of_a_unix_file_goes_on_at_the_servers_marker(serving):
    lines = LINES * 400
    with BlockClient(serving(), "B") as client:
        client.ask("SITE CHKPTINT=30")
        assert client.store(f"STOR {FILE}", lines).startswith("250")
        data = client.begin(f"RETR {FILE}")
        received = b"".join(data.recv(65536) for _ in range(5))
        reset(data)
        kept, mark = blocks(received)

        assert client.reply()[:3] in {"426", "451"}
        assert len(kept) >= 30
        assert mark == str(len(content(kept)))
        assert client.ask(f"REST {mark}").startswith("350 ")
        rest, _ = blocks(client.fetched(FILE))
        assert kept + rest == lines


def unmarked(client, text: bytes) -> bytes:
    """Data in blocks of which none ends a record."""
    if client.codec is blockmode:
        return b"".join(blockmode.block(0, text[at : at + 1000]) for at in range(0, len(text), 1000))
    return b"".join(bytes((len(text[at : at + 127]),)) + text[at : at + 127] for at in range(0, len(text), 127))


@pytest.mark.parametrize(("name", "place"), [("A.B", 250), (FILE, len(content(LINES[:250])))])
def test_a_client_that_marks_no_records_may_set_markers_behind_its_lines(client, name, place):
    data = client.begin(f"STOR {name}")
    data.sendall(unmarked(client, content(LINES[:250])) + client.marker("here"))
    assert client.reply() == f"110 MARK here = {place}"
    data.sendall(unmarked(client, content(LINES[250:300])))
    reset(data)
    assert client.reply()[:3] in {"426", "451"}

    client.ask(f"REST {place}")
    with client.begin(f"STOR {name}") as again:
        again.sendall(unmarked(client, content(LINES[250:])) + client.codec.END)
    assert client.reply().startswith("250")
    assert client.fetched(name) == client.encoded(LINES) + client.codec.END


def test_a_marker_inside_a_line_names_a_place_in_a_file_and_none_in_a_data_set(client):
    text = content([b"BEGUN"])[:-2]
    data = client.begin("STOR A.B")
    data.sendall(unmarked(client, text) + client.marker("inside") + unmarked(client, b"N\x15") + client.marker("behind"))
    assert client.reply() == "110 MARK behind = 1"
    data.sendall(client.codec.END)
    data.close()
    assert client.reply().startswith("250")
    data = client.begin(f"STOR {FILE}")
    data.sendall(unmarked(client, text) + client.marker("inside"))
    assert client.reply() == "110 MARK inside = 4"
    data.sendall(unmarked(client, b"N\x15") + client.codec.END)
    data.close()
    assert client.reply().startswith("250")
    assert client.fetched(FILE) == client.encoded([b"BEGUN"]) + client.codec.END


def test_a_marker_behind_the_end_of_a_unix_file_is_refused(client):
    client.store(f"STOR {FILE}", LINES[:2])
    size = len(content(LINES[:2]))
    client.ask(f"REST {size + 1}")
    data = client.passive()
    assert client.ask(f"STOR {FILE}") == f"504 Restart at {size + 1} is behind the end of the file, {size}."
    data.close()
    client.ask("REST 3")
    client.ask("TYPE I")
    data = client.passive()
    assert client.ask(f"RETR {FILE}") == "504 Restart requires EBCDIC data type."
    data.close()
