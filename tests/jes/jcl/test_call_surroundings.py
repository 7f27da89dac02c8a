"""What stands between a procedure call and the statements that override it, and data that a procedure brings at each call."""

from __future__ import annotations

import pytest

from jes.jcl.convert import convert
from jes.jcl.model import ConversionFacts, DdKind
from tests.jes.jcl.decks import JOB, Library, cards, converted, errors

PROCEDURE = """
//P        PROC
//STEP1    EXEC PGM=IEBGENER,PARM='&V'
//SYSUT1   DD DSN=&V..ONE,DISP=SHR
//SYSUT2   DD DSN=OUT.SET,DISP=SHR
//         DD DSN=OUT.TWO,DISP=SHR
"""
CALL = "// SET V=A\n//S EXEC P\n"


def names(job):
    return {dd.ddname: [part.dsname for part in dd.parts] for dd in job.steps[0].dds}


def test_set_may_stand_before_the_overrides_and_counts_for_them_and_what_follows():
    job = converted(JOB + CALL + "// SET V=B\n//STEP1.SYSUT2 DD DSN=&V..IN\n//T EXEC PGM=&V\n", P=PROCEDURE)

    assert job.errors == ()
    assert names(job) == {"SYSUT1": ["A.ONE"], "SYSUT2": ["B.IN", "OUT.TWO"]}
    assert (job.steps[0].parm, job.steps[1].program) == ("A", "B")


def test_an_include_group_may_hold_the_overrides():
    group = "// SET V=C\n//STEP1.SYSUT2 DD DSN=&V..IN\n"
    job = converted(JOB + CALL + "// INCLUDE MEMBER=G\n//STEP1.MORE DD DUMMY\n", P=PROCEDURE, G=group)

    assert job.errors == ()
    assert names(job) == {"SYSUT1": ["A.ONE"], "SYSUT2": ["C.IN", "OUT.TWO"], "MORE": [""]}


def test_a_jes2_statement_and_a_command_may_stand_among_the_overrides():
    between = "/*JOBPARM FORMS=STD\n//* A COMMENT\n// COMMAND 'D T'\n//STEP1.SYSUT2 DD DSN=X.Y\n"
    job = converted(JOB + CALL + between, P=PROCEDURE)

    assert (job.errors, [row.keyword for row in job.jecl], job.commands) == ((), ["JOBPARM"], ("D T",))
    assert names(job)["SYSUT2"] == ["X.Y", "OUT.TWO"]


def test_what_stands_among_the_overrides_is_listed_where_it_stands():
    job = converted(JOB + CALL + "// SET V=B\n//STEP1.SYSUT2 DD DSN=X.Y\n", P=PROCEDURE)

    listed = [line.split()[:2] for line in job.listing]
    assert listed.index(["4", "//"]) < listed.index(["5", "XXP"])


@pytest.mark.parametrize("step", ["//S EXEC PGM=P\n", "//S EXEC P\n//STEP1."])
def test_set_behind_the_first_data_set_of_a_concatenation_is_an_error(step):
    first = step if step.endswith(".") else step + "//"
    found = errors(JOB + f"// SET V=A\n{first}D DD DSN=A.A,DISP=SHR\n// SET V=A\n// DD DSN=A.B,DISP=SHR\n", P=PROCEDURE)

    assert [id for _, id in found] == ["IEFC019I"]


TWO_STEPS = """
//Q        PROC
//ONE      EXEC PGM=P
//A        DD DUMMY
//TWO      EXEC PGM=P
//B        DD DUMMY
"""


def test_overrides_of_one_step_may_come_in_any_order_and_those_of_steps_in_that_of_the_procedure():
    right = "//S EXEC Q\n//ONE.NEW DD DUMMY\n//ONE.A DD DSN=A.A,DISP=SHR\n//TWO.B DD DSN=A.B,DISP=SHR\n"
    wrong = "//S EXEC Q\n//TWO.B DD DSN=A.B,DISP=SHR\n//ONE.A DD DSN=A.A,DISP=SHR\n"

    assert errors(JOB + right, Q=TWO_STEPS) == []
    assert [id for _, id in errors(JOB + wrong, Q=TWO_STEPS)] == ["IEFC611I"]


def test_set_behind_the_second_data_set_of_a_concatenation_is_none():
    text = "//S EXEC PGM=P\n//D DD DSN=A.A,DISP=SHR\n// DD DSN=A.B,DISP=SHR\n// SET V=A\n// DD DSN=A.C,DISP=SHR\n"

    assert errors(JOB + text) == []
    assert names(converted(JOB + text)) == {"D": ["A.A", "A.B", "A.C"]}


def test_each_call_of_an_in_stream_procedure_has_data_sets_of_its_own():
    text = "//Q PROC\n//A EXEC PGM=P\n//IN DD *\nDATA\n//   PEND\n//S EXEC Q\n//T EXEC Q\n//U EXEC PGM=P\n//IN DD *\nMORE\n"
    job = converted(JOB + text)

    assert [step.dds[0].instream.number for step in job.steps] == [0, 2, 1]
    assert (len(job.instream), job.data_sets) == (3, 3)


def test_data_of_a_procedure_that_nobody_calls_has_a_number_too():
    job = converted(JOB + "//Q PROC\n//A EXEC PGM=P\n//IN DD *\nDATA\n//   PEND\n//U EXEC PGM=P\n//IN DD *\nMORE\n")

    assert ([data.number for data in job.instream], job.data_sets) == ([1], 2)


@pytest.mark.parametrize(
    ("operands", "message"),
    [
        ("*,DSN=A.B", "IEFC009I KEYWORD DSNAME IS MUTUALLY EXCLUSIVE WITH KEYWORD * ON THE DD STATEMENT"),
        ("DATA,DSNAME=A", "IEFC009I KEYWORD DSNAME IS MUTUALLY EXCLUSIVE WITH KEYWORD DATA ON THE DD STATEMENT"),
        ("*,RECFM=FB", "IEFC009I KEYWORD RECFM IS MUTUALLY EXCLUSIVE WITH KEYWORD * ON THE DD STATEMENT"),
        ("*,DISP=SHR", "IEFC009I KEYWORD DISP IS MUTUALLY EXCLUSIVE WITH KEYWORD * ON THE DD STATEMENT"),
        ("SYSOUT=A,DSN=A.B", "IEFC655I DSNAME INVALID WHEN SYSOUT SPECIFIED"),
        ("SUBSYS=(ABC,X)", "IEFC746I SUBSYSTEM ABC DOES NOT EXIST"),
        ("SUBSYS=JES2", "IEFC745I SUBSYSTEM JES2 DOES NOT SUPPORT THE SUBSYS KEYWORD"),
        ("SUBSYS=(,X)", "IEFC744I SUBSYSTEM NOT SPECIFIED"),
        ("SUBSYS=TOOLONG", "IEFC748I SUBSYSTEM NAME INVALID"),
        ("DUMMY,SUBSYS=1AB", "IEFC748I SUBSYSTEM NAME INVALID"),
    ],
)
def test_a_dd_that_cannot_be_is_told_in_the_converters_words(operands, message):
    facts = ConversionFacts(subsystems=frozenset({"JES2"}))
    job = convert(cards(JOB + f"//S EXEC PGM=P\n//D DD {operands}\n"), Library(), facts)

    assert [found.text for found in job.errors] == [message]


@pytest.mark.parametrize(
    "operands", ["*,DSN=&&IN", "*,DSN=&IN", "DATA,DLM=@@,LRECL=80,DCB=BUFNO=2", "*,VOL=SER=A,UNIT=SYSDA,LIKE=A.B"]
)
def test_what_may_stand_beside_in_stream_data(operands):
    job = converted(JOB + f"//S EXEC PGM=P\n//D DD {operands}\nX\n@@\n")

    assert (job.errors, job.steps[0].dds[0].kind) == ((), DdKind.INSTREAM)


def test_data_that_override_a_data_set_take_its_name_away():
    job = converted(JOB + CALL + "//STEP1.SYSUT2 DD\n// DD *\nX\n", P=PROCEDURE)

    assert job.errors == ()
    assert [part.kind for part in job.steps[0].dds[1].parts] == [DdKind.DATASET, DdKind.INSTREAM]


@pytest.mark.parametrize(("count", "found"), [(15, []), (16, ["IEFC665I"])])
def test_a_job_has_fifteen_in_stream_procedures(count, found):
    procedures = "".join(f"//P{at} PROC\n//A EXEC PGM=P\n// PEND\n" for at in range(count))

    assert [id for _, id in errors(JOB + procedures + "//S EXEC P1\n")] == found
