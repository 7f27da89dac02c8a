from __future__ import annotations

from jes.job import Completion, CompletionKind, JobInfo, SpoolFile, StepNow
from zftpd.lists.jobs import detail, level1, level2, names

RC0 = Completion(CompletionKind.RC)


def job(jobid, jobname, owner, status, job_class="A", **facts):
    return JobInfo(jobid, jobname, owner, status, job_class, **facts)


def spool(number, stepname, ddname, size, sysout_class="A", procstep=""):
    return SpoolFile(number, number + 1, stepname, procstep, ddname, sysout_class, size, 1, "FB", 80, "X")


def test_level_2_rows_stand_in_the_captured_columns():
    jobs = [
        job("JOB00083", "USER1A", "USER1", "OUTPUT", completion=Completion(CompletionKind.ABEND, abend="806"), spool_count=3),
        job("JOB00070", "USER1", "USER1", "OUTPUT", completion=RC0, spool_count=5),
        job("JOB00082", "USER1J", "USER1", "OUTPUT", completion=Completion(CompletionKind.JCL_ERROR), spool_count=3),
        job("TSU00024", "USER1", "USER1", "ACTIVE", "TSU"),
        job("JOB00081", "USER1W", "USER1", "INPUT", dup=True),
        job("JOB00093", "USER1P", "USER1", "INPUT", held=True),
        job("STC04160", "SDSF", "START2", "ACTIVE", "STC", spool_count=1),
        job("JOB00094", "USER1H", "USER1", "OUTPUT", completion=RC0, spool_count=5, held=True),
    ]

    assert [row.rstrip() for row in level2(jobs)] == [
        "JOBNAME  JOBID    OWNER    STATUS CLASS",
        "USER1A   JOB00083 USER1    OUTPUT A        ABEND=806 3 spool files",
        "USER1    JOB00070 USER1    OUTPUT A        RC=0000 5 spool files",
        "USER1J   JOB00082 USER1    OUTPUT A        (JCL error) 3 spool files",
        "USER1    TSU00024 USER1    ACTIVE TSU",
        "USER1W   JOB00081 USER1    INPUT  A        -DUP-",
        "USER1P   JOB00093 USER1    INPUT  A        -HELD-",
        "SDSF     STC04160 START2   ACTIVE STC      1 spool files",
        "USER1H   JOB00094 USER1    OUTPUT A        -HELD- RC=0000 spool files not accessible",
    ]
    assert all(len(row) >= 43 for row in list(level2(jobs))[1:])


def test_level_1_rows_have_no_heading_and_count_only_output():
    jobs = [job("TSU06321", "Z33552", "Z33552", "OUTPUT", spool_count=3), job("JOB05946", "MYUSRIDD", "MYUSRID", "ACTIVE")]

    assert list(level1(jobs)) == ["Z33552   TSU06321 OUTPUT  3 spool files", "MYUSRIDD JOB05946 ACTIVE"]


def test_an_output_job_in_detail_shows_its_spool_files():
    files = [spool(1, "JES2", "JESMSGLG", 1234), spool(2, "JES2", "JESJCL", 471), spool(3, "JAVA", "SYSOUT", 801, "K", "JAVAJVM")]

    assert [row.rstrip() for row in detail(job("JOB06184", "ANOTHER", "Z33500", "OUTPUT", completion=RC0), files)] == [
        "JOBNAME  JOBID    OWNER    STATUS CLASS",
        "ANOTHER  JOB06184 Z33500   OUTPUT A        RC=0000",
        "--------",
        "         ID  STEPNAME PROCSTEP C DDNAME   BYTE-COUNT",
        "         001 JES2        N/A   A JESMSGLG      1234",
        "         002 JES2        N/A   A JESJCL         471",
        "         003 JAVA     JAVAJVM  K SYSOUT         801",
        "3 spool files",
    ]


def test_an_active_job_in_detail_shows_its_step():
    active = job("JOB09330", "ANOTHER", "Z33500", "ACTIVE", step=StepNow("STEP3", "", 0.010, 0.405))

    assert list(detail(active, []))[3:] == [
        "         STEPNAME STEP3    PROCNAME        N/A",
        "         CPUTIME     0.010 ELAPSED TIME      0.405",
    ]
    assert list(detail(job("J", "A", "B", "ACTIVE"), []))[-1] == "STEP, PROC, CPUT, and ELAPT unknown"


def test_an_input_job_in_detail_is_its_row_alone():
    assert len(list(detail(job("JOB00093", "USER1P", "USER1", "INPUT", held=True), []))) == 2


def test_an_output_job_without_files_ends_after_the_heading_of_files():
    assert list(detail(job("J", "A", "B", "OUTPUT"), []))[-1] == "         ID  STEPNAME PROCSTEP C DDNAME   BYTE-COUNT"


def test_nlst_sends_job_ids():
    assert list(names([job("JOB00083", "USER1A", "USER1", "OUTPUT")])) == ["JOB00083"]
