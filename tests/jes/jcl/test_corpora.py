"""Public jobs are converted. The repositories are not part of this one: MVSFS_CORPORA names a folder that holds their check-outs.

carddemo    aws-samples/aws-mainframe-modernization-carddemo          cbsa    cicsdev/cics-banking-sample-application-cbsa
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jes.hosttext import to_host
from jes.jcl.convert import convert
from jes.jcl.model import Procedure

FOLDER = os.environ.get("MVSFS_CORPORA", "")
#: Jobs with names in them that a user has to fill in first: z/OS rejects them as well.
UNFILLED = {"CBSACSD", "BANKDATA", "INSTDB2", "DB2BIND"}
#: CBSA jobs that are meant to be INCLUDEd and take their symbols from the job that does.
PARTS = {"CREDB2L", *(f"CREL{number:03d}" for number in range(1, 12))}


def images(path: Path) -> tuple[bytes, ...]:
    return tuple(to_host(line.ljust(80)) for line in path.read_text(errors="replace").rstrip().split("\n"))


class Neighbours:
    """Procedures and INCLUDE groups: any procedure of the repository, any member of the job's own folder."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._members = {
            path.name.split(".")[0].upper(): path for path in root.rglob("*") if path.suffix.lower() in {".prc", ".proc"}
        }
        self._members |= {
            path.name.split(".")[0].upper(): path for path in folder.iterdir() if path.suffix.lower() in {".jcl", ".prc"}
        }

    def find(self, member: str, libraries: tuple[str, ...]) -> Procedure | None:
        path = self._members.get(member)
        return Procedure(member, images(path), "SYS1.PROCLIB", False) if path else None


def jobs():
    if not FOLDER:
        return []
    found = [path for path in Path(FOLDER).rglob("*") if path.suffix.lower() in {".jcl"}]
    return [
        path
        for path in found
        if any(b" JOB " in line for line in [path.read_bytes()]) and path.name.split(".")[0].upper() not in PARTS
    ]


@pytest.mark.skipif(not FOLDER, reason="MVSFS_CORPORA names no folder of public repositories")
@pytest.mark.parametrize("path", jobs(), ids=lambda path: path.name)
def test_a_public_job_is_converted(path):
    root = Path(FOLDER) / path.relative_to(FOLDER).parts[0]
    job = convert(images(path), Neighbours(root, path.parent))

    assert bool(job.errors) is (path.name.split(".")[0].upper() in UNFILLED and "cbsa" in root.name)
