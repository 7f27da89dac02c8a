"""Real data sets with text twins: in as binary and out as text, and the reverse."""

from __future__ import annotations

import pytest

from mvsfs.dcb import Dcb
from mvsfs.records.forms import Form, convert, split
from zftpd.transfer.inbound import inbound
from zftpd.transfer.options import TransferOptions, WireType
from zftpd.transfer.outbound import outbound

OPTIONS = TransferOptions(sbdataconn=("IBM-037", "ISO8859-1"))
#: Data set, LRECL, text twin, and the record (from 0) in which the publisher's own twins differ.
TWINS = [
    ("ACCTDATA.PS", 300, "acctdata.txt", {48}),
    ("DALYTRAN.PS", 350, "dailytran.txt", set()),
    ("TRANTYPE.PS", 60, "trantype.txt", set()),
]


@pytest.mark.parametrize(("name", "lrecl", "twin", "different"), TWINS, ids=[row[0] for row in TWINS])
def test_binary_in_and_text_out_equal_the_twin(shared, name, lrecl, twin, different):
    folder, dcb = shared / "data" / "carddemo", Dcb.of("FB", lrecl)
    binary = (folder / f"AWS.M2.CARDDEMO.{name}").read_bytes()
    text = [line.rstrip(b" ") for line in (folder / twin).read_bytes().splitlines()]

    stored = list(inbound([binary], dcb, OPTIONS, WireType("I")))
    sent = b"".join(outbound([piece.chunk for piece in stored], Form.FIXED, dcb, OPTIONS, WireType("A"))).split(b"\r\n")

    assert sent.pop() == b""
    assert {at for at, pair in enumerate(zip(sent, text, strict=True)) if pair[0] != pair[1]} == different


@pytest.mark.parametrize(("name", "lrecl", "twin", "different"), TWINS, ids=[row[0] for row in TWINS])
def test_text_in_and_binary_out_equal_the_data_set(shared, name, lrecl, twin, different):
    folder, dcb = shared / "data" / "carddemo", Dcb.of("FB", lrecl)
    binary = (folder / f"AWS.M2.CARDDEMO.{name}").read_bytes()
    text = b"".join(line + b"\r\n" for line in (folder / twin).read_bytes().splitlines())

    stored = list(inbound([text[at : at + 1000] for at in range(0, len(text), 1000)], dcb, OPTIONS, WireType("A")))
    records = [
        record for piece in stored for record in split(convert([piece.chunk], piece.form, Form.FIXED, dcb), Form.FIXED, dcb)
    ]

    assert {at for at, record in enumerate(records) if record != binary[at * lrecl : (at + 1) * lrecl]} == different
    assert len(records) * lrecl == len(binary)
