"""Zowe CLI with its zos-ftp plug-in: each of its commands, in clear and under TLS.

Source: clients.md section 2. The packages are looked for in $ZOWE_CLI (a folder with node_modules), and without that npm puts
them into a cache folder once.
"""

from __future__ import annotations

import json
import os
import subprocess

import pytest

from tests.clients.packages import npm_folder

pytestmark = pytest.mark.clients
PACKAGES = ("@zowe/cli@8.37.1", "@zowe/zos-ftp-for-zowe-cli@3.1.1")
JCL = """\
//HELLO    JOB ,CLASS=A,MSGCLASS=H
//S1      EXEC PGM=IEBGENER
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DUMMY
//SYSUT2   DD SYSOUT=*
//SYSUT1   DD *
hello world
/*
"""


@pytest.fixture(scope="session")
def installation(tmp_path_factory):
    """The program, and an environment in which the plug-in is installed."""
    folder = npm_folder("ZOWE_CLI", *PACKAGES)
    program = folder / "node_modules" / ".bin" / "zowe"
    env = os.environ | {"ZOWE_CLI_HOME": str(tmp_path_factory.mktemp("zowe")), "FORCE_COLOR": "0"}
    plugin = folder / "node_modules" / "@zowe" / "zos-ftp-for-zowe-cli"
    done = subprocess.run(
        [program, "plugins", "install", plugin], env=env, capture_output=True, text=True, timeout=240, cwd=folder
    )
    if done.returncode:
        pytest.skip(f"the zos-ftp plug-in does not install: {done.stderr[-300:]}")
    return program, env


@pytest.fixture(params=["clear", "tls"])
def zowe(request, installation, world, tmp_path):
    """A function: run `zowe zos-ftp ...` and return what it reports as JSON; one that fails is an error unless `ok` is False."""
    program, env = installation
    secure = ["--secure-ftp", "true", "--reject-unauthorized", "false"] if request.param == "tls" else ["--secure-ftp", "false"]

    def call(*words, ok=True, feed=None, password=world.password):
        account = ["--host", world.host, "--port", str(world.port), "--user", world.user, "--password", password]
        command = [program, "zos-ftp", *words, *account, *secure, "--response-format-json"]
        done = subprocess.run(command, env=env, input=feed, capture_output=True, text=True, timeout=60, cwd=tmp_path)
        told = json.loads(done.stdout)
        assert told["success"] or not ok, told
        return told

    return call


def test_data_sets_and_members_are_listed(zowe):
    rows = zowe("list", "data-set", "IBMUSER.*")["data"]

    assert [(row["name"], row["dsOrg"], row["recordFormat"], row["recordLength"]) for row in rows] == [
        ("IBMUSER.CNTL", "PO", "FB", 80),
        ("IBMUSER.TEXT", "PS", "FB", 80),
        ("IBMUSER.VB", "PS", "VB", 84),
    ]
    assert [row["name"] for row in zowe("list", "data-set-members", "IBMUSER.CNTL")["data"]] == ["BYE", "HELLO"]
    assert zowe("list", "data-set", "NOSUCH.*")["data"] == []


def test_data_sets_are_uploaded_viewed_and_downloaded(zowe, world, tmp_path):
    (tmp_path / "up.txt").write_text("line one\nline two\n")
    zowe("upload", "file-to-data-set", "up.txt", "IBMUSER.CNTL(NEW)")
    zowe("upload", "file-to-data-set", "up.txt", "IBMUSER.SEQ", "--dcb", "RECFM=FB LRECL=80 BLKSIZE=27920")
    zowe("upload", "stdin-to-data-set", "IBMUSER.CNTL(STDIN)", feed="from stdin\n")
    zowe("download", "data-set", "IBMUSER.CNTL(NEW)", "-f", "down.txt")
    zowe("download", "data-set", "IBMUSER.VB", "-b", "-f", "vb.bin")

    assert world.text("IBMUSER.CNTL(NEW)") == world.text("IBMUSER.SEQ") == "line one\nline two\n"
    assert world.text("IBMUSER.CNTL(STDIN)") == "from stdin\n"
    assert [line.rstrip() for line in (tmp_path / "down.txt").read_text().splitlines()] == ["line one", "line two"]
    assert (tmp_path / "vb.bin").read_bytes() == world.data("IBMUSER.VB")
    assert zowe("view", "data-set", "IBMUSER.TEXT")["stdout"].split() == ["one", "two"]


def test_data_sets_are_allocated_renamed_and_deleted(zowe, world):
    zowe("allocate", "data-set", "IBMUSER.LIB", "--dcb", "PDSTYPE=PDS RECFM=FB LRECL=80")
    zowe("rename", "data-set", "IBMUSER.LIB", "IBMUSER.LIB2")

    assert world.info("IBMUSER.LIB2").is_partitioned
    zowe("delete", "data-set", "IBMUSER.LIB2", "-f")
    assert not world.exists("IBMUSER.LIB2")


def test_what_is_missing_is_told_in_its_words(zowe, tmp_path):
    (tmp_path / "up.txt").write_text("x\n")

    assert (
        "Use allocate command to create it" in zowe("upload", "file-to-data-set", "up.txt", "IBMUSER.NO(X)", ok=False)["message"]
    )
    assert "doesn't exist" in zowe("view", "data-set", "IBMUSER.NOSUCH", ok=False)["message"]
    assert "doesn't exist" in zowe("view", "uss-file", "/u/ibmuser/nosuch", ok=False)["message"]
    assert "is not found" in zowe("list", "uss-files", "/nosuch", ok=False)["message"]
    assert "No jobs found" in zowe("view", "job-status-by-jobid", "JOB99999", ok=False)["message"]


def test_a_wrong_password_is_told(zowe):
    assert "Username or password are not valid or expired." in zowe("list", "jobs", password="NO", ok=False)["message"]


def test_jobs_are_submitted_listed_and_deleted(zowe, world, tmp_path):
    (tmp_path / "job.jcl").write_text(JCL)
    done = zowe("submit", "local-file", "job.jcl", "--wait", "1,30")["data"]

    assert (done["jobName"], done["status"], done["retcode"]) == ("HELLO", "OUTPUT", "CC 0000")
    for words, feed in ((("submit", "data-set", "IBMUSER.CNTL(HELLO)"), None), (("submit", "stdin"), JCL)):
        world.submitted(zowe(*words, feed=feed)["data"]["jobId"]).wait()
    listed = zowe("list", "jobs", "--prefix", "HELLO*", "--owner", world.user)["data"]
    assert {job["status"] for job in listed} == {"OUTPUT"} and len(listed) == 3
    jobid = done["jobId"]
    zowe("delete", "job", jobid)
    assert jobid not in [job["jobId"] for job in zowe("list", "jobs")["data"]]


def test_spool_files_are_listed_viewed_and_downloaded(zowe, world, tmp_path):
    jobid = world.submit(JCL).wait().jobid
    files = zowe("list", "spool-files-by-jobid", jobid)["data"]

    assert [each["ddName"] for each in files] == ["JESMSGLG", "JESJCL", "JESYSMSG", "SYSPRINT", "SYSUT2"]
    assert zowe("view", "job-status-by-jobid", jobid)["data"]["retcode"] == "CC 0000"
    assert "HELLO    ENDED - RC=0000" in zowe("view", "spool-file-by-id", jobid, "1")["stdout"]
    assert "hello world" in zowe("view", "all-spool-by-jobid", jobid)["stdout"]
    zowe("download", "all-spool-by-jobid", jobid, "-d", "spool")
    assert (tmp_path / "spool" / jobid / "S1" / "SYSUT2.txt").read_text().strip() == "hello world"


def test_unix_files_are_listed_uploaded_downloaded_renamed_and_deleted(zowe, world, tmp_path):
    (tmp_path / "up.bin").write_bytes(bytes(range(256)))
    assert {"hello.txt", "link", "sub"} == {row["name"] for row in zowe("list", "uss-files", "/u/ibmuser")["data"]}
    zowe("upload", "file-to-uss-file", "up.bin", "/u/ibmuser/up.bin", "-b")
    zowe("download", "uss-file", "/u/ibmuser/up.bin", "-b", "-f", "down.bin")
    zowe("upload", "stdin-to-uss-file", "/u/ibmuser/text", feed="text\n")
    zowe("make", "uss-directory", "/u/ibmuser/made")
    zowe("rename", "uss-file", "/u/ibmuser/text", "/u/ibmuser/moved")

    assert (tmp_path / "down.bin").read_bytes() == bytes(range(256))
    assert zowe("view", "uss-file", "/u/ibmuser/hello.txt")["stdout"].split() == ["Hello"]
    assert "is a directory and is not empty" in zowe("delete", "uss-file", "/u/ibmuser/sub", "-f", ok=False)["message"]
    for name in ("up.bin", "moved", "made"):
        zowe("delete", "uss-file", f"/u/ibmuser/{name}", "-f")
    assert sorted(world.files("/u/ibmuser")) == ["hello.txt", "link", "sub"]
