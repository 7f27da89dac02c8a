from __future__ import annotations

import pytest

from jes.errors import Abend
from jes.spool.jobid import NumberRange
from jes.stepcontext import Program


def test_a_program_that_does_nothing_ends_with_zero(system):
    assert system.ended("//J JOB\n//S EXEC PGM=IEFBR14\n") == "RC=0000"


def test_a_missing_program_is_s806(system):
    info = system.run("//J JOB\n//S EXEC PGM=NOTTHERE\n//T EXEC PGM=IEFBR14\n")

    assert info.completion.text == "ABEND=806"
    log = "\n".join(system.output(info, "JESMSGLG"))
    assert "CSV003I REQUESTED MODULE NOTTHERE NOT FOUND" in log
    assert "IEF450I J S - ABEND=S806 U0000 REASON=00000004" in log
    assert "$HASP395 J        ENDED - ABEND=S806" in log
    assert " IEF272I J T - STEP WAS NOT EXECUTED." in system.output(info, "JESYSMSG")


def test_a_data_set_that_is_not_there_is_a_jcl_error(system):
    info = system.run("//J JOB\n//S EXEC PGM=IEFBR14\n//D DD DSN=NO.SUCH,DISP=SHR\n")

    assert info.completion.text == "(JCL error)"
    assert " IEFA107I J S D - DATA SET NO.SUCH NOT FOUND" in system.output(info, "JESYSMSG")
    assert any("IEF453I J - JOB FAILED - JCL ERROR" in line for line in system.output(info, "JESMSGLG"))


def test_a_new_data_set_that_exists_is_a_jcl_error(system):
    system.put("IBMUSER.OLD", "X")
    info = system.run("//J JOB\n//S EXEC PGM=IEFBR14\n//D DD DSN=IBMUSER.OLD,DISP=(NEW,CATLG),SPACE=(TRK,1)\n")

    assert info.completion.text == "(JCL error)"
    assert " IEF253I J S D - DUPLICATE NAME ON DIRECT ACCESS VOLUME" in system.output(info, "JESYSMSG")


def test_mod_delete_deletes_what_is_there_and_makes_and_deletes_what_is_not(system):
    jcl = "//J JOB\n//S EXEC PGM=IEFBR14\n//D DD DSN=IBMUSER.GONE,DISP=(MOD,DELETE,DELETE),SPACE=(TRK,1)\n"
    system.put("IBMUSER.GONE", "X")

    assert [system.ended(jcl), system.ended(jcl)] == ["RC=0000", "RC=0000"]
    assert not system.mvs.exists("IBMUSER.GONE")


def test_after_an_abend_the_third_part_of_disp_counts_and_only_even_and_only_run(opened):
    def fail(_step):
        raise Abend("0C7")

    system = opened(programs={"FAIL": fail})
    info = system.run(
        "//J JOB\n//S EXEC PGM=FAIL\n//A DD DSN=IBMUSER.A,DISP=(NEW,CATLG,DELETE),SPACE=(TRK,1)\n"
        "//B DD DSN=IBMUSER.B,DISP=(NEW,DELETE,CATLG),SPACE=(TRK,1)\n"
        "//T EXEC PGM=IEFBR14\n//U EXEC PGM=IEFBR14,COND=ONLY\n//V EXEC PGM=IEFBR14,COND=EVEN\n"
    )

    assert info.completion.text == "ABEND=0C7"
    assert (system.mvs.exists("IBMUSER.A"), system.mvs.exists("IBMUSER.B")) == (False, True)
    messages = system.output(info, "JESYSMSG")
    assert " IEF472I J S - COMPLETION CODE - SYSTEM=0C7 USER=0000 REASON=00000000" in messages
    assert " IEF272I J T - STEP WAS NOT EXECUTED." in messages
    assert " IEF142I J U - STEP WAS EXECUTED - COND CODE 0000" in messages
    assert " IEF142I J V - STEP WAS EXECUTED - COND CODE 0000" in messages


@pytest.mark.parametrize(("raised", "shown", "log"), [
    (Abend("U0100"), "ABEND=000", "ABEND=S000 U0100"),
    (Abend("0C4", 4), "ABEND=0C4", "ABEND=S0C4 U0000 REASON=00000004"),
    (ValueError("broken"), "ABEND=000", "ABEND=S000 U4038"),
], ids=["user", "system", "python"])  # fmt: skip
def test_whatever_a_program_raises_ends_the_step(opened, raised, shown, log):
    def fail(_step):
        raise raised

    system = opened(programs={"FAIL": Program("FAIL", fail)})
    info = system.run("//J JOB\n//S EXEC PGM=FAIL\n")

    assert shown == info.completion.text
    assert any(log in line for line in system.output(info, "JESMSGLG"))


def test_cond_bypasses_a_step_and_the_highest_code_is_the_jobs(opened):
    system = opened(programs={"FOUR": lambda step: 4, "EIGHT": lambda step: 8})
    info = system.run(
        "//J JOB\n//A EXEC PGM=FOUR\n//B EXEC PGM=EIGHT,COND=(4,LE,A)\n//C EXEC PGM=EIGHT,COND=(4,GT)\n//D EXEC PGM=FOUR\n"
    )

    assert info.completion.text == "RC=0008"
    assert " IEF202I J B - STEP WAS NOT RUN BECAUSE OF CONDITION CODES" in system.output(info, "JESYSMSG")


def test_a_passed_temporary_data_set_carries_records_to_the_next_step_and_is_gone_afterwards(system):
    info = system.run(
        "//J JOB\n//A EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n//SYSUT1 DD *\nONE\nTWO\n"
        "//SYSUT2 DD DSN=&&T,DISP=(NEW,PASS),\n// SPACE=(TRK,1),RECFM=FB,LRECL=80\n"
        "//B EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n//SYSUT1 DD DSN=&&T,DISP=(OLD,PASS)\n"
        "//SYSUT2 DD SYSOUT=*\n"
    )

    assert info.completion.text == "RC=0000"
    assert system.output(info, "SYSUT2") == ["ONE", "TWO"]
    assert list(system.mvs.search("SYS26*.**")) == []
    assert any("DELETED" in line and ".T.H01" in line for line in system.output(info, "JESYSMSG"))


def test_a_backward_reference_names_an_unnamed_data_set(system):
    info = system.run(
        "//J JOB\n//A EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n//SYSUT1 DD *\nONE\n"
        "//SYSUT2 DD DISP=(NEW,PASS),\n// SPACE=(TRK,1),RECFM=FB,LRECL=80\n"
        "//B EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n//SYSUT1 DD DSN=*.A.SYSUT2,DISP=(OLD,DELETE)\n"
        "//SYSUT2 DD SYSOUT=*\n"
    )

    assert system.output(info, "SYSUT2") == ["ONE"]


def test_relative_generations_mean_the_same_in_all_steps_of_a_job(system):
    system.mvs.define_gdg("IBMUSER.G", limit=3, who=system.who)
    jcl = (
        "//J JOB\n//A EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n//SYSUT1 DD *\nONE\n"
        "//SYSUT2 DD DSN=IBMUSER.G(+1),DISP=(NEW,CATLG),\n// SPACE=(TRK,1),RECFM=FB,LRECL=80\n"
        "//B EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n//SYSUT1 DD DSN=IBMUSER.G(+1),DISP=SHR\n"
        "//SYSUT2 DD SYSOUT=*\n"
    )

    assert [system.ended(jcl) for _ in range(4)] == ["RC=0000"] * 4
    assert [info.dsname for info in system.mvs.search("IBMUSER.G.G*")] == [
        "IBMUSER.G.G0002V00",
        "IBMUSER.G.G0003V00",
        "IBMUSER.G.G0004V00",
    ]


def test_a_concatenation_reads_as_one_and_dummy_ends_it(system):
    system.put("IBMUSER.ONE", "1")
    system.put("IBMUSER.TWO", "2")
    info = system.run(
        "//J JOB\n//A EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n"
        "//SYSUT1 DD DSN=IBMUSER.ONE,DISP=SHR\n// DD DSN=IBMUSER.TWO,DISP=SHR\n// DD DUMMY\n// DD DSN=IBMUSER.ONE,DISP=SHR\n"
        "//SYSUT2 DD SYSOUT=*\n"
    )

    assert system.output(info, "SYSUT2") == ["1", "2"]


def test_what_the_user_may_not_read_is_s913_at_open(system):
    system.put("SYS1.SECRET", "X")
    system.saf.command(system.acee, "ADDSD 'SYS1.SECRET' UACC(NONE)")
    acee = system.user("EVE")
    jcl = (
        "//EVEJ JOB\n//A EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n"
        "//SYSUT1 DD DSN=SYS1.SECRET,DISP=SHR\n//SYSUT2 DD SYSOUT=*\n"
    )
    info = system.jes.wait(system.jes.submit(acee, jcl)[0], 10)

    assert info.completion.text == "ABEND=913"
    log = system.output(info, "JESMSGLG")
    assert any("IEC150I 913-38,IFG0194E,EVEJ,A,SYSUT1," in line for line in log)
    assert any("ICH408I USER(EVE     )" in line for line in log)


def test_a_missing_member_is_s013_18(system):
    system.put("IBMUSER.PDS", "X", member="A")
    info = system.run(
        "//J JOB\n//A EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n"
        "//SYSUT1 DD DSN=IBMUSER.PDS(NOPE),DISP=SHR\n//SYSUT2 DD SYSOUT=*\n"
    )

    assert info.completion.text == "ABEND=013"
    assert any("IEC141I 013-18,IGG0191B,J,A,SYSUT1," in line for line in system.output(info, "JESMSGLG"))


def test_parmdd_that_cannot_be_read_abends_its_step_and_disposes_of_its_data_sets(system):
    system.put("IBMUSER.LIB", "PARM", member="THERE")
    info = system.run(
        "//J JOB\n//S EXEC PGM=IEFBR14,PARMDD=P\n//P DD DSN=IBMUSER.LIB(NOTHERE),DISP=SHR\n"
        "//N DD DSN=IBMUSER.NEW,DISP=(NEW,CATLG,DELETE),SPACE=(TRK,1)\n//T EXEC PGM=IEFBR14,COND=ONLY\n"
    )

    assert info.completion.text == "ABEND=013"
    assert not system.mvs.exists("IBMUSER.NEW")
    log = "\n".join(system.output(info, "JESMSGLG"))
    assert "IEF450I J S - ABEND=S013" in log
    assert "IEF251I" not in log


def test_a_data_set_that_its_program_deleted_needs_no_space_released(system):
    info = system.run(
        "//J JOB\n//S EXEC PGM=IDCAMS\n//SYSPRINT DD SYSOUT=*\n//N DD DSN=IBMUSER.NEW,DISP=(NEW,CATLG),SPACE=(TRK,(1,1),RLSE)\n"
        "//SYSIN DD *\n  DELETE IBMUSER.NEW\n/*\n"
    )

    assert info.completion.text != "SYS FAIL"
    assert info.completion.kind.value == "RC"


def test_a_whole_generation_data_group_is_its_generations_and_nothing_else(system):
    system.mvs.define_gdg("IBMUSER.G", limit=5, who=system.who)
    for name in ("IBMUSER.G.G0001V00", "IBMUSER.G.G0002V00", "IBMUSER.G.GARBAGE", "IBMUSER.G.GAR.BAGE"):
        system.put(name, name)
    info = system.run(
        "//J JOB\n//S EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n"
        "//SYSUT1 DD DSN=IBMUSER.G,DISP=SHR\n//SYSUT2 DD SYSOUT=*\n"
    )

    assert system.output(info, "SYSUT2") == ["IBMUSER.G.G0002V00", "IBMUSER.G.G0001V00"]


def test_a_year_that_never_comes_is_no_expiration_date_that_breaks_the_job(system):
    info = system.run("//J JOB\n//S EXEC PGM=IEFBR14\n//D DD DSN=IBMUSER.EVER,DISP=(,CATLG),SPACE=(TRK,1),EXPDT=9999/366\n")

    assert info.completion.text == "RC=0000"
    assert system.mvs.find("IBMUSER.EVER").expires.year == 9999


def test_a_model_that_is_not_there_is_what_the_message_names(system):
    info = system.run("//J JOB\n//S EXEC PGM=IEFBR14\n//D DD DSN=IBMUSER.NEW,DISP=(,CATLG),LIKE=IBMUSER.MODEL\n")

    assert info.completion.text == "(JCL error)"
    assert " IEFA107I J S D - DATA SET IBMUSER.MODEL NOT FOUND" in system.output(info, "JESYSMSG")


def test_a_subsystem_that_is_not_there_fails_the_job_before_it_runs(system):
    info = system.run("//J JOB\n//S EXEC PGM=IEFBR14\n//D DD SUBSYS=(LAMS,'X')\n")

    assert info.completion.text == "(JCL error)"
    assert "         3 IEFC746I SUBSYSTEM LAMS DOES NOT EXIST" in system.output(info, "JESYSMSG")


def test_data_sets_of_a_procedure_called_twice_are_told_by_their_own_numbers(system):
    info = system.run(
        "//J JOB\n//P PROC\n//A EXEC PGM=IEFBR14\n//IN DD *,DSN=&&CARDS\nX\n// PEND\n//S EXEC P\n//T EXEC P\n//O DD SYSOUT=*\n"
    )

    told = [line.split()[1] for line in system.output(info, "JESYSMSG") if "IEF285I   IBMUSER" in line]
    assert [name.split(".", 3)[3] for name in told] == ["D0000101.CARDS", "D0000102.CARDS", "D0000103.?"]


def test_a_fault_of_ours_in_a_step_leaves_no_data_set_without_disposition(opened):
    system = opened(numbers=NumberRange(1, 1))  # the reader of the step finds no number for a second job

    jcl = (
        "//J JOB\n//S EXEC PGM=IEBGENER\n//SYSPRINT DD DUMMY\n//SYSIN DD DUMMY\n"
        "//NEW DD DSN=IBMUSER.NEW,DISP=(NEW,CATLG,DELETE),SPACE=(TRK,1)\n"
        "//SYSUT2 DD SYSOUT=(A,INTRDR)\n//SYSUT1 DD DATA,DLM=AA\n//K JOB\n//S EXEC PGM=IEFBR14\nAA\n"
    )

    assert system.ended(jcl) == "SYS FAIL"
    assert not system.mvs.exists("IBMUSER.NEW")


def test_a_new_generation_of_an_sms_managed_group_is_rolled_in(system):
    system.run("//J JOB\n//S EXEC PGM=IDCAMS\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD *\n DEFINE GDG (NAME(IBMUSER.GDG) LIMIT(2))\n")
    operands = "DSN=IBMUSER.GDG(+1),DISP=(,CATLG),SPACE=(TRK,1),\n//  STORCLAS=SCBASE,RECFM=FB,LRECL=80"
    info = system.run(f"//J JOB\n//S EXEC PGM=IEFBR14\n//D DD {operands}\n")

    assert f" IGD107I {'IBMUSER.GDG.G0001V00':<44} ROLLED IN, DDNAME=D" in system.output(info, "JESYSMSG")
