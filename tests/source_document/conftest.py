"""The system of the source document: its user IDs, its sysname's clock at the time of the talk."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime

import pytest

from tests.racfworld import ROOT_CERTIFICATE, World


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
