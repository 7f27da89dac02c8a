"""lftp: scripts as people write them, in clear and under TLS."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.clients
SETTINGS = (
    "set net:timeout 10; set net:max-retries 1; set ssl:verify-certificate no; set cmd:fail-exit yes; set ftp:use-feat yes;"
)


@pytest.fixture(params=["clear", "tls", "tls12"])
def lftp(request, world, program, run):
    path = program("lftp")
    secure = "set ftp:ssl-allow no;"
    if request.param != "clear":
        secure = "set ftp:ssl-force yes; set ftp:ssl-protect-data yes;"
    if request.param == "tls12":
        secure += "set ssl:priority NORMAL:-VERS-TLS1.3;"

    def call(script, ok=True):
        return run(
            path,
            "-c",
            f"{SETTINGS} {secure} open -u {world.user},{world.password} ftp://{world.host}:{world.port}; {script}",
            ok=ok,
        )

    return call


def test_data_sets_are_listed(lftp):
    assert "CNTL" in lftp("ls").stdout
    assert "HELLO" in lftp("quote CWD \"'IBMUSER.CNTL'\"; ls").stdout


def test_text_is_fetched_and_stored(lftp, world, tmp_path):
    (tmp_path / "up.txt").write_text("alpha\nbeta\n")
    lftp("put -a up.txt -o \"'IBMUSER.NEW'\"")

    assert world.text("IBMUSER.NEW") == "alpha\nbeta\n"
    assert lftp("cat -a \"'IBMUSER.NEW'\"").stdout.replace("\r", "") == "alpha\nbeta\n"


def test_a_large_upload_arrives_whole(lftp, world, tmp_path):
    (tmp_path / "big").write_bytes(bytes(range(256)) * 8192)
    lftp("put big -o /tmp/big")

    assert world.data("/tmp/big") == bytes(range(256)) * 8192


def test_an_empty_upload_arrives(lftp, world, tmp_path):
    (tmp_path / "none").write_bytes(b"")
    lftp("put none -o /tmp/none")

    assert world.data("/tmp/none") == b""


def test_a_unix_tree_is_mirrored_out_and_in(lftp, world, tmp_path):
    lftp("mirror /u/ibmuser copy")
    assert (tmp_path / "copy" / "sub" / "deep.txt").exists()
    assert (tmp_path / "copy" / "hello.txt").read_bytes() == world.data("/u/ibmuser/hello.txt")
    lftp("mirror -R copy /tmp/back")

    assert world.data("/tmp/back/sub/deep.txt") == world.data("/u/ibmuser/sub/deep.txt")


def test_a_job_is_submitted(lftp, world, tmp_path):
    (tmp_path / "job").write_text("//LFTPJOB  JOB ,CLASS=A,MSGCLASS=H\n//S1      EXEC PGM=IEFBR14\n")
    lftp("quote SITE FILETYPE=JES; put -a job -o X")

    assert world.submitted("LFTPJOB").rc == 0


def test_the_listing_follows_the_file_type(lftp, world):
    out = lftp("ls; quote SITE FILETYPE=JES JESOWNER=* JESJOBNAME=*; rels", ok=False).stdout

    assert "Dsname" in out
    assert "No jobs found" in out or "JOBNAME" in out
