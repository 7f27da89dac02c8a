"""Reading a policy file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.zftpd.attls.policies import CLIENT, SERVER_4021, SERVER_4121
from zftpd.attls.errors import PolicyError
from zftpd.attls.policy import read


@pytest.mark.parametrize("text", [SERVER_4021, SERVER_4121, CLIENT], ids=["page 40", "page 66", "page 82"])
def test_the_policies_of_the_source_document_are_read(text):
    (rule,) = read(text).rules

    assert rule.group.value("TTLSEnabled") is True
    assert rule.environment.part("TTLSKeyringParms").value("Keyring") in {"TLSRING", "*AUTH*/*"}


def test_keywords_do_not_depend_on_case_and_names_do():
    text = SERVER_4021.replace("TTLSRule", "ttlsrule").replace("Direction ", "DIRECTION ").replace("Inbound", "INBOUND")
    assert read(text).rules[0].direction == "Inbound"

    with pytest.raises(PolicyError, match="there is no TTLSKeyringParms keyR~MVS098"):
        read(SERVER_4021.replace("TTLSKeyringParms                  keyR~", "TTLSKeyringParms                  KEYR~"))


def test_rules_of_higher_priority_come_first():
    both = SERVER_4021 + SERVER_4121.replace("gAct1", "gAct2").replace("Priority 254", "Priority 255")

    assert [rule.name for rule in read(both).rules] == ["ABC_FTP_4021_New~2", "ABC_FTP_4021~1"]


def test_rules_of_one_priority_come_in_the_order_of_their_names():
    both = SERVER_4121.replace("gAct1", "gAct2") + SERVER_4021.replace("ABC_FTP_4021~1", "ABC_FTP_1")

    assert [rule.name for rule in read(both).rules] == ["ABC_FTP_1", "ABC_FTP_4021_New~2"]


def test_addresses_and_ports_come_from_sets_and_groups_too():
    text = SERVER_4021.replace("RemoteAddr                      All", "RemoteAddrGroupRef              partners").replace(
        "LocalPortRange                  4021", "LocalPortGroupRef               ftp"
    )
    text += """
    IpAddr one { Addr 9.37.219.139 }
    IpAddrSet net { Prefix 192.168.1.0/24 }
    IpAddrGroup partners { IpAddrRef one
                           IpAddrSetRef net
                           IpAddrSet more { Range 10.0.0.1-10.0.0.9 } }
    PortRange implicit { Port 990 }
    PortGroup ftp { PortRangeRef implicit
                    PortRange { Port 4021-4022 } }
    """
    (rule,) = read(text).rules

    assert sorted(address.text for address in rule.remote) == ["10.0.0.1-10.0.0.9", "192.168.1.0/24", "9.37.219.139"]
    assert sorted((ports.low, ports.high) for ports in rule.local_ports) == [(990, 990), (4021, 4022)]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            ("Direction                       Inbound", "Direction Inwards"),
            "line 8: Direction: Inwards: must be one of Inbound, Outbound, Both",
        ),
        (
            ("LocalPortRange                  4021", "LocalPortRange 70000"),
            "line 6: LocalPortRange: 70000: is no port or range of ports",
        ),
        (
            ("RemoteAddr                      All", "RemoteAddr 1.2.3"),
            "line 5: RemoteAddr: 1.2.3: is no IP address, subnet or range",
        ),
        (("TTLSEnabled                     On", "TTLSEnabled Yes"), "TTLSEnabled: Yes: must be On or Off"),
        (("  Trace                           7\n}\nTTLSEnv", "  Trce 7\n}\nTTLSEnv"), "Trce: is no parameter of TTLSGroupAction"),
        (("TLS_RSA_WITH_AES_256_CBC_SHA", "TLS_RSA_WITH_NONSENSE"), "is no cipher suite"),
        (("  HandshakeRole                   Server\n  EnvironmentUser", "  EnvironmentUser"), "needs HandshakeRole"),
        (("TTLSGroupActionRef              gAct1", "TTLSGroupActionRef nobody"), "there is no TTLSGroupAction nobody"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(change, reason):
    with pytest.raises(PolicyError) as caught:
        read(SERVER_4021.replace(*change))

    assert any(reason in str(finding) for finding in caught.value.findings), caught.value


def test_everything_that_is_wrong_is_told_at_once():
    text = SERVER_4021.replace("Inbound", "Inwards").replace("Envfile", "Envfil").replace("Keyring      ", "Keyrng       ")

    with pytest.raises(PolicyError) as caught:
        read(text)

    assert len(caught.value.findings) >= 3
    assert [finding.line for finding in caught.value.findings] == sorted(finding.line for finding in caught.value.findings)


@pytest.mark.parametrize("text", ["}", "{", "TTLSRule a {", "Trace 7", "TTLSRule a\n{\n{\n}\n}"])
def test_braces_out_of_place_are_told(text):
    with pytest.raises(PolicyError):
        read(text)


@pytest.mark.parametrize("missing", ["TTLSRule", "TTLSGroupAction", "TTLSGroupAdvancedParms", "TTLSConnectionAdvancedParms"])
def test_a_missing_brace_hides_nothing_of_what_follows(missing):
    """The statement behind it cannot stand inside, which shows where the brace was to be."""
    lines = SERVER_4021.replace("TLS_RSA_WITH_AES_256_CBC_SHA", "TLS_NONSENSE").splitlines()
    opened = next(at for at, line in enumerate(lines) if line.split() and line.split()[0] == missing)
    closed = next(at for at, line in enumerate(lines) if at > opened and line.strip() == "}")
    if missing == "TTLSGroupAction":  # its own brace is the second one
        closed = next(at for at, line in enumerate(lines) if at > closed and line.strip() == "}")
    del lines[closed]

    with pytest.raises(PolicyError) as caught:
        read("\n".join(lines))

    told = [str(finding) for finding in caught.value.findings]
    assert any("is not closed" in line for line in told), told
    assert any("TTLSCipherParms cipher1: TLS_NONSENSE is no cipher suite" in line for line in told), told
    assert not any("is no part of" in line or "there is no TTLS" in line for line in told), told


def test_an_empty_file_is_a_policy_without_rules():
    assert read("# nothing yet\n").rules == ()


def test_a_group_that_is_not_enabled_needs_no_environment():
    text = "TTLSRule off { TTLSGroupActionRef g }\nTTLSGroupAction g { TTLSEnabled Off }"

    assert read(text).rules[0].environment is None


_WORDS = st.sampled_from(
    [
        "TTLSRule",
        "TTLSGroupAction",
        "a",
        "{",
        "}",
        "\n",
        "TTLSEnabled On",
        "Ref",
        "TTLSGroupActionRef a",
        "LocalAddr 1.2.3.4",
        "#",
        "Port 1-0",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=20).map(" ".join)))
def test_arbitrary_text_raises_nothing_but_a_policy_error(text):
    try:
        read(text)
    except PolicyError:
        pass
