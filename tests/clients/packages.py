"""Where client packages of other languages are found: a folder that the environment names, or a cache filled once.

A machine that cannot have a package skips its tests, visibly. Workers of one test run wait for one another here.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SECONDS = 100


def cache() -> Path:
    """Return the folder in which packages are kept from run to run."""
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "mvsfs-tests"


@contextmanager
def alone() -> Iterator[None]:
    """Let one process at a time look and install."""
    cache().mkdir(parents=True, exist_ok=True)
    with (cache() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def npm_folder(variable: str, *packages: str) -> Path:
    """Return a folder whose node_modules hold the packages, `name@version`; `variable` may name one that is ready."""
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    named = os.environ.get(variable)
    folder = Path(named) if named else cache() / variable.lower()
    with alone():
        if all((folder / "node_modules" / package.rpartition("@")[0]).is_dir() for package in packages):
            return folder
        if named or shutil.which("npm") is None:
            pytest.skip(f"{', '.join(packages)}: not installed, and there is no npm to install with")
        folder.mkdir(parents=True, exist_ok=True)
        _install("npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), *packages)
    return folder


def pip_folder(variable: str, package: str, module: str) -> Path:
    """Return a folder that holds a Python package of no dependencies, apart from what is tested."""
    named = os.environ.get(variable)
    folder = Path(named) if named else cache() / variable.lower()
    with alone():
        if (folder / f"{module}.py").is_file():
            return folder
        if named:
            pytest.skip(f"{package} is not installed")
        _install(sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder), package)
    return folder


def _install(*command: str) -> None:
    """Run an installation; one that fails or takes too long skips the test."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        pytest.skip(f"{command[0]} does not answer")
    if done.returncode:
        pytest.skip(f"could not be installed: {command[-1]}: {done.stderr.strip()[-200:]}")
