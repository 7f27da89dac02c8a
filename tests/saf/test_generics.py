"""What generic profile names match, and which is the most specific."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saf.generics import is_generic, matches, specificity


@pytest.mark.parametrize(
    ("profile", "name", "covered"),
    [
        ("AB.CD*", "AB.CD", True),
        ("AB.CD*", "AB.CDEF", True),
        ("AB.CD*", "AB.CD.EF", False),
        ("AB.CD.*", "AB.CD.EF", True),
        ("AB.CD.*", "AB.CD", False),
        ("AB.CD.*", "AB.CD.EF.GH", False),
        ("AB.CD.**", "AB.CD", True),
        ("AB.CD.**", "AB.CD.EF.GH", True),
        ("AB.CD.**", "AB.CDE", False),
        ("AB.CD*.**", "AB.CDE.F", True),
        ("AB.**.CD", "AB.CD", True),
        ("AB.**.CD", "AB.X.Y.CD", True),
        ("AB.**.CD", "AB.X.Y.CDE", False),
        ("AB.*.CD", "AB.CD", False),
        ("AB.*.CD", "AB.X.CD", True),
        ("AB.C%", "AB.CD", True),
        ("AB.C%", "AB.C", False),
        ("AB.C%D", "AB.C.D", False),
        ("SYS1.**", "SYS10.X", False),
    ],
)
def test_enhanced_generic_names_of_data_sets(profile, name, covered):
    """[RACFCL] table of generic naming with EGN active."""
    assert covered == matches(profile, name, bounded=True)


@pytest.mark.parametrize(
    ("profile", "name", "covered"),
    [
        ("AB.CD*", "AB.CD.EF", True),
        ("AB.CD.*", "AB.CD.EF.GH", True),
        ("AB.CD.*", "AB.CD", False),
        ("*", "ANYTHING.AT.ALL", True),
        ("**", "ANYTHING.AT.ALL", True),
        ("*.USER1.**", "N1.USER1.JOB.JOB00001.D1.X", True),
        ("EZB.FTP.*.*.PORT21", "EZB.FTP.MVS1.FTPD1.PORT21", True),
        ("EZB.FTP.*.*.PORT21", "EZB.FTP.MVS1.PORT21", False),
        ("EZB.FTP.**", "EZB.FTP.MVS1.FTPD1.SITE.DUMP", True),
        ("%%B.FTP", "EZB.FTP", True),
    ],
)
def test_a_trailing_asterisk_of_a_general_resource_runs_to_the_end(profile, name, covered):
    assert covered == matches(profile, name, bounded=False)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("A.B.C", "A.B.%"),
        ("A.B.%", "A.B.*"),
        ("A.B.*", "A.B.**"),
        ("A.B.**", "A.*.C"),
        ("A.BC*", "A.B*"),
        ("A.B*", "A.B*.**"),
        ("A.*.C", "A.**"),
        ("*", "**"),
    ],
)
def test_the_first_difference_decides_which_profile_is_more_specific(better, worse):
    assert specificity(better, bounded=True) < specificity(worse, bounded=True)


@pytest.mark.parametrize(("better", "worse"), [("A.*.C", "A.*"), ("A.B*.C", "A.B*"), ("A.*", "A.**"), ("A.%*", "A.*")])
def test_a_trailing_asterisk_of_a_general_resource_is_less_specific_than_one_within(better, worse):
    assert specificity(better, bounded=False) < specificity(worse, bounded=False)


@pytest.mark.parametrize("mask", ["*A" * 60 + "*B", "A." + "**.A." * 40 + "B"], ids=["asterisks", "qualifiers"])
def test_no_mask_takes_long_to_compare(mask):
    began = time.perf_counter()
    assert not matches(mask, "A" * 200 if "." not in mask else "A" + ".A" * 100, bounded=False)
    assert time.perf_counter() - began < 1


_NAME = st.lists(st.text("ABC1", min_size=1, max_size=3), min_size=1, max_size=4).map(".".join)
_MASK = st.lists(st.text("ABC1%*", min_size=1, max_size=3), min_size=1, max_size=4).map(".".join)


@given(_NAME)
def test_a_name_without_generic_characters_covers_itself_alone(name):
    assert matches(name, name, bounded=True)
    assert not is_generic(name)
    assert not matches(name, name + "X", bounded=True)


@given(_MASK, _NAME)
def test_what_a_bounded_name_covers_an_unbounded_one_covers_as_well(mask, name):
    if matches(mask, name, bounded=True):
        assert matches(mask, name, bounded=False)


@given(_NAME, st.data())
def test_a_percent_sign_stands_for_any_one_character(name, data):
    places = [i for i, sign in enumerate(name) if sign != "."]
    at = data.draw(st.sampled_from(places))

    assert matches(name[:at] + "%" + name[at + 1 :], name, bounded=True)


@given(_NAME)
def test_two_asterisks_after_a_qualifier_cover_all_below_it(name):
    first = name.split(".")[0]

    assert matches(f"{first}.**", name, bounded=True)
    assert matches(re.sub(r"[^.]+$", "*", name), name, bounded=True)
