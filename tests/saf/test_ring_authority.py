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


_REFUSED = "IRRD101I You are not authorized to issue the RACDCERT command."
#: [RACFCL RACDCERT CONNECT] tables 1 and 2: the certificate, USAGE, what it takes of CONNECT, and whether of ADD as well.
_ONE_S_OWN_RING = [
    ("LABEL('MINE')", "PERSONAL", "READ", False),
    ("ID(USER2) LABEL('MINE')", "PERSONAL", "UPDATE", False),
    ("SITE LABEL('MINE')", "PERSONAL", "CONTROL", False),
    ("CERTAUTH LABEL('CA')", "PERSONAL", "CONTROL", False),
    ("LABEL('MINE')", "CERTAUTH", "READ", True),
    ("LABEL('MINE')", "SITE", "READ", True),
    ("ID(USER2) LABEL('MINE')", "SITE", "UPDATE", True),
    ("SITE LABEL('MINE')", "SITE", "UPDATE", False),
    ("CERTAUTH LABEL('CA')", "CERTAUTH", "UPDATE", False),
]
_BELOW = {"READ": "NONE", "UPDATE": "READ", "CONTROL": "UPDATE"}


def _permit(racf, function, level):
    racf(f"PERMIT IRR.DIGTCERT.{function} CLASS(FACILITY) ID(USER1) ACCESS({level})")


@pytest.fixture
def guarded(rings):
    """The same, with USER1 not yet permitted to anything."""
    rings("RACDCERT ID(USER1) ADDRING(New)")
    rings("RACDCERT ID(USER2) ADDRING(Other)")
    for function in ("CONNECT", "REMOVE", "ADD", "GENCERT", "LIST"):
        rings(f"RDEFINE FACILITY IRR.DIGTCERT.{function} UACC(NONE)")
    return rings


@pytest.mark.parametrize(("which", "usage", "level", "adds"), _ONE_S_OWN_RING)
def test_connect_to_ones_own_ring_takes_what_the_table_says(guarded, which, usage, level, adds):
    command = f"RACDCERT CONNECT({which} RING(New) USAGE({usage}))"
    _permit(guarded, "ADD", "CONTROL" if adds else "NONE")
    _permit(guarded, "CONNECT", _BELOW[level])
    assert guarded(command, user="USER1", rc=8) == [_REFUSED]

    _permit(guarded, "CONNECT", level)

    if adds:
        _permit(guarded, "ADD", "UPDATE")
        assert guarded(command, user="USER1", rc=8) == [_REFUSED]
        _permit(guarded, "ADD", "CONTROL")
    assert guarded(command, user="USER1") == []


@pytest.mark.parametrize("which", ["ID(USER1) LABEL('MINE')", "ID(USER2) LABEL('MINE')", "CERTAUTH LABEL('CA')"])
def test_connect_to_anothers_ring_takes_control(guarded, which):
    command = f"RACDCERT ID(USER2) CONNECT({which} RING(Other))"
    _permit(guarded, "CONNECT", "UPDATE")
    assert guarded(command, user="USER1", rc=8) == [_REFUSED]

    _permit(guarded, "CONNECT", "CONTROL")

    assert guarded(command, user="USER1") == []


def test_who_may_not_connect_does_not_learn_which_rings_there_are(guarded):
    assert guarded("RACDCERT ID(USER2) CONNECT(LABEL('X') RING(Nosuch))", user="USER1", rc=8) == [_REFUSED]


@pytest.mark.parametrize(("which", "level"), [("LABEL('MINE')", "READ"), ("SITE LABEL('MINE')", "UPDATE")])
def test_remove_from_ones_own_ring_takes_what_the_table_says(guarded, which, level):
    command = f"RACDCERT REMOVE({which} RING(Shared))"
    _permit(guarded, "REMOVE", _BELOW[level])
    assert guarded(command, user="USER1", rc=8) == [_REFUSED]

    _permit(guarded, "REMOVE", level)

    assert guarded(command, user="USER1") == []


def test_remove_from_anothers_ring_takes_control(guarded):
    guarded("RACDCERT ID(USER2) CONNECT(LABEL('MINE') RING(Other))")
    _permit(guarded, "REMOVE", "UPDATE")

    assert guarded("RACDCERT ID(USER2) REMOVE(LABEL('MINE') RING(Other))", user="USER1", rc=8) == [_REFUSED]


@pytest.mark.parametrize(
    ("owner", "signer", "add", "gencert"),
    [
        ("", "", "READ", "READ"),
        ("ID(USER2)", "", "UPDATE", "UPDATE"),
        ("CERTAUTH", "", "CONTROL", "CONTROL"),
        ("", "SIGNWITH(LABEL('MINE'))", "READ", "READ"),
        ("ID(USER2)", "SIGNWITH(ID(USER1) LABEL('MINE'))", "UPDATE", "READ"),
        ("", "SIGNWITH(CERTAUTH LABEL('CA'))", "READ", "CONTROL"),
    ],
)
def test_gencert_takes_add_by_the_owner_and_gencert_by_the_signer(guarded, owner, signer, add, gencert):
    command = f"RACDCERT {owner} GENCERT SUBJECTSDN(CN('N')) WITHLABEL('NEW') NISTECC {signer}"
    for low in ({"ADD": _BELOW[add], "GENCERT": gencert}, {"ADD": add, "GENCERT": _BELOW[gencert]}):
        for function, level in low.items():
            _permit(guarded, function, level)
        assert guarded(command, user="USER1", rc=8) == [_REFUSED]
    _permit(guarded, "GENCERT", gencert)

    assert guarded(command, user="USER1") == []


def test_checkcert_shows_the_data_set_to_all_and_the_database_to_those_who_may_list_it(guarded):
    guarded("RACDCERT ID(USER2) EXPORT(LABEL('MINE')) DSN('A.CERT')")
    guarded.datasets["USER1.CERT"] = guarded.datasets["A.CERT"]

    assert guarded("RACDCERT CHECKCERT('USER1.CERT')", user="USER1")[0] == "Digital certificate information:"
    _permit(guarded, "LIST", "READ")
    assert guarded("RACDCERT CHECKCERT('USER1.CERT')", user="USER1")[0] == "Digital certificate information:"
    _permit(guarded, "LIST", "UPDATE")
    lines = guarded("RACDCERT CHECKCERT('USER1.CERT')", user="USER1")
    assert lines[0] == "Digital certificate information for user USER2:"
    assert "  Label: MINE" in lines
    assert "  Ring Associations:" not in lines


def test_listchain_takes_control_of_list(guarded):
    _permit(guarded, "LIST", "UPDATE")
    assert guarded("RACDCERT LISTCHAIN(LABEL('MINE'))", user="USER1", rc=8) == [_REFUSED]
    _permit(guarded, "LIST", "CONTROL")

    lines = guarded("RACDCERT LISTCHAIN(LABEL('MINE'))", user="USER1")
    assert lines[-3:] == [
        "Chain information:",
        "  Chain contains 1 certificate(s), chain is complete",
        "  Chain contains ring in common: USER1/Shared",
    ]


def test_checkcert_shows_a_chain_from_its_end_to_its_root(guarded):
    guarded("RACDCERT ID(USER1) GENCERT SUBJECTSDN(CN('N')) WITHLABEL('NEW') NISTECC SIGNWITH(CERTAUTH LABEL('CA'))")
    guarded("RACDCERT ID(USER1) EXPORT(LABEL('NEW')) DSN('USER1.P7B') FORMAT(PKCS7B64)")

    lines = guarded("RACDCERT CHECKCERT('USER1.P7B')")

    assert [line for line in lines if line.startswith(("Certificate", "Digital"))] == [
        "Certificate 1:",
        "Digital certificate information for user USER1:",
        "Certificate 2:",
        "Digital certificate information for CERTAUTH:",
    ]
    assert lines[-1] == "  Chain contains 2 certificate(s), chain is complete"
