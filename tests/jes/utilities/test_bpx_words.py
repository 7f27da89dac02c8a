"""The small shell of BPXBATCH: quoting, expansion, redirection, substitution, scripts."""

from __future__ import annotations

import pytest

OUT = "//STDOUT DD SYSOUT=*\n//STDERR DD SYSOUT=*\n"


def shell(system, *lines: str):
    text = "\n".join(lines)
    return system.run(
        f"//J JOB 1,X\n//S EXEC PGM=BPXBATCH\n{OUT}//STDIN DD DATA,DLM=$$\nmkdir -p /tmp/w; cd /tmp/w\n{text}\n$$\n"
    )


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("echo 'a  $B' \"x  y\" z\\ z", ["a  $B x  y z z"]),
        ("A='one  two'; echo $A; echo \"$A\"", ["one two", "one  two"]),
        ("echo ${NONE:-spare} ${NONE}end", ["spare end"]),
        ("echo x$(echo in; echo side)y", ["xin sidey"]),
        ('echo "`echo back`"', ["back"]),
        ("echo $(echo $(echo deep))", ["deep"]),
        ("echo a > f1; echo b > f2; echo f*", ["f1 f2"]),
        ("echo 'f*' no*such", ["f* no*such"]),
        ("echo a > d1; ls /tmp/w/d?", ["/tmp/w/d1"]),
        ("nosuch > all 2>&1; cat all", ["nosuch: FSUM7351 not found"]),
        ("echo one >> l; echo two >> l; cat l | wc -l", ["2"]),
        ("false; echo $?; true; echo $?", ["1", "0"]),
        ("nosuch 2>/dev/null || echo other", ["other"]),
        ("echo 'echo $# $2' > s; ./s a b", ["2 b"]),
    ],
)
def test_a_line_prints_what_the_shell_of_unix_prints(system, line, printed):
    info = shell(system, line)

    assert printed == [one.strip() for one in system.output(info, "STDOUT")], system.output(info, "STDERR")


def test_output_that_is_sent_to_the_error_stream_is_there(system):
    info = shell(system, "echo oops >&2")

    assert ([], ["oops"]) == (system.output(info, "STDOUT"), system.output(info, "STDERR"))


def test_a_script_that_calls_itself_ends(system):
    info = shell(system, "echo './loop' > loop", "./loop")

    assert info.completion.text != "RC=0000"


def test_a_script_with_its_arguments_is_a_program(system):
    shell(system, "echo 'echo got $1' > /tmp/w/prog")
    info = system.run(f"//J JOB 1,X\n//S EXEC PGM=BPXBATCH,PARM='PGM /tmp/w/prog it'\n{OUT}")

    assert ["got it"] == system.output(info, "STDOUT")
