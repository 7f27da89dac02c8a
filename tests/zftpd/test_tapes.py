"""Tape data sets: one whose contents are seeded is read; READTAPEFORMAT and AUTOTAPEMOUNT act [CODES 550; CR]."""

from __future__ import annotations

import pytest

from tests.zftpd.net.conftest import Raw

SEED = """
datasets:
  IBMUSER.TAPED: {status: tape, volser: T00002, unit: 3490, recfm: FB, lrecl: 80, blksize: 800}
  IBMUSER.SPANNED: {status: tape, volser: T00003, recfm: VBS, lrecl: 32756}
"""


@pytest.fixture
def client(serving, tmp_path):
    (tmp_path / "_mvs.yaml").write_text(SEED)
    (tmp_path / "IBMUSER.TAPED.txt").write_text("on tape\nline two\n")
    (tmp_path / "IBMUSER.SPANNED.txt").write_text("spanned\n")
    with Raw(serving(seed=(tmp_path,)).address) as client:
        yield client


def said(client: Raw, line: str) -> str:
    """The first reply to a transfer command, and the data if there are any."""
    with client.passive() as data:
        first = client.ask(line)
        if not first.startswith("125"):
            return first
        content = b"".join(iter(lambda: data.recv(4096), b"")).decode("latin-1")
    assert client.reply().startswith("250")
    return content


def test_it_is_listed_at_its_columns_and_read(client):
    assert "T00002 Tape                                             TAPED\r\n" in said(client, "LIST T*")
    assert said(client, "RETR TAPED") == "on tape\r\nline two\r\n"
    assert said(client, "STOR TAPED").startswith("550 STOR fails: IBMUSER.TAPED is on volume T00002")


@pytest.mark.parametrize(("name", "fitting", "found"), [("TAPED", "F", "F"), ("SPANNED", "S", "S")])
def test_the_format_that_readtapeformat_expects_must_be_there(client, name, fitting, found):
    client.ask("SITE READTAPEFORMAT=V")
    assert said(client, f"RETR {name}") == f"550 READTAPEFormat value V but input tape is {found}"
    client.ask(f"SITE READTAPEFORMAT={fitting}")
    assert not said(client, f"RETR {name}").startswith("550")


def test_no_tape_is_mounted_where_that_is_not_allowed(client):
    client.ask("SITE NOAUTOTAPEMOUNT")
    assert said(client, "RETR TAPED").startswith("550 ")
