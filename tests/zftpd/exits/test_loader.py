from __future__ import annotations

import sys

import pytest

from zftpd.exits.call import Exits as Loaded
from zftpd.exits.loader import BadExit, load
from zftpd.exits.points import FTCHKCMD, FTCHKIP, FTCHKJES, FTCHKPWD, FTPOSTPR, FTPSMFEX, SessionArea, SocketAddress

OPEN = []


class Exits:
    """Loads exits as the server does, and closes them when the test ends."""

    @staticmethod
    def load(specs, **options):
        OPEN.append(Loaded.load(specs, **options))
        return OPEN[-1]


@pytest.fixture(autouse=True)
def no_thread_is_left():
    yield
    while OPEN:
        OPEN.pop().close()


CARDS = ["//USER1A JOB (ACCT),'X',", "//         CLASS={}", "//S EXEC PGM=IEFBR14"]


def ebcdic(card):
    return card.ljust(80).encode("cp037")


def screened(exits, area, cards):
    screen = exits.screen("USER1", 80, "F", 1, area)
    for card in cards:
        screen.put(ebcdic(card))
    return screen.end()


@pytest.mark.parametrize(
    ("spec", "reason"),
    [
        ("FTCHKCMD", "POINT=module:function"),
        ("FTNOSUCH=a:b", "no exit point"),
        ("FTCHKCMD=no_such_module_at_all:f", "ModuleNotFoundError"),
        ("FTCHKCMD=json:nothing", "has no nothing"),
        ("FTCHKCMD=json", "names no function"),
        ("FTCHKCMD=json:__name__", "can be called"),
        ("FTCHKCMD=missing.py:f", "no file missing.py"),
        ("FTCHKCMD=rules:x", "rules are for FTPOSTPR"),
    ],
)
def test_an_exit_that_cannot_be_loaded_says_why(spec, reason):
    with pytest.raises(BadExit, match=reason):
        load([spec], entry_points=False)


def test_a_point_has_one_exit():
    with pytest.raises(BadExit, match="twice"):
        load(["FTCHKCMD=json:dumps", "FTCHKCMD=json:loads"], entry_points=False)


def test_record_7_is_rejected_by_the_example(examples, area):
    exits = Exits.load([f"FTCHKJES={examples}/ftchkjes_record7.py:check"], entry_points=False)

    assert screened(exits, area, ["//X"] * 6).accepted
    assert screened(exits, area, ["//X"] * 7).text == "Record 7 is not welcome."


@pytest.mark.parametrize(("job_class", "accepted"), [("A", True), ("Z", False)])
def test_the_class_example_sees_a_continued_job_statement(examples, area, job_class, accepted):
    exits = Exits.load([f"FTCHKJES={examples}/ftchkjes_class.py:check"], entry_points=False)

    assert accepted is screened(exits, area, [card.format(job_class) for card in CARDS]).accepted


def test_the_address_example_accepts_the_loopback_only(examples, area):
    exits = Exits.load([f"FTCHKIP={examples}/ftchkip_local.py:check"], entry_points=False)
    stranger = SessionArea("F", SocketAddress("192.0.2.1", 1), SocketAddress("127.0.0.1", 21))

    assert exits.call(FTCHKIP(area)).accepted
    assert not exits.call(FTCHKIP(stranger)).accepted


def test_the_password_example_wants_the_badge(examples, area):
    exits = Exits.load([f"FTCHKPWD={examples}/ftchkpwd_userdata.py:check"], entry_points=False)

    assert exits.call(FTCHKPWD("U", "SECRET", "BADGE", 0, area)).accepted
    assert not exits.call(FTCHKPWD("U", "SECRET", "", 0, area)).accepted


def test_the_command_example_refuses_with_text_and_changes_arguments(examples, area):
    exits = Exits.load([f"FTCHKCMD={examples}/ftchkcmd_police.py:check"], entry_points=False)
    facts = ("MVS", "SEQ", "U.", area)

    assert len(exits.call(FTCHKCMD("U", "DELE", "A", *facts)).text.splitlines()) == 2
    assert exits.call(FTCHKCMD("U", "SITE", "FILETYPE=SQL", *facts)).argument == "FILETYPE=SEQ"
    assert None is exits.call(FTCHKCMD("U", "CWD", "A", *facts)).argument


def test_a_program_judges_by_lines_of_json(examples, area):
    exits = Exits.load([f"FTCHKCMD=program:{sys.executable} {examples}/ftchkcmd_program.py"], entry_points=False)
    facts = ("MVS", "SEQ", "U.", area)

    assert exits.call(FTCHKCMD("U", "DELE", "A", *facts)).text == "U may not delete."
    assert exits.call(FTCHKCMD("U", "CWD", "HOME", *facts)).argument == "'U'"
    exits.close()


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("print('x')", "no JSON"),
        ("pass", "without an answer"),
        ("print('[]')", "answered"),
        ("import time; time.sleep(60)", "seconds"),
    ],
)
def test_a_program_that_fails_is_a_refusal(area, code, reason):
    said = []
    program = f'FTCHKCMD=program:{sys.executable} -c "{code}"'
    exits = Exits.load([program], console=said.append, entry_points=False, limit=30.0 if "sleep" not in code else 0.5)

    assert not exits.call(FTCHKCMD("U", "CWD", "A", "MVS", "SEQ", "U.", area)).accepted
    assert reason in said[0]
    exits.close()


def test_the_post_processing_example_asks_for_a_job_that_reads_the_stored_data_set(examples, area):
    exits = Exits.load([f"FTPOSTPR={examples}/ftpostpr_submit.py:after"], entry_points=False)
    done = FTPOSTPR("IBMUSER", "MVS", "IBMUSER.", "SEQ", 250, "ok", "STOR", "C", 0, "IBMUSER.IN", 80, area)

    (job,) = exits.call(done).jobs

    assert "DSN=IBMUSER.IN\n" in job
    assert "//IBMUSEPP JOB" in job


def test_the_smf_example_drops_records_of_deletes(examples, area):
    exits = Exits.load([f"FTPSMFEX={examples}/ftpsmfex_dele.py:check"], entry_points=False)

    assert not exits.call(FTPSMFEX(bytes(22) + b"\x00\x47", area)).accepted
    assert exits.call(FTPSMFEX(bytes(22) + b"\x00\x4b", area)).accepted


def test_job_records_reach_a_program_as_text_too(area):
    from zftpd.exits.program import facts_of

    facts = facts_of(FTCHKJES("U", ebcdic("//A JOB"), 80, 1, 80, 1, "F", area))

    assert facts["card"].rstrip() == "//A JOB"
