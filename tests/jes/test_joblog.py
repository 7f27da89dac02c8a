"""The lines are those of real spools, but for the letters of the names."""

from __future__ import annotations

from datetime import UTC, datetime

from jes.messages import text
from jes.spool.joblog import JobLog, SystemMessages, cpu_time, julian, last_access, title

THEN = datetime(2020, 2, 18, 10, 25, 48, tzinfo=UTC)


def test_the_title_is_centred_as_a_whole():
    assert (
        title("STL1", "STL1")
        == "1                       J E S 2  J O B  L O G  --  S Y S T E M  S T L 1  --  N O D E  S T L 1            "
    )
    assert (
        title("VS01", "N1")
        == "1                         J E S 2  J O B  L O G  --  S Y S T E M  V S 0 1  --  N O D E  N 1              "
    )
    assert (
        title("P21", "PKPAT21").rstrip()
        == "1                    J E S 2  J O B  L O G  --  S Y S T E M  P 2 1    --  N O D E  P K P A T 2 1"
    )


def test_a_job_that_ran():
    log = JobLog("JOB00134", "STL1", "STL1")
    log.write(THEN, text("irr010i", userid="OMVSADM"))
    log.write(THEN, text("ich70001i", userid="OMVSADM", at=last_access(datetime(2020, 2, 18, 10, 25, 47, tzinfo=UTC))))
    log.write(THEN, text("hasp373", jobname="HELLO", init="INIT 3", job_class="R", sysname="STL1"))
    log.write(THEN, text("hasp395.rc", jobname="HELLO", rc=0))
    log.statistics(THEN, 16, 59, 6, 0.0)

    assert log.lines[1:] == [
        "0 ",
        " 10.25.48 JOB00134 ---- TUESDAY,   18 FEB 2020 ----",
        " 10.25.48 JOB00134  IRR010I  USERID OMVSADM  IS ASSIGNED TO THIS JOB.",
        " 10.25.48 JOB00134  ICH70001I OMVSADM  LAST ACCESS AT 10:25:47 ON TUESDAY, FEBRUARY 18, 2020",
        " 10.25.48 JOB00134  $HASP373 HELLO    STARTED - INIT 3    - CLASS R        - SYS STL1",
        " 10.25.48 JOB00134  $HASP395 HELLO    ENDED - RC=0000",
        "0------ JES2 JOB STATISTICS ------",
        "-  18 FEB 2020 JOB EXECUTION DATE",
        "-           16 CARDS READ",
        "-           59 SYSOUT PRINT RECORDS",
        "-            0 SYSOUT PUNCH RECORDS",
        "-            6 SYSOUT SPOOL KBYTES",
        "-         0.00 MINUTES EXECUTION TIME",
    ]


def test_an_abend_is_a_message_of_two_lines():
    log = JobLog("JOB18527", "P21", "PKPAT21")
    log._connect = 161
    moment = datetime(2020, 8, 6, 21, 55, 57, tzinfo=UTC)
    facts = {"jobname": "SLEEP", "step": "SLEEP", "code": "S222", "user": 0, "reason": 0, "time": "21.55.57"}
    log.write(moment, text("ief450i", **facts))

    assert log.lines[2:] == [
        " 21.55.57 JOB18527 ---- THURSDAY,  06 AUG 2020 ----",
        " 21.55.57 JOB18527  IEF450I SLEEP SLEEP - ABEND=S222 U0000 REASON=00000000  162",
        "   162                     TIME=21.55.57",
    ]


def test_a_job_that_security_refused():
    log = JobLog("JOB18539", "P21", "PKPAT21")
    log.write_block(
        datetime(2020, 8, 7, 1, 31, 28, tzinfo=UTC),
        "ICH408I USER(XIXUE   ) GROUP(TESTER  ) NAME(XI XUE BJ JIA       )\n    SUBMITTER(TNZSYS  )\n"
        "  LOGON/JOB INITIATION - SUBMITTER IS NOT AUTHORIZED BY USER",
    )
    log.deleted(text("hasp106"))
    log.statistics(None, 11, 13, 0, 0.0)

    assert log.lines[2:] == [
        " 01.31.28 JOB18539 ---- FRIDAY,    07 AUG 2020 ----",
        " 01.31.28 JOB18539  ICH408I USER(XIXUE   ) GROUP(TESTER  ) NAME(XI XUE BJ JIA       )",
        "                     SUBMITTER(TNZSYS  )",
        "                   LOGON/JOB INITIATION - SUBMITTER IS NOT AUTHORIZED BY USER",
        "-$HASP106 JOB DELETED BY JES2 OR CANCELLED BY OPERATOR BEFORE EXECUTION",
        "0------ JES2 JOB STATISTICS ------",
        "0           11 CARDS READ",
        "0           13 SYSOUT PRINT RECORDS",
        "0            0 SYSOUT PUNCH RECORDS",
        "0            0 SYSOUT SPOOL KBYTES",
        "0         0.00 MINUTES EXECUTION TIME",
    ]


def test_a_step_in_the_system_messages():
    messages = SystemMessages()
    messages.converter([(4, "IEFC001I PROCEDURE DBDGEN WAS EXPANDED USING INSTREAM PROCEDURE DEFINITION")])
    messages.write(text("iefa111i", jobname="ALLOC", gdgbias="JOB"))
    messages.write(text("ief236i", jobname="DBDGEN00", step="C DLORD6"))
    messages.write(text("ief237i", device="083C", ddname="SYSLIB"))
    messages.write(text("igd100i", device="0940", ddname="SYSLIN", dataclas=""))
    messages.write(text("ief237i", device="DMY", ddname="SYSIN"))
    messages.write(
        text("igd101i", ddname="OUTFILE", dsname="SYS06195.T102919.RA000.EXAMPLE1.OUT1A.H01", storclas="PRIMARY", mgmtclas="",
             dataclas="", volser="SMST01")
    )  # fmt: skip
    messages.write(text("ief142i", jobname="DBDGEN00", step="C DLORD6", rc=0))
    messages.write(text("ief285i", dsname="IMSBLD.I15RTSMM.SDFSMAC", disposition="KEPT"))
    messages.write(text("ief285i.volume", volser="IMSBG2."))
    messages.write(text("ief285i", dsname="OMVSADM.HELLO.JOB00134.D0000102.?", disposition="SYSOUT"))
    messages.write(text("igd104i", dsname="A030.GEO.SUPPORT.PDSE.LOADLIB", ddname="STEPLIB"))
    messages.write(text("ief373i", step="STEP0001", at=julian(THEN)))

    assert messages.lines == [
        "  STMT NO. MESSAGE",
        "         4 IEFC001I PROCEDURE DBDGEN WAS EXPANDED USING INSTREAM PROCEDURE DEFINITION",
        " IEFA111I ALLOC IS USING THE FOLLOWING JOB RELATED SETTINGS:",
        "          SWA=BELOW,TIOT SIZE=64K,DSENQSHR=DISALLOW,GDGBIAS=JOB",
        " IEF236I ALLOC. FOR DBDGEN00 C DLORD6",
        " IEF237I 083C ALLOCATED TO SYSLIB",
        " IGD100I 0940 ALLOCATED TO DDNAME SYSLIN   DATACLAS (        )",
        " IEF237I DMY  ALLOCATED TO SYSIN",
        " IGD101I SMS ALLOCATED TO DDNAME (OUTFILE )",
        "         DSN (SYS06195.T102919.RA000.EXAMPLE1.OUT1A.H01   )",
        "         STORCLAS (PRIMARY ) MGMTCLAS (        ) DATACLAS (        )",
        "         VOL SER NOS= SMST01",
        " IEF142I DBDGEN00 C DLORD6 - STEP WAS EXECUTED - COND CODE 0000",
        " IEF285I   IMSBLD.I15RTSMM.SDFSMAC                      KEPT          ",
        " IEF285I   VOL SER NOS= IMSBG2.                            ",
        " IEF285I   OMVSADM.HELLO.JOB00134.D0000102.?            SYSOUT        ",
        " IGD104I A030.GEO.SUPPORT.PDSE.LOADLIB                RETAINED,  DDNAME=STEPLIB",
        " IEF373I STEP/STEP0001/START 2020049.1025",
    ]


def test_step_and_job_end_with_their_times():
    messages = SystemMessages()
    storage = {"virt": 60, "system": 240, "ext": 0, "extsys": 11548, "real": 8, "slots": 0, "alloc": 10, "shared": 0}
    messages.write(text("ief032i", step="STEP0001", at=julian(THEN), cpu=cpu_time(0.0), **storage))
    messages.write(text("ief375i", jobname="HELLO", at=julian(THEN)))
    messages.write(text("ief033i", jobname="HELLO", at=julian(THEN), cpu=cpu_time(0.03)))

    assert messages.lines == [
        " IEF032I STEP/STEP0001/STOP  2020049.1025 ",
        "         CPU:     0 HR  00 MIN  00.00 SEC    SRB:     0 HR  00 MIN  00.00 SEC    ",
        "         VIRT:    60K  SYS:   240K  EXT:        0K  SYS:    11548K",
        "         ATB- REAL:                     8K  SLOTS:                     0K",
        "              VIRT- ALLOC:      10M SHRD:       0M",
        " IEF375I  JOB/HELLO   /START 2020049.1025",
        " IEF033I  JOB/HELLO   /STOP  2020049.1025 ",
        "         CPU:     0 HR  00 MIN  00.03 SEC    SRB:     0 HR  00 MIN  00.00 SEC    ",
    ]
