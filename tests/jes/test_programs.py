"""Programs that a user brings: Python, a host command, and COBOL where a compiler is installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from jes import programfile, programs

EXAMPLES = Path(__file__).resolve().parents[2] / "fixtures" / "programs"


@pytest.fixture
def examples(monkeypatch):
    """The example programs, importable."""
    monkeypatch.syspath_prepend(str(EXAMPLES))


def test_the_python_example_counts_words(opened, examples):
    system = opened(programs={"WORDCNT": "wordcount:run"})
    info = system.run("//J JOB\n//S EXEC PGM=WORDCNT,PARM=UPPER\n//INPUT DD *\nto be or not\nTo be\n//REPORT DD SYSOUT=*\n")

    assert info.completion.text == "RC=0000"
    assert [line.split() for line in system.output(info, "REPORT")] == [["BE", "2"], ["TO", "2"], ["NOT", "1"], ["OR", "1"]]


def test_its_return_code_is_the_steps(opened, examples):
    system = opened(programs={"WORDCNT": "wordcount:run"})

    assert system.ended("//J JOB\n//S EXEC PGM=WORDCNT\n//INPUT DD DUMMY\n//REPORT DD SYSOUT=*\n") == "RC=0004"


def test_a_host_command_reads_and_writes_its_dds(opened, tmp_path):
    script = tmp_path / "upper.py"
    script.write_text(
        "import os, sys\ntext = open(os.environ['DD_IN']).read()\nopen(os.environ['DD_OUT'], 'w').write(text.upper())\n"
        "print('parm', os.environ['PARM'])\nsys.exit(3)\n"
    )
    system = opened(programs={"UPPER": [sys.executable, str(script)]})
    system.put("IBMUSER.IN", "one", "two")
    info = system.run(
        "//J JOB\n//S EXEC PGM=UPPER,PARM=HELLO\n//IN DD DSN=IBMUSER.IN,DISP=SHR\n"
        "//OUT DD DSN=IBMUSER.OUT,DISP=(NEW,CATLG),SPACE=(TRK,1),\n// RECFM=FB,LRECL=80\n//SYSOUT DD SYSOUT=*\n"
    )

    assert info.completion.text == "RC=0003"
    assert system.lines("IBMUSER.OUT") == ["ONE", "TWO"]
    assert system.output(info, "SYSOUT") == ["parm HELLO"]
    assert system.lines("IBMUSER.IN") == ["one", "two"]


def test_a_command_that_is_not_there_is_s806(opened):
    assert opened(programs={"GONE": ["/no/such/command"]}).ended("//J JOB\n//S EXEC PGM=GONE\n") == "ABEND=806"


@pytest.mark.parametrize(
    ("signal", "abend"), [("SEGV", "0C4"), ("ILL", "0C1"), ("FPE", "0C9"), ("BUS", "0C5"), ("TERM", "U4015")]
)
def test_a_command_killed_by_a_signal_abends_as_its_program_check(opened, signal, abend):
    die = f"import os, signal; os.kill(os.getpid(), signal.SIG{signal})"
    info = opened(programs={"DIES": [sys.executable, "-c", die]}).run("//J JOB\n//S EXEC PGM=DIES\n")

    assert info.completion.abend == abend


def test_what_a_command_prints_is_text_whatever_the_form_of_its_files(opened):
    back = "import os; data = open(os.environ['DD_IN'], 'rb').read(); open(os.environ['DD_OUT'], 'wb').write(data); print('done')"
    system = opened(programs={"BACK": {"command": [sys.executable, "-c", back], "form": "binary"}})
    system.put("IBMUSER.VB", "ONE", "LONGER", recfm="VB", lrecl=84)
    info = system.run(
        "//J JOB\n//S EXEC PGM=BACK\n//IN DD DSN=IBMUSER.VB,DISP=SHR\n//SYSOUT DD SYSOUT=*\n"
        "//OUT DD DSN=IBMUSER.OUT,DISP=(NEW,CATLG),SPACE=(TRK,1),\n// RECFM=VB,LRECL=84\n"
    )

    assert info.completion.text == "RC=0000"
    assert (system.output(info, "SYSOUT"), system.lines("IBMUSER.OUT")) == (["done"], ["ONE", "LONGER"])


def test_length_words_that_are_none_are_s002(opened):
    bad = "import os; open(os.environ['DD_OUT'], 'wb').write(b'not a record')"
    system = opened(programs={"BAD": {"command": [sys.executable, "-c", bad], "form": "binary"}})

    assert (
        system.ended(
            "//J JOB\n//S EXEC PGM=BAD\n//OUT DD DSN=IBMUSER.OUT,DISP=(NEW,CATLG),SPACE=(TRK,1),\n// RECFM=VB,LRECL=84\n"
        )
        == "ABEND=002"
    )


def test_a_wrong_form_is_refused():
    with pytest.raises(ValueError, match="paper"):
        programs.find("X", {"X": {"command": ["x"], "form": "paper"}})


@pytest.mark.skipif(shutil.which("cobc") is None, reason="no COBOL compiler (Debian: gnucobol3)")
def test_a_cobol_program_reads_an_fb_data_set_and_writes_a_report(opened, tmp_path):
    module = tmp_path / "SALES"
    subprocess.run(["cobc", "-x", "-o", str(module), str(EXAMPLES / "SALES.cbl")], check=True, capture_output=True)
    system = opened(programs={"SALES": {"command": [str(module)], "dds": {"SALES": "fixed"}}})
    system.put("IBMUSER.SALES", f"{'NORTH':10}{12345:09}", f"{'SOUTH':10}{100:09}")
    info = system.run("//J JOB\n//S EXEC PGM=SALES\n//SALES DD DSN=IBMUSER.SALES,DISP=SHR\n//REPORT DD SYSOUT=*\n")

    assert info.completion.text == "RC=0000"
    assert system.output(info, "REPORT") == ["SALES       2  TOTAL       124.45"]


@pytest.mark.parametrize(
    ("code", "completion"), [(8, "RC=0008"), (None, "RC=0000"), (5000, "RC=0904"), ("WRONG INPUT", "RC=0001")]
)
def test_sys_exit_gives_the_return_code_and_leaves_the_initiator_alive(opened, code, completion):
    system = opened(programs={"QUITS": lambda step: sys.exit(code)})
    info = system.run("//J JOB\n//S EXEC PGM=QUITS\n")

    assert info.completion.text == completion
    assert (f"+{code}" in "".join(system.output(info, "JESMSGLG"))) is isinstance(code, str)
    assert system.ended("//K JOB\n//S EXEC PGM=IEFBR14\n") == "RC=0000"


def test_a_module_that_is_not_there_is_s806(opened):
    assert opened(programs={"LOST": "no_such_module:run"}).ended("//J JOB\n//S EXEC PGM=LOST\n") == "ABEND=806"


def test_a_command_reads_sysin_as_its_standard_input(opened):
    system = opened(programs={"UPPER": [sys.executable, "-c", "import sys; print(sys.stdin.read().upper(), end='')"]})

    info = system.run("//J JOB\n//S EXEC PGM=UPPER\n//SYSIN DD *\nabc\nde\n//SYSOUT DD SYSOUT=*\n")

    assert system.output(info, "SYSOUT") == ["ABC", "DE"]
    assert system.ended("//J JOB\n//S EXEC PGM=UPPER\n//SYSIN DD DUMMY\n//SYSOUT DD SYSOUT=*\n") == "RC=0000"
    assert system.ended("//J JOB\n//S EXEC PGM=UPPER\n//SYSIN DD SYSOUT=*\n//SYSOUT DD SYSOUT=*\n") == "RC=0000"


def test_what_a_command_prints_without_sysout_is_in_the_job_log(opened):
    system = opened(programs={"SPEAKS": [sys.executable, "-c", "print('FILE NOT FOUND')"]})
    info = system.run("//J JOB\n//S EXEC PGM=SPEAKS\n")

    assert any(line.endswith("+FILE NOT FOUND") for line in map(str.rstrip, system.output(info, "JESMSGLG")))


def test_a_file_of_programs_is_read_with_what_lies_beside_it(opened, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", list(sys.path))
    (tmp_path / "beside.py").write_text("def run(step):\n    return 7\n")
    (tmp_path / "five").write_text("#!/bin/sh\nexit 5\n")
    (tmp_path / "five").chmod(0o755)
    given = tmp_path / "programs.toml"
    given.write_text('host_shell = ["/bin/sh"]\n[programs]\nBESIDE = "beside:run"\nFIVE = { command = ["./five"] }\n')
    found = programfile.read(given)
    system = opened(**found)

    assert found["program_options"] == {"host_shell": ["/bin/sh"]}
    assert [system.ended(f"//J JOB\n//S EXEC PGM={name}\n") for name in ("BESIDE", "FIVE")] == ["RC=0007", "RC=0005"]


@pytest.mark.parametrize(
    "text",
    [
        '[programs]\nX = "no_such_module:run"\n',
        '[programs]\nX = "sys:no_such_function"\n',
        "[programs]\nX = 5\n",
        '[programs]\nX = { form = "lines" }\n',
        '[programs]\nX = { command = ["x"], form = "paper" }\n',
        '[programs]\nlower = ["x"]\n',
        'wrong = "x"\n',
        "programs = 5\n",
        "[programs\n",
    ],
)
def test_a_file_of_programs_that_cannot_be_is_refused(text, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", list(sys.path))
    given = tmp_path / "programs.toml"
    given.write_text(text)

    with pytest.raises(programfile.BadProgramFile, match=r"programs\.toml"):
        programfile.read(given)


LOOP = """
def run(step):
    while True:
        try:
            sum(range(1000))
        except Exception:
            pass
"""


@pytest.fixture
def looping(tmp_path, monkeypatch):
    """A program that computes for ever and stops at nothing that it can catch as an Exception."""
    (tmp_path / "loops.py").write_text(LOOP)
    monkeypatch.syspath_prepend(str(tmp_path))
    return {"LOOPS": "loops:run"}


def test_time_ends_a_program_that_computes_for_ever(opened, looping):
    assert opened(programs=looping).ended("//J JOB\n//S EXEC PGM=LOOPS,TIME=(,1)\n") == "ABEND=322"


def test_cancel_ends_it_too_and_the_next_job_runs(opened):
    begun = threading.Event()

    def loops(_step):
        begun.set()
        while True:
            pass

    system = opened(programs={"LOOPS": loops})
    [jobid] = system.jes.submit(system.acee, "//J JOB\n//S EXEC PGM=LOOPS\n")
    assert begun.wait(20)
    system.jes.cancel(system.acee, jobid, purge=False)

    info = system.jes.wait(jobid, 20)
    assert info.completion is not None
    assert info.completion.text == "ABEND=222"
    assert system.ended("//K JOB\n//S EXEC PGM=IEFBR14\n") == "RC=0000"


def test_time_ends_a_host_command(opened):
    system = opened(programs={"SPIN": [sys.executable, "-c", "while True: pass"]})

    assert system.ended("//J JOB\n//S EXEC PGM=SPIN,TIME=(,1)\n") == "ABEND=322"


def test_only_line_ends_end_a_record_of_a_host_command(opened, tmp_path):
    script = tmp_path / "feeds.py"
    script.write_text("import os\nopen(os.environ['DD_OUT'], 'w').write('one\\x0ctwo\\nthree\\n')\n")
    system = opened(programs={"FEEDS": [sys.executable, str(script)]})
    system.put("IBMUSER.OUT", lrecl=80)
    info = system.run("//J JOB\n//S EXEC PGM=FEEDS\n//OUT DD DSN=IBMUSER.OUT,DISP=OLD\n")

    assert info.completion.text == "RC=0000"
    assert system.lines("IBMUSER.OUT") == ["one\x0ctwo", "three"]


def test_a_job_whose_output_the_spool_does_not_take_ends_all_the_same(opened, monkeypatch):
    system = opened()
    monkeypatch.setattr("jes.output.JobOutput.files", lambda *_args, **_facts: 1 / 0)
    info = system.run("//J JOB\n//S EXEC PGM=IEFBR14\n")

    assert (info.status, info.completion.text) == ("OUTPUT", "SYS FAIL")


def test_what_a_host_command_writes_gives_a_data_set_its_record_format(opened, tmp_path):
    script = tmp_path / "writes.py"
    script.write_text("import os\nopen(os.environ['DD_OUT'], 'w').write('short\\n' + 'x' * 120 + '\\nlast')\n")
    system = opened(programs={"WRITES": [sys.executable, str(script)]})
    ended = system.ended("//J JOB\n//S EXEC PGM=WRITES\n//OUT DD DSN=IBMUSER.NEW,DISP=(NEW,CATLG),SPACE=(TRK,1)\n")

    assert ended == "RC=0000"
    assert system.lines("IBMUSER.NEW") == ["short", "x" * 120, "last"]
    assert system.mvs.find("IBMUSER.NEW").dcb.lrecl == 120


def test_variable_records_come_from_a_host_command_behind_their_length_words(opened, tmp_path):
    script = tmp_path / "writes.py"
    script.write_text(
        "import os\ndata = open(os.environ['DD_IN'], 'rb').read()\nopen(os.environ['DD_OUT'], 'wb').write(data * 1000)\n"
    )
    system = opened(programs={"TIMES": {"command": [sys.executable, str(script)], "form": "binary"}})
    system.put("IBMUSER.IN", "one", "", "three", recfm="VB", lrecl=84)
    system.put("IBMUSER.OUT", recfm="VB", lrecl=84)
    jcl = "//J JOB\n//S EXEC PGM=TIMES\n//IN DD DSN=IBMUSER.IN,DISP=SHR\n//OUT DD DSN=IBMUSER.OUT,DISP=OLD\n"

    assert system.ended(jcl) == "RC=0000"
    assert system.lines("IBMUSER.OUT") == ["one", "", "three"] * 1000
