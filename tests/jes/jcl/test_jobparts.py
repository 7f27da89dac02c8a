"""JCLLIB, SCHEDULE and NOTIFY: where they stand and what they may say."""

from __future__ import annotations

import pytest

from tests.jes.jcl.decks import JOB, converted, errors

STEP = "//S EXEC PGM=IEFBR14\n"


@pytest.mark.parametrize("statement", ["JCLLIB ORDER=A.B", "SCHEDULE HOLDUNTL='10:00'", "NOTIFY USER=ANNA"])
def test_it_stands_before_the_first_step_and_the_first_if(statement):
    assert errors(f"{JOB}//N {statement}\n{STEP}") == []
    assert errors(f"{JOB}{STEP}//N {statement}\n") == [(3, "IEFC019I")]
    assert errors(f"{JOB}// IF (RC=0) THEN\n//N {statement}\n{STEP}// ENDIF\n") == [(3, "IEFC019I")]


@pytest.mark.parametrize("statement", ["JCLLIB ORDER=A.B", "SCHEDULE HOLDUNTL='10:00'"])
def test_a_second_one_is_a_duplicate(statement):
    assert errors(f"{JOB}// {statement}\n// {statement}\n{STEP}") == [(3, "IEFC020I")]


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("JCLLIB", "IEFC646I"),
        ("JCLLIB ORDER=&&A", "IEFC632I"),
        ("JCLLIB ORDER=(A.B(C))", "IEFC632I"),
        ("JCLLIB ORDRE=A.B", "IEFC630I"),
        ("JCLLIB ORDER=A.B,ORDER=A.C", "IEFC652I"),
        (f"JCLLIB ORDER=({','.join(16 * ['A'])})", "IEFC641I"),
        ("SCHEDULE HOLDUNTL='25:00'", "IEFC632I"),
        ("SCHEDULE HOLDUNTL='02/30/2026'", "IEFC632I"),
        ("SCHEDULE HOLDUNTL='2026/366'", "IEFC632I"),
        ("SCHEDULE HOLDUNTL='+01:00',STARTBY='12:00'", "IEFC632I"),
        ("SCHEDULE HOLDUNTL='+02:00',STARTBY='+01:00'", "IEFC632I"),
        ("SCHEDULE STARTBY='+01:00:30'", "IEFC632I"),
        ("SCHEDULE NOSUCH=A", "IEFC630I"),
        ("NOTIFY TYPE=MSG", "IEFC646I"),
        ("NOTIFY USER=ANNA,TYPE=FAX", "IEFC632I"),
        ("NOTIFY USER=ANNA,EMAIL='a@b.org'", "IEFC009I"),
        ("NOTIFY USER=ANNA,WHEN='RC=X'", "IEFC632I"),
        ("XMIT", "IEFC646I"),
        ("XMIT DEST=POK", "IEFC632I"),
        ("XMIT DEST=LOCAL,SUBCHARS=XX", "IEFC630I"),
        ("NOTIFY ANNA", "IEFC643I"),
    ],
)
def test_what_is_wrong_has_its_message(statement, message):
    assert errors(f"{JOB}// {statement}\n{STEP}") == [(2, message)]


def test_libraries_that_are_not_catalogued_are_named():
    job = converted(f"{JOB}// JCLLIB ORDER=(A.B,NO.SUCH,NO.MORE)\n{STEP}")

    assert [message.text for message in job.errors] == [
        "IEFA107I JCLLIB - DATA SET NO.SUCH NOT FOUND",
        "IEFA107I JCLLIB - DATA SET NO.MORE NOT FOUND",
    ]


def test_symbols_are_replaced_in_them():
    assert converted(f"{JOB}// SET H=MY\n// JCLLIB ORDER=&H..PROCS\n{STEP}").jcllib == ("MY.PROCS",)
