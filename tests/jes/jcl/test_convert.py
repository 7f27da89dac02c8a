"""Whole jobs: procedures, overrides, references, errors with their statement numbers."""

from __future__ import annotations

import pytest

from jes.hosttext import to_text
from jes.jcl.conditions import speaks_of_abend
from jes.jcl.convert import job_statement
from jes.jcl.model import DdKind, DdReference
from tests.jes.jcl.decks import JOB, cards, converted, errors

PROCEDURE = """
//COPYP    PROC IN=NOTHING,CLASSX=A
//STEP1    EXEC PGM=IEBGENER,PARM='ONE'
//SYSPRINT DD SYSOUT=&CLASSX
//SYSUT1   DD DSN=&IN,DISP=SHR
//         DD DSN=SECOND.SET,DISP=SHR
//SYSUT2   DD DSN=OUT.SET,DISP=(NEW,CATLG),UNIT=SYSDA,
//            SPACE=(TRK,(1,1)),DCB=(RECFM=FB,LRECL=80)
//STEP2    EXEC PGM=IEFBR14,PARM='TWO'
"""


def dds(job, step=0):
    return {dd.ddname: dd for dd in job.steps[step].dds}


def test_a_job_has_steps_with_dds():
    job = converted(JOB + "//S1 EXEC PGM=P,PARM=(A,'B,C'),COND=(4,LT)\n//D DD DSN=A.B(M),DISP=(OLD,,KEEP)\n")

    step = job.steps[0]
    assert (step.name, step.program, step.parm) == ("S1", "P", "A,B,C")
    assert (step.dds[0].dsname, step.dds[0].member, *_disp(step.dds[0])) == ("A.B", "M", "OLD", "KEEP", "KEEP")


def _disp(dd):
    return dd.disp.status, dd.disp.normal, dd.disp.abnormal


@pytest.mark.parametrize(
    ("coded", "disp"),
    [
        ("", ("NEW", "DELETE", "DELETE")),
        ("DISP=SHR,", ("SHR", "KEEP", "KEEP")),
        ("DISP=(,CATLG),", ("NEW", "CATLG", "CATLG")),
        ("DISP=(NEW,PASS),", ("NEW", "PASS", "DELETE")),
        ("DISP=(OLD,PASS),", ("OLD", "PASS", "KEEP")),
        ("DISP=(MOD,CATLG,DELETE),", ("MOD", "CATLG", "DELETE")),
    ],
)
def test_disp_has_the_manuals_defaults(coded, disp):
    job = converted(JOB + f"//S EXEC PGM=P\n//D DD {coded}DSN=A.B\n")

    assert disp == _disp(job.steps[0].dds[0])


def test_a_catalogued_procedure_is_expanded_with_symbols_and_overrides():
    job = converted(JOB + "//S EXEC COPYP,IN=MY.DATA\n//STEP1.SYSUT2 DD DSN=OTHER.SET\n//STEP2.NEW DD DUMMY\n", COPYP=PROCEDURE)

    assert not job.errors
    assert [(step.procstep, step.name) for step in job.steps] == [("STEP1", "S"), ("STEP2", "S")]
    first = dds(job)
    assert first["SYSUT1"].dsname == "MY.DATA"
    assert first["SYSUT1"].concatenation[0].dsname == "SECOND.SET"
    assert (first["SYSUT2"].dsname, first["SYSUT2"].dcb.recfm, first["SYSUT2"].dcb.lrecl) == ("OTHER.SET", "FB", 80)
    assert DdKind.DUMMY is dds(job, 1)["NEW"].kind


def test_parm_without_a_step_goes_to_the_first_step_and_is_taken_from_the_others():
    job = converted(JOB + "//S EXEC COPYP,PARM='MINE'\n", COPYP=PROCEDURE)

    assert [step.parm for step in job.steps] == ["MINE", ""]


def test_parm_with_a_step_goes_there():
    job = converted(JOB + "//S EXEC COPYP,PARM.STEP2='MINE'\n", COPYP=PROCEDURE)

    assert [step.parm for step in job.steps] == ["ONE", "MINE"]


def test_overrides_of_a_concatenation_meet_their_places():
    job = converted(JOB + "//S EXEC COPYP\n//STEP1.SYSUT1 DD\n//      DD DSN=X.Y\n//      DD DSN=Z.Z,DISP=SHR\n", COPYP=PROCEDURE)

    assert [part.dsname for part in dds(job)["SYSUT1"].parts] == ["NOTHING", "X.Y", "Z.Z"]


def test_an_empty_keyword_takes_the_operand_away_and_sysout_replaces_a_data_set():
    job = converted(JOB + "//S EXEC COPYP\n//STEP1.SYSUT2 DD DCB=,SYSOUT=B\n", COPYP=PROCEDURE)

    dd = dds(job)["SYSUT2"]
    assert (dd.kind, dd.dcb.recfm, dd.dsname) == (DdKind.SYSOUT, "", "")


def test_the_listing_marks_what_was_overridden():
    job = converted(JOB + "//S EXEC COPYP\n//STEP1.SYSUT2 DD DSN=OTHER.SET\n", COPYP=PROCEDURE)

    shown = [line.rstrip() for line in job.listing]
    at = shown.index("         8 //STEP1.SYSUT2 DD DSN=OTHER.SET")
    assert shown[at + 1].startswith("         9 X/SYSUT2   DD DSN=OUT.SET")


def test_a_symbol_that_nothing_uses_is_an_error():
    assert errors(JOB + "//S EXEC COPYP,NOSUCH=1\n", COPYP=PROCEDURE) == [(2, "IEFC657I")]


def test_an_override_of_a_step_that_is_not_there_is_an_error():
    assert [id for _, id in errors(JOB + "//S EXEC COPYP\n//NONE.X DD DUMMY\n", COPYP=PROCEDURE)] == ["IEFC611I"]


@pytest.mark.parametrize("coded", ["PARM.NONE=X", "COND.NONE=(4,LT)", "PARM.STEP1=X,TIME.NONE=1,REGION.NONE=4M"])
def test_a_keyword_for_a_step_that_is_not_there_is_an_error(coded):
    assert errors(JOB + f"//S EXEC COPYP,{coded}\n", COPYP=PROCEDURE) == [(2, "IEFC611I")]


def test_a_keyword_coded_many_times_is_told_once():
    assert errors(JOB + "//S EXEC PGM=P" + ",\n//  PARM=X" * 1000 + "\n") == [(2, "IEFC652I")]


def test_a_procedure_that_calls_itself_ends_at_fifteen():
    assert "IEFC613I" in [id for _, id in errors(JOB + "//S EXEC LOOP\n", LOOP="//A EXEC LOOP")]


def test_an_include_group_that_includes_itself_ends_at_fifteen():
    found = errors(JOB + "// INCLUDE MEMBER=LOOP\n//S EXEC PGM=P\n", LOOP="//  SET A=1\n//  INCLUDE MEMBER=LOOP")

    assert [id for _, id in found] == ["IEFC613I"]


def test_set_reaches_the_statements_behind_it():
    job = converted(JOB + "// SET HLQ=PROD\n//S EXEC PGM=P\n//D DD DSN=&HLQ..X.&SYSUID,DISP=SHR\n")

    assert job.steps[0].dds[0].dsname == "PROD.X.IBMUSER"
    assert "           IEFC653I SUBSTITUTION JCL - DSN=PROD.X.IBMUSER,DISP=SHR" in job.listing


def test_exported_symbols_come_with_the_data():
    job = converted(JOB + "// EXPORT SYMLIST=(A)\n// SET A=1,B=2\n//S EXEC PGM=P\n//D DD *,SYMBOLS=JCLONLY\n&A &B\n")

    assert (job.instream[0].symbols, dict(job.instream[0].values)) == ("JCLONLY", {"A": "1", "SYSUID": "IBMUSER"})
    assert to_text(job.instream[0].records[0]).rstrip() == "&A &B"


def test_ddname_takes_the_later_statement():
    job = converted(JOB + "//S EXEC PGM=P\n//A DD DDNAME=B\n//C DD DUMMY\n//B DD DSN=X.Y,DISP=SHR\n")

    assert [(dd.ddname, dd.dsname) for dd in job.steps[0].dds] == [("A", "X.Y"), ("C", "")]


def test_a_backward_reference_copies_the_name():
    text = "//S1 EXEC PGM=P\n//A DD DSN=&&T,DISP=(,PASS)\n//S2 EXEC PGM=Q\n//B DD DSN=*.S1.A,DISP=OLD\n"
    job = converted(JOB + text)

    dd = job.steps[1].dds[0]
    assert (DdKind.TEMPORARY, "&&T", DdReference(0, "A")) == (dd.kind, dd.dsname, dd.reference)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("//S FROB PGM=P\n", [(2, "IEFC605I")]),
        ("//S EXEC NOPROC\n", [(2, "IEFC612I")]),
        ("//S EXEC PGM=P\n//D DD DSNX=A\n", [(3, "IEFC630I")]),
        ("//S EXEC PGM=P\n//D DD DSN=*.NO.SUCH\n", [(3, "IEF645I")]),
        ("//S EXEC PGM=P\n//D DD DSN=TOOLONGQUALIFIER.A\n", [(3, "IEF642I")]),
        ("//S EXEC PGM=P\n//D DD DSN=&X..A\n", [(3, "IEFC627I")]),
        ("//S EXEC PGM=P\n//D DD DSN=A,DISP=(XXX)\n", [(3, "IEF643I")]),
        ("//S EXEC PGM=P\n//D DD SPACE=(TRK,(1,1)\n", [(3, "IEFC622I")]),
        ("//S EXEC PGM=P\n//D DD LRECL=ABC\n", [(3, "IEF644I")]),
        ("//S EXEC PGM=P\n//D DD SYSOUT=ABC\n", [(3, "IEF639I")]),
        ("//S EXEC PGM=TOOLONGNAME\n", [(2, "IEF642I")]),
        (
            "//S EXEC PGM=P,PARM='" + "A" * 40 + "\n//             " + "B" * 55 + "\n//             CCCCCCCCCCC'\n",
            [(2, "IEFC642I")],
        ),
        ("//TOOLONGSTEP EXEC PGM=P\n", [(2, "IEFC662I")]),
        ("//D DD DUMMY\n//S EXEC PGM=P\n", [(2, "IEFC019I")]),
        ("//S EXEC PGM=P\n// ENDIF\n", [(3, "IEFC019I")]),
        ("//* NOTHING\n", [(1, "IEFC607I")]),
        ("//S EXEC PGM=P\n//D DD *,SYSOUT=A\n//\n", [(3, "IEFC009I")]),
    ],
)
def test_an_error_has_its_message_at_its_statement(text, found):
    assert found == errors(JOB + text)


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("//J JOB SYSAFF=NINECHARS\n//S EXEC PGM=P\n", [(1, "IEFC642I")]),
        (f"//J JOB SYSAFF=({','.join('ABCDEFGHIJKLMNO')},\n//  {'P,' * 18})\n//S EXEC PGM=P\n", [(1, "IEFC641I")]),
        ("//J JOB USER='A B'\n//S EXEC PGM=P\n", [(1, "IEFC647I")]),
        (JOB + "//O OUTPUT CLASS=AB\n//S EXEC PGM=P\n", [(2, "IEFC639I")]),
        (JOB + "//O OUTPUT OUTDISP=(HELD,HOLD),CLASS=*\n//S EXEC PGM=P\n", [(2, "IEFC632I")]),
        (JOB + "//O OUTPUT JESDS=SOME,DEFAULT=Y\n//S EXEC PGM=P\n", [(2, "IEFC632I")]),
        (JOB + "//O OUTPUT WRITER=NINECHARS\n//S EXEC PGM=P\n", [(2, "IEFC642I")]),
        (JOB + "//S EXEC PGM=P\n//D DD SYSOUT=(A,NINECHARS)\n", [(3, "IEF642I")]),
    ],
)
def test_names_that_nobody_could_have_are_refused(statement, found):
    assert found == errors(statement)


def test_joblib_stands_before_the_first_step():
    job = converted(JOB + "//JOBLIB DD DSN=A.LOAD,DISP=SHR\n//       DD DSN=B.LOAD,DISP=SHR\n//S EXEC PGM=P\n")

    assert [part.dsname for part in job.joblib.parts] == ["A.LOAD", "B.LOAD"]


def test_if_constructs_nest_and_steps_know_their_branches():
    text = "//A IF RC=0 THEN\n//S1 EXEC PGM=P\n// ELSE\n//B IF RC>4 THEN\n//S2 EXEC PGM=P\n// ENDIF\n// ENDIF\n//S3 EXEC PGM=P\n"
    job = converted(JOB + text)

    assert [[branch.taken_when for branch in step.ifs] for step in job.steps] == [[True], [False, True], []]


def test_msglevel_zero_lists_the_job_statement_only():
    job = converted("//J JOB 1,MSGLEVEL=(0,0)\n//S EXEC PGM=P\n")

    assert len(job.listing) == 1


def test_the_job_statement_alone_is_read_without_the_rest():
    job, jecl = job_statement(
        cards("/*PRIORITY 5\n//J JOB (A),'ME',CLASS=B,NOTIFY=&SYSUID,\n// TYPRUN=HOLD\n/*NOTIFY X\n//S EXEC (\n")
    )

    assert (job.jobname, job.job_class, job.notify, job.typrun, job.programmer) == ("J", "B", "IBMUSER", "HOLD", "ME")
    assert [one.keyword for one in jecl] == ["PRIORITY", "NOTIFY"]


def test_the_job_statement_alone_never_raises():
    assert job_statement(cards("//X DD (((\n"))[0].jobname == ""
    assert job_statement(cards("//J JOB ((\n"))[0].jobname == "J"


@pytest.mark.parametrize("sign", ["¬", "^", "!"])
def test_every_spelling_of_the_not_sign_is_read(sign):
    job = converted(JOB + f"//S EXEC PGM=P\n// IF {sign}ABEND & S.RC {sign}= 4 THEN\n//T EXEC PGM=P\n// ENDIF\n")

    assert not job.errors
    assert speaks_of_abend(job.steps[1].ifs[0].expression)


def test_nullovrd_keeps_the_place_of_a_data_set_in_a_concatenation():
    procedure = "//P PROC\n//A EXEC PGM=P\n//D DD DSN=ONE.X,DISP=SHR\n// DD DSN=TWO.X,DISP=SHR\n// DD DSN=THREE.X,DISP=SHR\n"
    job = converted(JOB + "//S EXEC P\n//A.D DD DSN=NEW.X\n// DD NULLOVRD\n// DD DSN=NEW.Z\n", P=procedure)

    assert [part.dsname for part in job.steps[0].dds[0].parts] == ["NEW.X", "TWO.X", "NEW.Z"]


def test_a_jcl_command_is_a_statement_without_name():
    job = converted(JOB + "// F CICS,SHUT\n//S EXEC PGM=P\n")

    assert (job.errors, job.commands) == ((), ("F CICS,SHUT",))
    assert [message.id for message in converted(JOB + "//X F CICS,SHUT\n//S EXEC PGM=P\n").errors] == ["IEFC605I"]


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("//MYJOB JOB 1,X,CLASS=A,MSGCLASS=H,CLASS=B\n//S EXEC PGM=P\n", 1),
        (JOB + "//S EXEC PGM=P,REGION=0M,REGION=4M\n", 2),
        (JOB + "//S EXEC PGM=P\n//D DD DSN=A.B,DISP=SHR,DISP=OLD\n", 3),
        (JOB + "//S EXEC PGM=P\n//D DD DSN=A.B,DISP=SHR,DSNAME=C.D\n", 3),
        (JOB + "//O OUTPUT CLASS=A,CLASS=B\n//S EXEC PGM=P\n", 2),
    ],
)
def test_a_keyword_stands_once_on_a_statement(statement, number):
    assert errors(statement) == [(number, "IEFC652I")]


def test_an_override_may_repeat_what_the_procedure_codes():
    assert errors(JOB + "//S EXEC COPYP,PARM.STEP1='A',PARM.STEP2='B'\n//STEP1.SYSUT2 DD DISP=OLD\n", COPYP=PROCEDURE) == []


def test_a_procedure_without_pend_takes_the_rest_of_the_job():
    assert errors(JOB + "//P PROC\n//A EXEC PGM=IEFBR14\n//S EXEC P\n") == [(1, "IEFC607I")]


@pytest.mark.parametrize(
    ("statement", "id"),
    [
        ("//D DD DUMMY,DUMMY", "IEFC640I"),
        ("//D DD DSN=A.B,DUMMY", "IEFC640I"),
        ("//D DD DSN=A.B(MEMBERLONG),DISP=SHR", "IEF642I"),
        ("// PEND", "IEFC019I"),
        ("// SET A", "IEFC643I"),
        ("// INCLUDE", "IEFC646I"),
        ("// INCLUDE MEMBR=A", "IEFC630I"),
        ("// EXPORT SYMLST=*", "IEFC630I"),
        ("//T EXEC REGION=4M,PGM=IEFBR14", "IEF646I"),
        ("//T EXEC PGM=IEFBR14,PROC=P", "IEFC009I"),
        ("//T EXEC PGM=IEFBR14,PARM=A,PARMDD=D\n//D DD DUMMY", "IEFC009I"),
        ("//T EXEC PGM=IEFBR14,PARMDD=NONE", "IEF645I"),
        ("//D DD DDNAME=E,DSN=A.B", "IEFC009I"),
        ("//D DD DSN=A.B,DISP=(,CATLG),SPACE=(TRK,1),EXPDT=99365,RETPD=3", "IEFC009I"),
        ("//D DD DSN=A.B,DISP=SHR,LABEL=(1,XX)", "IEF632I"),
        ("//D DD SYSOUT=*,SPIN=MAYBE", "IEF632I"),
        ("//D DD SYSOUT=*,FCB=ABCDE", "IEF642I"),
        ("//D DD SYSOUT=*,CHARS=(A,B,C,D,E)", "IEF641I"),
    ],
)
def test_a_statement_that_the_reference_does_not_allow_is_an_error(statement, id):
    assert errors(JOB + "//S EXEC PGM=IEFBR14\n" + statement + "\n") == [(3, id)]


def test_a_subparameter_of_dcb_that_is_not_known_is_told_of_the_dd_statement():
    job = converted(JOB + "//S EXEC PGM=IEFBR14\n//D DD DCB=(RECFM=FB,XXX=1)\n")

    assert [message.text for message in job.errors] == ["IEFC630I UNIDENTIFIED KEYWORD XXX ON THE DD STATEMENT"]


def test_what_names_a_step_beats_what_names_none_in_either_order():
    for operands in ("PARM='P',PARM.STEP2='Q'", "PARM.STEP2='Q',PARM='P'"):
        job = converted(JOB + f"//S EXEC COPYP,IN=A.B,{operands}\n", COPYP=PROCEDURE)

        assert [step.parm for step in job.steps] == ["P", "Q"]


def times(call, **procedures):
    return [(step.time, step.time_of) for step in converted(JOB + call + "\n", **procedures).steps]


def test_time_of_a_call_is_for_all_steps_of_the_procedure_and_nullifies_theirs():
    procedure = "// PROC\n//A EXEC PGM=X,TIME=1\n//B EXEC PGM=X\n"

    assert times("//S EXEC P,TIME=5", P=procedure) == [("5", 2), ("5", 2)]
    assert times("//S EXEC P,TIME=5,TIME.B=2", P=procedure) == [("5", 2), ("2", 0)]
    assert times("//S EXEC P,TIME.B=2", P=procedure) == [("1", 0), ("2", 0)]
    assert times("//S EXEC P", P=procedure) == [("1", 0), ("", 0)]


def test_time_of_an_outer_call_is_for_the_steps_of_inner_procedures_too():
    inner, outer = "// PROC\n//A EXEC PGM=X,TIME=1\n", "// PROC\n//I EXEC P\n//J EXEC P,TIME=2\n//K EXEC PGM=X\n"

    assert times("//S EXEC Q,TIME=5", P=inner, Q=outer) == [("5", 2), ("5", 2), ("5", 2)]
    assert times("//S EXEC Q", P=inner, Q=outer) == [("1", 0), ("2", 7), ("", 0)]


@pytest.mark.parametrize(
    "job", ["//J JOB 1,CLASS=B", "//LONGERNAME JOB A,PRTY=3 A COMMENT", "//J  JOB  MSGCLASS=X,USER=U", "//J JOB (1,2)"]
)
def test_a_job_statement_on_one_card_says_what_it_says_before_a_comment_card(job):
    plain = job_statement(cards(f"{job}\n//S EXEC PGM=X\n"))

    assert plain == job_statement(cards(f"{job}\n//*\n//S EXEC PGM=X\n"))
    assert plain[0].jobname == job[2:].split()[0][:8]


@pytest.mark.parametrize(
    ("deck", "job_class", "accounting", "statements"),
    [
        ("//J JOB 1,\n// CLASS=B\n", "B", ("1",), 0),
        ("//J JOB 'A,B'\n//S EXEC PGM=X\n", "", ("A,B",), 0),
        ("//J JOB 1\n/*JOBPARM LINES=1\n//S EXEC PGM=X\n", "", ("1",), 1),
        ("//J JOB\n", "", (), 0),
    ],
)
def test_other_job_statements_are_read_in_full(deck, job_class, accounting, statements):
    job, jecl = job_statement(cards(deck))

    assert (job.jobname, job.job_class, job.accounting, len(jecl)) == ("J", job_class, accounting, statements)


def test_an_override_may_be_in_stream_data_with_a_name():
    call = "//P PROC\n//S EXEC PGM=Q\n//IN DD DSN=A.B,DISP=SHR\n// PEND\n//X EXEC P\n//S.IN DD *,DSN=&&NAMED\nDATA\n/*\n"

    overridden = dds(converted(JOB + call))["IN"]

    assert DdKind.INSTREAM is overridden.kind
    assert overridden.instream is not None
