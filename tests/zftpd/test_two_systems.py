"""Two servers, two systems, one PostgreSQL: one catalog, one spool, one ENQ queue. Skips where PostgreSQL is not installed."""

from __future__ import annotations

import ftplib
import io
import re
import signal
import subprocess
import sys
from functools import cached_property

import pytest

from tests.mvsfs.storage.test_postgresql import server, url  # noqa: F401  (fixtures)
from tests.waiting import until

JOB = """//WHERE    JOB (1),'TWO SYSTEMS',CLASS=A,MSGCLASS=H
/*JOBPARM SYSAFF={system}
//COPY     EXEC PGM=IEBGENER
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DUMMY
//SYSUT1   DD *
RUN ON {system}
//SYSUT2   DD DSN=IBMUSER.BY.{system},DISP=(NEW,CATLG),UNIT=SYSDA,
//            SPACE=(TRK,1),RECFM=FB,LRECL=80
"""


class Zftpd:
    """A zftpd process; `sign_on` gives a session."""

    def __init__(self, store, sysname):
        command = [sys.executable, "-m", "zftpd", "--store", store, "--port", "0", "--no-tls", "--sysname", sysname]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    @cached_property
    def port(self):
        return int(re.search(r" port (\d+);", self.process.stdout.readline())[1])

    def sign_on(self):
        session = ftplib.FTP(timeout=60)
        session.connect("127.0.0.1", self.port)
        session.login("IBMUSER", "SYS1")
        return session

    def end(self, number=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(number)
            self.process.wait(30)
        self.process.stdout.close()


@pytest.fixture
def systems(url, tmp_path, monkeypatch):  # noqa: F811
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    running = [Zftpd(url, "MVS1"), Zftpd(url, "MVS2")]  # at the same moment, over an empty database
    yield running
    for each in running:
        each.end()


def store(session, name, text):
    return session.storlines(f"STOR {name}", io.BytesIO(text.encode()))


def lines(session, command):
    found = []
    session.retrlines(command, found.append)
    return found


def test_what_one_system_stores_the_other_lists_and_sends(systems):
    one, two = (each.sign_on() for each in systems)
    store(one, "FROM.ONE", "written on MVS1\n")
    store(two, "FROM.TWO", "written on MVS2\n")

    assert [row.split()[-1] for row in lines(two, "LIST")[1:]] == ["FROM.ONE", "FROM.TWO"]
    assert lines(one, "NLST") == ["FROM.ONE", "FROM.TWO"]
    assert (lines(two, "RETR FROM.ONE"), lines(one, "RETR FROM.TWO")) == (["written on MVS1"], ["written on MVS2"])
    store(two, "FROM.ONE", "written again\n")
    assert lines(one, "RETR FROM.ONE") == ["written again"]
    one.delete("FROM.TWO")
    assert lines(two, "NLST") == ["FROM.ONE"]


def test_a_job_submitted_on_one_system_runs_on_the_other(systems):
    one, two = (each.sign_on() for each in systems)
    one.sendcmd("SITE FILETYPE=JES JESOWNER=* JESJOBNAME=*")
    said = store(one, "JOB", JOB.format(system="MVS2"))
    number = re.search(r"JOB\d{5}", said)[0]

    assert until(lambda: any(number in row and "OUTPUT" in row for row in lines(one, "LIST")))
    log = "\n".join(lines(one, f"RETR {number}.1"))
    assert "S Y S T E M  M V S 2" in log
    assert lines(two, "RETR BY.MVS2") == [f"{'RUN ON MVS2':<80}".rstrip()]


def test_a_name_that_is_written_on_one_system_is_in_use_on_the_other_until_its_system_dies(systems):
    one, two = (each.sign_on() for each in systems)
    store(one, "SHARED", "old\n")
    data = one.transfercmd("STOR SHARED")
    data.sendall(b"half a new one")

    with pytest.raises(ftplib.all_errors, match="EXCLUSIVE on SYSDSN\n450 Data set IBMUSER.SHARED is allocated to another job"):
        lines(two, "RETR SHARED")
    systems[0].end(signal.SIGKILL)
    assert until(lambda: _read(two, "SHARED")) == ["old"]
    assert store(two, "SHARED", "new\n").startswith("250")
    data.close()


def _read(session, name):
    try:
        return lines(session, f"RETR {name}")
    except ftplib.all_errors:
        return None


def test_many_jobs_are_shared_and_none_runs_twice(systems):
    one, two = (each.sign_on() for each in systems)
    for session in (one, two):
        session.sendcmd("SITE FILETYPE=JES JESOWNER=* JESJOBNAME=*")
    numbers = [
        re.search(r"JOB\d{5}", store(session, "JOB", f"//RUN{at:02}    JOB 1,CLASS=A\n//STEP EXEC PGM=IEFBR14\n"))[0]
        for at in range(10)
        for session in (one, two)
    ]

    assert len(set(numbers)) == 20
    assert until(lambda: sum("OUTPUT" in row for row in lines(two, "LIST")) == 20)
    logs = ["\n".join(lines(one, f"RETR {number}.1")) for number in numbers]
    assert [log.count("$HASP373") for log in logs] == [1] * 20
