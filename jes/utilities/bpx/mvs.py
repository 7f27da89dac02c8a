"""Commands that reach MVS from the shell: tso, tsocmd, submit, chtag, extattr; and those about the user and the system.

Source: [UNIX] tso, tsocmd, submit, chtag, extattr; words from memory [assumed]. Rules: a TSO command is shown on the error
stream and its output goes to standard output. Extended attributes are not kept: extattr finds the file and shows that none is on.
"""

from __future__ import annotations

import posixpath
import re

from jes.hosttext import to_host
from jes.utilities.bpx import copying
from jes.utilities.bpx.operands import each, flags, lines, usage
from jes.utilities.bpx.shell import Input, Shell
from jes.utilities.texts import table as texts
from jes.utilities.tso import racf
from jes.utilities.tso.ikjeft01 import execute
from jes.utilities.tso.session import TsoSession
from mvsfs.codepages.find import find
from mvsfs.errors import MvsError, UnknownCodepage

_CARD = 80


class _Told(TsoSession):
    """A TSO session whose lines are kept."""

    def begin(self) -> list[str]:
        """Return the list that gets the lines."""
        self.told: list[str] = []
        return self.told

    def put(self, *lines: str) -> None:
        """Keep lines."""
        self.told += lines


def tso(arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """Run a TSO command."""
    words = [word for word in arguments if word not in {"-t", "-o"}]
    if not words:
        return usage("tso", shell)
    text = " ".join(words)
    session = _Told(shell.step, None, shell.who.userid)
    told = session.begin()
    shell.complain(racf.shown(text))
    status = execute(text, session)
    shell.put(out, *told)
    return status & 0xFF


def submit(arguments: list[str], stdin: Input, shell: Shell, out: bytearray) -> int:
    """Submit jobs from files, data sets or standard input."""
    names = flags(arguments)[1] or ["-"]

    def act(name: str) -> None:
        data = stdin.read() if name == "-" else copying.read(name, shell)
        ids = shell.step.jes.submit(shell.step.acee, [line.ljust(_CARD, to_host(" ")) for line in lines(data)])
        place = "stdin" if name == "-" else f"path '{name}'" if not copying.is_dataset(name) else f"MVS data set {name}"
        shell.put(out, *(texts.line("fsum.submitted", jobid=jobid, place=place) for jobid in ids))

    return each("submit", names, shell, act)


def chtag(arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """Tag files: -t text in the code page of -c, -b binary, -r no tag, -p shows."""
    options, names = flags(arguments, "c")
    if not names:
        return usage("chtag", shell)
    codepage = options.get("c", "")
    try:
        tag = "binary" if "b" in options else "" if "r" in options else find(codepage) if codepage else "IBM-1047"
    except (UnknownCodepage, MvsError):
        shell.complain(f"chtag: FSUM6827 {codepage} is no code page")
        return 1

    def act(name: str) -> None:
        path = shell.path(name)
        if "p" in options:
            info = shell.files.stat(path, shell.who)
            kind = "-" if not info.tag_codepage else "b" if info.tag_codepage == "binary" else "t"
            shown = info.tag_codepage or "untagged"
            shell.put(out, f"{kind} {shown:<12}T={'on ' if kind == 't' else 'off'} {name}")
        else:
            shell.files.chtag(path, tag, shell.who, text="t" in options or "m" not in options)

    return each("chtag", names, shell, act)


def extattr(arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """Set extended attributes (which are not kept), or show them."""
    changes = [word for word in arguments if re.fullmatch(r"[-+][alps]+|-F.*", word)]
    names = [word for word in arguments if word not in changes]
    if not names:
        return usage("extattr", shell)

    def act(name: str) -> None:
        shell.files.stat(shell.path(name), shell.who)
        if not changes:
            shell.put(out, name, "APF authorized = NO", "Program controlled = NO", "Shared Address Space = NO",
                      "Shared library = NO")  # fmt: skip

    return each("extattr", names, shell, act)


def env(arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """Write the variables."""
    del arguments
    shell.put(out, *(f"{name}={value}" for name, value in shell.variables.items()))
    return 0


def whoami(_arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """Write the user id."""
    shell.put(out, shell.who.userid)
    return 0


def date(arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """Write the time, in the form of +format."""
    form = arguments[0][1:] if arguments and arguments[0].startswith("+") else "%a %b %e %H:%M:%S %Z %Y"
    shell.put(out, shell.now().strftime(form))
    return 0


def uname(arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """Write the name of the system; -n that of the node, -a all."""
    options = flags(arguments)[0]
    node = shell.step.mvs.sysname
    facts = {"s": "OS/390", "n": node, "r": "28.00", "v": "04", "m": "8561"}
    wanted = facts if "a" in options else options or {"s": ""}
    shell.put(out, " ".join(value for key, value in facts.items() if key in wanted))
    return 0


def hostname(_arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """Write the name of the system."""
    shell.put(out, shell.step.mvs.sysname)
    return 0


def basename(arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """Write the last part of a path, without an ending."""
    name = posixpath.basename(arguments[0].rstrip("/")) if arguments else ""
    if len(arguments) > 1 and name != arguments[1]:
        name = name.removesuffix(arguments[1])
    shell.put(out, name)
    return 0


def dirname(arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """Write what stands before the last part of a path."""
    shell.put(out, posixpath.dirname(arguments[0].rstrip("/")) or "." if arguments else "")
    return 0


def sleep(arguments: list[str], _stdin: Input, shell: Shell, _out: bytearray) -> int:
    """Let seconds pass."""
    if len(arguments) != 1 or not re.fullmatch(r"\d{1,9}", arguments[0]):
        shell.complain("Usage: sleep seconds")
        return 1
    shell.pause(float(arguments[0]))
    return 0
