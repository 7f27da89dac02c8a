"""Passwords are never shown, whatever line they stand on."""

from __future__ import annotations

import pytest

from zftpd.client import traces
from zftpd.client.masking import masked

#: The password of IBMUSER at the test server.
PASSWORD = "SYS1"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("user ibmuser SYS1", "user ibmuser ********"),
        ("USER ibmuser SYS1/NEW1/NEW1 D3001", "USER ibmuser ********"),
        ("u ibmuser SYS1", "u ibmuser ********"),
        ("user ibmuser", "user ibmuser"),
        ("pass SYS1", "pass ********"),
        ("pa", "pa"),
        ("p SYS1", "p ********"),
        ("account D3001", "account ********"),
        ("quote PASS SYS1", "quote PASS ********"),
        ("quote USER ibmuser", "quote USER ibmuser"),
        ("proxy user ibmuser  SYS1", "proxy user ibmuser ********"),
        ("put 'USER1.PASS' pass", "put 'USER1.PASS' pass"),
        ("quote pasv", "quote pasv"),
    ],
)
def test_what_is_shown_of_a_line(line, shown):
    assert masked(line) == shown


@pytest.mark.parametrize(
    "lines",
    [
        [f"IBMUSER {PASSWORD}"],
        ["NOBODY WRONG", f"user IBMUSER {PASSWORD}"],
        ["NOBODY WRONG", "user IBMUSER +", PASSWORD],
        ["NOBODY WRONG", "quote user IBMUSER", f"pass {PASSWORD}"],
        ["NOBODY WRONG", "quote user IBMUSER", f"quote pass {PASSWORD}"],
    ],
    ids=["sign-on", "user", "continued", "pass", "quote"],
)
def test_no_output_holds_the_password_even_with_all_traces(zftp, zos, lines):
    shown, _ = zftp([*lines, "pwd", "quit"], zos.port, traces=traces.ALL, dumps=("21",))

    assert any(line.startswith("257 ") for line in shown)
    hexadecimal = PASSWORD.encode().hex()
    assert [line for line in shown if PASSWORD in line or hexadecimal in line.replace(" ", "")] == []


def test_a_second_server_gets_its_password_unseen(zftp, zos):
    shown, _ = zftp(
        [
            f"IBMUSER {PASSWORD}",
            f"proxy open 127.0.0.1 {zos.port}",
            "NOBODY WRONG",
            f"proxy user IBMUSER {PASSWORD}",
            "proxy pwd",
            "quit",
        ],
        zos.port,
        traces=traces.ALL,
    )

    assert any(line.startswith("257 ") for line in shown)
    assert [line for line in shown if PASSWORD in line] == []


def test_a_user_and_password_behind_a_connection_that_failed_are_not_shown(zftp):
    shown, _ = zftp(["IBMUSER SYS1SECRET", "s SYS1SECRET", "put SYS1", "quit"], 1)

    assert not any("SECRET" in line for line in shown)
    assert "EZA1736I IBMUSER ********" in shown and "EZA1736I put SYS1" in shown
