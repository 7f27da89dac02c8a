"""Who may read a key ring and have the private keys on it: what R_datalib asks."""

import pytest

from saf.errors import RingNotAuthorized


@pytest.fixture
def rings(racf):
    """USER1 and USER2 with a certificate each; USER1 has a ring with USER1's own, one of SITE and an authority's."""
    racf.user("USER1")
    racf.user("USER2")
    for owner in ("ID(USER1)", "ID(USER2)", "SITE"):
        racf(f"RACDCERT {owner} GENCERT SUBJECTSDN(CN('{owner}')) WITHLABEL('MINE')")
    racf("RACDCERT CERTAUTH GENCERT SUBJECTSDN(CN('CA')) WITHLABEL('CA')")
    racf("RACDCERT ID(USER1) ADDRING(Shared)")
    for which in ("LABEL('MINE')", "SITE LABEL('MINE') USAGE(PERSONAL)", "CERTAUTH LABEL('CA')"):
        racf(f"RACDCERT ID(USER1) CONNECT({which} RING(Shared))")
    return racf


def keys(racf, caller, owner="USER1", ring="Shared"):
    """The owners of the certificates whose private keys `caller` gets."""
    return [entry.owner for entry in racf.saf.keyring(owner, ring, racf.saf.acee(caller)).entries if entry.key_pem]


def test_the_owner_of_a_ring_has_the_owners_keys(rings):
    assert keys(rings, "USER1") == ["USER1"]
    assert keys(rings, "USER1", ring="*") == ["USER1"]


@pytest.mark.parametrize("ring", ["Shared", "*"])
def test_another_users_ring_is_closed(rings, ring):
    with pytest.raises(RingNotAuthorized):
        keys(rings, "USER2", ring=ring)


def test_listring_opens_the_ring_and_gives_no_key(rings):
    rings("RDEFINE FACILITY IRR.DIGTCERT.LISTRING UACC(READ)")
    with pytest.raises(RingNotAuthorized):
        keys(rings, "USER2")

    rings("PERMIT IRR.DIGTCERT.LISTRING CLASS(FACILITY) ID(USER2) ACCESS(UPDATE)")

    assert keys(rings, "USER2") == []


def test_not_even_special_has_anothers_key(rings):
    rings("ALTUSER USER2 SPECIAL")

    assert keys(rings, "USER2") == []


def test_one_may_be_kept_from_ones_own_ring(rings):
    rings("RDEFINE FACILITY IRR.DIGTCERT.LISTRING UACC(NONE)")

    with pytest.raises(RingNotAuthorized):
        keys(rings, "USER1")
    with pytest.raises(RingNotAuthorized):
        keys(rings, "USER1", "*AUTH*", "*")


def test_the_authorities_are_everybodys_to_read(rings):
    entries = rings.saf.keyring("*AUTH*", "*", rings.saf.acee("USER2")).entries

    assert [(entry.label, entry.key_pem) for entry in entries] == [("CA", None)]


@pytest.mark.parametrize(("level", "expected"), [("READ", []), ("UPDATE", ["USER1"])])
def test_the_profile_of_the_ring_lets_others_share_it(rings, level, expected):
    rings("SETROPTS CLASSACT(RDATALIB)")
    rings("RDEFINE RDATALIB USER1.SHARED.LST UACC(NONE)")
    with pytest.raises(RingNotAuthorized):
        keys(rings, "USER2")

    rings(f"PERMIT USER1.SHARED.LST CLASS(RDATALIB) ID(USER2) ACCESS({level})")

    assert keys(rings, "USER2") == expected


def test_the_key_of_a_site_certificate_takes_control_of_gencert(rings):
    rings("RDEFINE FACILITY IRR.DIGTCERT.GENCERT UACC(UPDATE)")
    assert keys(rings, "USER1") == ["USER1"]

    rings("PERMIT IRR.DIGTCERT.GENCERT CLASS(FACILITY) ID(USER1) ACCESS(CONTROL)")

    assert keys(rings, "USER1") == ["USER1", "SITE"]
