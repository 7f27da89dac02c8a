from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mvsfs.errors import InvalidDsname
from zftpd.errors import UnknownHome
from zftpd.naming import (
    DatasetPattern,
    MemberPattern,
    NameRules,
    UnixPattern,
    directory,
    names_prefix,
    parent,
    pattern,
    resolve,
)
from zftpd.session import MVS, UNIX, Location

HOMES = {"": "/u/ibmuser", "bob": "/u/bob"}
PREFIX = NameRules(Location(prefix="IBMUSER"), home=HOMES.get)
PDS = NameRules(Location(prefix="IBMUSER.LIB", is_pds=True), home=HOMES.get)
EMPTY = NameRules(Location(), home=HOMES.get)
HFS = NameRules(Location(realm=UNIX, prefix="IBMUSER", unix="/u/ibmuser"), home=HOMES.get)


@pytest.mark.parametrize(
    ("rules", "typed", "meant"),
    [
        (PREFIX, "jcl", "IBMUSER.JCL"),
        (PREFIX, "'sys1.maclib'", "SYS1.MACLIB"),
        (PREFIX, "'SYS1.MACLIB(AMODE)'", "SYS1.MACLIB(AMODE)"),
        (PREFIX, "'SYS1.MACLIB", "SYS1.MACLIB"),
        (PREFIX, "lib(mem)", "IBMUSER.LIB(MEM)"),
        (PREFIX, "gdg(+1)", "IBMUSER.GDG(+1)"),
        (PREFIX, "gdg(0)", "IBMUSER.GDG(0)"),
        (PREFIX, "gdg(-1)", "IBMUSER.GDG(-1)"),
        (PREFIX, "//'A.B'", "A.B"),
        (PREFIX, "//B", "IBMUSER.B"),
        (PREFIX, "/tmp/../etc//hosts", "/etc/hosts"),
        (PREFIX, "~/x", "/u/ibmuser/x"),
        (PREFIX, "~bob", "/u/bob"),
        (PDS, "mem", "IBMUSER.LIB(MEM)"),
        (PDS, "(mem)", "IBMUSER.LIB(MEM)"),
        (PDS, "'OTHER.LIB(X)'", "OTHER.LIB(X)"),
        (PDS, "hello.txt", "IBMUSER.LIB.HELLO.TXT"),
        (EMPTY, "a.b", "A.B"),
        (HFS, "Notes.txt", "/u/ibmuser/Notes.txt"),
        (HFS, "../bob/x", "/u/bob/x"),
        (HFS, "'A.B'", "A.B"),
        (HFS, "//A.B", "A.B"),
    ],
)
def test_what_an_argument_names(rules, typed, meant):
    assert meant == str(resolve(typed, rules))


@pytest.mark.parametrize(
    "typed", ["", "1BAD", "LONGQUALIFIER", "A..B", "'A.B(TOOLONGMEM)'", "A(B", "A*B", "'" + "A." * 30 + "B'", "''"]
)
def test_a_name_that_no_data_set_can_have_is_refused_as_it_was_typed(typed):
    with pytest.raises(InvalidDsname) as caught:
        resolve(typed, PREFIX)

    assert typed == caught.value.text


def test_quotes_are_part_of_the_name_without_quotesoverride():
    with pytest.raises(InvalidDsname):
        resolve("'A.B'", NameRules(Location(prefix="IBMUSER"), quotesoverride=False))


def test_a_user_without_a_home_directory_has_no_tilde():
    with pytest.raises(UnknownHome):
        resolve("~nobody/x", PREFIX)


@pytest.mark.parametrize(
    ("rules", "typed", "shown"),
    [
        (PREFIX, "'A.B'", "A.B."),
        (PREFIX, "'A.B.'", "A.B."),
        (PREFIX, "source", "IBMUSER.SOURCE."),
        (PREFIX, "''", ""),
        (PREFIX, "//", ""),
        (PREFIX, "..", ""),
        (PREFIX, "/tmp", "/tmp"),
        (PREFIX, "~", "/u/ibmuser"),
        (PDS, "X", "IBMUSER.LIB.X."),
        (PDS, "..", "IBMUSER."),
        (HFS, "sub", "/u/ibmuser/sub"),
        (HFS, "..", "/u"),
        (HFS, "//", ""),
        (HFS, "//'A.B'", "A.B."),
        (HFS, "'A.B'", "A.B."),
    ],
)
def test_where_cwd_leads(rules, typed, shown):
    assert shown == str(directory(typed, rules))


@pytest.mark.parametrize("typed", ["*", "MIK*", "'LONGQUALIFIER.X'", "A B"])
def test_cwd_takes_no_wildcards_and_no_bad_qualifiers(typed):
    with pytest.raises(InvalidDsname):
        directory(typed, PREFIX)


def test_a_final_dot_says_that_the_name_is_a_prefix():
    assert names_prefix("'SYS1.MACLIB.'")
    assert not names_prefix("'SYS1.MACLIB'")


def test_the_two_directories_are_kept_apart():
    there = directory("/tmp", PREFIX)

    assert (there.realm, there.prefix) == (UNIX, "IBMUSER")
    assert directory("//X", NameRules(there)).realm == MVS


@pytest.mark.parametrize(("shown", "above"), [("A.B.C", "A.B."), ("A", ""), ("", "")])
def test_cdup_stops_at_the_empty_prefix(shown, above):
    assert above == str(parent(Location(prefix=shown)))


def test_cdup_stops_at_the_root():
    assert str(parent(Location(realm=UNIX, unix="/"))) == "/"


@pytest.mark.parametrize(
    ("rules", "typed", "meant"),
    [
        (PREFIX, "", DatasetPattern("IBMUSER.*", "IBMUSER", full=False)),
        (PREFIX, "*", DatasetPattern("IBMUSER.*", "IBMUSER", full=False)),
        (PREFIX, "src*", DatasetPattern("IBMUSER.SRC*", "IBMUSER", full=False)),
        (PREFIX, "'A.B.*'", DatasetPattern("A.B.*", "", full=True)),
        (PREFIX, "'A.B'", DatasetPattern("A.B", "", full=True)),
        (EMPTY, "", DatasetPattern("*", "", full=False)),
        (PREFIX, "lib(ab*)", MemberPattern("IBMUSER.LIB", "AB*", relative=False)),
        (PREFIX, "'LIB(*)'", MemberPattern("LIB", "*", relative=False, full=True)),
        (PDS, "", MemberPattern("IBMUSER.LIB", "*", relative=True)),
        (PDS, "ab%", MemberPattern("IBMUSER.LIB", "AB%", relative=True)),
        (HFS, "", UnixPattern("/u/ibmuser", "")),
        (HFS, "*.txt", UnixPattern("/u/ibmuser/*.txt", "*.txt")),
        (PREFIX, "/tmp/", UnixPattern("/tmp", "/tmp/")),
    ],
)
def test_what_a_listing_argument_means(rules, typed, meant):
    assert meant == pattern(typed, rules)


@settings(deadline=None)
@given(st.text(max_size=70), st.sampled_from([PREFIX, PDS, EMPTY, HFS]))
def test_any_text_is_resolved_or_refused(text, rules):
    for function in (resolve, directory, pattern):
        try:
            function(text, rules)
        except (InvalidDsname, UnknownHome):
            pass


@pytest.mark.parametrize("typed", ["'", "''"])
def test_a_pattern_of_quotes_alone_is_refused_as_it_was_typed(typed):
    with pytest.raises(InvalidDsname) as refused:
        pattern(typed, NameRules(Location(prefix="A")))

    assert refused.value.text == typed
