from __future__ import annotations

import io
import json

from zftpd.console import Console, event, to_events, to_file, to_stream
from zftpd.messages import MESSAGES, message


def test_the_activity_log_is_shown_only_when_it_is_wanted():
    stream, seen = io.StringIO(), []
    console = Console((to_stream(stream),), (seen.append,))
    console(message("connected", session=1, client="10.1.2.3"))
    console.shows = lambda said: True
    console(message("disconnected", session=1))

    assert stream.getvalue() == "EZYFS52I ID=1 CONN   ends\n"
    assert len(seen) == 2


def test_a_log_file_reads_like_that_of_syslogd(tmp_path, clock):
    console = Console((to_file(tmp_path / "log", clock, "MVS1", "FTPD1"),))
    console(message("port", port=21))

    assert (tmp_path / "log").read_text() == "Mar 25 11:00:00 MVS1 ftpd1: EZY2700I Using port FTP control (21)\n"


def test_an_event_is_a_line_of_json_with_its_facts(tmp_path, clock):
    console = Console((), (to_events(tmp_path / "events", clock),))
    console(message("logged-on", session=7, userid="USER1"))
    console("plain words")
    first, second = (json.loads(line) for line in (tmp_path / "events").read_text().splitlines())

    assert (first["event"], first["number"], first["facts"]) == ("logged-on", "EZYFS56I", {"session": 7, "userid": "USER1"})
    assert first["time"] == "2026-03-25T11:00:00+00:00"
    assert (second["event"], second["message"]) == ("text", "plain words")


def test_a_sink_that_fails_is_left_out_and_the_others_are_told():
    def broken(text):
        raise OSError("disk full")

    stream = io.StringIO()
    console = Console((to_stream(stream), broken))
    console("one")
    console("two")

    assert stream.getvalue().splitlines() == ["one", "EZYFT00W a log cannot be written any more: disk full", "two"]


def test_two_sinks_that_fail_at_once_hold_nobody_up():
    """A log and a stream of events on one full disk."""

    def broken(text):
        raise OSError("disk full")

    def broken_too(text):
        raise OSError("disk full")

    stream = io.StringIO()
    console = Console((broken, to_stream(stream), broken_too), (broken_too,))
    console("one")
    console("two")

    told = stream.getvalue().splitlines()
    assert ["one", "two"] == [line for line in told if not line.startswith("EZYFT00W")]
    assert 3 == len(told) - 2


def test_every_message_has_evidence():
    assert not [key for key, row in MESSAGES.items() if row.evidence not in {"seen", "known", "assumed"}]


def test_an_event_of_strange_facts_is_still_json(clock):
    assert json.dumps(event(message("smf.failed", session=1, reason=OSError("x")), clock()), default=str)
