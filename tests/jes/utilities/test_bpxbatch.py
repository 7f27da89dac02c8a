"""BPXBATCH: parameters, STDIN, STDENV and files, and what it says when it cannot."""

from __future__ import annotations

import sys
import time

import pytest

OUT = "//STDOUT DD SYSOUT=*\n//STDERR DD SYSOUT=*\n"


def step(parm: str, dds: str = OUT, program: str = "BPXBATCH") -> str:
    coded = f",PARM='{parm}'" if parm else ""
    return f"//J JOB 1,X\n//S EXEC PGM={program}{coded}\n{dds}"


def test_parameters_that_do_not_begin_with_sh_or_pgm_are_refused(system):
    info = system.run(step("echo hello"))

    assert info.completion.text == "RC=0255"
    said = "+BPXM010I BPXBATCH FAILED BECAUSE THE PARAMETERS DID NOT START WITH SH OR PGM."
    assert any(line.endswith(said) for line in system.output(info, "JESMSGLG"))


def test_a_program_that_is_not_there_cannot_be_spawned(system):
    info = system.run(step("PGM /bin/nosuch"))

    assert info.completion.text == "RC=0255"
    said = (
        "+BPXM047I BPXBATCH FAILED BECAUSE SPAWN (BPX1SPN) OF /bin/nosuch FAILED WITH RETURN CODE 00000081 REASON CODE 053B006C"
    )
    assert any(line.endswith(said) for line in system.output(info, "JESMSGLG"))


@pytest.mark.parametrize("program", ["BPXBATCH", "BPXBATSL"])
def test_without_parameters_the_shell_reads_its_commands_from_stdin(system, program):
    info = system.run(step("", OUT + "//STDIN DD *\n# a comment\nA=one\necho $A\necho two\n/*\n", program))

    assert info.completion.text == "RC=0000"
    assert system.output(info, "STDOUT") == ["one", "two"]


def test_the_first_command_reads_stdin_and_the_next_finds_it_empty(system):
    info = system.run(step("SH sort; wc -l", OUT + "//STDIN DD *\nb\na\n/*\n"))

    assert [line.strip() for line in system.output(info, "STDOUT")] == ["a", "b", "0"]


def test_stdenv_sets_variables(system):
    info = system.run(step("SH echo $GREETING $LOGNAME", OUT + "//STDENV DD *\nGREETING=hello\n/*\n"))

    assert system.output(info, "STDOUT") == ["hello IBMUSER"]


def test_stdparm_continues_over_lines(system):
    info = system.run(step("", OUT + "//STDPARM DD *\nSH echo one;\necho two\n/*\n"))

    assert system.output(info, "STDOUT") == ["one", "two"]


def test_files_keep_their_lines_whatever_filedata_says(system):
    write = "PATHOPTS=(OWRONLY,OCREAT,OTRUNC),\n// PATHMODE=(SIRWXU)"
    for filedata in ("", ",FILEDATA=TEXT"):
        info = system.run(step("SH echo one; echo two", f"//STDOUT DD PATH='/tmp/out',{write}{filedata}\n"))
        assert info.completion.text == "RC=0000"
        info = system.run(step("SH cat /tmp/out; cat", OUT + f"//STDIN DD PATH='/tmp/out',PATHOPTS=(ORDONLY){filedata}\n"))
        assert system.output(info, "STDOUT") == ["one", "two", "one", "two"]


def test_a_script_by_its_path_and_its_exit_status(system):
    make = "SH echo 'echo in the script; exit 2' > /tmp/script.sh; chmod 755 /tmp/script.sh"
    assert system.run(step("", f"//STDPARM DD *\n{make}\n/*\n")).completion.text == "RC=0000"
    info = system.run(step("PGM /tmp/script.sh"))

    assert info.completion.text == "RC=0512"
    assert system.output(info, "STDOUT") == ["in the script"]


def test_aopbatch_gives_the_exit_status_as_it_is(system):
    assert system.run(step("SH exit 2", program="AOPBATCH")).completion.text == "RC=0002"


def test_a_file_that_is_not_there_is_told_in_words(system):
    info = system.run(step("SH cat /nowhere", OUT + "//STDERR DD SYSOUT=*\n"))
    said = " ".join(system.output(info, "STDERR"))

    assert "/nowhere: EDC5129I No such file or directory." in said
    assert "ENOENT" not in said


def test_a_path_that_cannot_be_allocated_is_refused_in_words(system):
    info = system.run("//J JOB 1,X\n//S EXEC PGM=IEFBR14\n//D DD PATH='/nowhere/file',PATHOPTS=(ORDONLY)\n")

    assert info.completion.text == "(JCL error)"
    assert any("EDC5129I No such file or directory." in line for line in system.output(info, "JESYSMSG"))


@pytest.mark.parametrize("configured", [sys.executable, [sys.executable]])
def test_the_shell_of_the_host_gets_the_command_its_input_and_the_variables(opened, configured):
    system = opened(program_options={"host_shell": configured})
    text = "import os,sys; print(sys.stdin.read().upper().strip(), os.environ['GREETING']); sys.exit(3)"
    dds = OUT + "//STDPARM DD *\nSH " + text + "\n/*\n//STDIN DD *\nhello\n/*\n//STDENV DD *\nGREETING=hi\n/*\n"
    info = system.run(step("", dds))

    assert info.completion.text == "RC=0768"
    assert system.output(info, "STDOUT") == ["HELLO hi"]


@pytest.mark.parametrize(
    ("options", "text", "ended"),
    [
        ({"host_shell": "/no/such/shell"}, "echo", "ABEND=806"),
        ({"host_shell": sys.executable}, "import os; os.kill(os.getpid(), 9)", "RC=0009"),
    ],
)
def test_a_shell_of_the_host_that_is_not_there_or_killed_ends_in_words_of_the_system(opened, options, text, ended):
    system = opened(program_options=options)

    assert system.ended(step("", OUT + "//STDPARM DD *\nSH " + text + "\n/*\n")) == ended


def test_cancel_ends_a_command_in_the_shell_of_the_host(opened):
    system = opened(program_options={"host_shell": sys.executable})
    jcl = step("", OUT + "//STDPARM DD *\nSH import time; time.sleep(600)\n/*\n")
    [jobid] = system.jes.submit(system.acee, jcl)
    while system.jes.job(system.acee, jobid).status != "ACTIVE":
        time.sleep(0.05)
    system.jes.cancel(system.acee, jobid, purge=False)

    assert system.jes.wait(jobid, 20).completion.text == "ABEND=222"


def test_pgm_without_a_program_cannot_be_spawned(system):
    assert system.ended(step("PGM")) == "RC=0255"


def test_rm_f_is_silent_of_what_is_not_there_and_of_nothing_else(system):
    text = "mkdir /tmp/d; touch /tmp/d/f\nrm -f /tmp/none && echo fine\nrm -f /tmp/d || echo refused"
    info = system.run(step("", OUT + f"//STDIN DD *\n{text}\n/*\n"))

    assert system.output(info, "STDOUT") == ["fine", "refused"]


def test_numbers_that_are_none_are_no_program_error(system):
    info = system.run(step("", OUT + "//STDIN DD *\n[ --5 -eq 5 ] || echo unequal\n[ -5 -lt 5 ] && echo less\n/*\n"))

    assert system.output(info, "STDOUT") == ["unequal", "less"]
