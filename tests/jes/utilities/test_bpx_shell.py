"""The shell of BPXBATCH: control structures, here-documents, what a failure ends, and commands that reach data sets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jes.utilities.bpx.arithmetic import evaluate
from jes.utilities.bpx.grammar import parse
from jes.utilities.bpx.lexer import ShellSyntax

OUT = "//STDOUT DD SYSOUT=*\n//STDERR DD SYSOUT=*\n"


def shell(system, text: str):
    deck = f"//STDIN DD DATA,DLM=$$\nmkdir -p /tmp/w; cd /tmp/w\n{text}\n$$\n"
    return system.run(f"//J JOB 1,X\n//S EXEC PGM=BPXBATCH\n{OUT}{deck}")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("if true; then echo yes; else echo no; fi", ["yes"]),
        ("if false; then echo a; elif [ 1 -eq 1 ]; then echo b; else echo c; fi", ["b"]),
        ("for i in a b c; do\n  echo item $i\ndone", ["item a", "item b", "item c"]),
        ("for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done", ["1", "3"]),
        ("i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo $i; done", ["1", "2", "3"]),
        ("until [ -f x ]; do touch x; echo made; done", ["made"]),
        ("while true; do echo once; break; done", ["once"]),
        ("case abc.jcl in *.cbl) echo cobol;; *.jcl|*.jes) echo jcl;; *) echo other;; esac", ["jcl"]),
        ("f() { echo got $1 of $#; return 3; }; f x y; echo $?", ["got x of 2", "3"]),
        ("(cd /; A=1; pwd); pwd; echo ${A:-unset}", ["/", "/tmp/w", "unset"]),
        ("{ echo one; echo two; } > f; wc -l f", ["2 f"]),
        ("cat <<EOF\nHELLO $LOGNAME\n$(echo sub) $((6*7))\nEOF", ["HELLO IBMUSER", "sub 42"]),
        ("cat <<'EOF'\n$HOME\nEOF", ["$HOME"]),
        ("cat <<-EOF\n\t\tin\n\tEOF\necho after", ["in", "after"]),
        ("printf 'a\\nb\\n' | while read -r L; do echo \"<$L>\"; done", ["<a>", "<b>"]),
        ("echo a b | { read X Y; echo $Y $X; }", ["b a"]),
        ("printf '1 2\\n3 4\\n' > t; while read A B; do echo $((A+B)); done < t", ["3", "7"]),
        ("A=/u/x/prog.cbl; echo ${A##*/} ${A%.cbl} ${#A} ${A#/u}", ["prog.cbl /u/x/prog 13 /x/prog.cbl"]),
        ('set -- a \'b c\'; for i in "$@"; do echo "[$i]"; done; shift; echo $#', ["[a]", "[b c]", "1"]),
        ("! false && echo negated", ["negated"]),
        ("A=1 env | grep '^A='; echo ${A:-gone}", ["A=1", "gone"]),
        ("echo ~ > h; cat h", ["/u/ibmuser"]),
        ("eval 'echo $((1 << 4))'", ["16"]),
        ("trap 'echo bye' EXIT; echo hi", ["hi", "bye"]),
        ("sh -c 'echo $0 $1' name arg", ["name arg"]),
        ("echo 'echo in $1; exit 4' > s; sh s q; echo $?", ["in q", "4"]),
        ("echo 'V=read' > lib; . ./lib; echo $V", ["read"]),
        ("command -v ls nothing; command -v nosuch || echo none", ["/bin/ls", "none"]),
        ("test -d /tmp -a ! -f /tmp/none && echo there", ["there"]),
        ("[ a = a -o b = c ] && [ ! 1 -gt 2 ] && echo ok", ["ok"]),
        ("expr 2 + 3 \\* 4; expr abc : 'a\\(.*\\)'", ["14", "bc"]),
    ],
)
def test_control_structures_do_what_posix_says(system, text, printed):
    info = shell(system, text)

    assert printed == [line.rstrip() for line in system.output(info, "STDOUT")], system.output(info, "STDERR")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("printf 'b\\na\\nb\\n' > f; sort f | uniq -c", ["1 a", "2 b"]),
        ("echo 'one:two:three' | cut -d: -f2,3", ["two:three"]),
        ("echo Hello | tr a-z A-Z", ["HELLO"]),
        ("printf 'x=1\\ny=2\\n' | sed -e 's/\\(.\\)=\\(.\\)/\\2-\\1/' -e '/^2/d'", ["1-x"]),
        ("printf 'a\\nb\\nc\\n' | sed -n '2,$p'", ["b", "c"]),
        ("printf 'a1\\nb\\n' | grep -E '[0-9]+|z' ; printf 'A\\n' | grep -ci a", ["a1", "1"]),
        ("printf '1\\n2\\n' > a; printf '1\\n3\\n' > b; diff a b; echo $?", ["2c2", "< 2", "---", "> 3", "1"]),
        ("printf 'x y' | xargs echo got", ["got x y"]),
        ("mkdir -p d/e; echo t > d/e/f.txt; find d -name '*.txt' -type f", ["d/e/f.txt"]),
        ("mkdir d; echo t > d/f; tar -cf a.tar d; rm -r d; tar -xvf a.tar; cat d/f", ["d", "d/f", "t"]),
        ("echo t > p; pax -wf a.pax p; rm p; pax -rf a.pax; cat p; pax -f a.pax", ["t", "p"]),
        ("echo A > i; iconv -t ISO8859-1 i > j; cmp -s i j; echo $?; iconv -f ISO8859-1 -t IBM-1047 j", ["1", "A"]),
        ("touch t; chtag -tc ISO8859-1 t; ls -T t; chtag -p t", ["t ISO8859-1   T=on  t"] * 2),
        ("touch t; chmod u=rwx,go=rx t; ls -l t | cut -c1-10; chmod a-x t; ls -l t | cut -c1-10", ["-rwxr-xr-x", "-rw-r--r--"]),
        ("mkdir d; echo 1234 > d/f; ls -l d | head -1", ["total 8"]),
        ("mkdir -p d/e; touch d/f; ls -R d", ["d:", "e", "f", "", "d/e:"]),
    ],
)
def test_commands_do_what_scripts_expect(system, text, printed):
    info = shell(system, text)

    assert printed == [line.strip() for line in system.output(info, "STDOUT")], system.output(info, "STDERR")


@pytest.mark.parametrize(
    ("text", "code", "printed"),
    [
        ("set -e; echo a; false; echo b", "RC=0256", ["a"]),
        ("set -e; false || echo caught; if false; then :; fi; ! true; echo end", "RC=0000", ["caught", "end"]),
        ("set -e; f() { false; echo in; }; f && echo x; echo y", "RC=0000", ["in", "x", "y"]),
        ("set -e; echo $(false) x; A=$(false); echo no", "RC=0256", ["x"]),
        ("set -u; echo ${NONE:-d}; echo $NONE; echo no", "RC=0256", ["d"]),
        ("exit 3; echo no", "RC=0768", []),
        ("true && exit 7", "RC=1792", []),
        ("nosuch", "RC=3840", []),
        ("if true; then", "RC=0512", []),
        ("echo ok; fi", "RC=0512", []),
    ],
)
def test_what_fails_ends_the_script_where_it_should(system, text, code, printed):
    info = shell(system, text)

    assert code == info.completion.text
    assert printed == system.output(info, "STDOUT")


def test_trace_shows_commands_on_the_error_stream(system):
    info = shell(system, "set -x; A=1; echo $A")

    assert system.output(info, "STDERR") == ["+ A=1", "+ echo 1"]


def test_a_copy_goes_to_a_data_set_and_back(system):
    system.put("IBMUSER.LIB", "OLD", member="M")
    info = shell(
        system,
        "printf 'one\\ntwo\\n' > f\ncp f \"//'IBMUSER.LIB(NEW)'\"\ncp f \"//SEQ\"\ncp \"//'IBMUSER.LIB(M)'\" back; cat back\n"
        "cat \"//'IBMUSER.SEQ'\"\ncp \"//'NO.SUCH'\" x",
    )

    assert system.lines("IBMUSER.LIB", "NEW") == ["one", "two"]
    assert (system.lines("IBMUSER.SEQ"), str(system.mvs.find("IBMUSER.SEQ").dcb.recfm)) == (["one", "two"], "VB")
    assert system.output(info, "STDOUT") == ["OLD", "one", "two"]
    assert (
        """cp: FSUM6258 cannot open file "//'NO.SUCH'": EDC5049I The specified file name could not be located."""
        in system.output(info, "STDERR")
    )


def test_a_line_that_is_too_long_for_a_data_set_is_refused(system):
    system.put("IBMUSER.FB", "OLD")
    info = shell(system, f"echo {'x' * 81} > f; cp f \"//'IBMUSER.FB'\"")

    assert info.completion.text == "RC=0256"
    assert "EDC5003I" in system.output(info, "STDERR")[0]
    assert system.lines("IBMUSER.FB") == ["OLD"]


def test_tso_commands_and_jobs_come_from_the_shell(system):
    system.put("IBMUSER.DATA", "X")
    info = shell(
        system, "tso -t \"LISTDS 'IBMUSER.DATA'\"\ntsocmd FROB; echo $?\nprintf '//SUB JOB 1,X\\n"
        "//S EXEC PGM=IEFBR14\\n' > j.jcl\nsubmit j.jcl"
    )  # fmt: skip

    lines = system.output(info, "STDOUT")
    assert lines[0:3] == ["IBMUSER.DATA", "--RECFM-LRECL-BLKSIZE-DSORG", "  FB    80    27920   PS"]
    assert "IKJ56500I COMMAND FROB NOT FOUND" in lines
    assert "12" in lines
    assert lines[-1] == "JOB JOB00002 submitted from path 'j.jcl'"
    assert system.output(info, "STDERR")[0] == "LISTDS 'IBMUSER.DATA'"


def test_a_password_in_a_tso_command_is_not_shown(system):
    info = shell(system, "tsocmd 'ADDUSER NEWU DFLTGRP(SYS1) PASSWORD(S3CRET)'")

    assert info.completion.text == "RC=0000"
    assert not any("S3CRET" in line for name in ("STDOUT", "STDERR") for line in system.output(info, name))


def test_an_endless_loop_ends_when_its_job_is_cancelled(system):
    job = system.jes.submit(system.acee, f"//J JOB 1,X\n//S EXEC PGM=BPXBATCH,PARM='SH while true; do :; done'\n{OUT}")[0]
    while system.jes.job(system.acee, job).status == "INPUT":
        pass
    system.jes.cancel(system.acee, job, purge=False)

    assert system.jes.wait(job, 20).completion.text == "ABEND=222"


def test_archives_stay_in_their_directory(system):
    info = shell(system, "echo x > /tmp/evil; mkdir d q; cd d; tar -cf ../a.tar ../../evil; cd ../q; tar -xf ../a.tar")

    assert info.completion.text != "RC=0000"


@given(st.text(alphabet="ab $(){};&|<>'\"`\\\n#!ifthendo", max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        parse(text)
    except ShellSyntax:
        pass


@given(st.integers(-1000, 1000), st.integers(-1000, 1000), st.sampled_from(["+", "-", "*", "<", ">=", "==", "&", "|", "^"]))
def test_expressions_have_the_value_that_c_gives_them(one, two, operator):
    assert evaluate(f"{one} {operator} {two}", lambda _name: "0") == int(eval(f"{one} {operator} {two}"))  # noqa: S307


@pytest.mark.parametrize(
    ("text", "value"), [("-7 / 2", -3), ("-7 % 2", -1), ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("A && !B", 1), ("", 0)]
)
def test_division_cuts_towards_zero_and_products_come_first(text, value):
    assert evaluate(text, lambda name: {"A": "1"}.get(name, "0")) == value
