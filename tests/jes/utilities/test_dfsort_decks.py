r"""Decks of DFSORT and ICETOOL: each block of fixtures/dfsort/*.deck is one claim about what a step does.

## what is claimed            begins a block; PGM=SORT, or ICETOOL when the block has TOOLIN
>> NAME                       in-stream data for ddname NAME, FB 80
>> NAME FB 20 | VB 44 | FBA 21    a data set with these attributes, one record a line; \\xNN is a byte of the record
>> = NAME [FB 20 ..]          what NAME holds afterwards, trailing blanks apart; the attributes, when given, must be its own
>> == NAME [..]               the same, whole records between | and |
>> RC 16                      the return code, when it is not 0;  U0218 an abend
>> PARM text                  PARM= of the step
>> SAYS text                  a line of the message data set that must be there
Records outside the page stand as \\xNN. Lines that begin with a blank and >> are data: the blank is taken off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from jes.hosttext import to_host, to_text

FOLDER = Path(__file__).resolve().parents[3] / "fixtures" / "dfsort"


@dataclass
class Deck:
    """One block."""

    claim: str
    data: list[tuple[list[str], list[str]]] = field(default_factory=list)
    expected: list[tuple[bool, list[str], list[str]]] = field(default_factory=list)
    says: list[str] = field(default_factory=list)
    ends: str = "RC=0000"
    parm: str = ""
    abend: str = ""


def decks() -> list[Deck]:
    """Return the blocks of all files."""
    return [deck for path in sorted(FOLDER.glob("*.deck")) for deck in read(path.read_text().splitlines(), path.stem)]


def read(lines: list[str], theme: str) -> list[Deck]:
    """Return the blocks of one file."""
    found: list[Deck] = []
    body: list[str] = []
    for line in lines:
        if line.startswith("## "):
            found.append(Deck(f"{theme}: {line[3:]}"))
            body = []
        elif line.startswith(">> "):
            body = []
            words = line[3:].split()
            deck = found[-1]
            if words[0] in {"=", "=="}:
                deck.expected.append((words[0] == "==", words[1:], body))
            elif words[0] == "SAYS":
                deck.says.append(line[8:])
            elif words[0] == "RC":
                deck.ends = f"RC={int(words[1]):04d}"
            elif re.fullmatch(r"U\d{4}", words[0]):
                deck.ends, deck.abend = "ABEND=000", words[0]
            elif words[0] == "PARM":
                deck.parm = line[8:]
            else:
                deck.data.append((words, body))
        elif line or body:
            body.append(line[1:] if line.startswith(" >>") else line)
    for deck in found:
        for *_, kept in (*deck.data, *deck.expected):
            while kept and not kept[-1]:
                kept.pop()
    return found


def record(line: str) -> bytes:
    """Return the bytes of a line."""
    parts = re.split(r"\\x([0-9A-Fa-f]{2})", line)
    return b"".join(bytes.fromhex(part) if index % 2 else to_host(part) for index, part in enumerate(parts))


def shown(data: bytes) -> str:
    """Return a record as lines show it."""
    return "".join(
        text if (text := to_text(bytes([byte]))).isprintable() and text.isascii() else f"\\x{byte:02X}" for byte in data
    )


CARDS = frozenset({"SYSIN", "TOOLIN", "DFSPARM", "SYMNAMES"})


def submitted(system, deck: Deck):
    """Make the data sets, run the step, and return the job."""
    from mvsfs.info import Allocation, Target

    names = {words[0] for words, _ in deck.data}
    program = "ICETOOL" if "TOOLIN" in names else "SORT"
    jcl = ["//J JOB 1,X", f"//S EXEC PGM={program}" + (f",PARM='{deck.parm}'" if deck.parm else "")]
    jcl += [f"//{name} DD SYSOUT=*" for name in (("TOOLMSG", "DFSMSG") if program == "ICETOOL" else ("SYSOUT",))]
    for words, lines in deck.data:
        if len(words) == 1:
            delimiter = "$$"
            jcl += [f"//{words[0]} DD DATA,DLM={delimiter}", *lines, delimiter]
            continue
        dsname = f"DECK.{words[0]}"
        system.mvs.allocate(dsname, Allocation(recfm=words[1], lrecl=int(words[2])), system.who)
        size = int(words[2]) if words[1].startswith("F") else 0
        with system.mvs.open_output(Target(dsname, None), system.who) as writer:
            writer.write_records([record(line).ljust(size, b"\x40") for line in lines])
        jcl.append(f"//{words[0]} DD DSN={dsname},DISP=SHR")
    for _, words, _ in deck.expected:
        if words[0] not in names | {"TOOLMSG", "DFSMSG", "SYSOUT"}:
            jcl.append(f"//{words[0]} DD DSN=DECK.{words[0]},DISP=(NEW,CATLG),SPACE=(TRK,1)")
    if not deck.expected:
        jcl.append("//SORTOUT DD SYSOUT=*")
    return system.run("\n".join(jcl) + "\n")


@pytest.mark.parametrize("deck", decks(), ids=lambda deck: deck.claim)
def test_a_deck_does_what_it_claims(system, deck):
    from mvsfs.info import Target

    info = submitted(system, deck)
    messages = [line for name in ("SYSOUT", "TOOLMSG", "DFSMSG") for line in system.output(info, name)]

    assert deck.ends == info.completion.text, "\n".join(messages)
    assert not deck.abend or any(deck.abend in line for line in system.output(info, "JESMSGLG"))
    for text in deck.says:
        assert any(text in line for line in messages), "\n".join(messages)
    for is_exact, words, lines in deck.expected:
        lines = [f"|{shown(record(line[1:-1]))}|" if is_exact else line for line in lines]
        found = [shown(one) for one in system.mvs.records(Target(f"DECK.{words[0]}", None), system.who)]
        assert lines == [f"|{line}|" if is_exact else line.rstrip() for line in found]
        if len(words) > 1:
            dcb = system.mvs.find(f"DECK.{words[0]}").dcb
            assert words[1:] == [str(dcb.recfm), str(dcb.lrecl)]
