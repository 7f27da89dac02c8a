"""Batch TSO: the return codes of its three names, commands about jobs, execs by a configured interpreter."""

from __future__ import annotations

import sys

import pytest

from jes.errors import Abend

STEP = "//J JOB 1,X\n//S EXEC PGM={}{}\n//SYSTSPRT DD SYSOUT=*\n//SYSTSIN DD *\n{}\n/*\n"


def tso(system, *lines: str, program: str = "IKJEFT01", dds: str = ""):
    return system.run(STEP.format(program, "\n" + dds.rstrip("\n") if dds else "", "\n".join(lines)))


@pytest.mark.parametrize(
    ("program", "lines", "code"),
    [
        ("IKJEFT01", ("FROB", "TIME"), "RC=0000"),
        ("IKJEFT01", ("TIME", "FROB"), "RC=0012"),
        ("IKJEFT1A", ("FROB", "TIME"), "RC=0012"),
        ("IKJEFT1B", ("FROB", "TIME"), "RC=0012"),
        ("IKJEFT1B", ("CALL 'X(RC4)'", "TIME"), "RC=0004"),
        ("IKJEFT01", ("CALL 'X(SYSABN)'", "TIME"), "RC=0012"),
        ("IKJEFT1A", ("CALL 'X(SYSABN)'", "TIME"), "ABEND=04C"),
        ("IKJEFT1A", ("CALL 'X(USRABN)'", "TIME"), "RC=0012"),
        ("IKJEFT1B", ("CALL 'X(USRABN)'", "TIME"), "ABEND=04C"),
    ],
)
def test_each_name_has_its_rule_for_codes_and_abends(opened, program, lines, code):
    def system_abend(_step):
        raise Abend("0C4", 4)

    def user_abend(_step):
        raise Abend("U0100")

    system = opened(programs={"RC4": lambda _step: 4, "SYSABN": system_abend, "USRABN": user_abend})

    assert tso(system, *lines, program=program).completion.text == code


def test_an_abend_is_told_with_its_code(opened):
    def user_abend(_step):
        raise Abend("U0100")

    system = opened(programs={"USRABN": user_abend})
    shown = system.output(tso(system, "CALL 'X(USRABN)'", "TIME"), "SYSTSPRT")

    assert "IKJ56640I USER ABEND CODE 0100  REASON CODE 00000000" in shown
    assert not any(line.startswith("IKJ56650I") for line in shown)


def _reads_what_is_not_there(step):
    return step.mvs.find("IBMUSER.GONE").dcb.lrecl


@pytest.mark.parametrize(
    ("program", "told"),
    [
        (_reads_what_is_not_there, "IKJ56640I SYSTEM ABEND CODE 213  REASON CODE 00000004"),
        (lambda _step: 1 // 0, "IKJ56640I USER ABEND CODE 4038  REASON CODE 00000001"),
    ],
)
def test_an_error_of_a_called_program_is_the_abend_that_it_is_as_a_step(opened, program, told):
    system = opened(programs={"FAILS": program})
    info = tso(system, "CALL *(FAILS)", "TIME")

    assert info.completion.text == "RC=0012"
    assert told in system.output(info, "SYSTSPRT")


def test_sys_exit_in_a_called_program_ends_the_program_alone(opened):
    system = opened(programs={"QUITS": lambda _step: sys.exit("NO INPUT")})
    info = tso(system, "CALL *(QUITS)", "PROFILE")

    assert info.completion.text == "RC=0000"
    assert any(line.endswith("+NO INPUT") for line in system.output(info, "JESMSGLG"))


def test_a_jobs_output_is_read_and_purged(system):
    done = system.run("//OTHER JOB 1,X\n//S EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n//SYSUT2 DD SYSOUT=*\n"
                      "//SYSUT1 DD *\nHELLO OUT THERE\n/*\n")  # fmt: skip
    shown = system.output(tso(system, f"OUTPUT OTHER({done.jobid}) PRINT(*)", f"CANCEL OTHER({done.jobid}) PURGE"), "SYSTSPRT")

    assert "HELLO OUT THERE" in shown
    assert f"IKJ56211I JOB OTHER({done.jobid}) CANCELLED" in shown
    assert not system.jes.jobs(system.acee, jobname="OTHER")


@pytest.mark.parametrize("command", ["CANCEL NOSUCH", "OUTPUT NOSUCH"])
def test_a_job_that_is_not_there_is_told(system, command):
    info = tso(system, command)

    assert info.completion.text == "RC=0012"
    assert "IKJ56216I JOB NOSUCH NOT FOUND" in system.output(info, "SYSTSPRT")


def test_time_is_told(system):
    assert any(
        line.startswith("IKJ56650I TIME-11:00:00 AM.") and line.endswith("MARCH 25,2026")
        for line in system.output(tso(system, "TIME"), "SYSTSPRT")
    )


def test_printds_makes_a_sysout_data_set(system):
    system.put("IBMUSER.TEXT", "A LINE")
    info = tso(system, "PRINTDS DA(TEXT)")
    files = [file.ddname for file in system.jes.spool_files(info)]

    assert info.completion.text == "RC=0000"
    assert system.output(info, next(name for name in files if name.startswith("SYS0"))) == ["A LINE"]


@pytest.mark.parametrize("command", ["EXEC 'IBMUSER.EXEC(HELLO)'", "%HELLO", "HELLO"])
def test_an_exec_that_is_there_cannot_be_interpreted_without_an_interpreter(system, command):
    system.put("IBMUSER.EXEC", "SAY 'HI'", member="HELLO")
    info = tso(system, command, dds="//SYSEXEC DD DSN=IBMUSER.EXEC,DISP=SHR\n")

    assert info.completion.text == "RC=0020"
    assert "IRX0110I The REXX exec HELLO cannot be interpreted." in system.output(info, "SYSTSPRT")


def test_an_exec_that_is_not_there_is_not_found(system):
    system.put("IBMUSER.EXEC", "SAY 'HI'", member="HELLO")
    shown = system.output(tso(system, "EXEC 'IBMUSER.EXEC(NONE)'", "EXEC 'NO.SUCH(A)'", "%NONE"), "SYSTSPRT")

    assert "IKJ58507I MEMBER NONE NOT IN DATA SET IBMUSER.EXEC" in shown
    assert "IKJ56228I DATA SET NO.SUCH NOT IN CATALOG OR CATALOG CAN NOT BE ACCESSED" in shown
    assert "IKJ56500I COMMAND NONE NOT FOUND" in shown


def speaking(_step, exec_) -> int:
    """An interpreter that says what it was given; the return code is the number of lines."""
    exec_.say(f"{exec_.name} {exec_.argument} {exec_.lines[0]}")
    return len(exec_.lines)


@pytest.mark.parametrize("command", ["EXEC 'IBMUSER.EXEC(HELLO)' 'YOU'", "EX EXEC(HELLO) 'YOU' EXEC", "%HELLO YOU", "HELLO YOU"])
def test_execs_run_by_the_configured_interpreter(opened, command):
    system = opened(program_options={"rexx": speaking})
    system.put("IBMUSER.EXEC", "/* REXX */", "SAY 'HI'", member="HELLO")
    info = tso(system, command, dds="//SYSEXEC DD DSN=IBMUSER.EXEC,DISP=SHR\n")

    assert info.completion.text == "RC=0002"
    assert "HELLO YOU /* REXX */" in system.output(info, "SYSTSPRT")


def test_irxjcl_gives_the_exec_to_a_host_command(opened, tmp_path):
    script = tmp_path / "interpreter.py"
    script.write_text(
        "import sys\nprint(open(sys.argv[1]).read().strip(), sys.argv[2:], sys.stdin.read().strip())\nsys.exit(7)\n"
    )
    system = opened(program_options={"rexx": [sys.executable, str(script)]})
    system.put("IBMUSER.EXEC", "SAY 'HI'", member="HELLO")
    info = system.run(
        "//J JOB 1,X\n//S EXEC PGM=IRXJCL,PARM='HELLO A B'\n//SYSEXEC DD DSN=IBMUSER.EXEC,DISP=SHR\n//SYSTSPRT DD SYSOUT=*\n"
        "//SYSTSIN DD *\nTYPED\n/*\n"
    )

    assert info.completion.text == "RC=0007"
    assert system.output(info, "SYSTSPRT") == ["SAY 'HI' ['A B'] TYPED"]


def test_an_exec_reads_and_writes_the_other_dds_as_text_files(opened, tmp_path):
    script = tmp_path / "interpreter.py"
    script.write_text(
        "import os\ntext = open(os.environ['DD_INPUT']).read()\nopen(os.environ['DD_OUTPUT'], 'w').write(text.lower())\n"
        "print('DD_SYSEXEC' in os.environ)\n"
    )
    system = opened(program_options={"rexx": [sys.executable, str(script)]})
    system.put("IBMUSER.EXEC", "SAY 'HI'", member="HELLO")
    info = system.run(
        "//J JOB 1,X\n//S EXEC PGM=IRXJCL,PARM='HELLO'\n//SYSEXEC DD DSN=IBMUSER.EXEC,DISP=SHR\n//SYSTSPRT DD SYSOUT=*\n"
        "//INPUT DD *\nTYPED\n/*\n//OUTPUT DD DSN=IBMUSER.OUT,DISP=(NEW,CATLG),SPACE=(TRK,1),\n// RECFM=FB,LRECL=80\n"
    )

    assert info.completion.text == "RC=0000"
    assert (system.output(info, "SYSTSPRT"), system.lines("IBMUSER.OUT")) == (["False"], ["typed"])


@pytest.mark.parametrize(
    ("dd", "said"),
    [
        ("//SYSEXEC DD DSN=IBMUSER.EXEC,DISP=SHR\n", "IRX0112I The REXX exec NONE cannot be loaded."),
        ("", "IRX0406E REXX exec load file SYSEXEC has not been allocated."),
    ],
)
def test_an_exec_that_irxjcl_does_not_find_is_told(opened, dd, said):
    system = opened(program_options={"rexx": speaking})
    system.put("IBMUSER.EXEC", "SAY 'HI'", member="HELLO")
    info = system.run(f"//J JOB 1,X\n//S EXEC PGM=IRXJCL,PARM='NONE'\n//SYSTSPRT DD SYSOUT=*\n{dd}")

    assert info.completion.text == "RC=0020"
    assert system.output(info, "SYSTSPRT") == [said, "IRX0110I The REXX exec NONE cannot be interpreted."]


def test_irxjcl_without_an_interpreter_refuses_in_words(system):
    info = system.run("//J JOB 1,X\n//S EXEC PGM=IRXJCL,PARM='HELLO'\n//SYSTSPRT DD SYSOUT=*\n")

    assert info.completion.text == "RC=0020"
    assert system.output(info, "SYSTSPRT")[1] == "IRX0110I The REXX exec HELLO cannot be interpreted."
