"""Settings of the JES interface, each seen in what is submitted, listed and retrieved [jes-and-jcl.md 1.1, 1.10]."""

from __future__ import annotations

import pytest

from zftpd.testing.memory import Dialogue

JOB = "//{name} JOB (ACCT),'X',MSGCLASS={out}\r\n//S EXEC PGM=IEFBR14\r\n"


def submit(ftp, name="IBMUSERA", out="H", text=JOB):
    """Submit a job, wait for its end, and return its id."""
    ftp.command("SITE FILETYPE=JES")
    said = ftp.command("STOR J", text.format(name=name, out=out).encode())
    jobid = said.split("JES as ")[1].split()[0]
    ftp.session.server.jes.wait(jobid)
    return jobid


def jobs(ftp, words=""):
    ftp.command(f"SITE FILETYPE=JES {words}")
    ftp.command("NLST")
    return ftp.sent.decode().split() if not ftp.replies[-1].code >= 400 else []


def spool(ftp, jobid, suffix="x"):
    ftp.command(f"RETR {jobid}.{suffix}")
    return ftp.sent.decode().split("\r\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("JESLRECL=80 JESRECFM=F", "FIXrecfm 80"),
        ("JESLRECL=100 JESRECFM=F", "FIXrecfm 100"),
        ("JESLRECL=* LRECL=72 JESRECFM=F RECFM=FB", "FIXrecfm 72"),
        ("JESRECFM=V JESLRECL=120", "VARrecfm 120"),
        ("JESRECFM=* RECFM=VB JESLRECL=90", "VARrecfm 90"),
        ("JESRECFM=* RECFM=FB JESLRECL=90", "FIXrecfm 90"),
    ],
)
def test_jeslrecl_and_jesrecfm_are_those_of_the_internal_reader(ftp, words, told):
    ftp.command(f"SITE FILETYPE=JES {words}")

    assert ftp.command("STOR J", JOB.format(name="IBMUSERA", out="H").encode()).splitlines()[0].endswith(told)


def test_what_is_longer_than_jeslrecl_is_cut(ftp):
    ftp.command("SITE JESLRECL=80")
    jobid = submit(ftp, text=JOB + "//* " + "A" * 90 + "\r\n")

    assert not any("A" * 77 in line for line in spool(ftp, jobid))


def test_jesjobname_jesowner_and_jesstatus_filter_jobs(ftp):
    first, second = submit(ftp, "IBMUSERA"), submit(ftp, "OTHERJOB")

    assert jobs(ftp, "JESJOBNAME=OTHER* JESSTATUS=ALL") == [second]
    assert sorted(jobs(ftp, "JESJOBNAME=* JESOWNER=IBMUSER")) == [first, second]
    assert jobs(ftp, "JESOWNER=NOBODY") == []
    assert jobs(ftp, "JESOWNER=* JESSTATUS=INPUT") == []
    assert sorted(jobs(ftp, "JESSTATUS=OUTPUT")) == [first, second]


def test_jesentrylimit_bounds_a_listing(ftp):
    for _ in range(3):
        submit(ftp)

    assert len(jobs(ftp, "JESENTRYLIMIT=2 JESSTATUS=ALL")) == 2
    assert "250-JESENTRYLIMIT of 2 reached.  Additional entries not displayed" in ftp.command("LIST")


def test_jesgetbydsn_takes_the_name_for_a_spool_data_set(ftp, store):
    jobid = submit(ftp)
    (name,) = [file.dsname for file in ftp.session.server.jes.spool_files(ftp.session.server.jes.job(ftp.session.acee, jobid))
               if file.dsname.endswith("JESJCL")]  # fmt: skip
    store(ftp, "IBMUSER.SOME.JCL", "FB", 80, *(f"{line:<80}" for line in JOB.format(name="IBMUSERB", out="H").split("\r\n")[:2]))

    ftp.command("SITE JESGETBYDSN")
    assert ftp.command(f"RETR {name}").startswith(f"125 Sending data set {name}")
    assert ftp.command("RETR 'IBMUSER.SOME.JCL'").startswith("550")
    ftp.command("SITE NOJESGETBYDSN")
    assert ftp.command("RETR 'IBMUSER.SOME.JCL'").startswith("125-Submitting job IBMUSER.SOME.JCL FIXrecfm 80")


@pytest.mark.parametrize(("word", "blanks"), [("JESTRAILINGBLANKS", True), ("NOJESTRAIL", False)])
def test_jestrailingblanks_keeps_those_of_spool_records(ftp, word, blanks):
    jobid = submit(ftp)
    ftp.command(f"SITE {word}")

    assert any(line.endswith(" ") for line in spool(ftp, jobid)) is blanks
    assert " !! END OF JES SPOOL FILE !!" in spool(ftp, jobid)


def test_jesputgetto_is_how_long_a_submitted_job_is_waited_for(talking, store):
    ftp = talking("JESPUTGETTO 2\n")
    cards = ["//IBMUSERC JOB (ACCT),'X',MSGCLASS=H,TYPRUN=HOLD", "//S EXEC PGM=IEFBR14"]
    store(ftp, "IBMUSER.HELD.JCL", "FB", 80, *(f"{card:<80}" for card in cards))
    ftp.command("SITE FILETYPE=JES")
    said = ftp.command("RETR 'IBMUSER.HELD.JCL'").splitlines()

    assert said[-1].startswith("550 JESPUTGETTO of 2 seconds expired before JOB")
    assert jobs(ftp, "JESSTATUS=ALL") != []


@pytest.mark.parametrize(("level", "seen"), [(1, ["IBMUSERA"]), (2, ["IBMUSERA", "OTHERJOB"])])
def test_jesinterfacelevel_1_shows_own_jobs_only(serving, level, seen):
    ftp = Dialogue(serving(f"JESINTERFACELEVEL {level}\n").facts)
    ftp.open()
    ftp.login()
    submit(ftp, "IBMUSERA")
    submit(ftp, "OTHERJOB")
    ftp.command("SITE JESJOBNAME=* JESSTATUS=ALL")
    ftp.command("LIST")
    names = sorted(line.split()[0] for line in ftp.sent.decode().splitlines() if line[:8] in {"IBMUSERA", "OTHERJOB"})

    assert names == seen


def test_jesinterfacelevel_is_no_word_of_site(ftp):
    assert ftp.command("SITE JESINTERFACELEVEL=2").startswith("200-Unrecognized parameter 'JESINTERFACELEVEL=2' on SITE command.")


@pytest.mark.parametrize(
    ("words", "end"), [("", "250 Transfer"), ("JESSTATUS=INPUT", "550 Jobid"), ("JESJOBNAME=X*", "550 Jobid")]
)
def test_put_get_returns_output_only_of_a_job_that_the_filters_let_through(ftp, store, words, end):
    store(ftp, "IBMUSER.SOME.JCL", "FB", 80, *(f"{line:<80}" for line in JOB.format(name="IBMUSERB", out="H").split("\r\n")[:2]))
    ftp.command(f"SITE FILETYPE=JES {words}")

    assert ftp.command("RETR 'IBMUSER.SOME.JCL'").splitlines()[-1].startswith(end)


@pytest.mark.parametrize(("out", "seen"), [("H", 1), ("W", 0)])
def test_jesinterfacelevel_1_shows_held_output_only(serving, out, seen):
    from jes.config import OutClass

    classes = {"W": OutClass("W", "WRITE", "WRITE")}
    ftp = Dialogue(serving("JESINTERFACELEVEL 1\n", jes={"out_classes": classes}).facts)
    ftp.open()
    ftp.login()
    jobid = submit(ftp, "IBMUSERA", out)

    assert len(jobs(ftp)) == seen
    assert ftp.command(f"RETR {jobid}").startswith("125" if seen else "550")


def test_spun_output_of_an_active_job_can_be_retrieved(ftp):
    jes = ftp.session.server.jes
    text = "//IBMUSERA JOB MSGCLASS=H\r\n//A EXEC PGM=IEBGENER\r\n//SYSPRINT DD DUMMY\r\n//SYSIN DD DUMMY\r\n"
    text += "//SYSUT1 DD *\r\nSEEN\r\n"
    text += "//SYSUT2 DD SYSOUT=*,FREE=CLOSE\r\n//B EXEC PGM=BPXBATCH,PARM='SH sleep 60'\r\n"
    ftp.command("SITE FILETYPE=JES")
    jobid = ftp.command("STOR J", text.encode()).split("JES as ")[1].split()[0]
    while not jes.job(ftp.session.acee, jobid).spool_count:
        pass

    assert spool(ftp, jobid, "1")[0].rstrip() == "SEEN"
    ftp.command("LIST")
    assert f"IBMUSERA {jobid} IBMUSER  ACTIVE A        1 spool files" in ftp.sent.decode()
    assert ftp.command(f"DELE {jobid}").startswith("250")


def test_output_that_is_held_cannot_be_retrieved_until_it_is_released(ftp):
    jobid, jes = submit(ftp), ftp.session.server.jes
    jes.hold(ftp.session.acee, jobid)
    ftp.command("LIST")
    assert "-HELD- RC=0000 spool files not accessible" in ftp.sent.decode()
    assert ftp.command(f"RETR {jobid}") == f"550 No spool files available for {jobid}"
    jes.release(ftp.session.acee, jobid)
    assert ftp.command(f"RETR {jobid}").startswith("125")


def test_what_makes_no_job_has_no_known_id(ftp):
    ftp.command("SITE FILETYPE=JES")

    assert "It is known to JES as *UNKNOWN*" in ftp.command("STOR J", b"THIS IS\r\nNO JCL\r\n")
