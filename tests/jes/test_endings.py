"""Every way a job can end without running to its end, and what its log says."""

from __future__ import annotations

import re
import threading
import time

import pytest

from jes.errors import JobNotFound


def job(name: str = "J", operands: str = "") -> str:
    return f"//{name} JOB {operands}\n//S EXEC PGM=IEFBR14\n"


def active(system, jobid: str) -> None:
    """Wait until the job is in ACTIVE."""
    for _ in range(500):
        if system.jes.job(system.acee, jobid).status == "ACTIVE":
            return
        time.sleep(0.01)
    raise AssertionError("the job did not become active")


def test_a_jcl_error_ends_before_execution(system):
    info = system.run("//J JOB\n//S EXEC PGM=IEFBR14,NONSENSE=1\n//T BOGUS\n")

    assert info.completion.text == "(JCL error)"
    assert [file.ddname for file in system.jes.spool_files(info)] == ["JESMSGLG", "JESJCL", "JESYSMSG"]
    assert any("IEFC452I J - JOB NOT RUN - JCL ERROR" in line for line in system.output(info, "JESMSGLG"))
    assert system.output(info, "JESYSMSG")[0] == "  STMT NO. MESSAGE"
    assert "         3 IEFC605I UNIDENTIFIED OPERATION FIELD" in system.output(info, "JESYSMSG")


def test_a_held_job_with_jcl_errors_does_not_wait_for_its_release(system):
    assert system.ended("//J JOB TYPRUN=HOLD\n//T BOGUS\n") == "(JCL error)"


def test_scan_converts_and_runs_nothing(system):
    info = system.run("//J JOB TYPRUN=SCAN\n//S EXEC PGM=IEFBR14\n//D DD DSN=IBMUSER.X,DISP=(NEW,CATLG)\n")

    assert info.completion.text == "RC unknown"
    assert not system.mvs.exists("IBMUSER.X")


def test_copy_prints_the_input(system):
    info = system.run(job(operands="TYPRUN=COPY"))

    assert system.output(info, "JESCOPY") == ["//J JOB TYPRUN=COPY", "//S EXEC PGM=IEFBR14"]


@pytest.mark.parametrize(("operand", "cause"), [("USER=OTHER", "submitter"), ("GROUP=NOTMINE", "group")])
def test_a_job_refused_for_its_user_or_group_is_told_at_once(system, operand, cause):
    """ICH408I goes to the console and the log, not to the job's log alone."""
    system.saf.command(system.acee, "ADDUSER OTHER")
    system.saf.command(system.acee, "RDEFINE SURROGAT OTHER.SUBMIT UACC(NONE)")
    told = []
    system.saf.on_violation(told.append)

    system.run(f"//A JOB 1,{operand}\n//S EXEC PGM=IEFBR14\n")

    assert [violation.cause for violation in told] == [cause]


def test_a_submitter_that_is_no_surrogate_makes_a_security_error(system):
    system.user("ANNA")
    (jobid,) = system.jes.submit(system.user("EVE"), job(operands="USER=ANNA"))
    info = system.jes.wait(jobid, 10)

    assert (info.completion.text, info.owner) == ("(SEC error)", "ANNA")
    log = system.output(info, "JESMSGLG")
    assert any("ICH408I USER(ANNA    ) GROUP(SYS1    )" in line for line in log)
    assert "-$HASP106 JOB DELETED BY JES2 OR CANCELLED BY OPERATOR BEFORE EXECUTION" in log
    assert not any("JOB EXECUTION DATE" in line for line in log)


def test_a_surrogate_submits_for_another_user(system):
    system.user("ANNA")
    eve = system.user("EVE")
    for command in ("RDEFINE SURROGAT ANNA.SUBMIT UACC(NONE)", "PERMIT ANNA.SUBMIT CLASS(SURROGAT) ID(EVE) ACCESS(READ)"):
        assert system.saf.command(system.acee, command).rc == 0

    info = system.jes.wait(system.jes.submit(eve, job(operands="USER=ANNA"))[0], 10)

    assert (info.completion.text, info.owner) == ("RC=0000", "ANNA")


def test_the_right_password_on_the_job_card_makes_the_job_that_users(system):
    system.user("ANNA")
    system.saf.command(system.acee, "ALTUSER ANNA PASSWORD(GOODONE) NOEXPIRED")

    assert [
        system.ended(job(operands="USER=ANNA,PASSWORD=GOODONE")),
        system.ended(job(operands="USER=ANNA,PASSWORD=BADONE")),
    ] == ["RC=0000", "(SEC error)"]


def test_jesjobs_decides_who_may_submit(system):
    eve = system.user("EVE")
    system.saf.command(system.acee, "RDEFINE JESJOBS SUBMIT.N1.SECRET*.** UACC(NONE)")
    (jobid,) = system.jes.submit(eve, job("SECRETJ"))

    assert system.jes.wait(jobid, 10).completion.text == "(SEC error)"


def test_cancelling_a_waiting_job_keeps_a_log_and_purging_it_keeps_nothing(system):
    kept, purged = (system.jes.submit(system.acee, job(operands="TYPRUN=HOLD"))[0] for _ in range(2))
    system.jes.cancel(system.acee, kept, purge=False)
    system.jes.cancel(system.acee, purged, purge=True)

    assert system.jes.wait(kept, 5).completion.text == "CANCELED"
    with pytest.raises(JobNotFound):
        system.jes.job(system.acee, purged)


def test_a_waiting_job_is_purged_in_one_step_so_that_no_initiator_comes_between(opened):
    system = opened(start=False)
    info = system.jes.job(system.acee, system.jes.submit(system.acee, job())[0])

    assert system.jes.queue.cancel(info, purge=True) == "INPUT"
    assert system.jes.queue.by_key(info.key) is None
    with pytest.raises(JobNotFound):
        system.jes.queue.cancel(info, purge=True)


def test_cancelling_an_executing_job_is_s222(opened):
    started = threading.Event()

    def loop(step):
        started.set()
        with step.dd("OUT").writer() as sink:
            while True:
                sink.put(b"\x40")
                time.sleep(0.001)

    system = opened(programs={"LOOP": loop})
    (jobid,) = system.jes.submit(system.acee, "//J JOB\n//S EXEC PGM=LOOP\n//OUT DD SYSOUT=*\n")
    assert started.wait(5)
    system.jes.cancel(system.acee, jobid, purge=False)
    info = system.jes.wait(jobid, 10)

    assert info.completion.text == "ABEND=222"
    assert any("IEF450I J S - ABEND=S222 U0000" in line for line in system.output(info, "JESMSGLG"))


def test_another_users_job_is_neither_listed_nor_cancelled(system):
    eve = system.user("EVE")
    info = system.run(job())

    assert system.jes.jobs(eve) == []
    with pytest.raises(JobNotFound):
        system.jes.cancel(eve, info.jobid)


def test_a_test_stops_a_job_where_it_wants_and_decides_how_it_ends(system):
    control = system.jes.control
    control.hold_in("INPUT", "WAIT*")
    control.hold_in("ACTIVE", "RUN*")
    waiting, running = (system.jes.submit(system.acee, job(name))[0] for name in ("WAITER", "RUNNER"))
    active(system, running)

    assert system.jes.job(system.acee, waiting).status == "INPUT"
    control.outcome("WAITER", abend="S0C4")
    control.release()
    assert system.jes.wait(running, 5).completion.text == "RC=0000"
    assert system.jes.wait(waiting, 5).completion.text == "ABEND=0C4"


@pytest.mark.parametrize(("wanted", "shown"), [
    ({"rc": 12}, "RC=0012"), ({"abend": "U0100"}, "ABEND=000"), ({"jcl_error": True}, "(JCL error)"),
    ({"security": True}, "(SEC error)"), ({"converter": True}, "(CONV error)"), ({"system_failure": True}, "SYS FAIL"),
    ({"canceled": True}, "CANCELED"),
], ids=str)  # fmt: skip
def test_outcomes_by_job_name(system, wanted, shown):
    system.jes.control.outcome("J", **wanted)

    assert shown == system.ended(job())
    system.jes.control.outcome("J")
    assert system.ended(job()) == "RC=0000"


def test_the_user_that_notify_names_is_told(system):
    told: list[tuple[str, str]] = []
    system.jes.on_notify(lambda userid, text: told.append((userid, text)))
    system.run(job(operands="NOTIFY=&SYSUID"))
    system.run("//K JOB NOTIFY=N1.ANNA\n//S EXEC PGM=NONE\n")
    system.run("//L JOB NOTIFY=ANNA\n//S BOGUS\n")

    assert told == [
        ("IBMUSER", "$HASP165 J        ENDED AT N1  MAXCC=0 CN(INTERNAL)"),
        ("ANNA", "$HASP165 K        ENDED AT N1 - ABENDED S806 CN(INTERNAL)"),
        ("ANNA", "$HASP165 L        ENDED AT N1 - JCL ERROR CN(INTERNAL)"),
    ]


def test_a_job_waits_for_a_data_set_that_another_holds_and_then_runs(system):
    from mvsfs.enqueue import dataset_name

    system.put("IBMUSER.BUSY", "X")
    hold = system.mvs.enqueue.obtain([dataset_name("IBMUSER.BUSY", exclusive=True)], system.who)
    (jobid,) = system.jes.submit(system.acee, "//J JOB\n//S EXEC PGM=IEFBR14\n//D DD DSN=IBMUSER.BUSY,DISP=SHR\n")
    active(system, jobid)
    hold.release()
    info = system.jes.wait(jobid, 10)

    assert info.completion.text == "RC=0000"


def test_outlim_is_s722(system):
    system.put("IBMUSER.MANY", *map(str, range(50)))
    info = system.run(
        "//J JOB\n//S EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n//SYSUT1 DD DSN=IBMUSER.MANY,DISP=SHR\n"
        "//SYSUT2 DD SYSOUT=*,OUTLIM=10\n"
    )

    assert info.completion.text == "ABEND=722"


def test_output_of_a_purged_class_is_not_kept(system):
    info = system.run(
        "//J JOB MSGCLASS=H\n//S EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=Z\n//SYSIN DD DUMMY\n//SYSUT1 DD *\nX\n"
        "//SYSUT2 DD SYSOUT=A\n"
    )

    assert [(file.ddname, file.sysout_class) for file in system.jes.spool_files(info)] == [
        ("JESMSGLG", "H"),
        ("JESJCL", "H"),
        ("JESYSMSG", "H"),
        ("SYSUT2", "A"),
    ]


def test_sysout_to_the_internal_reader_is_a_job(system):
    info = system.run(
        "//J JOB\n//S EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n//SYSUT1 DD DATA\n//CHILD JOB\n"
        "//T EXEC PGM=IEFBR14\n/*\n//SYSUT2 DD SYSOUT=(A,INTRDR)\n"
    )

    assert info.completion.text == "RC=0000"
    assert system.jes.wait("JOB00002", 10).completion.text == "RC=0000"
    assert system.jes.job(system.acee, "J2").jobname == "CHILD"


def test_a_job_of_a_hundred_thousand_records_is_accepted(system):
    lines = ["//BIG JOB", "//S EXEC PGM=IEFBR14", "//D DD *", *(["X" * 72] * 100_000)]
    info = system.run("\n".join(lines), 60)

    assert info.completion.text == "RC=0000"


def test_restart_begins_at_the_named_step(system):
    info = system.run("//J JOB RESTART=B\n//A EXEC PGM=NONE\n//B EXEC PGM=IEFBR14\n")

    assert info.completion.text == "RC=0000"


def test_job_cond_ends_the_job_before_the_next_step(opened):
    system = opened(programs={"FOUR": lambda step: 4})
    info = system.run("//J JOB COND=(4,LE)\n//A EXEC PGM=FOUR\n//B EXEC PGM=NONE\n//C EXEC PGM=NONE\n")

    assert info.completion.text == "RC=0004"
    assert " IEF201I J B - JOB TERMINATED BECAUSE OF CONDITION CODES" in system.output(info, "JESYSMSG")


@pytest.mark.parametrize(("operand", "seconds"), [
    ("", None), ("1440", None), ("NOLIMIT", None), ("MAXIMUM", None), ("0", None), ("2", 120.0), ("1,30", 90.0), (",5", 5.0),
])  # fmt: skip
def test_time_in_minutes_and_seconds(operand, seconds):
    from jes.steptime import time_limit

    assert time_limit(operand) == seconds


def test_more_cpu_than_time_allows_is_s322(opened):
    ticks = iter(range(100_000))
    system = opened(meter=lambda: (0.0, float(next(ticks))))
    system.put("IBMUSER.IN", "X")
    info = system.run(
        "//J JOB\n//S EXEC PGM=IEBGENER,TIME=(0,1)\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n"
        "//SYSUT1 DD DSN=IBMUSER.IN,DISP=SHR\n//SYSUT2 DD SYSOUT=*\n"
    )

    assert info.completion.text == "ABEND=322"


def test_the_steps_of_a_procedure_share_the_time_of_its_call(opened):
    spent = 0.0

    def meter():
        return 0.0, spent

    def burn(step):
        nonlocal spent
        spent += 40.0
        return 0

    system = opened(meter=meter, programs={"BURN": burn})
    procedure = "//P PROC\n//A EXEC PGM=BURN,TIME=9\n//B EXEC PGM=BURN,TIME=9\n// PEND\n"

    assert system.ended(f"//J JOB\n{procedure}//S EXEC P,TIME=1\n") == "ABEND=322"
    assert system.ended(f"//J JOB\n{procedure}//S EXEC P,TIME=(1,30)\n") == "RC=0000"
    assert system.ended(f"//J JOB\n{procedure}//S EXEC P,TIME=(,45),TIME.B=1\n") == "RC=0000"
    assert system.ended(f"//J JOB\n{procedure}//S EXEC P\n//T EXEC P,TIME=1440\n") == "RC=0000"


def test_time_0_gives_a_step_what_the_one_before_it_left():
    from jes.jcl.model import Step
    from jes.steptime import StepTimes

    times = StepTimes("")
    times.used(Step("A", 2, "X", time=",50"), 40.0)
    assert times.allowed(Step("B", 3, "X", time="0")) == 10.0
    times.used(Step("B", 3, "X", time="0"), 4.0)
    assert times.allowed(Step("C", 4, "X", time="0")) == 6.0

    times = StepTimes(",50")  # example 8 of the JCL Reference
    times.used(Step("A", 2, "X", time=",25"), 15.0)
    assert times.allowed(Step("B", 3, "X", time=",40")) == 35.0


def test_the_number_behind_jcl_error_is_that_of_a_message_of_several_lines(system):
    log = system.output(system.run("//J JOB\n//S EXEX PGM=IEFBR14\n"), "JESMSGLG")

    line = next(line for line in log if "IEFC452I" in line)
    assert re.search(r"  IEFC452I J - JOB NOT RUN - JCL ERROR  [1-9]\d\d$", line)
    assert log[log.index(line) + 1].startswith("0------ JES2 JOB STATISTICS")


def test_route_print_is_the_destination_of_all_output(system):
    info = system.run(
        "//J JOB\n/*ROUTE PRINT RMT7\n//S EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n"
        "//SYSUT1 DD *\nX\n//SYSUT2 DD SYSOUT=*,DEST=RMT9\n"
    )

    assert {file.ddname: file.destination for file in system.jes.spool_files(info)} == {
        "JESMSGLG": "RMT7", "JESJCL": "RMT7", "JESYSMSG": "RMT7", "SYSPRINT": "RMT7", "SYSUT2": "RMT9",
    }  # fmt: skip


def test_route_punch_is_the_destination_of_class_b(system):
    info = system.run(
        "//J JOB\n/*ROUTE PUNCH RMT8\n//S EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n"
        "//SYSUT1 DD *\nX\nY\n//SYSUT2 DD SYSOUT=B\n"
    )

    destinations = {file.ddname: file.destination for file in system.jes.spool_files(info)}
    assert (destinations["SYSUT2"], destinations["SYSPRINT"]) == ("RMT8", "LOCAL")
    assert "-            2 SYSOUT PUNCH RECORDS" in system.output(info, "JESMSGLG")


def test_xmit_gives_its_records_to_a_reader_of_our_node(system):
    info = system.run("//J JOB\n//X XMIT DEST=N1,DLM=@@\n//SENT JOB\n//S EXEC PGM=IEFBR14\n/*\n@@\n")
    (sent,) = [job for job in system.jes.jobs(system.acee) if job.jobname == "SENT"]

    assert info.completion.text == "RC unknown"
    assert system.jes.wait(sent.jobid, 20).completion.text == "RC=0000"
    assert system.output(info, "JESJCL")[-1].endswith("//X XMIT DEST=N1,DLM=@@")


def test_slash_scan_only_scans(system):
    info = system.run("//J JOB\n//S EXEC PGM=NOSUCH\n/*SCAN\n")

    assert info.completion.text == "RC unknown"


def test_two_processes_share_a_spool(opened, tmp_path):
    url = f"file://{tmp_path}/store"
    first = opened(url=url, sysname="SYSA", initiators={"1": "A"})
    second = opened(url=url, sysname="SYSB", initiators={"1": "B"})
    ids = [first.jes.submit(first.acee, job(f"J{number}", f"CLASS={'AB'[number % 2]}"))[0] for number in range(6)]
    ended = [second.jes.wait(jobid, 10) for jobid in ids]

    assert [info.system for info in ended] == ["SYSA", "SYSB"] * 3


def test_spun_output_is_seen_while_the_job_runs(system):
    system.jes.control.outcome("J", seconds=0.01)
    text = (
        "//J JOB MSGCLASS=H\n//S EXEC PGM=IEFBR14\n//T EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n"
        "//SYSUT1 DD *\nX\n//SYSUT2 DD SYSOUT=*,SPIN=UNALLOC\n//U EXEC PGM=BPXBATCH,PARM='SH sleep 60'\n"
    )
    jobid = system.jes.submit(system.acee, text)[0]
    limit = time.monotonic() + 10
    while time.monotonic() < limit and system.jes.job(system.acee, jobid).spool_count == 0:
        time.sleep(0.02)
    info = system.jes.job(system.acee, jobid)

    assert (info.status, info.spool_count) == ("ACTIVE", 1)
    assert system.output(info, "SYSUT2") == ["X"]
    system.jes.cancel(system.acee, jobid, purge=False)
    ended = system.jes.wait(jobid, 10)
    assert ended.completion.text == "ABEND=222"
    assert [file.ddname for file in system.jes.spool_files(ended)] == ["JESMSGLG", "JESJCL", "JESYSMSG", "SYSPRINT", "SYSUT2"]


def test_a_group_that_the_user_is_not_connected_to_is_a_security_error(system):
    system.saf.command(system.acee, "ADDGROUP PAYROLL")
    system.saf.command(system.acee, "CONNECT IBMUSER GROUP(PAYROLL)")

    assert system.ended("//J JOB GROUP=PAYROLL\n//S EXEC PGM=IEFBR14\n") == "RC=0000"
    assert system.ended("//J JOB GROUP=NOGROUP\n//S EXEC PGM=IEFBR14\n") == "(SEC error)"


def test_jesds_moves_the_system_data_sets(system):
    info = system.run("//J JOB MSGCLASS=H\n//O OUTPUT JESDS=ALL,CLASS=X,DEST=RMT1\n//S EXEC PGM=IEFBR14\n")

    assert {(file.sysout_class, file.destination) for file in system.jes.spool_files(info)} == {("X", "RMT1")}


def test_an_output_statement_that_is_not_there_is_a_jcl_error(system):
    info = system.run("//J JOB\n//S EXEC PGM=IEFBR14\n//D DD SYSOUT=*,OUTPUT=*.NONE\n")

    assert info.completion.text == "(JCL error)"
    assert "         3 IEF645I INVALID REFER BACK IN THE OUTPUT FIELD" in system.output(info, "JESYSMSG")


def test_restart_at_a_step_that_is_not_there_is_a_jcl_error(system):
    assert system.ended("//J JOB RESTART=NOSTEP\n//S EXEC PGM=IEFBR14\n") == "(JCL error)"


def test_a_program_gets_the_first_of_two_dds_of_a_name(system):
    text = "//SYSUT2 DD SYSOUT=*\n//SYSUT1 DD *\nFIRST\n//SYSUT1 DD *\nSECOND\n"
    info = system.run("//J JOB\n//S EXEC PGM=IEBGENER\n//SYSPRINT DD DUMMY\n//SYSIN DD DUMMY\n" + text)

    assert system.output(info, "SYSUT2") == ["FIRST"]


def test_iefa107i_tells_which_data_set_of_a_concatenation_is_missing(system):
    system.put("IBMUSER.ONE", "X")
    text = "//S EXEC PGM=IEFBR14\n//D DD DSN=IBMUSER.ONE,DISP=SHR\n// DD DSN=IBMUSER.TWO,DISP=SHR\n"

    assert " IEFA107I J S D + 001 - DATA SET IBMUSER.TWO NOT FOUND" in system.output(system.run("//J JOB\n" + text), "JESYSMSG")


def test_a_job_with_restart_n_is_not_run_again(opened):
    from jes.spool.queue import NOT_RESTARTABLE

    system = opened(start=False)
    jobid = system.jes.submit(system.acee, "//J JOB\n/*JOBPARM RESTART=N\n//S EXEC PGM=IEFBR14\n")[0]

    assert system.jes.queue.find(jobid).restarts == NOT_RESTARTABLE


def test_a_job_in_output_can_be_held_and_released(system):
    info = system.run(job())
    system.jes.hold(system.acee, info.jobid)
    assert system.jes.job(system.acee, info.jobid).held
    system.jes.release(system.acee, info.jobid)
    assert not system.jes.job(system.acee, info.jobid).held


def test_a_job_that_breaks_the_converter_keeps_no_other_from_being_tended(opened):
    system = opened(start=False)
    procs = system.jes.services.procs
    system.jes.services.procs = None  # what any error of ours would do
    broken, other = system.jes.submit(system.acee, job("BROKEN", "TYPRUN=HOLD") + job("OTHER", "TYPRUN=HOLD"))
    system.jes.cancel(system.acee, other, purge=False)
    system.jes.initiators.tend()
    system.jes.services.procs = procs
    system.jes.start()

    assert system.jes.wait(other, 10).completion.text == "CANCELED"
    system.jes.release(system.acee, broken)
    assert system.jes.wait(broken, 10).completion.text == "RC=0000"


def test_a_job_that_is_claimed_while_initiators_stop_is_cancelled(opened):
    def wait_for_ever(step):
        while not step.cancelled():
            time.sleep(0.01)
        return 0

    system = opened(start=False, programs={"WAIT": wait_for_ever})
    (jobid,) = system.jes.submit(system.acee, "//J JOB\n//S EXEC PGM=WAIT\n")
    initiators = system.jes.initiators
    initiators.stop()

    initiators._one_job("1", likely=True)  # what a thread does that had looked whether they stop before they did

    assert system.jes.job(system.acee, jobid).completion.text == "ABEND=222"


def test_a_job_that_breaks_when_it_ends_gives_its_data_sets_back(opened):
    class Broken(Exception):
        pass

    def claims_nothing(step):
        step.sysmsg.__self__.write = fails  # JESYSMSG itself is broken: nothing after this goes well
        return 0

    def fails(*_args, **_options):
        raise Broken

    system = opened(programs={"BREAK": claims_nothing})
    system.put("IBMUSER.HELD", "X")
    jcl = "//J JOB\n//S EXEC PGM=BREAK\n//A DD DSN=IBMUSER.HELD,DISP=OLD\n//B DD DSN=&&T,SPACE=(TRK,1),DISP=(,PASS)\n"

    assert system.ended(jcl) == "SYS FAIL"
    assert system.ended("//K JOB\n//S EXEC PGM=IEFBR14\n//A DD DSN=IBMUSER.HELD,DISP=OLD\n") == "RC=0000"
