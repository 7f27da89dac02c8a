"""The words that start the client."""

from __future__ import annotations

import pytest

from zftpd.client.parameters import BadParameters, StartParameters, parse


def test_page_84_starts_the_client_with_a_mechanism_and_a_host():
    assert StartParameters(host="9.65.228.73", mechanism="TLS") == parse("-a tls 9.65.228.73".split())


def test_options_stand_behind_a_parenthesis():
    parsed = parse("-r host 2121 (EXIT=8 TIMEOUT 60 TCP TCPCS".split())

    assert ("host", 2121, 8, 60, "TCPCS") == (parsed.host, parsed.port, parsed.fixed_exit, parsed.timeout, parsed.tcpname)
    assert parsed.required and parsed.exit_on_error


def test_a_parenthesis_may_touch_its_option():
    assert parse(["10.0.0.1", "(EXIT"]).exit_on_error


@pytest.mark.parametrize(
    "words",
    ["-a ssl3 host", "-a", "-z host", "a b", "a 21 x", "host (EXIT=9999", "host (WHAT", "-f", "-x host", "-w host", "-a gss h",
     "host (TIMEOUT x", "host 0", "host 99999", "-t", "host \u00b2"],
)  # fmt: skip
def test_a_word_that_makes_no_sense_is_named(words):
    with pytest.raises(BadParameters):
        parse(words.split())


@pytest.mark.parametrize(
    ("words", "mechanism", "required", "host"),
    [("-r tls host", "TLS", True, "host"), ("-r host", "", True, "host"), ("-a never host", "NEVER", False, "host"),
     ("-a gssapi host", "GSSAPI", False, "host"), ("-a tls -r host", "TLS", True, "host")],
)  # fmt: skip
def test_a_mechanism_may_be_asked_for_or_demanded(words, mechanism, required, host):
    parsed = parse(words.split())

    assert (parsed.mechanism, parsed.required, parsed.host) == (mechanism, required, host)


@pytest.mark.parametrize("words", ["-t ODD -w 30 host", "host (TRANSLATE ODD TIMEOUT 30", "host (trans ODD TIMEOUT=30)"])
def test_tables_and_timeouts_have_a_switch_and_an_option(words):
    parsed = parse(words.split())

    assert (parsed.translate, parsed.timeout, parsed.host) == ("ODD", 30, "host")
