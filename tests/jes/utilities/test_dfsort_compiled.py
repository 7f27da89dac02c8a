"""Sorting through the compiled kernel gives the very order that Python alone gives, whatever the fields, records and runs."""

from __future__ import annotations

import threading
from contextlib import contextmanager

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import mvsfs.kernel
from jes.hosttext import to_host
from jes.utilities.dfsort import order, sorter
from jes.utilities.dfsort.ahead import ahead
from jes.utilities.dfsort.packed import ANY, VARIABLE, Layout, Packed
from mvsfs.info import Target
from mvsfs.records.forms import Form, rdw

pytestmark = pytest.mark.skipif(mvsfs.kernel.active() is None, reason="the kernel is not compiled here")

FORMATS = ["CH", "BI", "AC", "AQ", "FI", "PD", "ZD", "PD0", "CTO", "CLO"]
FIELD = st.tuples(st.integers(1, 14), st.integers(1, 12), st.sampled_from(FORMATS), st.sampled_from("AD"))
FIELDS = st.lists(FIELD, min_size=1, max_size=4).map(lambda rows: f"({','.join(f'{p},{m},{f},{s}' for p, m, f, s in rows)})")
#: Few different bytes, so that keys are equal at first, and the signs and digits of decimal numbers.
BYTES = st.sampled_from(b"\x00\x00\x0c\x0d\x1c\x1d\x40\xc1\xd1\xf0\xf0\xf1\xff")
DATA = st.lists(BYTES, max_size=24).map(bytes)
MANY = st.lists(DATA, max_size=150)
ROUNDS = settings(max_examples=300, deadline=None)


@contextmanager
def python_alone():
    """What is sorted inside is sorted without the kernel."""
    kept, sorter.active = sorter.active, lambda: None
    try:
        yield
    finally:
        sorter.active = kept


def numbered(records):
    """The same records, with their number behind them: equal keys must keep their order."""
    return [record + number.to_bytes(2, "big") for number, record in enumerate(records)]


def flat(batches):
    """All records of the batches."""
    return [record for batch in batches for record in batch]


def fixed(records):
    """As the records of an F data set, and as packed batches of it."""
    whole = [record.ljust(26, b"\x40") for record in records]
    return whole, Layout(26)


def variable(records):
    """As the records of a V data set, with their RDW."""
    return [rdw(len(record)) + record for record in records], VARIABLE


def packed(records, layout, size=7):
    """The records in packed batches of that layout."""
    for at in range(0, len(records), size):
        batch = records[at : at + size]
        yield Packed(layout.packed(batch), len(batch), layout, max(map(len, batch)))


@ROUNDS
@given(FIELDS, MANY, st.sampled_from([fixed, variable, None]), st.sampled_from([200, 3000, 1 << 20]))
@example("(1,3,PD,D,2,1,ZD,A)", [b"\x00\x00\x0d", b"\x00\x00\x0c"], None, 200)
def test_the_kernel_sorts_as_python_does(fields, records, shape, workspace):
    by = order.parse(fields)
    records, layout = shape(numbered(records)) if shape else (numbered(records), ANY)
    source = packed(records, layout) if shape else [records[at : at + 5] for at in range(0, len(records), 5)]
    compiled = flat(sorter.ordered(source, by, workspace))
    with python_alone():
        reference = flat(sorter.ordered([records], by, 300))

    assert reference == compiled


@ROUNDS
@given(FIELDS, st.lists(MANY, max_size=5), st.sampled_from([fixed, variable, None]))
def test_the_kernel_merges_as_python_does(fields, lists, shape):
    by = order.parse(fields)
    sources = []
    for records in lists:
        records, layout = shape(numbered(records)) if shape else (numbered(records), ANY)
        by.sort(records)
        sources.append((records, layout))
    compiled = flat(sorter.merged([packed(records, layout) for records, layout in sources], by))
    with python_alone():
        reference = flat(sorter.merged([packed(records, layout) for records, layout in sources], by))

    assert reference == compiled


@pytest.mark.parametrize("common", [0, 5, 60])
def test_keys_that_begin_alike_are_sorted_by_what_follows(common):
    """Many records, so that words are sorted by their bytes, level after level."""
    records = [b"=" * common + b"%05d" % (number * 7919 % 10007) + b"%05d" % number for number in range(20000)]
    by = order.parse(f"(1,{common + 4},CH,D)")

    assert sorted(records, key=lambda record: record[: common + 4], reverse=True) == flat(sorter.ordered([records], by))


def test_a_record_longer_than_any_block_is_sorted_too():
    records = [bytes([byte]) + b"\x00" * 3_000_000 for byte in (3, 1, 2)]

    assert sorted(records) == flat(sorter.ordered([records], order.parse("(1,1,BI,A)"), 1000))


FREE = ["UFF", "FS", "Y2T"]


@pytest.mark.parametrize("format", FREE)
def test_fields_that_the_kernel_does_not_know_are_sorted_by_python(format):
    by = order.parse(f"(1,4,{format},A)")

    assert [] == by.parts
    assert [to_host("0001"), to_host("0030")] == flat(sorter.ordered([[to_host("0030"), to_host("0001")]], by))


def sort(system, dd, shape):
    """The records that SORT by columns 1-2 (of the data) makes of a DD."""
    position = 5 if shape.startswith("V") else 1
    dds = f"{dd}//SORTOUT DD DSN=IBMUSER.SORTED,DISP=(NEW,CATLG),SPACE=(TRK,1)\n"
    cards = f" SORT FIELDS=({position},2,CH,A)"
    text = f"//J JOB 1,X\n//S EXEC PGM=SORT\n//SYSOUT DD SYSOUT=*\n{dds}//SYSIN DD *\n{cards}\n/*\n"
    info = system.run(text)
    assert info.completion.text == "RC=0000", system.output(info, "SYSOUT")
    return list(system.mvs.records(Target("IBMUSER.SORTED"), system.who))


@pytest.mark.parametrize("shape", ["FB", "VB"])
@pytest.mark.parametrize("form", ["LINES", "RECORDS"])
def test_data_sets_are_sorted_however_they_are_stored(system, shape, form):
    """Text is stored as lines, other records back to back or behind their lengths."""
    from mvsfs.info import Allocation

    rows = [to_host(f"{number * 37 % 100:02d} {'X' * (number % 9)}") for number in range(100)]
    lrecl = 20 if shape == "FB" else 24
    system.mvs.allocate("IBMUSER.IN", Allocation(recfm=shape, lrecl=lrecl), system.who)
    with system.mvs.open_output(Target("IBMUSER.IN"), system.who) as writer:
        if form == "LINES":
            writer.write_stored(b"".join(row.rstrip(b"\x40") + b"\x15" for row in rows), Form.LINES, len(rows))
        else:
            writer.write_records([row.ljust(20, b"\x40") for row in rows] if shape == "FB" else rows)
    before = list(system.mvs.records(Target("IBMUSER.IN"), system.who))

    assert sorted(before, key=lambda row: row[:2]) == sort(system, "//SORTIN DD DSN=IBMUSER.IN,DISP=SHR\n", shape)


def test_an_error_of_what_works_ahead_comes_behind_what_was_made():
    def source():
        yield 1
        raise ValueError("two")

    seen = []
    with pytest.raises(ValueError, match="two"):
        for thing in ahead(source()):
            seen.append(thing)

    assert [1] == seen


def test_what_works_ahead_ends_when_nobody_wants_more():
    before = threading.active_count()
    things = ahead(iter(range(1_000_000)))
    next(things)
    things.close()

    assert before == threading.active_count()
