from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zftpd.protocol.addresses import BadAddress, UnknownFamily, format_pasv, parse_eprt, parse_port, plain_host


@settings(deadline=None)
@given(st.lists(st.integers(0, 255), min_size=4, max_size=4), st.integers(0, 65535))
def test_an_announced_address_is_read_back(host, port):
    text = ".".join(map(str, host))

    assert parse_port(format_pasv(text, port)) == (text, port)


@pytest.mark.parametrize(
    "text", ["", "1,2,3,4,5", "1,2,3,4,5,256", "a,2,3,4,5,6", "1,2,3,4,5,6,7", "-1,2,3,4,5,6", "1,2,3,4,5,²"]
)
def test_a_bad_port_argument_is_refused(text):
    with pytest.raises(BadAddress):
        parse_port(text)


def test_eprt_takes_both_families_and_any_delimiter():
    assert parse_eprt("|1|192.168.1.100|1025|") == (1, "192.168.1.100", 1025)
    assert parse_eprt("+2+::1+1025+") == (2, "::1", 1025)


@pytest.mark.parametrize(
    "text", ["", "|1|1.2.3.4|", "|1|::1|1025|", "|2|1.2.3.4|1025|", "|1|1.2.3.4|0|", "|1|1.2.3.4|99999|", "|1|x|1|"]
)
def test_a_bad_eprt_argument_is_refused(text):
    with pytest.raises(BadAddress):
        parse_eprt(text)


def test_an_unknown_family_is_told_apart():
    with pytest.raises(UnknownFamily):
        parse_eprt("|3|1.2.3.4|1025|")


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text):
    for parser in (parse_port, parse_eprt):
        try:
            parser(text)
        except (BadAddress, UnknownFamily):
            pass


def test_a_mapped_address_is_the_ipv4_address_that_it_is():
    assert plain_host("::ffff:10.1.2.3") == "10.1.2.3"
    assert plain_host("fe80::1%eth0") == "fe80::1"
