"""PRINT: records as characters, hexadecimal, or both.

    DUMP line: offset, eight words in two groups, then the characters between asterisks; 32 bytes a line

Source: [AMS PRINT]; headings, the empty line behind each record and a page of its own are seen, the dump form is known,
jes-and-jcl reference 5.4. Rules: condition code 4 when there is nothing to print, 12 when the place to begin at is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from jes.errors import Abend
from jes.hosttext import to_text
from jes.utilities.idcams import vsam
from jes.utilities.idcams.datasets import Place
from jes.utilities.idcams.failures import OpenRefused, open_failure
from jes.utilities.idcams.parse import Item, Parameters, keyword_table
from jes.utilities.idcams.repro import positioned, selected
from jes.utilities.idcams.session import Pages, Session
from mvsfs.errors import MvsError

KEYWORDS = keyword_table(
    "INFILE/IFILE INDATASET/IDS OUTFILE/OFILE CHARACTER/CHAR HEX DUMP DBCS SKIP COUNT FROMKEY/FKEY TOKEY "
    "FROMADDRESS/FADDR TOADDRESS/TADDR FROMNUMBER/FNUM TONUMBER/TNUM ENVIRONMENT/ENV",
    exclusive="INFILE/INDATASET CHARACTER/HEX/DUMP SKIP/FROMKEY/FROMADDRESS/FROMNUMBER COUNT/TOKEY/TOADDRESS/TONUMBER",
)
#: The condition code of a listing without records.
EMPTY = 4
DUMP_BYTES = 32
CHARACTERS_PER_LINE = 120


def run(found: tuple[Item, ...], session: Session) -> int:
    """Print the records of a data set."""
    parameters = Parameters(found, KEYWORDS)
    name = parameters.first("INFILE") or parameters.first("INDATASET")
    try:
        source = Place(session, parameters.item("INFILE"), parameters.item("INDATASET"), "INFILE")
        with session.listing(parameters.first("OUTFILE").upper()) as pages:
            number = _printed(source, parameters, session, pages)
    except vsam.BadPosition as problem:
        return vsam.mispositioned(session, source.name, problem)
    except (MvsError, Abend, OpenRefused) as error:
        return open_failure(session, name.upper(), error)
    if not number and positioned(parameters):
        session.say("IDC3006I")
        return 12
    session.say("IDC0005I", number)
    return 0 if number else EMPTY


def _printed(source: Place, parameters: Parameters, session: Session, pages: Pages) -> int:
    """Print the records that are asked for; return how many."""
    pages.begin(f"0LISTING OF DATA SET -{source.target or source.name}")
    number = 0
    organisation = session.step.mvs.cluster(source.info.dsname).organisation if source.is_vsam and source.info else ""
    as_text, lay_out = parameters.has("CHARACTER"), shape(parameters)
    for place, record in selected(source, parameters, session):
        number += 1
        pages.put(" " + vsam.heading(place, organisation, as_text=as_text), *lay_out(record), "0")
    return number


def shape(parameters: Parameters) -> Callable[[bytes], Iterator[str]]:
    """Return the function that lays a record out."""
    if parameters.has("CHARACTER"):
        return characters
    return hexadecimal if parameters.has("HEX") else dump


def characters(record: bytes) -> Iterator[str]:
    """Yield the record as text."""
    text = printable(record)
    for at in range(0, max(len(text), 1), CHARACTERS_PER_LINE):
        yield " " + text[at : at + CHARACTERS_PER_LINE]


def hexadecimal(record: bytes) -> Iterator[str]:
    """Yield the record in hexadecimal."""
    text = record.hex().upper()
    for at in range(0, max(len(text), 1), CHARACTERS_PER_LINE):
        yield " " + text[at : at + CHARACTERS_PER_LINE]


def dump(record: bytes) -> Iterator[str]:
    """Yield the record in hexadecimal and characters with offsets."""
    for at in range(0, max(len(record), 1), DUMP_BYTES):
        piece = record[at : at + DUMP_BYTES]
        words = [piece[index : index + 4].hex().upper().ljust(8) for index in range(0, DUMP_BYTES, 4)]
        shown = " ".join(words[:4]) + "  " + " ".join(words[4:])
        yield f" {at:06X}  {shown}   *{printable(piece).ljust(DUMP_BYTES)}*"


def printable(record: bytes) -> str:
    """Return the characters of a record; what does not print is a period."""
    return "".join(character if " " <= character <= "~" else "." for character in to_text(record))
