"""SCHEDULE holds a job until its time, or brings it to the front of its class; NOTIFY tells people how it ended."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

STEP = "//S EXEC PGM=IEFBR14\n"


class MovableClock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 25, 11, 0, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock():
    return MovableClock()


@pytest.fixture
def told(system):
    """What users were told, as (user, message without node)."""
    messages: list[tuple[str, str]] = []
    system.jes.on_notify(lambda user, text: messages.append((user, text)))
    return messages


def heard(told: list[tuple[str, str]], count: int) -> list[tuple[str, str]]:
    """Return what was told when there is so much of it: users are told after a job has become output."""
    limit = time.monotonic() + 10
    while len(told) < count and time.monotonic() < limit:
        time.sleep(0.01)
    return told


def submit(system, statements: str, name: str = "J") -> str:
    return system.jes.submit(system.acee, f"//{name} JOB\n{statements}{STEP}")[0]


@pytest.mark.parametrize(
    ("holduntl", "later"),
    [
        ("'+00:30'", timedelta(minutes=30)),
        ("'+00:00:05'", timedelta(seconds=5)),
        ("'12:15'", timedelta(hours=1, minutes=15)),
        ("'10:00'", timedelta(hours=23)),
        ("('11:30','03/26/2026')", timedelta(days=1, minutes=30)),
        ("'2026/085'", timedelta(hours=13)),
    ],
)
def test_a_job_is_held_until_its_time(system, clock, holduntl, later):
    jobid = submit(system, f"// SCHEDULE HOLDUNTL={holduntl}\n")
    clock.moment += later - timedelta(seconds=1)
    system.jes.initiators.tend()

    waiting = system.jes.job(system.acee, jobid)
    assert (waiting.status, waiting.held) == ("INPUT", True)

    clock.moment += timedelta(seconds=1)
    assert system.jes.wait(jobid, 20).completion.text == "RC=0000"


def test_a_time_that_has_passed_holds_no_job(system):
    jobid = submit(system, "// SCHEDULE HOLDUNTL=('10:00','03/25/2026')\n")

    assert system.jes.wait(jobid, 20).completion.text == "RC=0000"


def test_an_operator_releases_a_job_before_its_time(system):
    jobid = submit(system, "// SCHEDULE HOLDUNTL='+10:00'\n")
    system.jes.release(system.acee, jobid)

    assert system.jes.wait(jobid, 20).completion.text == "RC=0000"


def test_typrun_hold_outlives_the_time(system, clock):
    jobid = system.jes.submit(system.acee, "//J JOB TYPRUN=HOLD\n// SCHEDULE HOLDUNTL='+00:01'\n" + STEP)[0]
    clock.moment += timedelta(minutes=2)
    system.jes.initiators.tend()

    assert system.jes.job(system.acee, jobid).held


def test_a_job_that_should_have_started_comes_first_in_its_class(opened, clock):
    system = opened(start=False)
    first = submit(system, "", "FIRST")
    late = submit(system, "// SCHEDULE STARTBY='+00:10'\n", "LATE")
    clock.moment += timedelta(minutes=10)
    system.jes.initiators.tend()

    assert system.jes.job(system.acee, late).priority == 15
    assert system.jes.job(system.acee, first).priority < 15


def test_a_held_job_survives_the_restart_of_its_system(opened, clock, tmp_path):
    before = opened(start=False, url=f"file://{tmp_path}")
    jobid = submit(before, "// SCHEDULE HOLDUNTL='+01:00'\n")
    clock.moment += timedelta(hours=2)
    after = opened(url=f"file://{tmp_path}")

    assert after.jes.wait(jobid, 20).completion.text == "RC=0000"


def test_a_held_job_can_be_purged(system):
    jobid = submit(system, "// SCHEDULE HOLDUNTL='+01:00'\n")
    system.jes.cancel(system.acee, jobid)

    assert system.jes.jobs(system.acee) == []


def test_notify_statements_tell_their_users(system, told):
    jobid = submit(system, "// NOTIFY USER=ANNA\n// NOTIFY USER=N1.BERT,TYPE=MSG\n// NOTIFY EMAIL='c@d.org'\n")
    system.jes.wait(jobid, 20)

    assert heard(told, 2) == [(user, "$HASP165 J        ENDED AT N1  MAXCC=0 CN(INTERNAL)") for user in ("ANNA", "BERT")]


def test_when_tells_under_which_condition(system, told):
    statements = "// NOTIFY USER=GOOD,WHEN='RC=0'\n// NOTIFY USER=BAD,WHEN='ABEND | RC>4'\n// NOTIFY USER=PLAIN,WHEN=(RC=0)\n"
    system.jes.wait(submit(system, statements), 20)
    heard(told, 2)
    failing = f"//J JOB\n{statements}//S EXEC PGM=NOSUCH\n"
    system.jes.wait(system.jes.submit(system.acee, failing)[0], 20)

    # After an abend RC is still 0, as on an IF statement.
    assert [user for user, _ in heard(told, 5)] == ["GOOD", "PLAIN", "GOOD", "BAD", "PLAIN"]


def test_a_user_is_told_once(system, told):
    jobid = system.jes.submit(system.acee, "//J JOB NOTIFY=ANNA\n// NOTIFY USER=ANNA\n" + STEP)[0]
    system.jes.wait(jobid, 20)

    assert [user for user, _ in heard(told, 1)] == ["ANNA"]


def test_a_job_with_a_jcl_error_tells_those_who_want_to_know_anyway(system, told):
    system.run("//J JOB\n// NOTIFY USER=ANNA\n// NOTIFY USER=BERT,WHEN='RC=0'\n//S EXEC PGM=IEFBR14,NOSUCH=1\n")

    assert heard(told, 1) == [("ANNA", "$HASP165 J        ENDED AT N1 - JCL ERROR CN(INTERNAL)")]
