"""RDW files and zip archives of members."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mvsfs.codepages import table
from mvsfs.dcb import Dcb, Dsorg
from mvsfs.errors import BadRecordData, InvalidDsname, MvsError
from mvsfs.exchange import rdwfile, textzip
from mvsfs.exchange.model import UnloadedDataset, UnloadedMember

PAIR = table("IBM-1047")
NOW = datetime(2026, 3, 25, 11, 0, 0)


@given(st.lists(st.binary(max_size=30)), st.integers(1, 40))
def test_records_with_rdw_come_back(records, size):
    data = b"".join(rdwfile.write(records))

    assert list(rdwfile.read(data[at : at + size] for at in range(0, len(data), size))) == records


def test_a_long_record_goes_in_segments():
    record = b"A" * 70000
    data = b"".join(rdwfile.write([record]))

    assert data[2] == 1
    assert list(rdwfile.read([data])) == [record]


@given(st.binary(max_size=60))
def test_any_bytes_are_records_or_refused(data):
    try:
        list(rdwfile.read([data]))
    except BadRecordData:
        pass


def test_the_ims_unload_of_the_sample_application_is_read(shared):
    found = sorted(shared.rglob("*DBPAUTP0.dat"))
    if not found:
        pytest.skip("the unload is not among the shared data")
    lengths = [len(record) + 4 for record in rdwfile.read([found[0].read_bytes()])]

    assert (len(lengths), min(lengths), max(lengths)) == (226, 88, 240)


def test_members_come_back_from_a_zip():
    members = [UnloadedMember("A", [b"\xc1".ljust(80, b"\x40"), b"\x40" * 80]), UnloadedMember("B", [])]
    file = io.BytesIO()
    textzip.write(file, UnloadedDataset("U.L", Dcb.of("FB", 80, 800, Dsorg.PO), members=members), PAIR, NOW)

    with zipfile.ZipFile(file) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {"A.txt": b"A\n\n", "B.txt": b""}
    assert textzip.read(file, PAIR) == [UnloadedMember("A", [b"\xc1", b""]), UnloadedMember("B", [])]


def packed(**files: bytes) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return file


def test_folders_and_extensions_of_a_zip_do_not_count():
    assert textzip.read(packed(src__hello_cbl=b"A\r\nB"), PAIR) == [UnloadedMember("HELLO", [b"\xc1", b"\xc2"])]


def test_a_name_that_no_member_can_have_is_refused():
    with pytest.raises(InvalidDsname):
        textzip.read(packed(toolongname_txt=b""), PAIR)


def test_two_files_of_one_member_are_refused():
    with pytest.raises(BadRecordData):
        textzip.read(packed(a_txt=b"", x__A_cbl=b""), PAIR)


@given(st.binary(max_size=100))
def test_any_bytes_are_an_archive_or_refused(data):
    for content in (data, b"PK\3\4" + data, packed(a_txt=b"A" * 50).getvalue()[: len(data) * 2]):
        try:
            textzip.read(io.BytesIO(content), PAIR)
        except MvsError:
            pass
