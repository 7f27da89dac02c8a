"""Jobs from folders: each folder under fixtures/jobs is one claim about what a job does.

job.jcl                     submitted as IBMUSER at 2026-03-25 11:00:00; the first job is JOB00001
in/DSN.txt                  a data set before the job, RECFM=FB LRECL=80; in/DSN(MEMBER).txt a member
in/commands.txt             RACF commands issued before
expected/completion.txt     how the (last) job ended, as a listing shows it
expected/DDNAME.txt         a spool file, whole and line by line (without trailing blanks); STEP.DDNAME.txt when names repeat
expected/DSN.txt            a data set afterwards; an empty file DSN.absent: it must not exist
"""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "jobs"
NAMES = sorted(path.name for path in FOLDER.iterdir() if (path / "job.jcl").is_file())


@pytest.fixture
def opened(clock):
    from jes.config import JesConfig
    from jes.opening import open_system
    from jes.system import Jes
    from tests.jes.system import System

    mvs, saf = open_system("memory:", now=clock)
    jes = Jes.open(
        mvs, saf, now=clock, config=JesConfig(meter=lambda: (0.0, 0.0), initiators={"1": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"})
    )
    system = System(mvs, saf, jes)
    jes.start()
    yield system
    system.close()


def before(system, folder: Path) -> None:
    """Make what the job finds."""
    for path in sorted(folder.glob("in/*")):
        if path.name == "commands.txt":
            for command in path.read_text().splitlines():
                assert system.saf.command(system.acee, command).rc == 0, command
            continue
        dsname, _, member = path.name.removesuffix(".txt").rstrip(")").partition("(")
        system.put(dsname, *path.read_text().splitlines(), member=member or None)


@pytest.mark.parametrize("name", NAMES)
def test_a_job_does_what_its_folder_says(opened, name):
    folder = FOLDER / name
    before(opened, folder)

    info = [opened.jes.wait(jobid, 30) for jobid in opened.jes.submit(opened.acee, (folder / "job.jcl").read_text())][-1]

    for path in sorted((folder / "expected").iterdir()):
        if path.name == "completion.txt":
            assert path.read_text().strip() == info.completion.text, "\n".join(opened.output(info, "JESYSMSG"))
        elif path.suffix == ".absent":
            assert not opened.mvs.exists(path.stem), path.name
        else:
            assert path.read_text().splitlines() == actual(opened, info, path.stem), path.name


def actual(system, info, name: str) -> list[str]:
    """Return the lines that a file of expected/ is about: a spool file, or a data set."""
    step, _, ddname = name.rpartition(".")
    if len(name.split(".")) <= 2 and any(
        file.ddname == ddname and step in {"", file.stepname} for file in system.jes.spool_files(info)
    ):
        return system.output(info, ddname, step)
    dsname, _, member = name.rstrip(")").partition("(")
    return system.lines(dsname, member or None)
