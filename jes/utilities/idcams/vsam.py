"""VSAM data sets as REPRO, PRINT and BLDINDEX use them.

Source: [AMS REPRO, PRINT]; jes-and-jcl reference 5.4. Not here: how records are held (mvsfs/datasets/vsam*).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from jes.hosttext import to_host, to_text
from jes.utilities.idcams.parse import Item, Parameters
from jes.utilities.idcams.session import Session
from mvsfs.errors import DuplicateKey, MvsError, RecordTooLong

if TYPE_CHECKING:
    from jes.utilities.idcams.datasets import Place


def constant(item: Item | None) -> bytes | None:
    """Return the bytes of FROMKEY(A01), FROMKEY('A 1') or FROMKEY(X'C1')."""
    if item is None or not item.items:
        return None
    first = item.items[0]
    if first.prefix == "X":
        return bytes.fromhex(first.word) if len(first.word) % 2 == 0 else None
    return to_host(first.word)


def between(source: Place, parameters: Parameters, session: Session) -> Iterator[bytes]:
    """Yield the records of a VSAM data set between FROM... and TO... A generic key ends with an asterisk."""
    assert source.target is not None
    first, last = constant(parameters.item("FROMKEY")), constant(parameters.item("TOKEY"))
    from_address, to_address = parameters.number("FROMADDRESS"), parameters.number("TOADDRESS")
    from_number, to_number = parameters.number("FROMNUMBER"), parameters.number("TONUMBER")
    with session.step.mvs.vsam(source.target.dsname, session.step.who) as opened:
        for key, record in opened.located(from_key=_stem(first), from_rba=from_address, from_rrn=from_number):
            if last is not None and key[: len(_stem(last) or b"")] > (_stem(last) or b""):
                return
            if (to_address is not None and key > to_address) or (to_number is not None and key > to_number):
                return
            yield record


def _stem(key: bytes | None) -> bytes | None:
    return key.removesuffix(b"\x5c") if key is not None else None


def heading(source: Place, record: bytes, number: int, session: Session) -> str:
    """Return the line above a printed record."""
    if not source.is_vsam or source.info is None or source.target is None:
        return f"RECORD SEQUENCE NUMBER - {number}"
    facts = session.step.mvs.cluster(source.info.dsname)
    if facts.organisation == "KS":
        key = record[facts.keyoff : facts.keyoff + facts.keylen]
        text = to_text(key)
        return f"KEY OF RECORD - {text if text.isprintable() else key.hex().upper()}"
    return f"RELATIVE RECORD NUMBER - {number}" if facts.organisation == "RR" else f"RBA OF RECORD - {number}"


def load(target: Place, records: Iterator[bytes], session: Session, *, replace: bool, reuse: bool) -> int:
    """Write records into a VSAM data set; return the condition code.

    An error of one record is reported and counted; after four REPRO gives up, as on the original.
    """
    assert target.target is not None
    done = errors = 0
    with session.step.mvs.vsam(target.target.dsname, session.step.who, update=True) as opened:
        if reuse:
            opened.reset()
        for record in records:
            problem = _put(opened, record, replace=replace)
            if problem is None:
                done += 1
                continue
            session.say("IDC3302I", target.name)
            session.say(*problem)
            errors += 1
            if errors >= MAX_ERRORS:
                break
    session.say("IDC0005I", done)
    return 0 if not errors else 12 if errors >= MAX_ERRORS else 8


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
        return ("IDC3316I" if error.alternate else "IDC3308I", shown)
    except RecordTooLong:
        return "IDC3334I", shown
    except MvsError:
        return "IDC3314I", shown
    return None
