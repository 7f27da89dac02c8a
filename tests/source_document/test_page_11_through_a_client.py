"""Page 11 once more, through a real client: who may log in to the port, use SITE DUMP and DEBUG, reach z/OS UNIX files."""

from __future__ import annotations

import ftplib
import io
from dataclasses import replace

import pytest

from saf import SafOptions
from saf.passwords import Scrypt
from zftpd.app import Server, ServerOptions


@pytest.fixture
def serve():
    servers = []

    def start(ftpdata=""):
        server = Server(ServerOptions(ftpdata=ftpdata, saf_options=SafOptions(scrypt=Scrypt(n=16))))
        server.start()
        servers.append(server)
        for userid in ("USER1", "USER2"):
            for command in (
                f"ADDUSER {userid} PASSWORD(SECRET) OMVS(AUTOUID HOME('/tmp'))",
                f"ALTUSER {userid} PASSWORD(SECRET) NOEXPIRED",
            ):
                assert server.saf.command(server.saf.operator(), command).rc == 0
        return server

    yield start
    for server in servers:
        server.stop()


def protect(server, resource):
    """Let USER1 use a resource of this server, and nobody else."""
    name = f"EZB.FTP.MVS1.FTPD1.{resource}"
    for command in (f"RDEFINE SERVAUTH {name} UACC(NONE)", f"PERMIT {name} CLASS(SERVAUTH) ID(USER1) ACCESS(READ)"):
        assert server.saf.command(server.saf.operator(), command).rc == 0


def client(server, userid):
    ftp = ftplib.FTP()
    ftp.connect(*server.address, timeout=20)
    ftp.login(userid, "SECRET")
    return ftp


def test_with_verifyuser_the_ports_profile_decides_who_logs_in(serve):
    server = serve("VERIFYUSER TRUE")
    protect(server, f"PORT{server.address[1]}")

    assert client(server, "USER1").quit().startswith("221")
    with pytest.raises(ftplib.error_perm, match="530 PASS command failed"):
        client(server, "USER2")


def test_without_verifyuser_the_ports_profile_is_not_asked(serve):
    server = serve()
    protect(server, f"PORT{server.address[1]}")

    assert client(server, "USER2").quit().startswith("221")


@pytest.mark.parametrize(("statement", "word", "value"), [("DEBUGONSITE", "DEBUG", "CMD"), ("DUMPONSITE", "DUMP", "21")])
def test_site_debug_and_dump_are_for_whom_the_profile_lists(serve, statement, word, value):
    server = serve(f"{statement} TRUE")
    protect(server, f"SITE.{word}")
    listed, other = client(server, "USER1"), client(server, "USER2")

    accepted, refused = (ftp.sendcmd(f"SITE {word}={value}") for ftp in (listed, other))

    assert accepted != refused
    assert accepted.splitlines()[-1] == "200 SITE command was accepted"
    listed.quit()
    other.quit()


def test_unix_files_are_for_whom_the_profile_lists(serve):
    server = serve()
    protect(server, "ACCESS.HFS")
    listed, other = client(server, "USER1"), client(server, "USER2")
    listed.cwd("/tmp")
    listed.storlines("STOR /tmp/hello", io.BytesIO(b"HELLO\r\n"))

    for attempt in (
        lambda: other.cwd("/tmp"),
        lambda: other.storlines("STOR /tmp/other", io.BytesIO(b"X\r\n")),
        lambda: other.retrlines("RETR /tmp/hello", lambda line: None),
        lambda: other.nlst("/tmp"),
        lambda: other.delete("/tmp/hello"),
    ):
        with pytest.raises(ftplib.error_perm, match="access to resource is denied by server"):
            attempt()
    other.storlines("STOR HELLO", io.BytesIO(b"HELLO\r\n"))
    listed.quit()
    other.quit()


def test_a_reserved_port_is_for_the_started_task_that_the_profile_lists(tmp_path):
    options = ServerOptions(store=f"file://{tmp_path}", userid="TCPCS", saf_options=SafOptions(scrypt=Scrypt(n=16)))
    first = Server(options)
    first.start()
    command = first.saf.command
    assert command(first.saf.operator(), "ADDUSER TCPCS NOPASSWORD").rc == 0
    assert command(first.saf.operator(), "RDEFINE SERVAUTH EZB.PORTACCESS.*.*.FTPPORT UACC(NONE)").rc == 0
    first.stop()
    reserved = replace(options, port_saf="FTPPORT")

    with pytest.raises(ValueError, match=r"SERVAUTH EZB\.PORTACCESS\.MVS1\.TCPIP\.FTPPORT does not permit it"):
        Server(reserved).start()

    second = Server(options)
    second.start()
    permit = "PERMIT EZB.PORTACCESS.*.*.FTPPORT CLASS(SERVAUTH) ID(TCPCS) ACCESS(READ)"
    assert second.saf.command(second.saf.operator(), permit).rc == 0
    second.stop()
    third = Server(reserved)
    third.start()
    third.stop()
