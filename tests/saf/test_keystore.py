"""Private keys at rest."""

from __future__ import annotations

import stat

import pytest

from saf import Saf, SafOptions
from saf.errors import KeyStoreClosed
from saf.schema import CERTIFICATES

GENCERT = "RACDCERT GENCERT SUBJECTSDN(CN('X')) WITHLABEL('X') NISTECC"


@pytest.fixture
def ring(racf):
    racf(GENCERT)
    racf("RACDCERT ADDRING(R)")
    racf("RACDCERT CONNECT(LABEL('X') RING(R))")
    return racf


def another(racf, **options):
    return Saf.open(racf.engine, now=lambda: racf.moment, options=SafOptions(**options))


def test_the_key_lies_in_a_file_beside_the_database_that_only_its_owner_reads(ring, tmp_path):
    file = tmp_path / "store" / "saf.key"

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with ring.engine.connect() as sql:
        (sealed,) = (sql.execute(CERTIFICATES.select()).mappings().one()["key"],)
    assert b"PRIVATE" not in sealed and sealed[0] == 1
    assert file.read_bytes().strip() not in (tmp_path / "store" / "catalog.db").read_bytes()


def test_a_process_with_the_same_key_file_opens_it(ring):
    assert another(ring).keyring("IBMUSER", "R").default.key_pem == ring.saf.keyring("IBMUSER", "R").default.key_pem


def test_with_another_key_nothing_is_opened(ring, tmp_path):
    with pytest.raises(KeyStoreClosed):
        another(ring, key_file=tmp_path / "other.key").keyring("IBMUSER", "R")
    with pytest.raises(KeyStoreClosed):
        another(ring, passphrase="guess").keyring("IBMUSER", "R")

    (tmp_path / "store" / "saf.key").write_bytes(b"bent")
    with pytest.raises(KeyStoreClosed, match="saf.key"):
        ring.saf.keyring("IBMUSER", "R")


def test_a_passphrase_does_without_a_file(racf, tmp_path):
    saf = another(racf, passphrase="a long phrase")
    saf.command(saf.operator(), GENCERT)

    assert not (tmp_path / "store" / "saf.key").exists()
    assert another(racf, passphrase="a long phrase").keyring("IBMUSER", "*").entries[0].key_pem
    with pytest.raises(KeyStoreClosed):
        another(racf, passphrase="another phrase").keyring("IBMUSER", "*")


def test_a_sealed_key_cannot_be_moved_to_another_certificate(racf):
    racf(GENCERT)
    racf(GENCERT.replace("'X'", "'Y'"))
    with racf.engine.begin() as sql:
        rows = sql.execute(CERTIFICATES.select()).mappings().all()
        sql.execute(CERTIFICATES.update().where(CERTIFICATES.c.id == rows[1]["id"]).values(key=rows[0]["key"]))

    with pytest.raises(KeyStoreClosed):
        racf.saf.keyring("IBMUSER", "*")


def test_a_ring_never_shows_its_keys_by_accident(ring):
    assert "PRIVATE" not in repr(ring.saf.keyring("IBMUSER", "R"))
