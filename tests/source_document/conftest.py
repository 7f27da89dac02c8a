"""The system of the source document: its user IDs, its sysname's clock at the time of the talk."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime

import pytest

from saf import Saf, SafOptions
from saf.address import engine_at
from saf.passwords import Scrypt
from tests.racfworld import ROOT_CERTIFICATE, Datasets, World
from tests.source_document.test_page_35_external_ca import SERVER
from tests.source_document.test_page_59_user_certificate import COMMANDS as USER_CERTIFICATE
from zftpd.app import Server, ServerOptions


@pytest.fixture
def racf(tmp_path):
    """RACF with the user IDs of the source document, on 22 June 2011."""
    world = World(tmp_path / "store")
    world.moment = datetime(2011, 6, 22, 9, 0, tzinfo=UTC)
    for userid in ("TCP", "TCPCS"):
        world(f"ADDUSER {userid} NOPASSWORD")
    world.user("USER1")
    yield world
    world.engine.dispose()


@pytest.fixture
def with_ca(racf):
    """The same, once page 33 was carried out."""
    racf(ROOT_CERTIFICATE)
    return racf


@pytest.fixture
def openssl(tmp_path):
    """Runs openssl in a folder of its own; `openssl.folder` is where its files are."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")

    def run(*arguments, rc=0):
        done = subprocess.run(["openssl", *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=60)
        assert done.returncode == rc, done.stderr
        return done.stdout

    run.folder = tmp_path
    return run


@pytest.fixture
def certificates(tmp_path):
    """A store with the certificates of the document; gives the root and the user's certificate and key in PEM."""
    engine = engine_at(str(tmp_path / "store"))
    saf = Saf.open(engine, now=lambda: datetime.now().astimezone(), options=SafOptions(scrypt=Scrypt(n=16)))
    saf.bootstrap()
    datasets = Datasets()
    commands = ["ADDUSER TCPCS NOPASSWORD", "ADDUSER USER1 PASSWORD(SECRET)", "ALTUSER USER1 PASSWORD(SECRET) NOEXPIRED"]
    commands += [ROOT_CERTIFICATE, SERVER + "SIGNWITH(CERTAUTH LABEL('ABCTLS CA'))", "RACDCERT ID(TCPCS) ADDRING(TLSRING)"]
    commands += ["RACDCERT ID(TCPCS) CONNECT(CERTAUTH LABEL('ABCTLS CA') RING(TLSRING))"]
    commands += ["RACDCERT ID(TCPCS) CONNECT(LABEL('ABCTLS TCPSEVR') RING(TLSRING) DEFAULT)", *USER_CERTIFICATE]
    commands += ["RACDCERT CERTAUTH EXPORT(LABEL('ABCTLS CA')) DSN('X.CA')"]
    for command in commands:
        result = saf.command(saf.operator(), command.replace("2020-12-31", "2039-12-31"), datasets)
        assert result.rc == 0, (command, result.lines)
    (tmp_path / "ca.pem").write_bytes(datasets["X.CA"])
    entry = saf.keyring("USER1", "USER1RING").entries[0]
    (tmp_path / "user.pem").write_bytes(entry.key_pem + entry.cert_pem)
    engine.dispose()
    return tmp_path


@pytest.fixture
def started(certificates):
    """A function: start a server of user TCPCS on the store of `certificates`; `said` is what its console was told."""
    servers = []

    def start(ftpdata, **options):
        said = []
        server = Server(
            ServerOptions(
                store=f"file://{certificates / 'store'}",
                ftpdata=ftpdata,
                userid="TCPCS",
                console=said.append,
                saf_options=SafOptions(scrypt=Scrypt(n=16)),
                **options,
            )
        )
        server.start()
        server.said = said
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def serve(started, certificates):
    """A function: start a server by its FTP.DATA and an AT-TLS policy, for whatever port it gets."""

    def start(ftpdata, policy):
        file = certificates / "policy"
        file.write_text("\n".join(line for line in policy.splitlines() if "PortRange" not in line))
        return started(ftpdata, policy=file)

    return start
