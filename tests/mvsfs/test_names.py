"""Which names data sets and members can have, and what masks cover."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mvsfs.errors import InvalidDsname
from mvsfs.info import Target
from mvsfs.names import (
    Mask,
    MemberMask,
    check_dsname,
    check_member,
    generation_dsname,
    is_dsname,
    is_member,
    parse_target,
    split_generation,
)


@pytest.mark.parametrize("name", ["A", "USER1.JCL", "SYS1.$X.@Y.#Z", "A.B-C.D{E", ".".join(["ABCDEFGH"] * 4) + ".ABCDEFGH"])
def test_a_data_set_name_is_folded_to_upper_case(name):
    assert check_dsname(name.lower()) == name


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("", "empty"),
        ("A..B", "empty"),
        ("A.", "empty"),
        ("LONGQUALIFIER.X", "qualifier-long"),
        ("A.1B", "first-character"),
        ("A.-B", "first-character"),
        ("*", "first-character"),
        ("MIK*", "character"),
        ("A.B_C", "character"),
        ("A.B C", "character"),
        ("A.\u00c4", "first-character"),
        (".".join(["ABCDEFGH"] * 5) + ".A", "length"),
    ],
)
def test_a_wrong_data_set_name_says_which_rule(name, rule):
    with pytest.raises(InvalidDsname) as caught:
        check_dsname(name)

    assert caught.value.rule == rule
    assert not is_dsname(name)


@pytest.mark.parametrize(
    ("name", "valid"),
    [("A", True), ("ABCDEFGH", True), ("ABCDEFGHI", False), ("1A", False), ("A-B", False), ("$A{", True)],
)
def test_a_member_name_has_no_hyphen(name, valid):
    assert is_member(name) is valid


def test_a_member_name_is_folded():
    assert check_member("mem@1") == "MEM@1"


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("a.b", Target("A.B")),
        ("A.B(m)", Target("A.B", member="M")),
        ("A.B(0)", Target("A.B", generation=0)),
        ("A.B(+1)", Target("A.B", generation=1)),
        ("A.B(-12)", Target("A.B", generation=-12)),
        (" A.B( M ) ", Target("A.B", member="M")),
    ],
)
def test_targets_have_a_member_or_a_relative_generation(text, target):
    assert parse_target(text) == target
    assert parse_target(str(target)) == target


@pytest.mark.parametrize("text", ["A.B(", "A.B(M", "A.B()", "A.B(+1X)", "A.B(1234)", "(M)", "A.B(M)X", "A.B(TOOLONGNAME)"])
def test_a_broken_target_is_refused(text):
    with pytest.raises(InvalidDsname):
        parse_target(text)


def test_generations_are_written_with_four_and_two_digits():
    assert generation_dsname("A.B", 7) == "A.B.G0007V00"
    assert split_generation("A.B.G0007V00") == ("A.B", 7, 0)
    assert split_generation("A.B.G7V00") is None


def test_a_generation_needs_room_for_its_suffix():
    with pytest.raises(InvalidDsname):
        generation_dsname("ABCDEFGH." * 3 + "ABCDEFGH.A", 1)


@pytest.mark.parametrize(
    ("pattern", "name", "covered"),
    [
        ("USER1.*", "USER1.A", True),
        ("USER1.*", "USER1.A.B.C", True),
        ("USER1.*", "USER1", False),
        ("USER1.AB*", "USER1.ABC.D", True),
        ("USER1.AB*", "USER1.AB", True),
        ("USER1.AB*", "USER1.AC", False),
        ("USER1.*.JCL", "USER1.X.JCL", True),
        ("USER1.*.JCL", "USER1.X.Y.JCL", False),
        ("USER1.**.JCL", "USER1.X.Y.JCL", True),
        ("USER1.**.JCL", "USER1.JCL", True),
        ("USER1.**", "USER1", True),
        ("USER1.**", "USER1.A.B", True),
        ("USER1.**", "USER12.A", False),
        ("USER1.A%", "USER1.AB", True),
        ("USER1.A%", "USER1.A", False),
        ("USER1.A%", "USER1.AB.C", False),
        ("**", "A.B", True),
        ("**.JCL", "A.B.JCL", True),
        ("**.JCL", "JCL", True),
        ("**.JCL", "A.JCLX", False),
        ("*", "A.B", True),
        ("A.B", "A.B", True),
        ("A.B", "A.BC", False),
        ("a.b*", "A.BC", True),
        ("A$.#*", "A$.#1", True),
    ],
)
def test_ftp_masks(pattern, name, covered):
    assert Mask(pattern).matches(name) is covered


@pytest.mark.parametrize(
    ("pattern", "name", "covered"),
    [
        ("USER1.*", "USER1.A", True),
        ("USER1.*", "USER1.A.B", False),
        ("USER1.*X*", "USER1.AXB", True),
        ("USER1.**", "USER1.A.B", True),
        ("USER1.**", "USER1", True),
        ("**.A.**", "A", True),
        ("**.A.**", "X.A.Y.Z", True),
        ("**.A.**", "X.AB.Y", False),
        ("*.A", "X.A", True),
        ("*", "X.A", False),
    ],
)
def test_catalog_masks(pattern, name, covered):
    assert Mask(pattern, "catalog").matches(name) is covered


@pytest.mark.parametrize(
    ("pattern", "rule"),
    [
        ("A.B*C", "wildcard"),
        ("A.***", "wildcard"),
        ("A.LONGQUALIFIER*", "qualifier-long"),
        ("", "empty"),
        ("A..*", "empty"),
        ("A.?", "character"),
        ("A.1*", "first-character"),
        ("A.(+1)", "character"),
    ],
)
def test_a_wrong_mask_says_which_rule(pattern, rule):
    with pytest.raises(InvalidDsname) as caught:
        Mask(pattern)

    assert caught.value.rule == rule


def test_a_mask_without_generic_characters_is_a_name():
    assert not Mask("A.B").is_generic
    assert Mask("A.%").is_generic


NAMES = st.lists(st.from_regex(r"[A-C$][A-C1]{0,2}", fullmatch=True), min_size=1, max_size=4).map(".".join)
PATTERNS = st.lists(st.sampled_from(["**", "*", "A*", "%", "B%", "A", "AB", "C%*"]), min_size=1, max_size=4).map(".".join)


@given(PATTERNS, NAMES, st.sampled_from(["ftp", "catalog"]))
def test_what_a_mask_covers_begins_with_its_prefix(pattern, name, style):
    mask = Mask(pattern, style)
    if mask.matches(name):
        assert name.startswith(mask.prefix)
    assert mask.matches(name) == bool(re.fullmatch(mask.regex, name))


def _covers(pattern: list[str], name: list[str]) -> bool:
    """The rule of catalog masks written out, to compare with."""
    if not pattern:
        return not name
    if pattern[0] == "**":
        return any(_covers(pattern[1:], name[at:]) for at in range(len(name) + 1))
    if not name:
        return False
    regex = pattern[0].replace("$", r"\$").replace("*", ".*").replace("%", ".")
    return bool(re.fullmatch(regex, name[0])) and _covers(pattern[1:], name[1:])


@given(PATTERNS, NAMES)
def test_catalog_masks_follow_the_rule_level_by_level(pattern, name):
    assert Mask(pattern, "catalog").matches(name) == _covers(pattern.split("."), name.split("."))


@pytest.mark.parametrize(
    ("pattern", "name", "covered"),
    [("*", "ABC", True), ("A*C", "ABBC", True), ("A%C", "ABC", True), ("A%", "A", False)],
)
def test_member_masks(pattern, name, covered):
    assert MemberMask(pattern).matches(name) is covered


@pytest.mark.parametrize("pattern", ["", "A.B", "A?", "A-B"])
def test_a_wrong_member_mask_is_refused(pattern):
    with pytest.raises(InvalidDsname):
        MemberMask(pattern)


@given(st.text(max_size=60))
def test_any_text_is_a_target_or_refused_with_facts(text):
    for parse in (parse_target, Mask, MemberMask, lambda pattern: Mask(pattern, "catalog")):
        try:
            parse(text)
        except InvalidDsname:
            pass


@pytest.mark.timeout(10)
@pytest.mark.parametrize("mask", [Mask(".".join(["**"] * 20 + ["Z"])), MemberMask("*" * 60 + "X")], ids=["data sets", "members"])
def test_asterisks_in_a_row_cost_no_time(mask):
    assert not mask.matches(".".join("A" * 22) if isinstance(mask, Mask) else "ABCDEFGH")


def test_a_mask_is_no_longer_than_twice_a_name():
    assert Mask("A*." * 29 + "A").matches(".".join(["A"] * 30))
    with pytest.raises(InvalidDsname) as refused:
        Mask("A*." * 29 + "AA")
    assert "length" == refused.value.rule
