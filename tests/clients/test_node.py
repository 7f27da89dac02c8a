"""Node's general FTP clients, basic-ftp and promise-ftp (over the `ftp` package), in clear and under TLS.

They know nothing of z/OS: data set listings come to them as lines, z/OS UNIX directories as files. The packages are looked for in
$FTP_NODE_CLIENTS (a folder with node_modules), and without that npm puts them into a cache folder once.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.clients.packages import npm_folder

pytestmark = pytest.mark.clients
DRIVER = Path(__file__).with_name("node.js")
PACKAGES = ("basic-ftp@6.2.6", "promise-ftp@1.3.5")
JCL = "//NODEJOB  JOB ,CLASS=A,MSGCLASS=H\r\n//S1      EXEC PGM=IEFBR14\r\n"


@pytest.fixture(scope="session")
def packages():
    return npm_folder("FTP_NODE_CLIENTS", *PACKAGES)


@pytest.fixture(params=["clear", "tls"])
def node(request, world, packages, tmp_path):
    """A function: let a client run steps and return their values; a step that fails gives its message."""

    def call(client, *steps):
        plan = {"client": client, "host": world.host, "port": world.port, "user": world.user, "password": world.password}
        plan |= {"secure": request.param == "tls", "steps": steps}
        env = os.environ | {"FTP_NODE_CLIENTS": str(packages)}
        done = subprocess.run(
            ["node", DRIVER], input=json.dumps(plan), env=env, capture_output=True, text=True, timeout=60, cwd=tmp_path
        )
        results = json.loads(done.stdout)
        assert not any("fatal" in each for each in results), results
        return [each.get("value", each.get("error")) for each in results]

    return call


def unpacked(value):
    return base64.b64decode(value)


def test_basic_ftp_walks_unix_directories(node, world):
    steps = [["list", "/u/ibmuser"], ["cd", "/u/ibmuser/sub"], ["pwd"], ["downloadTo", {"into": True}, "deep.txt"]]
    listed, _, where, data = node("basic-ftp", *steps)

    assert {(each["name"], each["type"]) for each in listed} == {("hello.txt", 1), ("link", 3), ("sub", 2)}
    assert where == "/u/ibmuser/sub"
    assert unpacked(data) == world.data("/u/ibmuser/sub/deep.txt")


def test_basic_ftp_copies_directories_out_and_in(node, world, tmp_path):
    (tmp_path / "up" / "inner").mkdir(parents=True)
    (tmp_path / "up" / "inner" / "bytes").write_bytes(bytes(range(256)))
    node("basic-ftp", ["uploadFromDir", "up", "/u/ibmuser/new"], ["downloadToDir", "down", "/u/ibmuser/new"])

    assert world.data("/u/ibmuser/new/inner/bytes") == bytes(range(256))
    assert (tmp_path / "down" / "inner" / "bytes").read_bytes() == bytes(range(256))
    node("basic-ftp", ["removeDir", "/u/ibmuser/new"])
    assert not world.exists("/u/ibmuser/new")


def test_basic_ftp_takes_a_data_set_as_text(node, world):
    steps = [["send", "TYPE A"], ["uploadFrom", {"text": "alpha\r\nbeta\r\n"}, "'IBMUSER.NODE'"]]
    steps += [["send", "TYPE A"], ["downloadTo", {"into": True}, "'IBMUSER.NODE'"], ["cd", "'IBMUSER.CNTL'"], ["pwd"]]
    results = node("basic-ftp", *steps)

    assert world.text("IBMUSER.NODE") == "alpha\nbeta\n"
    assert unpacked(results[3]) == b"alpha\r\nbeta\r\n"
    assert results[-1] == "'IBMUSER.CNTL'"


def test_basic_ftp_goes_on_after_a_refusal(node):
    steps = [["downloadTo", {"into": True}, "'NO.SUCH'"], ["sendIgnoringError", "MLSD"], ["features"], ["pwd"]]
    missing, mlsd, features, where = node("basic-ftp", *steps)

    assert missing == "550 Data set NO.SUCH not found"
    assert mlsd["message"] == "500 unknown command MLSD"
    assert features == {"AUTH": "TLS", "PBSZ": "", "PROT": ""}
    assert where == "'IBMUSER.'"


def test_promise_ftp_stores_appends_renames_and_deletes(node, world):
    name = "'IBMUSER.NODE'"
    steps = [["ascii"], ["put", {"text": "alpha\r\n"}, name], ["append", {"text": "beta\r\n"}, name]]
    steps += [["get", name], ["rename", name, "'IBMUSER.OTHER'"], ["delete", "'IBMUSER.VB'"]]
    results = node("promise-ftp", *steps)

    assert unpacked(results[3]) == b"alpha\r\nbeta\r\n"
    assert world.datasets("IBMUSER.**") == ["IBMUSER.CNTL", "IBMUSER.OTHER", "IBMUSER.TEXT"]


def test_promise_ftp_lists_both_realms(node):
    rows, files, system, where = node("promise-ftp", ["list"], ["list", "/u/ibmuser"], ["system"], ["pwd"])

    assert rows[0].startswith("Volume Unit") and len(rows) == 4
    assert {each["name"] for each in files} == {"hello.txt", "link", "sub"}
    assert (system, where) == ("MVS", "'IBMUSER.'")


def test_promise_ftp_submits_a_job(node, world):
    node("promise-ftp", ["ascii"], ["site", "FILETYPE=JES"], ["put", {"text": JCL}, "X"])

    assert world.submitted("NODEJOB").rc == 0
