"""BPXBATCH: parameters, STDIN, STDENV and files, and what it says when it cannot."""

from __future__ import annotations

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
