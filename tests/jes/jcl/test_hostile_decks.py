"""What no job may do to the system that reads it: stop the reader or the converter, or take time and storage without end."""

from __future__ import annotations

import time

import pytest

from jes.hosttext import to_host
from jes.intrdr import InstreamScan
from jes.jcl.jobcard import HEAD, job_statement
from jes.jcl.steps import MAX_DDS
from tests.jes.jcl.decks import JOB, cards, converted, errors

STEP = "//S EXEC PGM=P\n"
#: Card images that a job of a few megabytes has, and the seconds that they may take at the most on a slow machine.
MANY, SECONDS = 20000, 5.0


@pytest.mark.parametrize(
    ("operand", "message"),
    [
        ("TIME=()", []),
        ("LINES=()", ["IEFC644I"]),
        ("COND=('²',EQ)", ["IEFC644I"]),
        ("PRTY='²'", ["IEFC644I"]),
    ],
)
def test_an_odd_operand_of_a_job_statement_is_read_or_refused(operand, message):
    deck = f"//J JOB (1),ME,{operand}\n{STEP}"

    assert [id for _, id in errors(deck)] == message
    assert job_statement(cards(deck))[0].jobname == "J"


def test_a_number_of_thousands_of_digits_is_none():
    digits = ["//J JOB (1),ME,COND=('" + "9" * 49, *("//             " + "9" * 56 for _ in range(90)), "//             9',EQ)"]

    assert [id for _, id in errors("\n".join(digits) + "\n" + STEP)] == ["IEFC644I"]


@pytest.mark.parametrize("time_of", ["9999/366", "'01/01/0001'", "('00:00','12/31/9999')"])
def test_a_day_that_some_time_zone_does_not_have_is_a_format_error(time_of):
    assert [id for _, id in errors(JOB + f"//T SCHEDULE STARTBY={time_of}\n" + STEP)] == ["IEFC632I"]


def test_sublists_deeper_than_any_operand_needs_are_refused():
    opened = [("//J JOB " if at == 0 else "// ") + "(" * 60 + "A," for at in range(90)]
    closed = [("// " + "A" + ")" * 60 + ("," if at < 89 else "")) for at in range(90)]
    deck = "\n".join([*opened, *closed]) + "\n" + STEP

    assert len(cards(deck)) < HEAD
    assert "IEFC616I" in [id for _, id in errors(deck)]
    assert job_statement(cards(deck))[0].jobname == "J"


def test_a_symbol_has_at_most_255_characters():
    sets = "".join(f"// SET {name}={f'&{before}' * 20}\n" for before, name in zip("ABCDEFGH", "BCDEFGHI", strict=True))
    job = converted(JOB + "// SET A=XXXXXXXXXX\n" + sets + "//S EXEC PGM=P,PARM='&I'\n")

    assert (4, "IEFC642I") in [(message.statement, message.id) for message in job.errors]
    assert max(map(len, job.listing)) < 200
    assert len(job.listing) < 5000


def test_include_groups_that_name_themselves_come_to_an_end():
    started = time.process_time()
    found = errors(JOB + "// INCLUDE MEMBER=AGAIN\n" + STEP, AGAIN="// INCLUDE MEMBER=AGAIN\n" * 5)

    assert "IEFC613I" in [id for _, id in found]
    assert time.process_time() - started < SECONDS


def test_an_if_that_never_says_then_is_read_once():
    started = time.process_time()
    converted(JOB + "// IF RC\n" + "//  = 0 OR RC = 1 OR RC = 2 OR RC = 3 OR RC = 4 OR RC = 5 OR RC =\n" * MANY + STEP)

    assert time.process_time() - started < SECONDS


def test_a_dd_statement_of_many_cards_is_read_once_by_the_internal_reader():
    scan = InstreamScan()
    first, more = to_host("//D DD DSN=A,".ljust(80)), to_host(("//  DCB=(" + "A" * 55 + "),").ljust(80))
    started = time.process_time()
    for card in (first, *[more] * (5 * MANY)):
        scan.is_data(card)

    assert time.process_time() - started < SECONDS


def test_a_data_delimiter_is_found_on_any_card_of_the_statement():
    scan = InstreamScan()
    deck = ["//D DD DATA,", "//  DLM='@@'", "//J JOB DATA", "@@", "//J JOB"]
    assert [scan.is_data(to_host(card.ljust(80))) for card in deck] == [False, False, True, False, False]


def test_data_sets_of_a_concatenation_count_among_the_dd_statements_of_a_step():
    started = time.process_time()
    found = errors(JOB + STEP + "//D DD DSN=A,DISP=SHR\n" + "//  DD DSN=B,DISP=SHR\n" * MANY)

    assert found == [(MAX_DDS + 3, "IEF649I")]
    assert time.process_time() - started < SECONDS
