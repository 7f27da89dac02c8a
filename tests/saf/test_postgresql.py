"""The security database in PostgreSQL, where several systems share it. Skips where PostgreSQL is not installed."""

from __future__ import annotations

import threading

import pytest

from saf import Access, Saf, SafError, SafOptions
from saf.address import engine_at
from saf.passwords import Scrypt
from tests.mvsfs.storage.test_postgresql import server, url  # noqa: F401  (fixtures)


@pytest.fixture
def system(url, clock):  # noqa: F811
    engines = []

    def make(**options):
        engines.append(engine_at(url))
        saf = Saf.open(engines[-1], now=clock, options=SafOptions(scrypt=Scrypt(n=16), **options))
        saf.bootstrap()
        return saf

    yield make
    for engine in engines:
        engine.dispose()


def command(saf, text, rc=0):
    result = saf.command(saf.operator(), text)
    assert result.rc == rc, result.lines
    return result.lines


def test_a_permit_on_one_system_holds_on_the_other(system):
    one, two = system(), system()
    command(one, "ADDUSER USER1")
    command(one, "ADDGROUP PAY")
    command(one, "ADDSD 'PAY.**' UACC(NONE)")
    acee = two.acee("USER1")
    assert not two.auth(acee, "DATASET", "PAY.ROLL", Access.READ).allowed

    command(one, "PERMIT 'PAY.**' ID(USER1) ACCESS(READ)")

    assert two.auth(acee, "DATASET", "PAY.ROLL", Access.READ).allowed


def test_changes_and_wrong_passwords_of_many_threads_are_all_counted(system):
    saf = system()

    def work(number):
        for place in range(4):
            command(saf, f"ADDUSER T{number}{place}")
            with pytest.raises(SafError):
                saf.verify("IBMUSER", "WRONG")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(saf.snapshot().users) == 21
    with pytest.raises(SafError) as caught:
        saf.verify("IBMUSER", "WRONG")
    assert caught.value.failures == 21


def test_private_keys_need_a_passphrase_or_a_key_file(system, tmp_path):
    gencert = "RACDCERT GENCERT SUBJECTSDN(CN('X')) WITHLABEL('X') NISTECC"
    lines = command(system(), gencert, rc=8)
    assert lines[0].startswith("IRRD126I The private key cannot be used: a passphrase or a key file is needed")

    command(system(passphrase="long and secret"), gencert)

    assert system(passphrase="long and secret").keyring("IBMUSER", "*").entries[0].key_pem
