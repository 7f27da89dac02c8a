from __future__ import annotations

import threading
import time

import pytest

from zftpd.exits.call import ACCEPT, REFUSE, Exits
from zftpd.exits.loader import Exit
from zftpd.exits.points import FTCHKCMD, FTCHKIP, FTCHKJES, FTCHKPWD, FTPOSTPR, FTPSMFEX, POINTS, Verdict

OPEN = []


def command(area, argument="X"):
    return FTCHKCMD("USER1", "DELE", argument, "MVS", "SEQ", "USER1.", area)


def exits_with(function, point="FTCHKCMD", limit=5.0):
    said = []
    exits = Exits({point: Exit(function, "test")}, console=said.append, limit=limit)
    OPEN.append(exits)
    return exits, said


@pytest.fixture(autouse=True)
def no_thread_is_left():
    """Every test closes its exits, and then no helper thread is left."""
    yield
    while OPEN:
        OPEN.pop().close()


def loop(_point):
    while True:
        pass


def stubborn(_point):
    while True:
        try:
            time.sleep(0.001)
        except Exception:
            pass


def test_without_an_exit_everything_is_accepted(area):
    assert ACCEPT is Exits().call(command(area))


@pytest.mark.parametrize(
    ("answer", "accepted"), [(None, True), (0, True), (8, False), (Verdict(), True), (Verdict.reject("no"), False)]
)
def test_an_exit_may_answer_nothing_a_code_or_a_verdict(area, answer, accepted):
    exits, said = exits_with(lambda _: answer)

    assert accepted is exits.call(command(area)).accepted
    assert said == []


@pytest.mark.parametrize(
    "answer",
    ["no", True, object(), [], Verdict(argument="A\r\nDELE B"), Verdict(rc="8"), Verdict(text=None)],
    ids=lambda answer: type(answer).__name__ + str(answer)[:20] if type(answer) is not object else "object",
)
def test_nonsense_is_a_refusal_and_the_operator_hears_of_it(area, answer):
    exits, said = exits_with(lambda _: answer)

    assert REFUSE is exits.call(command(area))
    assert "FTCHKCMD" in said[0]


@pytest.mark.parametrize("point", list(POINTS))
def test_an_exit_that_raises_has_the_safe_outcome_of_its_point(area, point):
    def raises(_):
        raise SystemExit(3)

    exits, said = exits_with(raises, point)
    facts = {
        "FTCHKIP": FTCHKIP(area),
        "FTPSMFEX": FTPSMFEX(b"", area),
        "FTPOSTPR": FTPOSTPR("U", "MVS", "U.", "SEQ", 250, "ok", "STOR", "C", 0, "U.A", 1, area),
        "FTCHKCMD": command(area),
        "FTCHKPWD": FTCHKPWD("U", "SECRET", "", 0, area),
        "FTCHKJES": FTCHKJES("U", b"", 80, 1, 0, 1, "F", area),
    }[point]

    assert (point in {"FTPOSTPR", "FTPSMFEX"}) is exits.call(facts).accepted
    assert "SystemExit" in said[0]


@pytest.mark.parametrize("function", [loop, stubborn])
def test_an_exit_that_loops_is_given_up_and_its_thread_ends(area, function):
    exits, said = exits_with(function, limit=0.2)
    start = time.monotonic()

    assert REFUSE is exits.call(command(area))
    assert time.monotonic() - start < 10
    assert "0.2 seconds" in said[0]
    deadline = time.monotonic() + 20
    while any(thread.name == "exit" for thread in threading.enumerate()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not [thread for thread in threading.enumerate() if thread.name == "exit"]


def test_only_the_command_exit_may_change_an_argument(area):
    changing = Verdict(argument="OTHER", jobs=("//A JOB",))

    exits, _ = exits_with(lambda _: changing)
    assert Verdict(argument="OTHER") == exits.call(command(area))

    exits, _ = exits_with(lambda _: changing, "FTCHKIP")
    assert exits.call(FTCHKIP(area)) == ACCEPT


def test_a_text_may_have_lines_but_no_control_characters(area):
    exits, _ = exits_with(lambda _: Verdict.reject("a\r\n500 b\x07\nc"))

    assert exits.call(command(area)).text.splitlines() == ["a", "500 b", "c"]


def test_the_scratchpad_lasts_for_the_session(area):
    def count(point):
        point.session.scratchpad[0] += 1

    exits, _ = exits_with(count)
    exits.call(command(area))
    exits.call(command(area))

    assert area.scratchpad[0] == 2


def test_each_record_of_a_job_is_shown_in_order_and_the_refused_one_is_known(area):
    seen = []

    def check(point):
        seen.append((point.number, point.total, point.record))
        return 8 if point.number == 7 else 0

    exits, _ = exits_with(check, "FTCHKJES")
    screen = exits.screen("USER1", 80, "F", 1, area)
    for _ in range(100):
        screen.put(b"x" * 80)

    assert not screen.end().accepted
    assert screen.number == 7
    assert [(number, number * 80, b"x" * 80) for number in range(1, 8)] == seen


def test_facts_that_an_exit_keeps_stay_those_of_their_record(area):
    kept = []

    def check(point):
        if point.number % 3 == 0:
            kept.append(point)

    exits, _ = exits_with(check, "FTCHKJES")
    screen = exits.screen("USER1", 80, "F", 1, area)
    for number in range(1, 301):
        screen.put(b"%080d" % number)
    screen.end()

    assert [(point.number, point.record, point.total) for point in kept] == [
        (number, b"%080d" % number, number * 80) for number in range(3, 301, 3)
    ]


def test_a_slow_exit_is_not_given_more_records_than_its_time_allows(area):
    exits, _ = exits_with(lambda _: time.sleep(0.002), "FTCHKJES", limit=0.5)
    screen = exits.screen("USER1", 80, "F", 1, area)
    for _ in range(1000):
        screen.put(b"x" * 80)

    assert screen.end().accepted


def test_a_job_without_screening_has_none(area):
    assert None is Exits().screen("USER1", 80, "F", 1, area)


def test_screening_costs_little_more_than_the_exit_itself(area):
    """A figure, with room for a busy machine: 20,000 records in well under a second."""
    exits, _ = exits_with(lambda _: 0, "FTCHKJES")
    screen = exits.screen("USER1", 80, "F", 1, area)
    record = b"x" * 80
    start = time.perf_counter()
    for _ in range(20000):
        screen.put(record)
    screen.end()

    assert time.perf_counter() - start < 5.0


def test_close_ends_the_helper_threads(area):
    exits, _ = exits_with(lambda _: 0)
    exits.call(command(area))
    exits.close()

    assert not [thread for thread in threading.enumerate() if thread.name == "exit"]
