"""Jobs are known when they have arrived, and everybody who looks finds them in the queue."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from jes.errors import JobNumbersExhausted
from jes.hosttext import to_text
from jes.spool import tables
from jes.spool.arrivals import _MANY
from jes.spool.jobid import NumberRange
from jes.system import Jes
from mvsfs.storage.database import reading

JOB = "//{} JOB 1,CLASS={}\n//S EXEC PGM=IEFBR14\n"


def waiting(jes):
    with reading(jes.queue.engine) as connection:
        return connection.execute(select(func.count()).select_from(tables.arrival)).scalar_one()


@pytest.fixture
def quiet(opened):
    """A JES without initiators whose spool has had its first job."""
    system = opened(start=False)
    system.jes.submit(system.acee, JOB.format("FIRST", "A"))
    return system


def submit(system, name="NEXT", job_class="A"):
    (jobid,) = system.jes.submit(system.acee, JOB.format(name, job_class))
    return jobid


def test_a_job_waits_as_an_arrival_until_somebody_looks(quiet):
    jobid = submit(quiet)
    assert waiting(quiet.jes) == 1

    assert [info.jobid for info in quiet.jes.jobs(quiet.acee)] == [jobid, "JOB00001"]

    assert waiting(quiet.jes) == 0


def test_it_is_found_by_its_id_with_its_card_images(quiet):
    info = quiet.jes.queue.find(submit(quiet, "CARDS"))

    assert (info.jobname, info.status, info.cards) == ("CARDS", "INPUT", 2)
    assert [to_text(card).split() for card in quiet.jes.queue.input_records(info.key)] == [
        ["//CARDS", "JOB", "1,CLASS=A"],
        ["//S", "EXEC", "PGM=IEFBR14"],
    ]


def test_an_initiator_takes_arrivals_in_the_order_of_their_coming(quiet):
    jobs = ["JOB00001", *(submit(quiet, f"J{number}") for number in range(3))]
    claims = quiet.jes.services.claims

    taken = [quiet.jes.queue.by_key(claims.claim(("A",)).key).jobid for _ in jobs]

    assert taken == jobs


def test_numbers_follow_each_other_whether_jobs_are_small_or_large(quiet):
    large = "".join(f"//* {number}\n" for number in range(1000))

    ids = [submit(quiet), *quiet.jes.submit(quiet.acee, JOB.format("LARGE", "A") + large), submit(quiet)]

    assert ids == ["JOB00002", "JOB00003", "JOB00004"]
    assert [info.jobname for info in quiet.jes.jobs(quiet.acee)] == ["NEXT", "LARGE", "NEXT", "FIRST"]


def test_more_arrivals_than_one_transaction_takes_are_all_seen(quiet):
    count = 2 * _MANY + 1
    ids = [submit(quiet) for _ in range(count)]

    assert {info.jobid for info in quiet.jes.jobs(quiet.acee)} == {"JOB00001", *ids}


def test_the_jobs_of_one_reader_arrive_together_with_numbers_in_order(quiet):
    ids = quiet.jes.submit(quiet.acee, "".join(JOB.format(f"J{number}", "A") for number in range(3)))

    assert ids == ["JOB00002", "JOB00003", "JOB00004"]
    assert waiting(quiet.jes) == 3


def test_a_range_that_comes_round_skips_jobs_in_the_queue_and_arrivals(opened):
    system = opened(start=False, numbers=NumberRange(1, 4))
    ids = [submit(system) for _ in range(2)]
    system.jes.cancel(system.acee, ids[0])
    ids += [submit(system) for _ in range(3)]

    assert ids == ["JOB00001", "JOB00002", "JOB00003", "JOB00004", "JOB00001"]
    with pytest.raises(JobNumbersExhausted):
        submit(system)


def test_arrivals_outlive_the_process_that_took_them(quiet):
    jobid = submit(quiet)
    other = Jes.open(quiet.mvs, quiet.saf, now=quiet.jes.services.now)

    assert other.queue.find(jobid).jobname == "NEXT"
