"""Who holds a data set is told to the second writer [zos-ftp-server.md 5.7; CR REPLYSECURITYLEVEL]."""

from __future__ import annotations

import pytest

from tests.zftpd.net.conftest import Raw

HELD = "FTP Server unable to obtain {} use of {} which is held by: "


@pytest.fixture
def two(serving):
    """Two sessions, the second of which stores into NAME until told otherwise."""

    def begin(name: str, statements: str = ""):
        server = serving(statements)
        first, second = Raw(server.address), Raw(server.address)
        opened.extend((first, second))
        if "(" in name:
            first.ask("MKD " + name.partition("(")[0])
        with first.passive() as data:
            assert first.ask(f"STOR {name}").startswith("125")
            data.sendall(b"before\r\n")
        assert first.reply().startswith("250")
        data = second.passive()
        opened.append(data)
        assert second.ask(f"STOR {name}").startswith("125")
        return first

    opened: list = []
    yield begin
    for each in reversed(opened):
        each.close()


def refused(client: Raw, line: str) -> list[str]:
    data = client.passive()
    said = client.ask(line).split("\r\n")
    data.close()
    return said


@pytest.mark.parametrize(
    ("name", "held", "qname"),
    [("A.B", "IBMUSER.A.B", "SYSDSN"), ("LIB(M)", "IBMUSER.LIB(M)", "SPFEDIT"), ("/tmp/f", "/tmp/f", "SYSZUNIX")],
)
def test_the_second_writer_is_told_the_holder(two, name, held, qname):
    first = two(name)

    note, said = refused(first, f"STOR {name}")
    assert note.startswith("450-" + HELD.format("EXCLUSIVE", held))
    assert note.endswith(f" FTPD1 EXCLUSIVE on {qname}")
    assert said == f"450 Data set {held} is allocated to another job and is unavailable for STOR command"


@pytest.mark.parametrize("lines", [("DELE A.B",), ("RNFR A.B", "RNTO A.C")])
def test_so_is_who_wants_to_delete_or_rename(two, lines):
    first = two("A.B")
    for line in lines:
        said = first.ask(line)

    note, last = said.split("\r\n")
    assert note.startswith("550-" + HELD.format("EXCLUSIVE", "IBMUSER.A.B"))
    assert last == f"550 {lines[-1][:4]} fails: IBMUSER.A.B is allocated to another job."


def test_at_security_level_1_nobody_is_named(two):
    first = two("A.B", "REPLYSECURITYLEVEL 1")

    assert refused(first, "RETR A.B") == [
        "450 Data set IBMUSER.A.B is allocated to another job and is unavailable for RETR command"
    ]
