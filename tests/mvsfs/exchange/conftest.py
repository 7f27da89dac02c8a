"""Another program's reader of transmissions and tapes. It is under another licence: it runs apart and is only asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

#: Prints the data sets of a file with their members (or one nameless content) in hexadecimal.
ASK = """
import contextlib, io, json, sys, xmi

def content(found, name, member):
    try:  # an alias and an empty member have none
        data = found.get_member_binary(name, member) if member else found.get_file_binary(name)
    except (KeyError, AttributeError):
        return ""
    return bytes(data).hex() if not isinstance(data, str) else ""

with contextlib.redirect_stdout(io.StringIO()):
    found = xmi.open_file(sys.argv[1], quiet=True)
    said = {
        name: {member: content(found, name, member) for member in (found.get_members(name) if found.is_pds(name) else [""])}
        for name in found.get_files()
    }
print(json.dumps(said))
"""


@pytest.fixture
def oracle():
    """Return what the other program finds in a file: contents by data set and member."""
    program = os.environ.get("XMI_READER", sys.executable)
    if subprocess.run([program, "-c", "import xmi"], capture_output=True, check=False).returncode:
        pytest.skip("xmi-reader is not installed")

    def ask(path: Path) -> dict[str, dict[str, bytes]]:
        said = subprocess.run([program, "-c", ASK, str(path)], capture_output=True, check=True, text=True, timeout=60).stdout
        return {name: {member: bytes.fromhex(data) for member, data in files.items()} for name, files in json.loads(said).items()}

    return ask
