"""Apache Commons Net, which Jenkins and many Java programs use: its own z/OS parser, in clear and under TLS.

Source: clients.md section 3. The library is looked for in $COMMONS_NET and where Debian's libcommons-net-java puts it; a
machine without it or without a Java compiler skips, visibly.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.clients
DRIVER = Path(__file__).with_name("CommonsNet.java")
LIBRARY = Path(os.environ.get("COMMONS_NET", "/usr/share/java/commons-net.jar"))
JOB = "//CNETJOB  JOB ,CLASS=A,MSGCLASS=H|//S1      EXEC PGM=IEFBR14|"


@pytest.fixture(scope="session")
def classpath(tmp_path_factory):
    """The compiled driver and the library."""
    if shutil.which("javac") is None or not LIBRARY.is_file():
        pytest.skip("a Java compiler or Commons Net is not installed")
    folder = tmp_path_factory.mktemp("commons-net")
    subprocess.run(["javac", "-cp", LIBRARY, "-d", folder, DRIVER], check=True, timeout=120)
    return f"{LIBRARY}:{folder}"


@pytest.fixture
def commons(classpath):
    """A function: run steps against a system and return a line for each."""

    def call(system, way, *steps):
        login = [system.host, str(system.port), system.user, system.password, way]
        command = ["java", "-cp", classpath, "CommonsNet", *login, *steps]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.splitlines()

    return call


@pytest.fixture(params=["clear", "tls"])
def way(request):
    return request.param


def names(line):
    return [each.split(":")[0] for each in line.split()]


def test_data_sets_are_files_and_libraries_directories(commons, way, world):
    system, listed, relative = commons(world, way, "system", "list", "names")

    assert system == "MVS is the operating system of this server. FTP Server is running on z/OS."
    assert listed == "CNTL:D:-1:- TEXT:F:-1:- VB:F:-1:-"
    assert relative == "CNTL TEXT VB"


def test_members_have_the_date_of_their_statistics(commons, way, world):
    asked, _, listed, relative = commons(world, way, "list~'IBMUSER.CNTL(*)'", "cd~'IBMUSER.CNTL'", "list", "names")
    changed = world.info("IBMUSER.CNTL(HELLO)").stats.changed

    assert names(listed) == ["BYE", "HELLO"] and asked == listed
    assert listed.split()[1] == f"HELLO:F:-1:{changed:%Y-%m-%d}"
    assert relative == "BYE HELLO"


def test_text_is_stored_appended_and_fetched(commons, way, world):
    stored, added, got = commons(world, way, "put~NEW.TEXT~alpha|beta|", "append~NEW.TEXT~gamma|", "get~NEW.TEXT")

    assert (stored, added, got) == ("true", "true", "true alpha|beta|gamma|")
    assert world.text("IBMUSER.NEW.TEXT") == "alpha\nbeta\ngamma\n"


def test_data_sets_are_made_renamed_and_deleted(commons, way, world):
    assert commons(world, way, "mkdir~NEWLIB", "rename~NEWLIB~LIB2", "rmdir~LIB2", "delete~VB", "delete~NOSUCH") == [
        "true",
        "true",
        "true",
        "true",
        "false",
    ]
    assert world.datasets("IBMUSER.**") == ["IBMUSER.CNTL", "IBMUSER.TEXT"]


@pytest.mark.parametrize("port", ["active", "epsv"])
def test_unix_directories_are_listed_by_every_way(commons, way, world, port):
    _, moved, listed, got = commons(world, way, port, "cd~/u/ibmuser", "list", "get~sub/deep.txt")

    assert moved == "true /u/ibmuser"
    assert [each.rsplit(":", 1)[0] for each in listed.split()] == ["hello.txt:F:6", "link:L:9", "sub:D:8192"]
    assert got == "true deep|"


def test_jobs_are_listed_at_level_2(commons, way, world):
    steps = ["site~FILETYPE=JES JESJOBNAME=* JESOWNER=* JESSTATUS=ALL", f"put~X~{JOB}", "reply"]
    reply = commons(world, way, *steps)[-1]
    job = world.submitted("CNETJOB").wait()

    assert reply == f"250-It is known to JES as {job.jobid}|250 Transfer completed successfully.|"
    assert names(commons(world, way, steps[0], "list~*")[-1]) == [job.jobid]
    assert commons(world, way, steps[0], f"delete~{job.jobid}")[-1] == "true"


def test_jobs_are_named_at_level_1(commons, zos_start):
    """Its parser knows the rows of an old release only (`Spool Files` in column 30), so the names are what it can have."""
    system = zos_start(ftpdata="JESINTERFACELEVEL 1\n")
    job = system.submit("//IBMUSER1 JOB ,CLASS=A,MSGCLASS=H\n//S1      EXEC PGM=IEFBR14\n").wait()

    assert commons(system, "clear", "site~FILETYPE=JES", "names")[-1] == job.jobid


def test_jenkins_waits_for_a_job(commons, way, world):
    """The connector of Jenkins takes the id to the end of the line, looks for it with NLST and fetches the whole log by it."""
    site = "site~filetype=jes jesjobname=* jesstatus=ALL"
    reply = commons(world, way, site, f"put~jenkins.sub~{JOB}", "reply")[-1]
    jobid = reply.split("|")[0].removeprefix("250-It is known to JES as ")
    world.submitted("CNETJOB").wait()

    assert jobid in commons(world, way, site, "names")[-1].split()
    assert "CNETJOB  ENDED - RC=0000" in commons(world, way, site, f"get~{jobid}")[-1]
