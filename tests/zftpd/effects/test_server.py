"""Statements about the server: timers in real time, TLS, traces, records [zos-ftp-server.md 6.1, 6.7, 6.8]."""

from __future__ import annotations

import ftplib
import io
import socket
import ssl
import struct
import time

import pytest

from mvsfs.info import Target
from zftpd.testing.memory import Dialogue


@pytest.fixture
def client(serving):
    """Sign on over TCP to a server with these statements."""
    opened = []

    def begin(statements="", login=True, cls=ftplib.FTP, **options):
        server = serving(statements, **options)
        ftp = cls(timeout=20)
        opened.append(ftp)
        ftp.connect(*server.address)
        if login:
            ftp.login("IBMUSER", "SYS1")
        ftp.server = server
        return ftp

    yield begin
    for ftp in opened:
        ftp.close()


def silence(ftp):
    """Say nothing; return how long the server bore it and what it said."""
    began = time.monotonic()
    with pytest.raises((ftplib.error_temp, EOFError)) as ended:
        ftp.getresp()
    return time.monotonic() - began, str(ended.value)


def test_inactive_ends_a_session_that_says_nothing(client):
    seconds, said = silence(client("INACTIVE 1\n"))

    assert said.startswith("421 ")
    assert 0.8 < seconds < 10


def test_site_inactivetime_counts_for_the_session(client):
    ftp = client("INACTIVE 600\n")
    ftp.sendcmd("SITE INACTTIME=1")
    seconds, _ = silence(ftp)

    assert seconds < 10


def test_a_transfer_is_not_ended_by_inactive(client):
    ftp = client("INACTIVE 1\n")
    with ftp.transfercmd("STOR A.B") as data:
        time.sleep(2.5)
        data.sendall(b"late\r\n")

    assert ftp.voidresp().startswith("250 ")


def test_keepalive_timers_arm_their_connections(client, monkeypatch):
    armed = []
    monkeypatch.setattr("zftpd.net.control.arm", lambda sock, seconds: armed.append(("control", seconds)))
    monkeypatch.setattr("zftpd.net.data.arm", lambda sock, seconds: armed.append(("data", seconds)))
    ftp = client("FTPKEEPALIVE 70\nDATAKEEPALIVE 80\n")
    ftp.storlines("STOR A.B", io.BytesIO(b"x\n"))
    ftp.sendcmd("SITE FTPKEEPALIVE=90 DATAKEEPALIVE=100")
    ftp.storlines("STOR A.B", io.BytesIO(b"x\n"))

    assert armed == [("control", 70), ("data", 80), ("control", 90), ("data", 100)]


def secured(cls=ftplib.FTP_TLS, **options):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    for name, value in options.items():
        setattr(context, name, value)
    return lambda timeout: cls(context=context, timeout=timeout)


@pytest.mark.parametrize(
    ("name", "agreed"),
    [
        ("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "ECDHE-ECDSA-AES256-GCM-SHA384"),
        ("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "ECDHE-RSA-AES256-GCM-SHA384"),
        ("SSL_AES_256_SHA", "AES256-SHA"),
    ],
)
def test_ciphersuite_is_what_is_agreed_on(client, name, agreed):
    """Also with a certificate of the server's own making, whose key must suit the suites."""
    ftp = client(f"CIPHERSUITE {name}\n", login=False, cls=secured(maximum_version=ssl.TLSVersion.TLSv1_2), tls=True)
    ftp.auth()

    assert ftp.sock.cipher()[0] == agreed


@pytest.mark.parametrize("statement", ["SECUREIMPLICITZOS TRUE", "SECUREIMPLICITZOS FALSE"])
def test_tlsport_begins_with_tls(serving, statement):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = serving(f"TLSPORT {port}\n{statement}\n", tls=True, port=port)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(server.address, 5) as plain:
        first = b""
        if statement.endswith("TRUE"):
            while b"\r\n220 " not in first:
                first += plain.recv(4096)
        with context.wrap_socket(plain) as sock, sock.makefile("rwb") as wire:
            while not first.startswith(b"220"):
                first += wire.readline()
            lines = []
            for command in ("USER IBMUSER", "PASS SYS1", "PBSZ 0", "PROT P"):
                wire.write(command.encode() + b"\r\n")
                wire.flush()
                while True:
                    line = wire.readline().decode()
                    if line.startswith("220"):
                        continue
                    lines.append(line[:3])
                    break

    assert lines == ["331", "230", "200", "200"]


def certificate_of(server, userid):
    """A certificate that RACF knows as a user's, in DER."""
    saf = server.saf
    for command in (
        f"RACDCERT ID({userid}) GENCERT SUBJECTSDN(CN('Client')) WITHLABEL('MINE')",
        f"RACDCERT ID({userid}) ADDRING(RING)",
        f"RACDCERT ID({userid}) CONNECT(ID({userid}) LABEL('MINE') RING(RING) DEFAULT)",
    ):
        assert saf.command(saf.operator(), command).rc == 0
    return ssl.PEM_cert_to_DER_cert(saf.keyring(userid, "RING").entries[0].cert_pem.decode())


@pytest.mark.parametrize(("wanted", "code"), [("REQUIRED", "331"), ("OPTIONAL", "230")])
def test_secure_password_decides_whether_a_certificate_is_enough(serving, wanted, code):
    server = serving(f"SECURE_LOGIN VERIFY_USER\nSECURE_PASSWORD {wanted}\n", tls=True)
    ftp = Dialogue(server.facts, certificate=certificate_of(server, "IBMUSER"))
    ftp.command("AUTH TLS")

    assert ftp.command("USER IBMUSER").startswith(code)


def smf(server):
    """(type, subtype) of the SMF records."""
    if not server.mvs.exists("SYS1.SMFDATA"):
        return []
    with server.mvs.open_input(Target("SYS1.SMFDATA"), server.facts.operator) as reader:
        # Records come without their RDW: the header begins at its flag byte.
        return [(record[1], struct.unpack_from(">H", record, 18)[0]) for record in reader.records()]


ACTS = {
    "SMFAPPE": ["APPE A.B"],
    "SMFDEL": ["DELE A.B"],
    "SMFREN": ["RNFR A.B", "RNTO A.C"],
    "SMFRETR": ["RETR A.B"],
    "SMFSTOR": ["STOR A.B"],
}


@pytest.mark.parametrize("statement", ACTS)
def test_each_smf_statement_asks_for_records_of_its_own_event(serving, statement):
    server = serving(f"{statement} TYPE119\n")
    ftp = Dialogue(server.facts)
    ftp.login()
    ftp.session.settings = type(ftp.session.settings)()
    ftp.command("STOR A.B", b"x\r\n")
    ftp.session.settings = server.facts.settings
    for command in ACTS[statement]:
        ftp.command(command, b"x\r\n")
    others = [command for name, commands in ACTS.items() if name != statement for command in commands]
    for command in others:
        ftp.command(command, b"x\r\n")

    assert smf(server) == [(119, 70)]


def test_smflogn_asks_for_records_of_refused_logins(serving):
    server = serving("SMFLOGN TYPE119\n")
    Dialogue(server.facts).login(password="WRONG")

    assert smf(server) == [(119, 72)]


@pytest.mark.parametrize(
    ("value", "record"), [("STD", (118, 75)), ("200", (118, 200)), ("TYPE119", (119, 70)), ("TYPE118", (118, 75))]
)
def test_an_smf_statement_names_type_and_subtype(serving, value, record):
    server = serving(f"SMFSTOR {value}\n")
    ftp = Dialogue(server.facts)
    ftp.login()
    ftp.command("STOR A.B", b"x\r\n")
    (found,) = smf(server)

    assert found == record


def test_an_events_own_statement_wins_over_smf(serving):
    server = serving("SMF TYPE119\nSMFRETR STD\n")
    ftp = Dialogue(server.facts)
    ftp.login()
    ftp.command("STOR A.B", b"x\r\n")
    ftp.command("RETR A.B")

    assert [kind for kind, _ in smf(server)] == [119, 118]


@pytest.mark.parametrize(("word", "calls"), [("TRUE", 1), ("FALSE", 0)])
def test_smfexit_calls_the_exit_before_type_118(serving, tmp_path, word, calls):
    exit_file = tmp_path / "smfex.py"
    exit_file.write_text(f"def see(point):\n    open({str(tmp_path / 'seen')!r}, 'a').write('x')\n    return 8\n")
    server = serving(f"SMF STD\nSMF TYPE119\nSMFEXIT {word}\n", exits=(f"FTPSMFEX={exit_file}:see",))
    ftp = Dialogue(server.facts)
    ftp.login()
    ftp.command("STOR A.B", b"x\r\n")
    seen = (tmp_path / "seen").read_text() if (tmp_path / "seen").exists() else ""

    assert len(seen) == calls
    assert [kind for kind, _ in smf(server)] == ([119] if calls else [118, 119])


def test_dump_shows_the_bytes_of_the_control_connection(talking):
    said = []
    ftp = talking("DUMP 21\n", console=said.append)
    ftp.command("NOOP")

    assert any("DUMP" in line and "4e4f4f50" in line for line in said)


@pytest.mark.parametrize(("word", "told"), [("TRUE", 0), ("FALSE", 1)])
def test_suppressignorewarnings_keeps_messages_about_the_clients_statements_away(serving, word, told):
    said = []
    serving(f"SUPPRESSIGNOREWARNINGS {word}\nEPSV4 TRUE\n", console=said.append)

    assert len([line for line in said if line.startswith("EZYFT47I")]) == told


def test_replysecuritylevel_1_keeps_addresses_and_holders_out_of_replies(talking, store, held):
    ftp = talking("REPLYSECURITYLEVEL 1\n")
    store(ftp, "IBMUSER.BUSY", "FB", 5, "ABCDE")
    with held(ftp, "IBMUSER.BUSY") as writer:
        busy = ftp.command("RETR BUSY")
        writer.discard()
    shown = ftp.open() + ftp.command("STAT") + busy

    assert not any(secret in shown for secret in ("127.0.0.1", "MVS1.EXAMPLE", "BATCHJOB", "FTPD1", "V2R5"))
