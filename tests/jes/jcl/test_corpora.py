"""Public jobs are converted. The repositories are not part of this one: MVSFS_CORPORA names a folder that holds their check-outs.

carddemo    aws-samples/aws-mainframe-modernization-carddemo          cbsa    cicsdev/cics-banking-sample-application-cbsa
mapa        cschneid-the-elder/mapa, whose JCL tests the grammar: 454 jobs, of which 188 are right; the others have undefined
            symbols, procedures that are not there, IF without ENDIF, values that are out of range, and continued apostrophes
            that do not resume in column 16.

What the CardDemo jobs do when they run is in tests/jes/test_carddemo.py.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jes.hosttext import to_host
from jes.intrdr import InternalReader, ReadJob
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

    def missing(self, libraries: tuple[str, ...]) -> tuple[str, ...]:
        return ()

    def find(self, member: str, libraries: tuple[str, ...], proclib: str = "") -> Procedure | None:
        path = self._members.get(member)
        return Procedure(member, images(path), "SYS1.PROCLIB", False) if path else None


def jobs():
    if not FOLDER:
        return []
    found = [path for name in ("carddemo", "cbsa") for path in (Path(FOLDER) / name).rglob("*") if path.suffix.lower() == ".jcl"]
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


#: What the files of the mapa test set are rejected for, whoever finds it; the others are right.
MAPA = {
    "IEFC009I": "0018 0109 0114 0115 0116 0117 0118 0119 0120",
    "IEFC019I": "0128 0129 0130 0131",
    "IEFC605I": "0003 0010 0011 0012 0014 0016 0018 0020 0022 0024 0026 0028 0030 0032 0034 0087 0151 0185",
    "IEFC607I": "0126 0131 0133 0137 0138 0144 0148 0149 0151 0152 0153 0154 0155 0157 0162 9005",
    "IEFC612I": "0005 0006 0007 0008 0009 0010 0013 0014 0019 0020 0021 0022 0023 0024 0025 0026 0030 0123 0124 0177 0178 "
    "9001 9007 9012",
    "IEFC614I": "0132 9002",
    "IEFC618I": "9016 9017",
    "IEFC621I": "0001 0003 0005 0006 0007 0009 0010 0011 0012 0013 0014 0016 0018 0019 0020 0021 0022 0023 0024 0025 0026 "
    "0027 0028 0030 0032 0034 0057 0072 0073 0087 0185",
    "IEFC622I": "0009 0052",
    "IEFC623I": "0087 0151",
    "IEFC627I": "0001 0052 0058 0123 0170",
    "IEFC630I": "0145 0146 0179 0181",
    "IEFC632I": "0007 0021 0022 0023 0024 0037 0048 0049 0050 0051 0052 0063 0064 0065 0067 0071 0078 0087 0092 0099 0102 "
    "0103 0104 0105 0106 0107 0111 0135 0136 0150 0170",
    "IEFC638I": "0013 0014 0016 0018 0048 0049 0050 0051 0076",
    "IEFC639I": "0110 0135 0136",
    "IEFC640I": "0010 0012 0014 0016 0018 0020 0022 0024 0026 0028 0030 0032 0034 9018 9019 9020 9021",
    "IEFC642I": "0001 0047 0078 0083 0100 0113 0123 0132 0145 0146",
    "IEFC643I": "0055 0170 9021 9022",
    "IEFC644I": "0009 0010 0013 0014 0016 0018 0029 0030 0048 0049 0050 0051 0052 0076 0077 0078 0085 0098 0121 0170",
    "IEFC645I": "0010 0012 0014 0016 0017 0018 0020 0022 0024 0026 0028 0030 0032 0034 0052 0058 0093 0113 0119 0122 0123",
    "IEFC646I": "0009 0098",
    "IEFC647I": "0047 0132 0135 0136 0170",
    "IEFC650I": "0128 0129 0130",
    "IEFC652I": "0178 9018",
    "IEFC661I": "0001",
    "IEFC746I": "0101",
}
#: The second message of one cause: an apostrophe whose continuation was not found is open.
FOLLOWS = {"IEFC621I": "IEFC629I"}


class Members:
    """Everything of the mapa test folder that is no job."""

    def __init__(self, folder: Path) -> None:
        self._members = {path.name: path for path in folder.iterdir() if not path.suffix}

    def missing(self, libraries: tuple[str, ...]) -> tuple[str, ...]:
        return ()

    def find(self, member: str, libraries: tuple[str, ...], proclib: str = "") -> Procedure | None:
        path = self._members.get(member)
        return Procedure(member, images(path), "SYS1.PROCLIB", False) if path else None


MAPA_FOLDER = Path(FOLDER or "/nowhere") / "mapa/jcl/testdata"


@pytest.mark.skipif(not MAPA_FOLDER.is_dir(), reason="MVSFS_CORPORA names no folder with a check-out of mapa")
def test_the_mapa_test_set_is_converted_or_rejected_for_its_reasons():
    library, right, jobs = Members(MAPA_FOLDER), 0, 0
    found: dict[str, set[str]] = {}
    for path in sorted(MAPA_FOLDER.glob("*.jcl")):
        read: list[ReadJob] = []
        reader = InternalReader(lambda jobs, read=read: read.extend(jobs) or [])
        reader.put_many(images(path))
        reader.close()
        for one in read:
            ids = {"IEFC" + message.id.removeprefix("IEF").removeprefix("C") for message in convert(one.records, library).errors}
            right, jobs = right + (not ids), jobs + 1
            for name in ids:
                found.setdefault(name, set()).add(path.stem.removeprefix("test"))

    expected = {name: set(files.split()) for name, files in MAPA.items()}
    expected |= {second: expected[first] for first, second in FOLLOWS.items()}
    assert found == expected
    assert (jobs, right) == (454, 188)
