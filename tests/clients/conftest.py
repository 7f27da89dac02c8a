"""What tests with real client programs share: the program or a visible skip, a world, a bounded run."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from zftpd.testing import directory, link, pds, ps

SECONDS = 60
JCL = "//HELLO    JOB ,CLASS=A,MSGCLASS=H\n//S1      EXEC PGM=IEFBR14\n"


@pytest.fixture
def world(zos):
    """A system with a little of everything."""
    zos.seed(
        {
            "IBMUSER.CNTL": pds(HELLO=JCL, BYE="bye\n"),
            "IBMUSER.TEXT": "one\ntwo\n",
            "IBMUSER.VB": ps("a\nlonger line\n", recfm="VB", lrecl=84),
            "/u/ibmuser": directory(
                {"hello.txt": "Hello\n", "sub": directory({"deep.txt": "deep\n"}), "link": link("hello.txt")}
            ),
        }
    )
    return zos


@pytest.fixture
def program():
    """A function: the path of an installed program; a machine without it skips, visibly."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            pytest.skip(f"{name} is not installed")
        return path

    return find


@pytest.fixture
def run(tmp_path):
    """A function that runs a program to its end and returns what it did; standard error comes with standard output."""

    def start(
        *command: object, feed: str | None = None, cwd: Path | None = None, env: dict[str, str] | None = None, ok: bool = True
    ):
        done = subprocess.run(
            [str(part) for part in command],
            input=feed,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS,
            cwd=cwd or tmp_path,
            env=env,
        )
        assert not ok or done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stdout}"
        return done

    return start
