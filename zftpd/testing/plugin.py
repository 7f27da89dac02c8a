"""The pytest plug-in: fixture `zos` gives a running server with a clean store.

Rules: one server for each test that asks for one, in this process, on a port of its own and with a store in memory, so
tests run side by side (pytest-xdist) without knowing of each other. The certificate is made once for each process. A
module or directory changes how its servers start by overriding `zos_options`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from zftpd.app import ServerOptions
    from zftpd.testing.zos import Zos


@pytest.fixture(scope="session")
def zos_certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the servers of this process find their certificate."""
    return tmp_path_factory.mktemp("zos-certificate")


@pytest.fixture
def zos_options(zos_certificate: Path) -> ServerOptions:
    """How servers start; override it to choose FTP.DATA, a clock, exits, a persona, a seed folder."""
    from zftpd.app import ServerOptions

    return ServerOptions(store="memory:", certificate_folder=zos_certificate)


@pytest.fixture
def zos_start(zos_options: ServerOptions) -> Iterator[Callable[..., Zos]]:
    """A function that starts one more system: `zos_start(ftpdata="JESINTERFACELEVEL 1")`. All stop at the end of the test."""
    from zftpd.testing.zos import Zos

    running: list[Zos] = []

    def start(**changes: Any) -> Zos:
        running.append(Zos(replace(zos_options, **changes)).start())
        return running[-1]

    yield start
    for system in reversed(running):
        system.stop()


@pytest.fixture
def zos(zos_start: Callable[..., Zos]) -> Zos:
    """A running system with nothing in it but the user IBMUSER."""
    return zos_start()
