"""Which rule a connection falls under."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.zftpd.attls.policies import CLIENT, SERVER_4021, SERVER_4121
from zftpd.attls.match import Traffic, choose
from zftpd.attls.policy import read

CONTROL = Traffic("9.42.105.45", 4021, "9.37.219.139", 2912, "Inbound", "FTPD1", "TCPCS")


def test_the_server_of_page_40_is_controlled_by_the_application():
    mapping = choose(read(SERVER_4021), CONTROL)

    assert (mapping.kind, mapping.enabled, mapping.role, mapping.keyring) == ("Primary", True, "Server", "TLSRING")
    assert mapping.application_controlled and mapping.secondary_map
    assert mapping.openssl_ciphers == ("AES256-SHA",)


def test_the_server_of_page_66_asks_racf_about_the_clients_certificate():
    mapping = choose(read(SERVER_4121), replace(CONTROL, local_port=4121))

    assert (mapping.role, mapping.client_auth) == ("ServerWithClientAuth", "SAFCheck")
    assert [cipher.name for cipher in mapping.refused_ciphers] == ["TLS_RSA_WITH_3DES_EDE_CBC_SHA"]


def test_the_client_of_page_82_trusts_every_authority():
    traffic = Traffic("9.42.130.98", 1171, "9.65.228.73", 21, "Outbound", "USER1", "USER1")
    mapping = choose(read(CLIENT), traffic)

    assert (mapping.role, mapping.keyring) == ("Client", "*AUTH*/*")
    assert len(mapping.ciphers) == 15
    assert choose(read(CLIENT), replace(traffic, remote_host="9.65.228.74")) is None


@pytest.mark.parametrize(
    "other",
    [
        {"local_port": 21},
        {"remote_port": 1023},
        {"direction": "Outbound"},
    ],
)
def test_a_connection_that_differs_in_anything_is_not_mapped(other):
    assert choose(read(SERVER_4021), replace(CONTROL, **other)) is None


def test_an_ipv4_address_in_ipv6_clothes_is_the_same_address():
    policy = read(SERVER_4021.replace("RemoteAddr                      All", "RemoteAddr 9.37.0.0/16"))

    assert choose(policy, replace(CONTROL, local_host="::ffff:9.42.105.45", remote_host="::ffff:9.37.219.139"))


@pytest.mark.parametrize(("jobname", "fits"), [("FTPD1", True), ("FTP*", True), ("*", True), ("FTPD", False)])
def test_job_names_may_end_with_an_asterisk(jobname, fits):
    policy = read(SERVER_4021.replace("Direction  ", f"Jobname {jobname}\n  Direction  "))

    assert (choose(policy, CONTROL) is not None) is fits


def test_the_data_connection_takes_over_the_control_connections_rule():
    policy = read(SERVER_4021)
    primary = choose(policy, CONTROL)
    data = replace(CONTROL, local_port=50001)

    secondary = choose(policy, data, primary)

    assert (secondary.kind, secondary.rule.name) == ("Secondary", "ABC_FTP_4021~1")
    without = read(SERVER_4021.replace("SecondaryMap                  On", "SecondaryMap Off"))
    assert choose(without, data, choose(without, CONTROL)) is None


def test_the_connection_action_goes_before_the_environment_action():
    text = SERVER_4121.replace("HandshakeRole ServerWithClientAuth\n  TTLSCipher", "HandshakeRole Server\n  TTLSCipher")
    text = text.replace("SSLv3 On", "SSLv3 On\n    HandshakeTimeout 33\n    ApplicationControlled Off")

    mapping = choose(read(text), replace(CONTROL, local_port=4121))

    assert (mapping.role, mapping.application_controlled, mapping.handshake_seconds) == ("Server", True, 33)


def test_old_protocols_are_on_only_when_the_policy_says_so():
    assert choose(read(SERVER_4021), CONTROL).protocols == ("TLSv1.2", "TLSv1.3")
    explicit = choose(read(SERVER_4121), replace(CONTROL, local_port=4121))
    assert explicit.protocols == ("SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")


def test_a_certificate_is_chosen_by_its_label():
    text = SERVER_4021.replace("SecondaryMap                  On", "SecondaryMap On\n CertificateLabel ABCTLS TCPSEVR")

    assert choose(read(text), CONTROL).labels == ("ABCTLS TCPSEVR",)
