"""The `saf` command."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager

import pytest
from typer.testing import CliRunner

from saf.cli import app, commands_in


@pytest.fixture
def saf(tmp_path):
    def run(*arguments, input=None, rc=0):
        result = CliRunner().invoke(app, ["--store", str(tmp_path / "store"), *arguments], input=input)
        assert result.exit_code == rc, result.output
        return result.output

    return run


def test_a_racf_command_is_carried_out(saf):
    saf("ADDUSER USER1 NAME('ONE')")

    assert "NAME=ONE" in saf("LISTUSER", "USER1")


def test_the_exit_code_is_the_commands_return_code(saf):
    assert "ICH21009I" in saf("ALTUSER NOBODY NAME('X')", rc=8)
    assert "IKJ56500I" in saf("NONSENSE", rc=12)


def test_a_file_of_commands_is_carried_out(saf, tmp_path):
    file = tmp_path / "setup.racf"
    file.write_text("/* users */\nADDUSER USER1 +\n   NAME('ONE')\n\nADDGROUP PAY\nALTUSER NOBODY NAME('X')\n")

    output = saf("run", str(file), rc=8)

    assert output.splitlines()[0] == "ADDUSER USER1 NAME('ONE')"
    assert "USER1" in saf("users") and "PAY" in saf("groups")


def test_a_prompt_reads_until_end(saf):
    output = saf("shell", input="ADDUSER USER1\nLISTUSER USER1\nEND\nNONSENSE\n")

    assert "USER=USER1" in output and "NONSENSE" not in output


def test_lists_come_as_json(saf):
    saf("ADDSD 'IBMUSER.**' UACC(READ)")
    saf("PERMIT 'IBMUSER.**' ID(*) ACCESS(UPDATE)")

    (profile,) = json.loads(saf("profiles", "DATASET", "--json"))

    assert (profile["name"], profile["uacc"], profile["access_list"]) == ("IBMUSER.**", "READ", {"*": "UPDATE"})
    assert json.loads(saf("users", "--json"))[0]["userid"] == "IBMUSER"


def test_certificates_go_to_and_come_from_host_files(saf, tmp_path):
    saf("RACDCERT CERTAUTH GENCERT SUBJECTSDN(CN('CA')) WITHLABEL('CA') NISTECC")

    saf("--files", str(tmp_path / "out"), "RACDCERT CERTAUTH EXPORT(LABEL('CA')) DSN('MY.CA.PEM')")
    text = (tmp_path / "out" / "MY.CA.PEM").read_text()
    saf("RACDCERT CERTAUTH DELETE(LABEL('CA'))")
    saf("--files", str(tmp_path / "out"), "RACDCERT CERTAUTH ADD('MY.CA.PEM') WITHLABEL('BACK')")

    assert text.startswith("-----BEGIN CERTIFICATE-----")
    assert "Label: BACK" in saf("RACDCERT CERTAUTH LIST")


def test_without_a_folder_a_data_set_cannot_be_read(saf):
    assert "IRRD103I" in saf("RACDCERT ADD('MY.CA.PEM')", rc=8)


def test_one_may_act_as_another_user(saf):
    saf("ADDUSER USER1")

    assert "ICH01005I" in saf("--user", "user1", "ADDUSER USER2", rc=8)
    saf("--user", "nobody", "LISTUSER", rc=8)


def test_an_unload_travels_to_another_store(saf, tmp_path):
    saf("ADDUSER USER1 NAME('ONE') PASSWORD(X)")
    saf("unload", str(tmp_path / "racf.txt"))

    other = ["--store", str(tmp_path / "other")]
    result = CliRunner().invoke(app, [*other, "load", str(tmp_path / "racf.txt"), "--password", "START"])

    assert "0200  taken       2" in result.output
    assert "NAME=ONE" in CliRunner().invoke(app, [*other, "LISTUSER USER1"]).output


@pytest.mark.parametrize("store", ["memory:", "file://"])
def test_a_store_that_cannot_be_is_refused(store):
    result = CliRunner().invoke(app, ["--store", store, "users"])

    assert result.exit_code == 2


def test_commands_are_told_apart():
    text = "A B +\n   C\n\n/* remark */\nD -\n E\nF +"

    assert commands_in(text) == ["A B C", "D  E", "F"]


def test_files_that_cannot_be_read_or_written_are_one_line(tmp_path):
    binary = tmp_path / "binary"
    binary.write_bytes(b"\x80\xff\x00")
    reads = [[command, file] for command in ("run", "load") for file in ("nowhere", str(binary))]
    for arguments in [*reads, ["unload", "/nowhere/x"]]:
        result = CliRunner().invoke(app, ["--store", str(tmp_path / "store"), *arguments])

        assert result.exit_code == 2
        assert result.output.startswith("saf: ") and len(result.output.splitlines()) == 1


def test_a_store_that_the_command_makes_is_its_users_alone(tmp_path):
    """The catalog holds passwords (hashed) and certificates."""
    store = tmp_path / "made" / "store"
    with umask(0o022):
        assert CliRunner().invoke(app, ["--store", str(store), "LISTUSER IBMUSER"]).exit_code == 0

    modes = {path.name: path.stat().st_mode & 0o777 for path in (store, store / "catalog.db")}
    assert modes == {"store": 0o700, "catalog.db": 0o600}


@contextmanager
def umask(mask):
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def test_a_file_of_commands_is_told_without_passwords(saf, tmp_path):
    file = tmp_path / "users.racf"
    file.write_text("ADDUSER USER1 PASSWORD(TOPSECR)\n")

    assert saf("run", str(file)) == "ADDUSER USER1 PASSWORD(*******)\n"


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_behind_a_command_shows_what_it_may_be_given(saf, option):
    shown = saf("au", option)

    assert shown.splitlines()[0] == "ADDUSER (AU) userid"
    assert "PASSWORD(x)" in shown and "OMVS(SHARED AUTOUID" in shown
    assert max(map(len, shown.splitlines())) <= 78


def test_who_acts_must_be_a_user_who_is_in_service(saf):
    assert "saf: user NOBODY is not defined" in saf("--user", "NOBODY", "LISTUSER", rc=8)
    saf("ADDUSER USER1")
    saf("ALTUSER USER1 REVOKE")

    assert "saf: user USER1 is revoked" in saf("--user", "USER1", "LISTUSER", rc=8)


@pytest.mark.parametrize(("command", "missing"), [("LISTUSER ()", "USERID"), ("LG (", "GROUP NAME"), ("DD ()", "DATA SET NAME")])
def test_an_empty_list_is_a_missing_operand(saf, command, missing):
    assert saf(command, rc=12) == f"IKJ56701I MISSING {missing}\n"
