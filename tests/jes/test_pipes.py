"""A DD may name a named pipe: two jobs meet in it."""

from __future__ import annotations

import pytest

COPY = "//{name} JOB MSGCLASS=H\n//A EXEC PGM=IEBGENER\n//SYSPRINT DD DUMMY\n//SYSIN DD DUMMY\n"
PIPE = "//{ddname} DD PATH='/tmp/pipe',PATHOPTS={options},\n// RECFM={recfm}{filedata}\n"


@pytest.fixture
def system(opened):
    running = opened(initiators={"1": "A", "2": "A"})
    running.mvs.unix.mkfifo("/tmp/pipe", running.who)
    return running


def pipe(ddname: str, options: str, *, text: bool) -> str:
    return PIPE.format(
        ddname=ddname, options=options, recfm="VB,LRECL=84" if text else "FB,LRECL=80", filedata=",FILEDATA=TEXT" if text else ""
    )


def reader(*, text: bool) -> str:
    return COPY.format(name="READER") + pipe("SYSUT1", "ORDONLY", text=text) + "//SYSUT2 DD SYSOUT=*\n"


def writer(*lines: str, text: bool) -> str:
    data = "".join(f"{line}\n" for line in lines)
    return COPY.format(name="WRITER") + f"//SYSUT1 DD *\n{data}/*\n" + pipe("SYSUT2", "OWRONLY", text=text)


@pytest.mark.parametrize("text", [True, False])
@pytest.mark.parametrize("reader_first", [True, False])
def test_what_one_job_writes_another_reads(system, text, reader_first):
    jobs = [reader(text=text), writer("ONE", "TWO", text=text)]
    ids = [system.jes.submit(system.acee, job)[0] for job in (jobs if reader_first else reversed(jobs))]
    ended = {info.jobname: info for info in (system.jes.wait(jobid, 30) for jobid in ids)}

    assert {info.completion.text for info in ended.values()} == {"RC=0000"}
    assert system.output(ended["READER"], "SYSUT2") == ["ONE", "TWO"]


def test_more_than_a_pipe_holds_passes(system):
    lines = [f"LINE {number:06d}" for number in range(5000)]
    ids = [system.jes.submit(system.acee, job)[0] for job in (reader(text=False), writer(*lines, text=False))]
    info = [system.jes.wait(jobid, 60) for jobid in ids][0]

    assert system.output(info, "SYSUT2") == lines


@pytest.mark.parametrize("job", [reader(text=True), writer("ONE", text=True)])
def test_a_job_that_waits_for_the_other_end_can_be_cancelled(system, job):
    import time

    jobid = system.jes.submit(system.acee, job)[0]
    while system.jes.job(system.acee, jobid).status != "ACTIVE":
        time.sleep(0.02)
    system.jes.cancel(system.acee, jobid, purge=False)

    assert system.jes.wait(jobid, 20).completion.text == "ABEND=222"


def test_a_reader_that_goes_away_is_an_io_error(system):
    lines = [f"LINE {number:06d}" for number in range(20000)]
    jobid = system.jes.submit(system.acee, writer(*lines, text=False))[0]
    from mvsfs.unix import pipes

    with pipes.reader(system.mvs.store, "/tmp/pipe", system.who) as end:
        while not end.connect() or not end.read(1.0):
            pass

    assert system.jes.wait(jobid, 30).completion.text == "ABEND=001"
