"""A job that was only kept reads, when somebody looks, as if it had been read when it came."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jes.config import JesConfig
from jes.hosttext import to_host
from jes.output import CURRENT
from jes.spool.store import packed, unpacked
from jes.spool.unread import Unread, is_unread, restored
from saf.messages import ich408i
from saf.profiles import Acee

PLAIN = "//PLAIN JOB (ACCT),'A PROGRAMMER',CLASS=B,MSGCLASS=X,NOTIFY=&SYSUID,PRTY=7\n//S EXEC PGM=IEFBR14\n"
JOBS = {
    "plain": PLAIN,
    "continued": "//TWO JOB (ACCT),\n//   CLASS=A,TYPRUN=HOLD\n//S EXEC PGM=IEFBR14\n",
    "priority": "/*PRIORITY 12\n//PRTY JOB\n//S EXEC PGM=IEFBR14\n",
    "jobparm": "//PARM JOB\n/*JOBPARM SYSAFF=SYSB,RESTART=N\n/*NOTIFY OTHER\n//S EXEC PGM=IEFBR14\n",
    "wrong jecl": "//WRONG JOB\n/*JOBPARM COPIES=ABC\n//S EXEC PGM=IEFBR14\n",
    "deleted": "//GONE JOB\n//S EXEC PGM=IEFBR14\n/*DEL\n",
    "scan": "//SCAN JOB\n/*SCAN\n//S EXEC PGM=IEFBR14\n",
    "of another": "//OTHER JOB USER=OTHER\n//S EXEC PGM=IEFBR14\n",
    "of nobody": "//NOBODY JOB USER=NOBODY\n//S EXEC PGM=IEFBR14\n",
    "wrong group": "//GROUP JOB GROUP=NOGROUP\n//S EXEC PGM=IEFBR14\n",
    "long name": "//MUCHTOOLONG JOB\n//S EXEC PGM=IEFBR14\n",
    "too long a system": "//SYSTEMS JOB SYSAFF=NINECHARS\n//S EXEC PGM=IEFBR14\n",
    "many systems": f"//SYSTEMS JOB\n/*JOBPARM SYSAFF=({','.join('ABCDEFGHIJKLMNO')})\n//S EXEC PGM=IEFBR14\n",
    "no user ID": "//NOUSER JOB USER='A B'\n//S EXEC PGM=IEFBR14\n",
    "scheduled": "//LATER JOB\n//A SCHEDULE HOLDUNTL='+00:30'\n//S EXEC PGM=IEFBR14\n",
    "several": PLAIN + PLAIN.replace("PLAIN", "SECOND"),
}


@pytest.fixture
def both(opened):
    """Two systems without initiators; the second leaves its jobs unread."""
    systems = [opened(start=False), opened(start=False)]
    for system in systems:
        system.user("OTHER")
        system.jes.submit(system.acee, PLAIN)
        system.told = []
        system.jes.on_console(system.told.append)
        system.saf.on_violation(lambda violation, told=system.told: told.extend(ich408i(violation)))
    systems[1].jes.leave_unread()
    return systems


def facts(system, acee):
    """What is known of all jobs, apart from when they came."""
    found = system.jes.queue.select()
    marks = [system.jes.queue.marks(info.key) for info in found]
    cards = [system.jes.queue.input_records(info.key) for info in found]
    return [replace(info, submitted=None) for info in found], marks, cards


@pytest.mark.parametrize("name", JOBS)
def test_a_job_left_unread_becomes_what_one_read_at_once_is(both, name):
    ids = [system.jes.submit(system.acee, JOBS[name]) for system in both]

    assert ids[0] == ids[1]
    at_once, later = (facts(system, system.acee) for system in both)
    assert at_once == later
    assert both[0].told == both[1].told


def test_listeners_are_told_when_the_job_is_in_the_queue(both):
    _, system = both
    system.jes.submit(system.acee, JOBS["wrong group"])
    assert system.told == []

    system.jes.jobs(system.acee)

    assert any(line.startswith("ICH408I") for line in system.told)
    assert any("$HASP100 GROUP" in line for line in system.told)


@pytest.mark.parametrize("wrong", ["wrong group", "of nobody"])
def test_a_refusal_is_not_written_into_the_log_of_the_job_that_looked(both, wrong):
    _, system = both
    seen = []
    system.saf.on_violation(lambda violation: seen.append(CURRENT.get()))
    system.jes.submit(system.acee, JOBS[wrong])
    token = CURRENT.set(object())
    try:
        system.jes.queue.select()
    finally:
        CURRENT.reset(token)

    assert seen == [None]


@pytest.mark.parametrize("read", [0, 1], ids=["at once", "later"])
def test_a_listener_that_fails_is_not_the_business_of_who_submits_or_looks(both, read):
    system = both[read]
    heard = []
    system.saf.on_violation(lambda _violation: 1 / 0)
    system.jes.on_console(heard.append)
    system.jes.submit(system.acee, JOBS["wrong group"])

    assert [info.jobname for info in system.jes.jobs(system.acee)] == ["GROUP", "PLAIN"]
    assert any("$HASP100 GROUP" in line for line in heard)


@pytest.mark.parametrize("code", [0x00, 0x0D, 0x15, 0x25])
def test_no_control_character_of_a_job_statement_reaches_listings(both, code):
    cards = [bytes(code if byte == 0x6F else byte for byte in to_host(line)) for line in ("//A?B JOB ,'C?D'", "//S EXEC PGM=X")]
    for system in both:
        system.jes.submit(system.acee, cards)

        info = system.jes.queue.select()[0]
        assert (info.jobname, info.programmer) == ("A?B", "C?D")
        assert system.jes.queue.input_records(info.key)[0].startswith(cards[0])


def test_what_another_version_knew_of_a_user_does_not_stop_input_service(both):
    _, system = both
    known = json.loads(Unread(system.acee, system.jes.queue.now()).text())
    del known["unread"][0]["operations_over"]
    known["unread"][0]["clearance"] = 7

    assert restored(known).acee == system.acee


def test_who_may_submit_is_decided_by_the_rules_and_counted(both):
    for system in both:
        for command in (
            "SETROPTS CLASSACT(JESJOBS) RACLIST(JESJOBS) STATISTICS(JESJOBS)",
            "RDEFINE JESJOBS SUBMIT.*.PLAIN.* UACC(NONE)",
            "RDEFINE JESJOBS SUBMIT.** UACC(READ)",
            "SETROPTS RACLIST(JESJOBS) REFRESH",
        ):
            system.saf.command(system.acee, command)
        acee = system.saf.acee("OTHER")
        system.jes.submit(acee, PLAIN)
        system.jes.submit(acee, PLAIN.replace("PLAIN", "MAYRUN"))

    at_once, later = (facts(system, system.acee) for system in both)
    assert at_once == later
    assert [mark.ending for mark in later[1]] == ["", "SEC", ""]
    assert both[0].told == both[1].told


@pytest.mark.parametrize("password", ["PASSWORD=SECRET", "PASSWORD=WRONG"])
def test_a_job_with_a_password_is_read_at_once(both, password):
    job = PLAIN.replace("CLASS=B", f"USER=OTHER,{password}")

    for system in both:
        system.jes.submit(system.acee, job)
    assert both[1].told == both[0].told != []

    assert facts(both[0], None) == facts(both[1], None)


def test_a_password_that_only_symbols_make_signs_nobody_on(opened):
    config = JesConfig(system_symbols={"HALF": "WORD"})
    system = opened(start=False, system_symbols=config.system_symbols)
    system.user("OTHER")
    system.jes.submit(system.acee, PLAIN)
    system.jes.leave_unread()

    system.jes.submit(system.acee, PLAIN.replace("CLASS=B", "USER=OTHER,PASS&HALF=SECRET"))

    info = system.jes.queue.select(jobname="PLAIN")[0]
    assert (info.owner, system.jes.queue.marks(info.key).ending) == ("OTHER", "SEC")


def test_a_job_keeps_the_time_it_came(both, clock):
    _, system = both
    system.jes.submit(system.acee, PLAIN)
    system.jes.queue.now = lambda: clock() + timedelta(minutes=1)

    assert system.jes.queue.select()[0].submitted == clock()


def test_a_fault_in_input_service_ends_that_job_and_lets_the_others_in(both, monkeypatch):
    _, system = both
    original = system.jes._submission._job

    def breaks(acee, read, *rest):
        if to_host("//BAD") in read.records[0]:
            raise RuntimeError("broken")
        return original(acee, read, *rest)

    monkeypatch.setattr(system.jes._submission, "_job", breaks)
    for name in ("BAD", "GOOD"):
        system.jes.submit(system.acee, PLAIN.replace("PLAIN", name))

    endings = {info.jobname: system.jes.queue.marks(info.key).ending for info in system.jes.queue.select()}
    assert endings == {"JOB": "SYSFAIL", "GOOD": "", "PLAIN": ""}


NAMES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$#@", min_size=1, max_size=8)
ACEES = st.builds(
    Acee,
    userid=NAMES,
    group=NAMES,
    groups=st.lists(NAMES).map(tuple),
    name=st.text(max_size=20),
    special=st.booleans(),
    uid=st.none() | st.integers(0, 2**31 - 1),
    gids=st.frozensets(st.integers(0, 1000)),
    last_access=st.none() | st.datetimes(),
    operations_over=st.frozensets(NAMES),
    conditions=st.frozensets(st.tuples(NAMES, NAMES)),
)


@given(st.builds(Unread, ACEES, st.datetimes(), st.booleans(), st.booleans(), NAMES))
def test_what_is_kept_of_an_unread_job_comes_back(unread):

    known = json.loads(unread.text())

    assert is_unread(known)
    assert restored(known) == unread


@given(st.lists(st.binary(max_size=100), min_size=1))
def test_card_images_come_back_unless_they_are_too_many(records):
    size = sum(len(record) + 4 for record in records)

    assert list(unpacked(packed(records, size))) == records
    assert packed(records, size - 1) is None
