"""Arbitrary text never raises anything but our own faults."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from jes.hosttext import to_host
from jes.jcl.convert import convert, job_statement
from jes.jcl.operands import OperandFault, parse
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


@given(st.text(alphabet="AB='(),.&*1 -", max_size=60))
def test_any_operand_field_is_read_or_refused(text):
    try:
        parse(text, "DD")
    except OperandFault:
        pass


def test_a_hundred_thousand_cards_of_data_are_one_in_stream_data_set():
    job = convert([*cards(JOB + "//S EXEC PGM=P\n//D DD *"), *[to_host("X" * 80)] * 100_000], Library())

    assert len(job.instream[0].records) == 100_000
