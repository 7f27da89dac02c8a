"""What a host command made of the file of a VSAM DD becomes the data set's content: the differences, record by record.

Rules: a KSDS is compared by its keys: new records are inserted, others replaced, missing ones erased. An ESDS or RRDS keeps what
it has, and takes what stands behind; a file that begins otherwise is a new content, which a data set with REUSE takes.
"""

from __future__ import annotations

from jes.stepcontext import OpenDd, StepContext
from mvsfs.datasets.vsam.facts import KEYED
from mvsfs.datasets.vsam.opened import VsamFile
from mvsfs.errors import DuplicateKey

_BLANK = b"\x40"


def apply(step: StepContext, dd: OpenDd, records: list[bytes]) -> None:
    """Let the data set have these records. Raises DuplicateKey, RecordTooLong, VsamFull, WrongDsorg without REUSE."""
    with step.mvs.vsam(dd.dsname, step.who, update=True) as file:
        facts = file.definition
        if facts.average == facts.maximum:  # records of one length, whose blanks the form may have taken off
            records = [record.ljust(facts.maximum, _BLANK) for record in records]
        if facts.organisation == KEYED:
            _by_key(file, records)
            return
        old = list(file.records())
        if not _same(old, records[: len(old)]):
            file.reset()
            old = []
        file.load(records[len(old) :])


def _by_key(file: VsamFile, records: list[bytes]) -> None:
    key_of = file.definition.key_of
    wanted: dict[bytes, bytes] = {}
    for record in records:
        if wanted.setdefault(key_of(record), record) is not record:
            raise DuplicateKey(file.definition.dsname, key_of(record))
    old = {key_of(record): record for record in file.records()}
    for key in old.keys() - wanted.keys():
        file.erase(key)
    for key in sorted(wanted):
        if key not in old:
            file.insert(wanted[key])
        elif not _same([old[key]], [wanted[key]]):
            file.replace(wanted[key])


def _same(some: list[bytes], others: list[bytes]) -> bool:
    """Tell whether records are equal but for blanks at their ends, which text lines do not have."""
    return [record.rstrip(_BLANK) for record in some] == [record.rstrip(_BLANK) for record in others]
