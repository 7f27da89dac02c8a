from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jes.errors import ReaderClosed
from jes.hosttext import to_host, to_text
from jes.intrdr import InternalReader


def read(*lines: str, **options: object) -> list[list[str]]:
    """The jobs that a reader makes of these lines."""
    jobs: list[list[str]] = []

    def accept(found):
        jobs.extend([to_text(record).rstrip() for record in job.records] for job in found)
        return [f"JOB{n:05d}" for n, _ in enumerate(jobs, 1)]

    reader = InternalReader(accept, **options)
    reader.put_many(map(to_host, lines))
    reader.close()
    return jobs


def test_each_job_card_begins_a_job():
    assert read("//A JOB", "//S EXEC PGM=X", "//B JOB", "//T EXEC PGM=Y") == [
        ["//A JOB", "//S EXEC PGM=X"],
        ["//B JOB", "//T EXEC PGM=Y"],
    ]


def test_records_before_the_first_job_card_are_dropped():
    assert read("garbage", "//S EXEC PGM=X", "//A JOB") == [["//A JOB"]]


def test_a_job_group_is_a_job_that_ends_with_its_endgroup():
    jobs = []
    reader = InternalReader(lambda read: jobs.extend(read) or [])
    for card in ("//NIGHT JOBGROUP", "//A GJOB", "//B GJOB", "// AFTER NAME=A", "//NIGHT ENDGROUP", "//A JOB", "//S EXEC PGM=X"):
        reader.put(to_host(card))
    reader.close()

    assert [(job.group, len(job.records)) for job in jobs] == [("NIGHT", 5), ("", 2)]


def test_without_a_job_card_there_is_no_job():
    assert read("garbage", "more") == []


def test_a_priority_card_belongs_to_the_job_behind_it():
    assert read("//A JOB", "//S EXEC PGM=X", "/*PRIORITY 9", "//B JOB") == [
        ["//A JOB", "//S EXEC PGM=X"],
        ["/*PRIORITY 9", "//B JOB"],
    ]


@pytest.mark.parametrize("dd", [
    ["//D DD DATA"], ["//D DD DATA,DLM=@@"], ["//D DD DATA,DLM='@@'"], ["//D DD DATA,", "// DLM=@@"],
], ids=["data", "dlm", "quoted", "continued"])  # fmt: skip
def test_a_job_card_inside_in_stream_data_is_data(dd):
    end = "@@" if "@" in "".join(dd) else "/*"

    assert len(read("//A JOB", "//S EXEC PGM=X", *dd, "//INNER JOB", "//T EXEC PGM=Y", end, "//B JOB")) == 2


def test_a_job_card_ends_dd_asterisk():
    assert len(read("//A JOB", "//S EXEC PGM=X", "//D DD *", "text", "//B JOB")) == 2
    assert len(read("//A JOB", "//S EXEC PGM=X", "//D DD *,DLM=@@", "text", "/* text", "//B JOB")) == 2


def test_eof_ends_a_job_and_purge_takes_it_back():
    assert read("//A JOB", "/*EOF", "//S EXEC PGM=X", "//B JOB", "/*PURGE") == [["//A JOB"]]


def test_short_fixed_records_are_padded_and_variable_ones_are_not():
    records: list[bytes] = []

    def accept(found):
        records.extend(found[0].records)
        return ["JOB00001"]

    for recfm in "FV":
        reader = InternalReader(accept, recfm=recfm)
        reader.put(to_host("//A JOB"))
        reader.close()

    assert [len(record) for record in records] == [80, 7]


def test_a_closed_reader_takes_nothing_more():
    reader = InternalReader(lambda jobs: [])
    reader.discard()

    with pytest.raises(ReaderClosed):
        reader.put(b"")


@given(st.lists(st.binary(max_size=90)))
def test_arbitrary_records_never_raise(records):
    reader = InternalReader(lambda jobs: [])
    reader.put_many(records)
    reader.close()
