"""A bare system and a folder to seed it from."""

from __future__ import annotations

import pytest

from mvsfs.access import OpenGuard, Requester
from mvsfs.system import Mvs

WHO = Requester("IBMUSER")


@pytest.fixture
def who():
    return WHO


@pytest.fixture
def mvs(clock):
    with Mvs.open("memory:", now=clock, guard=OpenGuard()) as system:
        yield system


@pytest.fixture
def other(clock):
    with Mvs.open("memory:", now=clock, guard=OpenGuard()) as system:
        yield system


@pytest.fixture
def folder(tmp_path):
    """Write files by name: `folder("USER1.X.txt", "text")`; returns the folder."""

    def write(name, content=""):
        path = tmp_path / "seed" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path / "seed"

    (tmp_path / "seed").mkdir()
    return write
