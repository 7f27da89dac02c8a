"""The database under several processes and threads."""

from __future__ import annotations

import subprocess
import sys
import threading

from saf import Access, Saf
from saf.address import engine_at


def test_processes_that_start_together_find_one_database(tmp_path):
    code = (
        "import sys; from datetime import datetime, timezone\n"
        "from saf import Saf; from saf.address import engine_at\n"
        "saf = Saf.open(engine_at(sys.argv[1]), now=lambda: datetime.now(timezone.utc))\n"
        "print(saf.bootstrap())"
    )
    started = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True) for _ in range(4)]
    answers = [process.communicate(timeout=60)[0].strip() for process in started]

    assert sorted(answers) == ["False", "False", "False", "True"]


def test_commands_of_many_threads_all_hold(racf):
    def define(number):
        racf(f"ADDUSER U{number:03d}")

    threads = [threading.Thread(target=define, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(name.startswith("U0") for name in racf.saf.snapshot().users) == 12


def test_a_sign_on_does_not_make_every_process_read_all_profiles_again(racf):
    racf.user("USER1")
    snapshot = racf.saf.snapshot()

    racf.saf.verify("USER1", "SECRET")
    racf.refusal("USER1", "WRONG")

    assert racf.saf.snapshot() is snapshot


def test_a_listing_changes_nothing(racf):
    snapshot = racf.saf.snapshot()

    racf("LISTUSER *")
    racf("SETROPTS LIST")

    assert racf.saf.snapshot().users == snapshot.users


def test_decisions_go_on_while_commands_change_the_database(racf):
    acee = racf.user("USER1")
    racf("ADDGROUP PAY")
    racf("ADDSD 'PAY.**' UACC(NONE)")
    stop = threading.Event()
    wrong = []

    def ask():
        while not stop.is_set():
            decision = racf.saf.auth(acee, "DATASET", "PAY.ROLL", Access.READ, log=False)
            if decision.allowed != (decision.held >= Access.READ):
                wrong.append(decision)

    asker = threading.Thread(target=ask)
    asker.start()
    for _ in range(15):
        racf("PERMIT 'PAY.**' ID(USER1) ACCESS(READ)")
        racf("PERMIT 'PAY.**' ID(USER1) DELETE")
    stop.set()
    asker.join()

    assert wrong == []


def test_the_database_survives_its_process(tmp_path, clock):
    engine = engine_at(str(tmp_path))
    Saf.open(engine, now=clock).bootstrap("FIRST")
    engine.dispose()

    again = Saf.open(engine_at(str(tmp_path)), now=clock)

    assert not again.bootstrap("SECOND")
    assert again.verify("IBMUSER", "FIRST").userid == "IBMUSER"
