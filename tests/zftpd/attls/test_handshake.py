"""What a policy says of handshakes: server names, groups, sizes; and that a client does as it says."""

from __future__ import annotations

import pytest

from tests.zftpd.attls.policies import CLIENT
from zftpd.attls.errors import PolicyError
from zftpd.attls.handshake import Handshake, ServerNames, group_bits, least_bits, suite_b
from zftpd.attls.match import mapping
from zftpd.attls.policy import read
from zftpd.client.tlsclient import TlsClient
from zftpd.client.trust import RingMaterial
from zftpd.params.defaults import changed, defaults

LISTED = (("a.example.com", "A"), ("b.example.com", ""))


@pytest.mark.parametrize(
    ("names", "host", "label"),
    [
        (ServerNames(), "a.example.com", ""),
        (ServerNames("Optional", labels=LISTED), "A.Example.COM", "A"),
        (ServerNames("Optional", labels=LISTED), "b.example.com", ""),
        (ServerNames("Optional", labels=LISTED), "c.example.com", ""),
        (ServerNames("Optional", labels=LISTED), None, ""),
        (ServerNames("Optional", match=True, labels=LISTED), "c.example.com", None),
        (ServerNames("Required", labels=LISTED), None, None),
    ],
)
def test_the_name_that_a_client_sends_chooses_a_label_or_is_refused(names, host, label):
    assert label == names.label(host)


@pytest.mark.parametrize(
    ("names", "sent"),
    [(ServerNames(), None), (ServerNames("Optional"), "host"), (ServerNames("Required", labels=LISTED), "a.example.com")],
)
def test_a_client_sends_the_first_name_of_its_list_or_the_hosts(names, sent):
    assert sent == Handshake(client_names=names).name_for("host")


@pytest.mark.parametrize(
    ("size", "bits", "group"), [("Legacy", 4096, 1024), ("2048", 1024, 2048), ("Match", 1024, 1024), ("Match", 2048, 2048)]
)
def test_the_ephemeral_group_is_chosen_by_size(size, bits, group):
    assert group == group_bits(size, bits)


def test_a_client_demands_the_larger_of_both_minima():
    assert (2048, 1500, 0) == (least_bits("2048", 1024), least_bits("Legacy", 1500), least_bits("Legacy", 0))


def test_suite_b_profiles_have_their_suites():
    assert ["TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"] == [cipher.name for cipher in suite_b("192")]
    assert () == suite_b("Off")


@pytest.mark.parametrize("value", ["0099", "002", "curve25519x"])
def test_a_group_that_does_not_exist_is_told(value):
    text = CLIENT.replace("  TTLSKeyringParms {", f"  TTLSSignatureParms {{ ClientECurves {value} }}\n  TTLSKeyringParms {{")

    with pytest.raises(PolicyError, match="is no group or elliptic curve"):
        read(text)


def test_groups_of_the_role_are_taken_from_both_lists_without_repeats():
    text = CLIENT.replace(
        "  TTLSKeyringParms {",
        "  TTLSSignatureParms { ClientECurves 00230024\n ClientKeyShareGroups 00290023\n ServerKeyShareGroups 0025 }\n"
        "  TTLSKeyringParms {",
    )

    assert ("prime256v1", "secp384r1", "X25519") == mapping(read(text).rules[0]).handshake.groups


def security(text, seen):
    """How the client of page 82 secures a connection, and in `seen` which ring and label it asked for."""

    def find(owner, name, label):
        seen.append((owner, name, label))
        return RingMaterial(certificate="", key="")

    client = TlsClient(changed(defaults(), {"tlsmechanism": "ATTLS"}), "USER1", find, read(text))
    return client.control(("9.42.130.98", 1171), ("9.65.228.73", 21))


def test_the_client_uses_the_certificate_of_the_policys_label():
    seen = []

    with pytest.raises(FileNotFoundError, match="has no certificate MINE with a key"):
        security(CLIENT.replace("SecondaryMap On", "SecondaryMap On\n CertificateLabel MINE"), seen)

    assert [("*AUTH*", "*", "MINE")] == seen


@pytest.mark.parametrize(
    ("statement", "sent"),
    [
        ("", None),
        ("ClientHandshakeSNI Optional", "ftp.example.com"),
        ("ClientHandshakeSNI Required\n ClientHandshakeSNIList Other.example.com", "other.example.com"),
    ],
)
def test_the_client_sends_a_server_name_where_the_policy_says_so(statement, sent):
    found = security(CLIENT.replace("SecondaryMap On", f"SecondaryMap On\n {statement}"), [])

    assert sent == found.name_for("ftp.example.com")


@pytest.mark.parametrize(("size", "left"), [("Legacy", True), ("2048", False)])
def test_with_keys_of_any_length_a_minimum_for_groups_leaves_their_suites_out(size, left):
    """Page 82 turns TLS 1.0 on, for which OpenSSL must not measure; then it cannot measure groups either."""
    text = CLIENT.replace("SSLv3 On", f"SSLv3 On\n ClientEDHGroupSize {size}")

    names = {cipher["name"] for cipher in security(text, []).context.get_ciphers()}

    assert ("DHE-RSA-AES256-SHA" in names) == left and "AES256-SHA" in names
