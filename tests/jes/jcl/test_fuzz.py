"""Arbitrary text never raises anything but our own faults."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from jes.hosttext import to_host, to_text
from jes.initdeck import BadDeck, read
from jes.intrdr import InternalReader, ReadJob
from jes.jcl.convert import convert, job_statement
from jes.jcl.model import Jecl
from jes.jcl.operands import OperandFault, parse
from jes.jecl import parameters
from jes.messages import text
from tests.jes.jcl.decks import JOB, Library, cards

WORDS = st.sampled_from(
    """//A //* // /* EXEC DD JOB PROC PEND IF THEN ELSE ENDIF SET INCLUDE MEMBER=X JCLLIB ORDER=( PGM=P DSN=A.B DSN=*.A.B
    DSN=&&T &X DISP=(
    SHR ) , ' ( = . * DATA DLM=$$ $$ SYSOUT=* DCB=(RECFM=FB SPACE=(TRK,(1,1)) VOL=SER=A UNIT=SYSDA COND=(4,LT) PARM='A' X.Y
    DUMMY DDNAME=Z XMIT OUTPUT EXPORT SYMLIST=* CNTL ENDCNTL RC>4 ABEND NOT""".split()  # noqa: SIM905
)
JOINED = st.one_of(st.lists(WORDS, max_size=8).map(" ".join), st.lists(WORDS, max_size=8).map("".join))
LINES = st.lists(st.one_of(st.text(max_size=80), JOINED), max_size=14)


@settings(max_examples=300, deadline=None)
@given(LINES)
def test_any_deck_is_converted_or_refused(lines):
    records = [to_host(line) for line in [*JOB.strip().split("\n"), *lines]]
    job = convert(records, Library(X="//P PROC\n//S EXEC PGM=P"))

    assert all(message.text for message in job.messages)
    job_statement(records)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.binary(max_size=90), max_size=10))
def test_any_bytes_are_converted_or_refused(records):
    convert(records, Library())


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(LINES, st.just(["//J JOB 1"]), st.just(["/*EOF"]), st.just(["/*PRIORITY 3"])), max_size=6))
def test_the_internal_reader_keeps_every_card_of_a_job_or_drops_it(pieces):
    lines = [line for piece in pieces for line in piece]
    jobs: list[ReadJob] = []
    reader = InternalReader(lambda found: jobs.extend(found) or [])
    reader.put_many([to_host(line) for line in lines])
    reader.close()

    assert sum(len(job.records) for job in jobs) <= len(lines)
    for job in jobs:
        assert any(" JOB" in to_text(record) for record in job.records[:2])
        convert(job.records, Library())


JECL = st.sampled_from("JOBPARM ROUTE XEQ XMIT SETUP NOTIFY MESSAGE PRIORITY OUTPUT".split())  # noqa: SIM905


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(JECL, st.text(alphabet="ABCDEFLNST=(),.* 0123456789", max_size=40)), max_size=5))
def test_any_jes2_statement_is_obeyed_or_a_fault(statements):
    asked = parameters([Jecl(keyword, operands, 0) for keyword, operands in statements], "N1")

    assert len(asked.faults) <= len(statements)
    for key, facts in asked.faults:
        assert text(key, jobname="J", **facts)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(alphabet="ABINTCLSJOBDEFRGMV()=,*/ 01\n", max_size=60), max_size=5).map("\n".join))
def test_any_initialisation_file_is_read_or_refused(deck):
    try:
        read(deck)
    except BadDeck as error:
        assert str(error).startswith("line ")


@given(st.text(alphabet="AB='(),.&*1 -", max_size=60))
def test_any_operand_field_is_read_or_refused(text):
    try:
        parse(text, "DD")
    except OperandFault:
        pass


def test_a_hundred_thousand_cards_of_data_are_one_in_stream_data_set():
    job = convert([*cards(JOB + "//S EXEC PGM=P\n//D DD *"), *[to_host("X" * 80)] * 100_000], Library())

    assert len(job.instream[0].records) == 100_000
