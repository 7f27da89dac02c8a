"""The pytest plug-in: a system for each test."""

from __future__ import annotations

import ftplib

import pytest

from zftpd.testing import VirtualClock, alias, directory, gdg, link, migrated, pds, ps, rows, unix

JCL = "//HELLO    JOB ,CLASS=A,MSGCLASS=H\n//S1      EXEC PGM=IEFBR14\n"


def test_a_system_is_empty_but_for_its_first_user(zos):
    assert zos.datasets() == []
    assert zos.ftp().pwd() == "'IBMUSER.'"


def test_what_is_seeded_can_be_fetched(zos):
    zos.seed({"USER1.JCL": pds(HELLO=JCL), "USER1.DATA": "one\ntwo\n"})
    lines = []
    zos.ftp().retrlines("RETR 'USER1.JCL(HELLO)'", lines.append)

    assert lines == JCL.splitlines()
    assert zos.text("USER1.DATA") == "one\ntwo\n"


def test_what_a_client_stores_can_be_looked_at(zos):
    from io import BytesIO

    zos.ftp().storlines("STOR 'USER1.OUT'", BytesIO(b"hello\r\n"))

    assert zos.text("USER1.OUT") == "hello\n"


def test_every_form_makes_what_it_says(zos):
    zos.seed(
        {
            "A.PS": ps("x", recfm="VB", lrecl=255),
            "A.RAW": b"\xc1" * 80,
            "A.LIB": {"ONE": "1", "TWO": "2"},
            "A.GDG": gdg("old", "new", limit=3),
            "A.NICK": alias("A.PS"),
            "A.AWAY": migrated(),
            "A.TAPE": rows("tape", volser="T00001"),
            "/u/user1": directory({"note": "hi\n", "raw": b"\0", "l": link("note")}),
            "/tmp/x": unix("y", mode=0o600),
        }
    )

    assert zos.datasets("A.**") == [
        "A.AWAY",
        "A.GDG",
        "A.GDG.G0001V00",
        "A.GDG.G0002V00",
        "A.LIB",
        "A.NICK",
        "A.PS",
        "A.RAW",
        "A.TAPE",
    ]
    assert (zos.text("A.GDG(0)"), zos.members("A.LIB"), zos.data("A.RAW")) == ("new\n", ["ONE", "TWO"], b"\xc1" * 80)
    assert (zos.files("/u/user1"), zos.text("/u/user1/l"), zos.info("/tmp/x").mode) == (["l", "note", "raw"], "hi\n", 0o600)


def test_a_job_runs_and_tells_how_it_ended(zos):
    job = zos.submit(JCL)

    assert (job.rc, job.completion) == (0, "RC=0000")
    assert "HELLO" in job.spool("JESMSGLG")
    assert zos.submitted("HELLO").jobid == job.jobid


def test_a_job_can_be_stopped_in_a_state_and_its_end_decided(zos):
    zos.jobs.hold_in("ACTIVE")
    zos.jobs.outcome("HELLO", abend="S0C4")
    job = zos.submit(JCL)
    while job.status == "INPUT":
        pass
    assert job.status == "ACTIVE"
    zos.jobs.release()

    assert (job.abend, job.rc) == ("0C4", None)


def test_a_job_sent_by_a_client_is_found_by_its_name(zos):
    from io import BytesIO

    client = zos.ftp()
    client.sendcmd("SITE FILETYPE=JES")
    client.storlines("STOR X", BytesIO(JCL.encode()))

    assert zos.submitted("HELLO").rc == 0


def test_users_can_be_added_and_are_held_to_their_rights(zos):
    zos.adduser("ANNA", "SECRET", uid=7)
    zos.racf("ADDGROUP SECRET")
    zos.racf("ADDSD 'SECRET.**' UACC(NONE)")
    zos.seed({"SECRET.X": "1"})
    client = zos.ftp("ANNA", "SECRET")

    with pytest.raises(ftplib.error_perm):
        client.retrlines("RETR 'SECRET.X'", lambda _line: None)
    with pytest.raises(ftplib.error_perm):
        zos.ftp("ANNA", "WRONG")


def test_a_reset_system_is_as_new_on_the_same_port(zos):
    zos.seed({"A.B": "x"})
    port = zos.port
    zos.reset()

    assert (zos.datasets(), zos.port) == ([], port)
    assert zos.ftp().pwd() == "'IBMUSER.'"


def test_two_systems_do_not_know_each_other(zos, zos_start):
    other = zos_start()
    zos.seed({"A.B": "x"})

    assert other.datasets() == []
    assert other.port != zos.port


def test_transfers_can_be_protected(zos):
    lines = []
    zos.seed({"A.B": "x"})
    zos.ftp(tls=True).retrlines("RETR 'A.B'", lines.append)

    assert lines == ["x"]


def test_jcl_without_a_job_is_an_error_of_the_test(zos):
    with pytest.raises(ValueError, match="JOB"):
        zos.submit("nothing\n")


def test_what_a_client_said_can_be_asserted(zos):
    zos.seed({"A.B": "x"})
    client = zos.ftp()
    client.retrlines("RETR 'A.B'", lambda _line: None)
    record = zos.sessions[-1]

    assert (record.userid, record.is_open) == ("IBMUSER", True)
    assert "RETR 'A.B'" in record.commands
    assert record.replies("RETR") == ["125 Sending data set A.B FIXrecfm 80", "250 Transfer completed successfully."]
    assert "SYS1" not in " ".join(record.commands)


def test_sessions_left_open_are_told(zos):
    client = zos.ftp()
    with pytest.raises(AssertionError, match="1 sessions left open: session 1 of IBMUSER"):
        zos.assert_no_open_sessions(0.05)
    client.quit()

    zos.assert_no_open_sessions()


def test_virtual_time_passes_only_when_it_is_moved(zos_start):
    zos = zos_start(now=VirtualClock())
    zos.clock.advance(days=1, minutes=5)
    zos.jobs.outcome("LONG", rc=4, seconds=3600)
    job = zos.submit("//LONG JOB MSGCLASS=H\n//S EXEC PGM=IEFBR14\n")
    job.wait()

    assert job.rc == 4
    log = job.spool("JESMSGLG")
    assert "11.05.00" in log and "12.05.00" in log
    assert "60.00 MINUTES EXECUTION TIME" in log


def test_a_sleeping_step_takes_virtual_time(zos_start):
    zos = zos_start(now=VirtualClock())
    job = zos.submit("//NAP JOB MSGCLASS=H\n//S EXEC PGM=BPXBATCH,PARM='SH sleep 600'\n")
    job.wait()

    assert (job.rc, zos.clock().isoformat()) == (0, "2026-03-25T11:10:00+00:00")


def test_a_system_with_the_real_clock_says_so(zos):
    with pytest.raises(TypeError, match="VirtualClock"):
        zos.clock.advance(1)
