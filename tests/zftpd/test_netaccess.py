"""Security zones of the network, and what they let a client do."""

from __future__ import annotations

import ftplib
import io

import pytest

from saf.profiles import PortOfEntry
from tests.zftpd.test_refused_logins import FAILED, refused, start, told  # noqa: F401  (a fixture)
from zftpd.netaccess import port_of_entry, zones

PROFILE = """
PORT 21 TCP FTPD1
NETACCESS INBOUND OUTBOUND   ; both
  192.168.0.0/16     HOUSE
  192.168.7.0 255.255.255.0 CELLAR
  192.168.7.9/32     BOILER
  2001:DB8::/32      SIXES
  DEFAULTHOME        HOME
  DEFAULT            WORLD
ENDNETACCESS
10.0.0.0/8 NOTHING
"""


@pytest.mark.parametrize(
    ("client", "zone"),
    [
        ("192.168.1.1", "HOUSE"),
        ("192.168.7.1", "CELLAR"),
        ("192.168.7.9", "BOILER"),
        ("::ffff:192.168.7.9", "BOILER"),
        ("2001:db8::1", "SIXES"),
        ("127.0.0.1", "HOME"),
        ("198.51.100.5", "HOME"),
        ("203.0.113.9", "WORLD"),
        ("10.1.1.1", "WORLD"),
    ],
)
def test_the_most_specific_mapping_counts(client, zone):
    assert zones(PROFILE).of(client, "198.51.100.5") == zone


def test_a_host_that_nothing_names_lies_in_no_zone():
    known = zones("NETACCESS 192.168.0.0/16 HOUSE ENDNETACCESS".replace(" 192", "\n192").replace(" END", "\nEND"))

    assert port_of_entry(known, "SERVAUTH", "10.1.1.1", "127.0.0.1", "EZB.NETACCESS.MVS1.TCPIP") is None
    assert port_of_entry(known, "SERVAUTH", "192.168.1.1", "127.0.0.1", "EZB.NETACCESS.MVS1.TCPIP") == PortOfEntry(
        "SERVAUTH", "EZB.NETACCESS.MVS1.TCPIP.HOUSE"
    )


def test_a_terminal_is_the_address_in_hexadecimal_and_ipv6_has_none():
    assert port_of_entry(zones(""), "TERMINAL", "192.168.7.9", "x", "P") == PortOfEntry("TERMINAL", "C0A80709")
    assert port_of_entry(zones(PROFILE), "TERMINAL", "2001:db8::1", "::1", "P") == PortOfEntry("SERVAUTH", "P.SIXES")


@pytest.mark.parametrize("line", ["192.168.0.0/99 A", "1.2.3.4", "DEFAULT", "1.2.3.4/32 TOOLONGZONE", "a.b.c.d/8 Z", "1 2 3 4"])
def test_a_mapping_that_is_none_is_told_with_its_line(line):
    with pytest.raises(ValueError, match=r"NETACCESS, line 2: .* is no network with a security zone"):
        zones(f"NETACCESS\n{line}\nENDNETACCESS")


ZONES = "NETACCESS\n127.0.0.0/8 ZONEA\nENDNETACCESS"


def test_a_client_whose_zone_is_not_permitted_does_not_sign_on(start):  # noqa: F811
    server = start("PORTOFENTRY4 SERVAUTH", "RDEFINE SERVAUTH EZB.NETACCESS.*.*.ZONEA UACC(NONE)", netaccess=ZONES)

    assert refused(server) == FAILED
    assert told(server, "LOGON/JOB INITIATION - NOT AUTHORIZED TO SERVAUTH EZB.NETACCESS.MVS1.TCPIP.ZONEA")


def test_a_client_whose_terminal_is_not_permitted_does_not_sign_on(start):  # noqa: F811
    server = start("PORTOFENTRY4 TERMINAL", "SETROPTS CLASSACT(TERMINAL)", "RDEFINE TERMINAL 7F000001 UACC(NONE)")

    assert refused(server) == FAILED
    assert told(server, "LOGON/JOB INITIATION - NOT AUTHORIZED TO TERMINAL 7F000001")


def test_a_data_set_is_to_be_had_from_its_zone_only(start):  # noqa: F811
    server = start(
        "PORTOFENTRY4 SERVAUTH",
        "RDEFINE SERVAUTH EZB.NETACCESS.*.*.ZONEA UACC(READ)",
        "ADDGROUP PAY",
        "ADDSD 'PAY.**' UACC(NONE)",
        "PERMIT 'PAY.**' ID(USER1) ACCESS(ALTER) WHEN(SERVAUTH(EZB.NETACCESS.*.*.ZONEA))",
        netaccess=ZONES,
    )
    elsewhere = start("PORTOFENTRY4 TERMINAL")
    for place, code in ((server, "250"), (elsewhere, "550")):
        with ftplib.FTP() as client:
            client.connect(*place.address, timeout=20)
            client.login("USER1", "SECRET")
            try:
                answer = client.storlines("STOR 'PAY.DATA'", io.BytesIO(b"one\n"))
            except ftplib.error_perm as error:
                answer = str(error)
        assert answer.startswith(code), answer
