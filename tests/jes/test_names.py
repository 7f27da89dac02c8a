from __future__ import annotations

import pytest

from jes import names


@pytest.mark.parametrize(("text", "forms"), [
    ("JOB00012", ("JOB00012", "J0000012")), ("j12", ("JOB00012", "J0000012")), ("J0887745", ("J0887745",)),
    ("TSU00024", ("TSU00024", "T0000024")), ("S1", ("STC00001", "S0000001")), ("JOBX", ()), ("", ()), ("JESMSGLG", ()),
])  # fmt: skip
def test_a_job_id_has_a_short_and_a_wide_form(text, forms):
    assert forms == names.jobid_forms(text)


def test_a_range_above_99999_gives_seven_digits():
    assert (names.jobid(7), names.jobid(7, wide=True), names.jobid(123456)) == ("JOB00007", "J0000007", "J0123456")


@pytest.mark.parametrize(("pattern", "name", "matches"), [
    ("*", "ANY", True), ("", "ANY", True), ("USER1*", "USER1A", True), ("USER1*", "USER2", False), ("A?C", "ABC", True),
    ("A%C", "ABBC", False), ("a*", "ABC", True), ("A.C", "ABC", False),
])  # fmt: skip
def test_masks_of_job_names(pattern, name, matches):
    assert matches is (names.mask(pattern).match(name) is not None)
