"""The `zftpd` command as a process."""

from __future__ import annotations

import ftplib
import io
import re
import signal
import subprocess
import sys

import pytest

from zftpd.cli import is_loopback, refusal
from zftpd.startoptions import parser


def started(*options: str, **more) -> tuple[subprocess.Popen[str], int]:
    """Start the command and return it with its port."""
    command = [sys.executable, "-m", "zftpd", "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)
    first = process.stdout.readline()
    found = re.search(r"port (\d+)", first)
    assert found, first + process.stderr.read()
    return process, int(found[1])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_listens_and_stops_cleanly(number):
    process, port = started("--memory")
    said = "".join(process.stdout.readline() for _ in range(4))
    with ftplib.FTP() as client:
        client.connect("127.0.0.1", port)
        client.login("IBMUSER", "SYS1")
    process.send_signal(number)
    _, err = process.communicate(timeout=20)

    assert process.returncode == 0
    assert said.count("curl --user IBMUSER:SYS1") == 2
    assert "Traceback" not in err


def test_what_is_stored_survives_a_restart(tmp_path):
    for turn in range(2):
        process, port = started("--store", str(tmp_path / "store"), "--no-tls")
        with ftplib.FTP() as client:
            client.connect("127.0.0.1", port)
            client.login("IBMUSER", "SYS1")
            if not turn:
                client.storlines("STOR KEPT", io.BytesIO(b"hello\n"))
            lines: list[str] = []
            client.retrlines("RETR KEPT", lines.append)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)

        assert lines == ["hello"]


def test_workers_share_the_port_and_the_store(tmp_path):
    process, port = started("--store", str(tmp_path / "store"), "--no-tls", "--workers", "2")
    clients = []
    for number in range(8):
        client = ftplib.FTP()
        client.connect("127.0.0.1", port, timeout=20)
        client.login("IBMUSER", "SYS1")
        client.storlines(f"STOR W{number}", io.BytesIO(b"x\n"))
        clients.append(client)
    assert [f"W{number}" for number in range(8)] == clients[-1].nlst()
    for client in clients:
        client.close()
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=30)

    assert process.returncode == 0
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--memory", "--store", "x"], "exclude each other"),
        (["--memory", "--workers", "2"], "one worker only"),
        (["--config", "/no/such/file"], "there is no file"),
        (["--seed", "/no/such/folder"], "there is no folder"),
        (["--watch"], "there is no --seed"),
    ],
)
def test_options_that_cannot_be_are_refused(options, reason):
    assert reason in refusal(parser({}).parse_args(options))


def test_a_bad_ftp_data_stops_the_start_with_statement_line_and_reason(tmp_path):
    config = tmp_path / "FTP.DATA"
    config.write_text("INACTIVE 60\nLRECL ABC\n")
    done = subprocess.run(
        [sys.executable, "-m", "zftpd", "--memory", "--port", "0", "--config", str(config)],
        capture_output=True,
        text=True,
        timeout=30,
    )

    assert done.returncode == 2
    assert "line 2: LRECL ABC is not numeric" in done.stderr
    assert "ignored" not in done.stderr, "it was not: the start stopped"
    assert "Traceback" not in done.stderr


def test_an_exit_that_is_not_there_stops_the_start():
    command = [sys.executable, "-m", "zftpd", "--memory", "--port", "0", "--exit", "FTCHKJES=no_such_module:check"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)

    assert done.returncode == 2
    assert "FTCHKJES=no_such_module:check" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_smf_file_that_cannot_be_written_stops_the_start(tmp_path):
    command = [sys.executable, "-m", "zftpd", "--memory", "--port", "0", "--smf", str(tmp_path / "nowhere" / "smf")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)

    assert done.returncode == 2
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_seed_that_cannot_be_loaded_stops_the_start(tmp_path):
    (tmp_path / "_mvs.yaml").write_text("datasets:\n  BAD..NAME: {recfm: FB}\n")
    command = [sys.executable, "-m", "zftpd", "--memory", "--port", "0", "--seed", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)

    assert done.returncode == 2
    assert "BAD..NAME" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_is_not_reachable_from_elsewhere_with_the_first_password(tmp_path):
    command = [sys.executable, "-m", "zftpd", "--host", "0.0.0.0", "--port", "0", "--store", str(tmp_path / "store")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)

    assert done.returncode == 2
    assert "--force" in done.stderr


def test_a_changed_password_is_not_announced_and_starts_count_no_failures(tmp_path):
    store = str(tmp_path / "store")
    for password in ("SYS1/NEWPW1/NEWPW1", "NEWPW1", "NEWPW1", "NEWPW1", "NEWPW1"):
        process, port = started("--store", store, "--no-tls")
        said = "".join(process.stdout.readline() for _ in range(4))
        with ftplib.FTP() as client:
            client.connect("127.0.0.1", port)
            client.login("IBMUSER", password)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)

    assert "SYS1" not in said
    assert said.count("curl --user IBMUSER ") == 2


def test_it_stops_quietly_when_nobody_reads_what_it_prints():
    process, _ = started("--memory", "--no-tls")
    process.stdout.close()
    process.send_signal(signal.SIGTERM)

    assert "Error" not in process.stderr.read()
    assert process.wait(20) == 0


@pytest.mark.parametrize("option", [("--port", "x"), ("--port", "65536"), ("--workers", "0"), ("--workers", "many")])
def test_numbers_out_of_their_range_are_told_with_the_range(option, capsys):
    with pytest.raises(SystemExit):
        parser({}).parse_args(option)

    assert f"{option[1]} is not between" in capsys.readouterr().err


def test_environment_variables_are_options():
    options = parser({"ZFTPD_PORT": "2222", "ZFTPD_MEMORY": "1", "ZFTPD_SEED": "a:b"}).parse_args([])

    assert (2222, True, ["a", "b"]) == (options.port, options.memory, options.seed)


@pytest.mark.parametrize(("host", "near"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)])
def test_which_addresses_are_this_machine_only(host, near):
    assert near is is_loopback(host)
