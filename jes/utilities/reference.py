"""The page docs/utilities.md: which programs and statements there are, and which are refused. Made from the tables.

Usage: python -m jes.utilities.reference > docs/utilities.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib import import_module

from jes import programs
from jes.jcl import jobgroup, keywords, reader
from jes.utilities import adrdssu, iehlist, iehprogm
from jes.utilities.bpx.commands import COMMANDS as SHELL
from jes.utilities.dfsort import edit, formats, icetool, plan
from jes.utilities.idcams import define
from jes.utilities.idcams import run as idcams
from jes.utilities.tso import ams, calls, racf
from jes.utilities.tso.ikjeft01 import COMMANDS as TSO
from jes.utilities.tso.ikjeft01 import ENDS

HEAD = """# Programs and JCL

This page is generated from the tables of `jes/jcl` and `jes/utilities` (`python -m jes.utilities.reference`); a test keeps it
current.
What is not here is refused as the original refuses it: an unknown program is abend S806-04, an unknown statement or keyword
has its
product's syntax message and return code. Programs of an installation are added by configuration, see [jobs.md](jobs.md).
"""
#: Public DFSORT, ICETOOL and IEB statements that are refused.
REFUSED = (
    (
        "JCL",
        "XMIT to another node; SCHEDULE AFTER, BEFORE, DELAY, WITH; FAIL in conditions of job groups",
    ),
    ("DFSORT", "exits of MODS but for E15 and E35 (ICE034A); EFS programs and locales (ICE095A)"),
    (
        "ICETOOL",
        "masks of DISPLAY and OCCUR beyond A0-A4 and B1-G5; PLUS, UZERO, STATLEFT, EDCOUNT, EDBCOUNT, TBETWEEN, TLEFT, TFIRST, "
        "VLENMAX, VLENOVLY, LOCALE and the dates DATENS, YDDD, TIMENS of titles: ICE604A",
    ),
    ("IEBCOPY", "ALTERMOD; loading a program library (PDSE load modules)"),
    ("IEHPROGM", "BLDG, BLDX, BLDA, CONNECT, RELEASE and the password requests: IEH201I"),
    ("IEHLIST", "LISTCTLG: IEH101I, no volume has a CVOL; FORMAT and DUMP are printed as without them"),
    ("IEHMOVE", "VOLUME, CATALOG and BDAM: IEH307I; COPY under the same name, since the catalog knows a name once"),
    ("IEHINITT, IEHATLAS, IEBIMAGE, ICKDSF", "S806: there is no tape library, printer storage or real disk for them"),
    ("IKJEFT01", "EXEC and %name unless `rexx` is configured (IRX0110I); DSN and RUN of Db2, EDIT, TEST"),
    ("IKJEFT01", "TRANSMIT to another node"),
    (
        "BPXBATCH",
        "awk, make, compilers and other commands that are not listed (127); jobs beside (`&` waits); `host_shell` runs them",
    ),
    ("IRXJCL", "every exec, with return code 20, unless `rexx` is configured"),
    ("IKJEFT01", "commands that an exec issues itself: an interpreter of the host has no TSO environment"),
    ("IEBUPDTE", "SSI, LEVEL and SOURCE are read and not kept"),
    ("IEBDG", "user exits"),
    ("IEBCOMPR, IEBGENER, IEBPTPCH", "EXITS: abend S806, as of any module that is not there"),
    (
        "ADRDSSU",
        "volumes, tracks, PRINT, DEFRAG, CONSOLIDATE, CONVERTV, and COPY without new names unless DELETE and OUTDYNAM make it "
        "a move: ADR102E or ADR106E",
    ),
    (
        "SDSF",
        "overtyping, action characters beyond these, REXX; other panels (NOT AUTHORIZED FOR CMD); replies to commands",
    ),
    ("compilers, binder, Db2, IMS", "S806 unless the installation configures a program of that name"),
)


def lines() -> Iterator[str]:
    """Yield the lines of the page."""
    yield from HEAD.strip().split("\n")
    yield from _programs()
    yield from _words("JCL statements", reader.OPERATIONS)
    yield from _words("Statements of job groups", jobgroup.STATEMENTS)
    for statement in keywords.TABLES:
        yield from _words(f"Keywords of {statement}", keywords.TABLES[statement])
    yield from _words("IDCAMS verbs", idcams.VERBS)
    yield from _words("IDCAMS DEFINE", define.DEFINERS)
    yield from _words("IDCAMS verbs that are refused (IDC3219I, condition code 12)", idcams.REFUSED)
    yield from _words("TSO commands", {*TSO, *ams.VERBS, *calls.PROCESSORS, *ENDS, "WHEN"})
    yield from _words("RACF commands in TSO", racf.COMMANDS)
    yield from _words("DFSORT statements", plan.READERS)
    yield from _words("DFSORT field formats", formats.KEYS)
    yield from _words("DFSORT edit masks", [*edit.MASKS, *edit.FIXED])
    yield from _words("ICETOOL operators", icetool.OPERATORS)
    yield from _words("ICETOOL masks of DISPLAY and OCCUR", edit.TOOL_MASKS)
    yield from _words("ADRDSSU commands", adrdssu.COMMANDS)
    yield from _words("IEHPROGM requests", iehprogm.REQUESTS)
    yield from _words("IEHLIST requests", iehlist.LISTERS)
    yield from _words("Shell commands of BPXBATCH", SHELL)
    yield from ("", "## Refused", "", "| program | what |", "| --- | --- |")
    yield from (f"| {program} | {what} |" for program, what in REFUSED)


def _programs() -> Iterator[str]:
    yield from ("", "## Programs", "", "| PGM= | what it is |", "| --- | --- |")
    for name, module in sorted(programs.PROGRAMS.items()):
        doc = (import_module(module).__doc__ or "").strip().split("\n")[0]
        yield f"| {name} | {doc.partition(': ')[2] or doc} |"


def _words(title: str, words: Iterable[str]) -> Iterator[str]:
    yield from ("", f"## {title}", "", ", ".join(f"`{word}`" for word in sorted(words)))


def page() -> str:
    """Return the page."""
    return "\n".join(lines()) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
