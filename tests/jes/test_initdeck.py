"""The JES2 initialisation data set: classes, initiators, job numbers, output dispositions of an installation."""

from __future__ import annotations

import pytest

from jes.initdeck import BadDeck, read

DECK = """
/* classes and initiators
   of a small system */
JOBDEF RANGE=(999998,999999),
       JOBNUM=100               /* continued */
JOBCLASS(*) MSGLEVEL=(2,1)
JOBCLASS(B) QHELD=YES,DUPL_JOB=NODELAY,SYSSYM=ALLOW,TIME=(0,30),RESTART=NO
INIT(1) NAME=1,CLASS=AB
INIT(2) NAME=NIGHT,CLASS=(X,LONGONE),START=NO
OUTCLASS(K) OUTDISP=(WRITE,HOLD)
OUTCLASS(P) OUTDISP=PURGE,OUTPUT=PUNCH
PROCLIB(PROC00) DD(1)=(DSNAME=A.PROCLIB),DD(2)=(DSNAME=B.PROCLIB)
PROCLIB(PROC02) DD(1)=(DSNAME=C.PROCLIB)
NODE(2) NAME=MYNODE
NJEDEF OWNNODE=2
MASDEF AUTOEMEM=OFF
SPOOLDEF BUFSIZE=3992
"""


def test_statements_become_a_configuration():
    values = read(DECK).values

    assert (values["numbers"].low, values["numbers"].high) == (999998, 999999)
    held = values["classes"]["B"]
    assert (held.qheld, held.duplicates, held.system_symbols, held.time, held.restart) == (True, True, True, "0,30", False)
    assert values["classes"]["A"].msglevel == held.msglevel == (2, 1)
    assert values["initiators"] == {"1": "AB", "NIGHT": "X,LONGONE"}
    assert values["drained"] == ("NIGHT",)
    assert (values["out_classes"]["K"].abnormal, values["out_classes"]["P"].normal) == ("HOLD", "PURGE")
    assert [values["out_classes"][name].punch for name in "KP"] == [False, True]
    assert (values["proclibs"], values["more_proclibs"]) == (("A.PROCLIB", "B.PROCLIB"), {"PROC02": ("C.PROCLIB",)})
    assert (values["node"], values["restart_active"]) == ("MYNODE", False)


def test_what_has_no_effect_is_told_with_its_line():
    assert read(DECK).ignored == ["line 4: JOBDEF JOBNUM", "line 17: SPOOLDEF"]


@pytest.mark.parametrize(
    ("deck", "line"),
    [
        ("JOBDEF RANGE=(5,1)", 1), ("\nJOBCLASS(A) QHELD=PERHAPS", 2), ("INIT(1) CLASS=+", 1), ("OUTCLASS(AB) OUTDISP=HOLD", 1),
        ("OUTCLASS(A) OUTDISP=(HOLD,BURN)", 1),
        ("OUTCLASS(A) OUTPUT=PAINT", 1), ("NODE(1) NAME=TOOLONGNAME", 1), ("JOBDEF RANGE=(1,2),", 1), ("JOBDEF )", 1),
        ("JOBCLASS(A) MSGLEVEL=(3,1)", 1), ("PROCLIB(PROC02) DD(1)=(UNIT=3390)", 1), ("???", 1),
    ],
)  # fmt: skip
def test_a_statement_that_cannot_be_obeyed_stops_with_its_line(deck, line):
    with pytest.raises(BadDeck, match=rf"line {line}\b"):
        read(deck)


@pytest.fixture
def installation(opened):
    return opened(**read(DECK).values)


def job(name: str, operands: str) -> str:
    return f"//{name} JOB {operands}\n//S EXEC PGM=IEFBR14\n"


def test_a_range_above_99999_gives_ids_of_seven_digits_that_wrap(installation):
    first, second = (installation.jes.submit(installation.acee, job("J", "CLASS=A,MSGCLASS=P"))[0] for _ in range(2))
    assert (first, second) == ("J0999998", "J0999999")


def test_output_of_a_purge_class_goes_with_the_job(installation):
    from jes.errors import JobNotFound

    with pytest.raises(JobNotFound):
        installation.jes.wait(installation.jes.submit(installation.acee, job("J", "CLASS=A,MSGCLASS=P"))[0], 10)


def test_a_drained_initiator_takes_jobs_when_it_is_started(installation):
    jobid = installation.jes.submit(installation.acee, job("J", "CLASS=LONGONE,MSGCLASS=H"))[0]
    assert installation.jes.job(installation.acee, jobid).status == "INPUT"
    installation.jes.initiators.start_init("NIGHT")
    assert installation.jes.wait(jobid, 10).completion.text == "RC=0000"


def test_a_class_that_nobody_defined_is_a_jcl_error(installation):
    info = installation.run(job("J", "CLASS=NOSUCH,MSGCLASS=H"))

    assert info.completion.text == "(JCL error)"
    assert any("IEFC639I INVALID CLASS DESIGNATION IN THE CLASS FIELD" in line for line in installation.output(info, "JESYSMSG"))


def test_system_symbols_are_for_classes_that_allow_them(opened):
    text = "//J JOB CLASS={},MSGCLASS=H,MSGLEVEL=(1,1)\n//S EXEC PGM=IEFBR14,PARM='&SYSNAME &SYSUID'\n"
    system = opened(**read("JOBCLASS(B) SYSSYM=ALLOW").values)

    shown = [[line for line in system.output(system.run(text.format(name)), "JESJCL") if "IEFC653I" in line] for name in "AB"]
    assert "PARM='&SYSNAME IBMUSER'" in shown[0][0]
    assert "PARM='MVS1 IBMUSER'" in shown[1][0]


def test_a_class_with_a_time_limit_ends_its_jobs_with_s322(opened):
    ticks = iter(range(10_000))
    system = opened(meter=lambda: (0.0, float(next(ticks)) * 10), **read("JOBCLASS(B) TIME=(0,30)").values)
    text = "//J JOB CLASS=B,MSGCLASS=H\n//S EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n//SYSUT1 DD *\nX\n"

    assert system.ended(text + "//SYSUT2 DD SYSOUT=*\n//T EXEC PGM=IEFBR14\n//U EXEC PGM=IEFBR14\n") == "ABEND=322"
