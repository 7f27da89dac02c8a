"""AUTH, PBSZ, PROT, CCC [zos-ftp-server.md 7; 9: items 67 to 70]."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zftpd.effects import StopTls
from zftpd.testing.memory import Dialogue

OK = "234 Security environment established - ready for negotiation"


@pytest.fixture
def clear(serving):
    def begin(statements: str = "", **options) -> Dialogue:
        return Dialogue(serving(statements, **{"tls": True, **options}).facts)

    return begin


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["PBSZ 0"], "503 Must first establish authentication"),
        (["PROT P"], "503 Must first establish authentication"),
        (["AUTH XYZ"], "504 Server does not understand the specified mechanism"),
        (["AUTH GSSAPI"], "504 Server does not understand the specified mechanism"),
        (["ADAT xyz"], "503 Must issue AUTH command before ADAT command"),
        (["AUTH TLS"], OK),
        (["auth tls-c"], OK),
        (["AUTH TLS", "AUTH TLS"], "503 Authentication already established"),
        (["AUTH TLS", "PROT P"], "503 Must first issue PBSZ"),
        (["AUTH TLS", "PBSZ x"], "501 bad PBSZ argument"),
        (["AUTH TLS", "PBSZ 0"], "200 Protection buffer size accepted"),
        (["AUTH TLS", "PBSZ 0", "PROT P"], "200 Data connection protection set to private"),
        (["AUTH TLS", "PBSZ 0", "PROT C"], "200 Data connection protection set to clear"),
        (["AUTH TLS", "PBSZ 0", "PROT E"], "536 Requested PROT level not supported by security mechanism"),
        (["AUTH TLS", "PBSZ 0", "PROT S"], "536 Requested PROT level not supported by security mechanism"),
        (["AUTH TLS", "PBSZ 0", "PROT Q"], "504 Server does not understand the specified protection level"),
    ],
)
def test_the_order_of_the_security_commands(clear, lines, said):
    dialogue = clear()

    assert [dialogue.command(line) for line in lines][-1] == said


@pytest.mark.parametrize(("mechanism", "prot"), [("SSL", "P"), ("TLS-P", "P"), ("TLS-C", "C"), ("TLS", "C")])
def test_the_mechanisms_that_protect_data_at_once(clear, mechanism, prot):
    dialogue = clear()
    dialogue.command(f"AUTH {mechanism}")

    assert dialogue.session.data.prot == prot


def test_auth_is_not_understood_without_the_extension(serving):
    dialogue = Dialogue(serving(tls=True).facts)
    dialogue.session.settings = replace(dialogue.session.settings, extensions=())

    assert dialogue.command("AUTH TLS").startswith("504 ")


def test_without_a_certificate_auth_is_refused_for_now(serving):
    assert Dialogue(serving(tls=False).facts).command("AUTH TLS").startswith("431 ")


def test_rfc4217_forgets_a_login_in_clear_and_draft_keeps_it(clear):
    for statement, said in (("TLSRFCLEVEL RFC4217", "530 "), ("TLSRFCLEVEL DRAFT", "257 ")):
        dialogue = clear(statement)
        dialogue.login()
        dialogue.command("AUTH TLS")

        assert dialogue.command("PWD").startswith(said)


def test_ccc_leaves_tls_and_keeps_the_data_protected(clear):
    dialogue = clear()
    dialogue.command("AUTH TLS")
    dialogue.login()
    dialogue.command("PBSZ 0")
    dialogue.command("PROT P")

    assert dialogue.command("CCC") == "200 CCC command successful"
    assert [effect.notify for effect in dialogue.effects if isinstance(effect, StopTls)] == [True]
    assert dialogue.session.data.prot == "P"
    assert dialogue.command("PROT C") == "503 Command PROT rejected -- PROT not allowed after CCC"


def test_cccnonotify_sends_nothing(clear):
    dialogue = clear("TLSRFCLEVEL CCCNONOTIFY")
    dialogue.command("AUTH TLS")
    dialogue.login()
    dialogue.command("CCC")

    assert [effect.notify for effect in dialogue.effects if isinstance(effect, StopTls)] == [False]


def test_secure_ctrlconn_forbids_ccc(clear):
    dialogue = clear("SECURE_CTRLCONN PRIVATE")
    dialogue.command("AUTH TLS")
    dialogue.login()

    assert dialogue.command("CCC").startswith("534 ")


def test_secure_ftp_required_wants_auth_first(clear):
    dialogue = clear("SECURE_FTP REQUIRED")

    assert dialogue.command("USER IBMUSER").startswith("534 ")
    dialogue.command("AUTH TLS")
    assert dialogue.command("USER IBMUSER") == "331 Send password please."


@pytest.mark.parametrize(
    ("statement", "line"),
    [("SECURE_DATACONN PRIVATE", "PROT C"), ("SECURE_DATACONN SAFE", "PROT C"), ("SECURE_DATACONN NEVER", "PROT P")],
)
def test_secure_dataconn_limits_prot(clear, statement, line):
    dialogue = clear(statement)
    dialogue.command("AUTH TLS")
    dialogue.command("PBSZ 0")

    assert dialogue.command(line).startswith("536 ")


def test_a_certificate_is_demanded_by_secure_login(clear):
    dialogue = clear("SECURE_LOGIN REQUIRED")
    dialogue.command("AUTH TLS")

    assert dialogue.command("USER IBMUSER") == "531 Server requires client certificate for login processing"
