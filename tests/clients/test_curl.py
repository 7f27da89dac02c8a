"""curl: addresses with %27 quotes, passive and active, -Q commands, FTPS."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.clients


@pytest.fixture
def curl(world, program, run):
    path = program("curl")

    def call(where, *options, ok=True, feed=None):
        where = where.replace("'", "%27")
        command = (path, "-sS", "--max-time", 30, *options, f"ftp://{world.host}:{world.port}/{where}")
        return run(*command, "-u", f"{world.user}:{world.password}", ok=ok, feed=feed)

    return call


def test_a_text_data_set_comes_as_lines(curl):
    assert curl("'IBMUSER.TEXT';type=a").stdout == "one\ntwo\n"


def test_a_binary_transfer_gives_whole_records(curl, world, tmp_path):
    curl("'IBMUSER.TEXT'", "--ignore-content-length", "-o", "out")

    assert (tmp_path / "out").read_bytes() == world.data("IBMUSER.TEXT")


def test_a_member_is_reached_through_its_library(curl):
    assert "EXEC PGM=IEFBR14" in curl("'IBMUSER.CNTL(HELLO)'", "-B").stdout


def test_the_path_walks_into_a_library(curl):
    assert curl("'IBMUSER.CNTL'/BYE", "-B").stdout == "bye\n"


def test_data_sets_are_listed_under_a_prefix(curl):
    assert {"CNTL", "TEXT", "VB"} <= set(curl("'IBMUSER.'/", "-l").stdout.split())


def test_members_are_listed(curl):
    assert curl("'IBMUSER.CNTL'/", "-l").stdout.split() == ["BYE", "HELLO"]


def test_unix_directories_are_walked(curl):
    assert "hello.txt" in curl("%2Fu/ibmuser/").stdout
    assert curl("%2Fu/ibmuser/sub/deep.txt", "-B").stdout == "deep\n"


@pytest.mark.parametrize(
    "way",
    [[], ["--disable-epsv"], ["-P", "127.0.0.1"], ["-P", "127.0.0.1", "--disable-eprt"]],
    ids=["epsv", "pasv", "eprt", "port"],
)
def test_every_way_to_a_data_connection_works(curl, way):
    assert curl("'IBMUSER.TEXT'", "-B", *way).stdout == "one\ntwo\n"


def test_an_upload_makes_a_data_set(curl, world):
    curl("'IBMUSER.NEW'", "-B", "-T", "-", "-Q", "SITE RECFM=FB LRECL=80", feed="alpha\nbeta\n")

    assert world.text("IBMUSER.NEW") == "alpha\nbeta\n"


def test_an_upload_into_a_library_makes_a_member(curl, world):
    curl("'IBMUSER.CNTL(NEW)'", "-B", "-T", "-", feed="x\n")

    assert "NEW" in world.members("IBMUSER.CNTL")


def test_an_upload_into_unix_makes_directories_when_asked(curl, world):
    curl("%2Ftmp/a/b/file", "-T", "-", "--ftp-create-dirs", feed="raw")

    assert world.data("/tmp/a/b/file") == b"raw"


def test_append_adds_to_the_end(curl, world):
    curl("'IBMUSER.TEXT'", "-B", "-a", "-T", "-", feed="three\n")

    assert world.text("IBMUSER.TEXT") == "one\ntwo\nthree\n"


def test_a_job_is_submitted_and_its_output_fetched(curl, world, tmp_path):
    (tmp_path / "job").write_text("//CURL     JOB ,CLASS=A,MSGCLASS=H\n//S1      EXEC PGM=IEFBR14\n")
    curl("INTRDR", "-B", "-T", "job", "-Q", "SITE FILETYPE=JES")
    job = world.submitted("CURL").wait()

    out = curl(f"{job.jobid}.x", "-B", "-Q", "SITE FILETYPE=JES", "-Q", "SITE JESJOBNAME=*", "-Q", "SITE JESOWNER=*").stdout
    assert "CURL     ENDED - RC=0000" in out


@pytest.mark.parametrize(
    ("where", "code"), [("'NO.SUCH'", (19, 78)), ("'A.TOOLONGNAME1'", (19, 78)), ("%2Fno/such", (9, 78, 19))]
)
def test_what_is_missing_ends_with_curls_own_code(curl, where, code):
    assert curl(where, "-B", ok=False).returncode in code


def test_a_wrong_password_is_refused(world, program, run):
    done = run(program("curl"), "-sS", "-u", "IBMUSER:no", f"ftp://{world.host}:{world.port}/", ok=False)

    assert done.returncode == 67


@pytest.mark.parametrize(
    "options",
    [
        ["--ssl-reqd"],
        ["--ssl-reqd", "--tls-max", "1.2"],
        ["--ssl-reqd", "--ftp-ssl-ccc"],
        ["--ssl-reqd", "--ftp-ssl-ccc-mode", "active"],
    ],
)
def test_transfers_are_protected(curl, world, options):
    curl("'IBMUSER.BIG'", "-k", "-B", *options, "-T", "-", feed="line\n" * 20000)

    assert world.text("IBMUSER.BIG") == "line\n" * 20000
    assert curl("'IBMUSER.BIG'", "-k", "-B", *options).stdout == "line\n" * 20000


def test_an_empty_file_survives_tls(curl, world):
    curl("%2Ftmp/empty", "-k", "--ssl-reqd", "-T", "/dev/null")

    assert world.data("/tmp/empty") == b""
    assert curl("%2Ftmp/empty", "-k", "--ssl-reqd").stdout == ""


def test_renames_and_deletes_are_quoted(curl, world):
    curl("", "-l", "-Q", "RNFR 'IBMUSER.TEXT'", "-Q", "RNTO 'IBMUSER.OTHER'", "-Q", "DELE 'IBMUSER.VB'")

    assert world.datasets("IBMUSER.**") == ["IBMUSER.CNTL", "IBMUSER.OTHER"]
