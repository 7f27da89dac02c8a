from __future__ import annotations

import re
from pathlib import Path

import pytest

from zftpd.protocol import persona
from zftpd.protocol.reply import Reply
from zftpd.protocol.text import ASSUMED, KNOWN, SEEN
from zftpd.protocol.wording import TEXTS, reply

SERVER = Path(__file__).resolve().parents[3] / "zftpd"


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_text_has_its_evidence_and_source(text):
    assert text.evidence in {SEEN, KNOWN, ASSUMED}
    assert text.source
    assert 100 <= text.code < 600


def test_no_body_line_looks_like_the_end_of_a_reply():
    """One client ends a reply at the first line that begins with three digits and a blank."""
    assert not [text.id for text in TEXTS.values() for line in text.words.split("\n") if re.match(r"\d{3} ", line)]


def test_no_reply_is_worded_outside_the_tables():
    pattern = re.compile(r"""["'](?:1|2|3|4|5)\d{2}[ -][A-Z][a-z]+ """)
    places = [path for path in SERVER.rglob("*.py") if not {"client", "testing", "texts"} & set(path.parts)]

    assert [str(path) for path in places if pattern.search(path.read_text())] == []


def test_continuation_lines_repeat_the_code():
    said = reply("site.ok").after("one", "two")

    assert said.wire() == b"200-one\r\n200-two\r\n200 SITE command was accepted\r\n"


@pytest.mark.parametrize("name", persona.names())
def test_every_shipped_persona_can_be_used(name):
    loaded = persona.load(name)

    assert loaded.word(reply("noop")).text == "OK"


def test_a_persona_changes_words_and_code_of_one_text():
    old = persona.load("v2r3")

    said = old.word(reply("size.unconfigured", verb="SIZE"))

    assert said == Reply(504, ("Command SIZE aborted -- FTP server not configured for parameter SIZE.",))
    assert old.word(reply("noop")) == reply("noop")


def test_a_persona_keeps_remarks_before_the_reply():
    said = persona.load("os390").word(reply("cwd.pds", prefix="A.LOAD").after("remark"))

    assert said.lines == ("remark", "\"'A.LOAD'\" partitioned data set is working directory")


@pytest.mark.parametrize("toml", ["[texts.nosuchtext]\nwords='x'", "release = ["])
def test_a_bad_persona_is_refused(toml):
    with pytest.raises(persona.UnknownPersona):
        persona.parse(toml, "bad")
