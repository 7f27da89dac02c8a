"""IBM's zos-node-accessor: what its live suite asserts of a real system, asserted of ours.

Source: clients.md section 1. The package is looked for in $ZOS_NODE_ACCESSOR (a folder with node_modules), and without that npm
puts it into a cache folder once; a machine that can do neither skips, visibly.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
from pathlib import Path

import pytest

from mvsfs.info import LoadModule
from tests.clients.packages import npm_folder
from zftpd.testing import directory, link, migrated, pds, ps, unix

pytestmark = pytest.mark.clients
DRIVER = Path(__file__).with_name("accessor.js")
JCL = "//HELLO    JOB ,CLASS=A,MSGCLASS=H\n//S1      EXEC PGM=IEFBR14\n"


@pytest.fixture(scope="session")
def package():
    """The folder whose node_modules hold the package."""
    return npm_folder("ZOS_NODE_ACCESSOR", "zos-node-accessor@2.0.11")


class Failed(Exception):
    """What the client reported for a step."""


@pytest.fixture(params=["clear", "tls"])
def accessor(request, zos, package):
    """A function: run steps, return their results; a failed step raises Failed unless `may_fail`."""

    def call(*steps, may_fail=False, user=None):
        userid, password = user or (zos.user, zos.password)
        plan = {
            "host": zos.host,
            "port": zos.port,
            "user": userid,
            "password": password,
            "steps": steps,
            "secure": request.param == "tls",
        }
        env = {**os.environ, "ZOS_NODE_ACCESSOR": str(package)}
        done = subprocess.run(["node", str(DRIVER)], input=json.dumps(plan), capture_output=True, text=True, timeout=60, env=env)
        assert done.stdout, done.stderr
        return [value(result, may_fail) for result in json.loads(done.stdout)]

    return call


def value(result, may_fail):
    if "error" in result or "fatal" in result:
        told = result.get("error") or result["fatal"]
        if may_fail:
            return Failed(told)
        raise Failed(told)
    return base64.b64decode(result["buffer"]) if "buffer" in result else result["value"]


def failure(accessor, *step, **keys):
    (told,) = accessor(list(step), may_fail=True, **keys)
    assert isinstance(told, Failed), told
    return str(told)


# -- data sets ---------------------------------------------------------------------------------------------------


def test_data_sets_are_listed_with_every_fact(accessor, zos):
    zos.seed(
        {"IBMUSER.CNTL": pds(HELLO=JCL), "IBMUSER.VB": ps("x", recfm="VB", lrecl=256, blksize=6233), "IBMUSER.OLD": migrated()}
    )
    (rows,) = accessor(["listDatasets", "IBMUSER.*"])
    found = {row["name"].strip("'"): row for row in rows}

    assert list(found) == ["IBMUSER.CNTL", "IBMUSER.OLD", "IBMUSER.VB"]
    assert (found["IBMUSER.CNTL"]["dsOrg"], found["IBMUSER.CNTL"]["recordFormat"], found["IBMUSER.CNTL"]["recordLength"]) == (
        "PO",
        "FB",
        80,
    )
    assert (found["IBMUSER.VB"]["dsOrg"], found["IBMUSER.VB"]["blockSize"], found["IBMUSER.VB"]["recordLength"]) == (
        "PS",
        6233,
        256,
    )
    assert found["IBMUSER.OLD"].get("isMigrated") is True


def test_a_name_in_lower_case_is_found(accessor, zos):
    zos.seed({"IBMUSER.A": "x"})

    assert len(accessor(["listDatasets", "ibmuser.a"])[0]) == 1


def test_nothing_found_is_an_empty_list(accessor):
    assert accessor(["listDatasets", "NO.SUCH.*"]) == [[]]


@pytest.mark.parametrize(("recfm", "block"), [("F", 80), ("FB", 800), ("VB", 800)])
def test_block_sizes_are_as_the_live_suite_finds_them(accessor, recfm, block):
    dcb = f"LRECL=80 RECFM={recfm} BLKsize=800"
    rows = accessor(["uploadDataset", "hello", "IBMUSER.NEW", "ascii", dcb], ["listDatasets", "IBMUSER.NEW"])[1]

    assert (rows[0]["recordFormat"], rows[0]["blockSize"]) == (recfm, block)


def test_libraries_and_sequential_data_sets_are_allocated(accessor, zos):
    accessor(
        ["allocateDataset", "IBMUSER.NEW.PDS", "LRECL=80 RECFM=FB BLKSIZE=320 DSORG=PO DIRECTORY=20"],
        ["allocateDataset", "IBMUSER.NEW.PS", {"LRECL": 80, "RECFM": "FB"}],
    )

    assert (zos.info("IBMUSER.NEW.PDS").dcb.dsorg.value, zos.info("IBMUSER.NEW.PS").dcb.dsorg.value) == ("PO", "PS")


def test_a_default_allocation_is_not_padded_on_download(accessor):
    data = accessor(["uploadDataset", "hello world", "IBMUSER.PLAIN", "ascii"], ["downloadDataset", "IBMUSER.PLAIN", "ascii"])[1]

    assert data == b"hello world\r\n"


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("ascii", b"one".ljust(80) + b"\r\n" + b"two".ljust(80) + b"\r\n"),
        ("ascii_no_trailing_blanks", b"one\r\ntwo\r\n"),
        ("ascii_strip_eol", b"one".ljust(80) + b"two".ljust(80)),
        ("binary", b"\x96\x95\x85".ljust(80, b"\x40") + b"\xa3\xa6\x96".ljust(80, b"\x40")),
    ],
)
def test_every_transfer_mode_gives_what_it_says(accessor, zos, mode, expected):
    zos.seed({"IBMUSER.TEXT": "one\ntwo\n"})

    assert accessor(["downloadDataset", "IBMUSER.TEXT", mode]) == [expected]


def test_a_lone_line_feed_is_data(accessor, zos):
    dcb = "LRECL=80 RECFM=FB"
    data = accessor(
        ["uploadDataset", "hello\nworld", "IBMUSER.LF", "ascii", dcb],
        ["downloadDataset", "IBMUSER.LF", "ascii_no_trailing_blanks"],
    )[1]

    assert data == b"hello\nworld\r\n"
    assert len(zos.records("IBMUSER.LF")) == 1


def test_long_lines_are_cut_and_the_upload_succeeds(accessor, zos):
    accessor(["uploadDataset", "x" * 100, "IBMUSER.CUT", "ascii", "LRECL=80 RECFM=FB"])

    assert zos.text("IBMUSER.CUT") == "x" * 80 + "\n"


def test_binary_records_are_padded_with_zeros(accessor, zos):
    accessor(["uploadDataset", "abc", "IBMUSER.BIN", "binary", "LRECL=80 RECFM=FB"])

    assert zos.records("IBMUSER.BIN") == [b"abc".ljust(80, b"\0")]


def test_record_words_come_when_asked_for(accessor, zos):
    zos.seed({"IBMUSER.VB": ps("one\nlonger\n", recfm="VB", lrecl=84)})
    plain, marked = accessor(["downloadDataset", "IBMUSER.VB", "binary"], ["downloadDataset", "IBMUSER.VB", "binary_rdw"])

    assert plain == b"\x96\x95\x85\x93\x96\x95\x87\x85\x99"
    assert marked == b"\0\x07\0\0\x96\x95\x85\0\x0a\0\0\x93\x96\x95\x87\x85\x99"


def test_data_sets_are_renamed_and_deleted(accessor, zos):
    zos.seed({"IBMUSER.A": "x"})
    accessor(["renameDataset", "IBMUSER.A", "IBMUSER.B"], ["listDatasets", "IBMUSER.A"])
    assert zos.datasets("IBMUSER.**") == ["IBMUSER.B"]
    accessor(["deleteDataset", "IBMUSER.B"])

    assert zos.datasets("IBMUSER.**") == []


# -- members -----------------------------------------------------------------------------------------------------


def test_members_are_listed_with_their_statistics(accessor, zos):
    zos.seed({"IBMUSER.CNTL": pds(HELLO=JCL), "IBMUSER.PLAIN": pds(ONE="1", stats=None)})
    stats, plain = accessor(["listMembers", "IBMUSER.CNTL"], ["listMembers", "IBMUSER.PLAIN"])

    assert (stats[0]["name"], str(stats[0]["size"])) == ("HELLO", "2")
    assert [row["name"] for row in plain] == ["ONE"]


def test_a_member_stored_with_statistics_on_has_them(accessor, zos):
    zos.seed({"IBMUSER.CNTL": pds()})
    rows = accessor(
        ["listMembers", "IBMUSER.CNTL"],
        ["uploadDataset", "a\r\nb\r\nc", "IBMUSER.CNTL(NEW)", "ascii"],
        ["listMembers", "IBMUSER.CNTL"],
        may_fail=True,
    )[2]

    assert (rows[0]["name"], str(rows[0]["size"])) == ("NEW", "3")


def test_load_modules_are_listed_by_their_own_columns(accessor, zos):
    load = LoadModule(0x3DBD8, ac=1, amode="31", rmode="24")
    zos.seed({"IBMUSER.LOAD": pds(recfm="U", blksize=32760, load=load, DD=b"\1\2\3\4")})
    (rows,) = accessor(["listMembers", "IBMUSER.LOAD"])

    assert rows[0]["name"] == "DD"


def test_members_of_nothing_are_refused_in_the_words_of_the_system(accessor):
    assert "Partitioned data set 'NOT.EXIST(*)' does not exist" in failure(accessor, "listMembers", "NOT.EXIST")


# -- z/OS UNIX ---------------------------------------------------------------------------------------------------


@pytest.fixture
def nodeacc(zos):
    """The folder that the live suite wants."""
    home = "/u/ibmuser/nodeacc"
    zos.seed(
        {
            home: directory(
                {
                    "hello.txt": "Hello\n",
                    "empty": directory(),
                    "full": directory({"x": "x"}),
                    "symbolic.txt": link(f"{home}/hello.txt"),
                    "symbolic": link(f"{home}/empty"),
                    "no_permission": unix("x", mode=0),
                    "no_permission_dir": directory(mode=0),
                    "with blank": "b\n",
                }
            )
        }
    )
    return home


def test_a_folder_is_listed_with_its_links(accessor, nodeacc):
    (rows,) = accessor(["listFiles", nodeacc])
    found = {row["name"]: row for row in rows}

    assert {"hello.txt", "empty", "with blank", "symbolic.txt"} <= set(found)
    assert found["symbolic.txt"]["linkTo"] == f"{nodeacc}/hello.txt"
    assert found["hello.txt"]["size"] == 6


def test_an_empty_folder_and_one_file_are_listed(accessor, nodeacc):
    empty, one = accessor(["listFiles", f"{nodeacc}/empty"], ["listFiles", f"{nodeacc}/hello.txt"])

    assert (empty, len(one)) == ([], 1)


def test_unix_text_is_ebcdic_with_new_lines(accessor, nodeacc):
    text, raw, joined = accessor(
        ["downloadFile", f"{nodeacc}/hello.txt", "ascii"],
        ["downloadFile", f"{nodeacc}/symbolic.txt", "binary"],
        ["downloadFile", f"{nodeacc}/hello.txt", "ascii_strip_eol"],
    )

    assert (text, raw, joined) == (b"Hello\r\n", bytes.fromhex("c88593939615"), b"Hello")


def test_files_and_folders_are_made_renamed_and_removed(accessor, zos, nodeacc):
    accessor(
        ["uploadFile", "data", f"{nodeacc}/new", "binary"],
        ["renameFile", f"{nodeacc}/new", f"{nodeacc}/newer"],
        ["makeDirectory", f"{nodeacc}/made"],
        ["deleteFile", f"{nodeacc}/made"],
    )

    assert zos.data(f"{nodeacc}/newer") == b"data"
    assert "made" not in zos.files(nodeacc)


def test_a_name_with_a_line_feed_is_one_command(accessor, zos, nodeacc):
    accessor(["makeDirectory", f"{nodeacc}/NAME\nNewLine"], ["listFiles", nodeacc], ["listDatasets", "NO.SUCH"])

    assert "NAME\nNewLine" in zos.files(nodeacc)


@pytest.mark.parametrize(
    ("call", "path", "words"),
    [
        ("listFiles", "missing", "not found"),
        ("deleteFile", "missing", "not exist"),
        ("deleteFile", "full", "is a directory and is not empty"),
        ("downloadFile", "missing", "does not exist"),
    ],
)
def test_refusals_for_files_have_the_words_of_the_system(accessor, nodeacc, call, path, words):
    assert words in failure(accessor, call, f"{nodeacc}/{path}")


def test_who_has_no_permission_is_told_so(accessor, zos, nodeacc):
    zos.adduser("ANNA", "SECRET", uid=7)
    assert "EDC5111I Permission denied." in failure(
        accessor, "listFiles", f"{nodeacc}/no_permission_dir", user=("ANNA", "SECRET")
    )
    assert "Rc = 111" in failure(accessor, "deleteFile", f"{nodeacc}/hello.txt", user=("ANNA", "SECRET"))


# -- jobs --------------------------------------------------------------------------------------------------------


def test_a_job_is_submitted_followed_and_read(accessor, zos):
    jobid, status, row, log, first = accessor(
        ["submitJCL", JCL],
        ["finish", {"jobId": "$0", "jobName": "*", "owner": "*"}],
        ["getJobStatus", {"jobId": "$0", "owner": "*"}],
        ["getJobLog", {"jobId": "$0", "owner": "*"}],
        ["getJobLog", {"jobId": "$0", "fileId": 0, "owner": "*"}],
    )

    assert jobid == zos.submitted("HELLO").jobid
    assert status == "success"
    assert (row["jobName"], row["status"], row["extra"] if "extra" in row else row.get("retcode")) in [
        ("HELLO", "OUTPUT", "RC=0000"),
        ("HELLO", "OUTPUT", "RC 0000"),
    ]
    assert [spool["ddName"] for spool in row["spoolFiles"]] == ["JESMSGLG", "JESJCL", "JESYSMSG"]
    assert "HELLO    ENDED - RC=0000" in log
    assert first


def test_jobs_are_listed_and_deleted(accessor, zos):
    jobid = zos.submit(JCL).wait().jobid
    before, _, told = accessor(
        ["listJobs", {"jobName": "*", "owner": "*"}],
        ["deleteJob", {"jobId": jobid, "owner": "*"}],
        ["listJobs", {"jobName": "*", "owner": "*"}],
    )

    assert any(jobid in (row if isinstance(row, str) else json.dumps(row)) for row in before)
    assert told == []


def test_a_failing_job_is_told_apart(accessor, zos):
    zos.jobs.outcome("HELLO", abend="S0C4")
    _, status = accessor(["submitJCL", JCL], ["finish", {"jobId": "$0", "jobName": "*", "owner": "*"}])

    assert status == "fail"


def test_a_submission_without_a_job_is_noticed(accessor):
    assert "job id" in failure(accessor, "submitJCL", "no job\n").lower()


@pytest.mark.parametrize(
    ("call", "option", "words"),
    [
        ("getJobStatus", {"jobId": "JOB12345"}, "No jobs found"),
        ("getJobLog", {"jobId": "JOB12345"}, "not found"),
        ("deleteJob", {"jobId": "JOB12345"}, "not found"),
    ],
)
def test_refusals_for_jobs_have_the_words_of_the_system(accessor, call, option, words):
    assert words.lower() in failure(accessor, call, {**option, "owner": "*"}).lower()


def test_a_spool_index_too_high_is_told(accessor, zos):
    jobid = zos.submit(JCL).wait().jobid

    assert "Index 99 is greater than number of spool files" in failure(
        accessor, "getJobLog", {"jobId": jobid, "fileId": 99, "owner": "*"}
    )


# -- SITE and STAT -----------------------------------------------------------------------------------------------


def test_settings_are_shown_and_slips_are_told(accessor):
    told, umask, bad = accessor(["site", "UMASK 022"], ["stat", "UMASK"], ["site", "umask=000"])

    assert "SITE command was accepted" in told
    assert "022" in umask
    assert "Umask invalid syntax" in bad
