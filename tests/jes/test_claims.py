from __future__ import annotations

import threading

import pytest

from jes.errors import JobNotFound
from jes.spool.jobid import NumberRange

EMPTY = "//{name} JOB {operands}\n//S EXEC PGM=IEFBR14\n"


def jcl(name: str, operands: str = "") -> str:
    return EMPTY.format(name=name, operands=operands)


def claimed(system, classes: str = "A") -> str | None:
    """The job that an initiator would take now."""
    claim = system.jes.services.claims.claim(tuple(classes))
    return system.jes.queue.by_key(claim.key).jobname if claim else None


def test_priority_comes_before_age_and_the_class_list_before_both(opened):
    system = opened(start=False)
    for name, operands in (("LOW", "PRTY=1"), ("HIGH", "PRTY=9"), ("OTHER", "CLASS=B,PRTY=15")):
        system.jes.submit(system.acee, jcl(name, operands))

    assert [claimed(system, "AB") for _ in range(4)] == ["HIGH", "LOW", "OTHER", None]


def test_a_second_job_of_a_name_waits(opened):
    system = opened(start=False)
    for _ in range(2):
        system.jes.submit(system.acee, jcl("SAME"))

    assert [claimed(system), claimed(system)] == ["SAME", None]
    assert [(info.status, info.dup) for info in system.jes.jobs(system.acee)] == [("ACTIVE", False), ("INPUT", True)]


def test_a_held_job_waits_for_its_release(opened):
    system = opened(start=False)
    (jobid,) = system.jes.submit(system.acee, jcl("HELD", "TYPRUN=HOLD"))

    assert claimed(system) is None
    assert system.jes.job(system.acee, jobid).held
    system.jes.release(system.acee, jobid)
    assert claimed(system) == "HELD"


def test_many_initiators_never_take_the_same_job(opened):
    system = opened(start=False)
    for number in range(30):
        system.jes.submit(system.acee, jcl(f"J{number}"))
    taken: list[str] = []

    def work():
        while (name := claimed(system)) is not None:
            taken.append(name)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == sorted(f"J{number}" for number in range(30))


def test_numbers_wrap_and_skip_those_in_use(opened):
    system = opened(start=False, numbers=NumberRange(1, 3))
    ids = [system.jes.submit(system.acee, jcl("J"))[0] for _ in range(3)]
    system.jes.cancel(system.acee, "JOB00002")

    assert ids == ["JOB00001", "JOB00002", "JOB00003"]
    assert system.jes.submit(system.acee, jcl("J")) == ["JOB00002"]


def test_a_wide_range_makes_seven_digit_ids(opened):
    system = opened(start=False, numbers=NumberRange(1, 999999))

    assert system.jes.submit(system.acee, jcl("J")) == ["J0000001"]
    assert system.jes.job(system.acee, "JOB00001").jobid == "J0000001"


def test_a_purged_job_is_gone_with_its_contents(system):
    info = system.run(jcl("J"))
    system.jes.cancel(system.acee, info.jobid)

    assert system.jes.jobs(system.acee) == []
    try:
        system.jes.job(system.acee, info.jobid)
    except JobNotFound as error:
        assert info.jobid == error.jobid


def test_jobs_and_output_survive_a_restart(opened, tmp_path):
    first = opened(url=f"file://{tmp_path}/store")
    info = first.run(jcl("J"))
    waiting = first.jes.submit(first.acee, jcl("W", "CLASS=A,TYPRUN=HOLD"))[0]
    log = first.output(info, "JESMSGLG")
    first.close()

    second = opened(url=f"file://{tmp_path}/store")
    again = second.jes.job(second.acee, info.jobid)

    assert ("RC=0000", log) == (again.completion.text, second.output(again, "JESMSGLG"))
    second.jes.release(second.acee, waiting)
    assert second.jes.wait(waiting, 10).completion.text == "RC=0000"


def test_a_waiting_job_that_is_purged_is_gone_before_anybody_else_could_end_it(opened):
    system = opened(start=False)
    system.jes.submit(system.acee, jcl("GONE"))
    (info,) = system.jes.jobs(system.acee)

    assert system.jes.queue.cancel(info, purge=True) == "INPUT"
    assert system.jes.queue.by_key(info.key) is None


@pytest.mark.parametrize(
    ("part", "call", "times", "ends"), [("claims", "finish", 3, "SYS FAIL"), ("queue", "by_key", 1, "RC=0000")]
)
def test_a_job_does_not_stay_active_when_the_spool_fails_for_a_while(opened, monkeypatch, part, call, times, ends):
    system = opened(start=False)
    place = getattr(system.jes.services, part)
    works, failures = getattr(place, call), [OSError("the spool cannot be had")] * times

    def fails(*given):
        if failures:
            raise failures.pop()
        return works(*given)

    monkeypatch.setattr(place, call, fails)
    (jobid,) = system.jes.submit(system.acee, jcl("J"))
    system.jes.start()

    assert system.jes.wait(jobid, 20).completion.text == ends
