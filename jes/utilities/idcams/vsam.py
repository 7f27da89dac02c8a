"""VSAM data sets as REPRO, PRINT and BLDINDEX use them.

Source: [AMS REPRO, PRINT]; jes-and-jcl reference 5.4. Not here: how records are held (mvsfs/datasets/vsam*).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from jes.hosttext import to_host, to_text
from jes.utilities.idcams.failures import NO_RECORDS, NOT_REUSABLE, OpenRefused
from jes.utilities.idcams.parse import AmsSyntax, Item, Parameters
from jes.utilities.idcams.session import Session
from mvsfs.datasets.vsam.facts import KEYED
from mvsfs.errors import DuplicateKey, MvsError, RecordTooLong, WrongDsorg

if TYPE_CHECKING:
    from jes.utilities.idcams.datasets import Place


class BadPosition(Exception):
    """A place to begin or end at that the data set cannot have; the text is the id of the message."""


def mispositioned(session: Session, name: str, problem: BadPosition) -> int:
    """Write the messages of a place that cannot be; return the condition code."""
    session.say("IDC3302I", name)
    session.say(str(problem))
    return 12


def constant(item: Item | None) -> bytes | None:
    """Return the bytes of FROMKEY(A01), FROMKEY('A 1') or FROMKEY(X'C1')."""
    if item is None or not item.items:
        return None
    first = item.items[0]
    if first.prefix == "X":
        try:
            return bytes.fromhex(first.word)
        except ValueError:
            raise AmsSyntax("IDC3203I", first.word) from None
    return to_host(first.word)


Located = tuple[bytes | int, bytes]


def between(source: Place, parameters: Parameters, session: Session) -> Iterator[Located]:
    """Yield key, RBA or number with each record between FROM... and TO... A generic key ends with an asterisk."""
    assert source.target is not None
    first, last = constant(parameters.item("FROMKEY")), constant(parameters.item("TOKEY"))
    from_address, to_address = parameters.number("FROMADDRESS"), parameters.number("TOADDRESS")
    from_number, to_number = parameters.number("FROMNUMBER"), parameters.number("TONUMBER")
    facts = session.step.mvs.cluster(source.target.dsname)
    if not facts.loaded and not facts.base:
        raise OpenRefused(NO_RECORDS)
    is_keyed = facts.organisation == KEYED
    addressed = {from_address, to_address, from_number, to_number} - {None}
    if (is_keyed and addressed) or (not is_keyed and (first or last)):
        raise BadPosition("IDC3311I")
    if facts.kind != "PATH" and max(len(_stem(first) or b""), len(_stem(last) or b"")) > facts.keylen:
        raise BadPosition("IDC3310I")
    with session.step.mvs.vsam(source.target.dsname, session.step.who) as opened:
        for key, record in opened.located(from_key=_stem(first), from_rba=from_address, from_rrn=from_number):
            if isinstance(key, bytes) and last is not None and key[: len(_stem(last) or b"")] > (_stem(last) or b""):
                return
            limit = to_address if to_address is not None else to_number
            if isinstance(key, int) and limit is not None and key > limit:
                return
            yield key, record


def _stem(key: bytes | None) -> bytes | None:
    return key.removesuffix(b"\x5c") if key is not None else None


def heading(place: bytes | int, organisation: str, *, as_text: bool) -> str:
    """Return the line above a printed record. `place`: its key, RBA or number; of a sequential data set ("") its number."""
    if isinstance(place, bytes):
        text = to_text(place)
        return f"KEY OF RECORD - {text if as_text and text.isprintable() else place.hex().upper()}"
    if not organisation:
        return f"RECORD SEQUENCE NUMBER - {place}"
    return f"RELATIVE RECORD NUMBER - {place}" if organisation == "RR" else f"RBA OF RECORD - {place:>16}"


def load(target: Place, records: Iterator[bytes], session: Session, *, replace: bool, reuse: bool, limit: int) -> int:
    """Write records into a VSAM data set; return the condition code.

    An error of one record is reported and counted; after `limit` of them REPRO gives up.
    """
    assert target.target is not None
    done = errors = 0
    with session.step.mvs.vsam(target.target.dsname, session.step.who, update=True) as opened:
        if reuse:
            try:
                opened.reset()
            except WrongDsorg:
                raise OpenRefused(NOT_REUSABLE) from None
        for record in records:
            problem = _put(opened, record, replace=replace)
            if problem is None:
                done += 1
                continue
            session.say("IDC3302I", target.name)
            session.say(*problem)
            errors += 1
            if errors >= limit:
                session.say("IDC31467I")
                break
    session.say("IDC0005I", done)
    return 0 if not errors else 12 if errors >= limit else 8


#: How many record errors end a copy [AMS REPRO ERRORLIMIT].
MAX_ERRORS = 4


def _put(opened: Any, record: bytes, *, replace: bool) -> tuple[str, str] | None:
    """Insert one record; return the message that tells why not."""
    shown = to_text(record[:20]).strip()
    try:
        opened.insert(record)
    except DuplicateKey as error:
        if replace and not error.alternate:
            opened.replace(record)
            return None
        return ("IDC3317I" if error.alternate else "IDC3308I", shown)
    except RecordTooLong:
        return "IDC3334I", shown
    except MvsError:
        return "IDC3314I", shown
    return None
