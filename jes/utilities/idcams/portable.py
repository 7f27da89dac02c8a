"""EXPORT and IMPORT: a VSAM data set in a sequential one, and back.

    first record   the words MVSFS PORTABLE, the date, and the facts of the cluster or alternate index as name=value words
    then           the records, in their order

Source: [AMS EXPORT, IMPORT]. The portable form of the original is not published; this one is ours, and only this system reads it.
Rules: EXPORT is PERMANENT (the object is deleted) unless TEMPORARY is coded. IMPORT makes the object, or with INTOEMPTY fills an
empty one; OBJECTS and OUTDATASET give it another name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from jes.errors import Abend
from jes.hosttext import to_host, to_text
from jes.utilities.idcams import delete
from jes.utilities.idcams.datasets import Place
from jes.utilities.idcams.failures import open_failure, report
from jes.utilities.idcams.parse import AmsSyntax, Item, Parameters, keyword_table
from jes.utilities.idcams.session import Session
from mvsfs.access import Requester
from mvsfs.datasets.vsam.facts import ClusterInfo
from mvsfs.dcb import Dcb
from mvsfs.errors import DatasetNotFound, MvsError, WrongDsorg
from mvsfs.info import Target

EXPORT = keyword_table(
    "OUTFILE/OFILE OUTDATASET/ODS TEMPORARY/TEMP PERMANENT/PERM PURGE/PRG NOPURGE/NPRG ERASE/ERAS NOERASE/NERAS "
    "INHIBITSOURCE/INHS NOINHIBITSOURCE/NINHS INHIBITTARGET/INHT NOINHIBITTARGET/NINHT CIMODE RECORDMODE INFILE/IFILE CATALOG/CAT"
)
IMPORT = keyword_table(
    "INFILE/IFILE INDATASET/IDS OUTDATASET/ODS OUTFILE/OFILE INTOEMPTY/IEMPTY OBJECTS/OBJ CATALOG/CAT PURGE/PRG NOPURGE/NPRG "
    "ERASE/ERAS NOERASE/NERAS SAVRAC NOSAVRAC"
)
_MARK = "MVSFS PORTABLE"
_FACTS = (
    "organisation",
    "kind",
    "keylen",
    "keyoff",
    "average",
    "maximum",
    "base",
    "cisize",
    "unique",
    "upgrade",
    "reuse",
    "spanned",
)
_WORDS, _HEADER = 4, 512


def export(found: tuple[Item, ...], session: Session) -> int:
    """Write an object to a portable data set."""
    parameters = Parameters(found, EXPORT, positionals=1)
    if not parameters.positional:
        raise AmsSyntax("IDC3225I", "ENTRYNAME")
    mvs, who, name = session.step.mvs, session.step.who, parameters.positional[0].dsname
    try:
        facts = mvs.cluster(name)
        target = Place(session, parameters.item("OUTFILE"), parameters.item("OUTDATASET"), "OUTFILE")
        now = session.step.now()
        with target.writer(Dcb.of("VB", max(facts.maximum, _HEADER) + 4)) as sink:
            count = sink.put_many(written(mvs, who, facts, now)) - 1
        session.say("IDC0005I", count)
        if not parameters.has("TEMPORARY"):
            info = mvs.find(facts.dsname)
            names = delete.components(mvs, info)
            mvs.delete(Target(facts.dsname), who)
            for letter, dsname in names:
                session.say("IDC0550I", letter, dsname)
    except Abend as error:
        return open_failure(session, parameters.first("OUTFILE").upper(), error)
    except MvsError as error:
        return report(session, error, name)
    session.say("IDC0594I", f"{now:%m/%d/%y}", f"{now:%H:%M:%S}")
    return 0


def written(mvs: Any, who: Requester, facts: ClusterInfo, now: datetime) -> Iterator[bytes]:
    """Yield the portable form of an object: the record with its facts, then its own records."""
    yield _header(facts, f"{now:%m/%d/%y} {now:%H:%M:%S}")
    with mvs.vsam(facts.dsname, who) as opened:
        yield from opened.records()


def made(mvs: Any, who: Requester, name: str, records: Iterator[bytes]) -> int:
    """Make an object called `name` from its portable form; return how many records it has. Raises MvsError."""
    found, _, _ = facts(next(records, b""), name)
    mvs.define_vsam(replace(found, dsname=name), who)
    with mvs.vsam(name, who, update=True) as opened:
        return int(opened.load(records))


def _header(facts: ClusterInfo, stamp: str) -> bytes:
    words = " ".join(f"{name}={getattr(facts, name)}" for name in _FACTS)
    return to_host(f"{_MARK} {stamp} dsname={facts.dsname} {words}")


def import_(found: tuple[Item, ...], session: Session) -> int:
    """Make an object from a portable data set."""
    parameters = Parameters(found, IMPORT)
    mvs, who = session.step.mvs, session.step.who
    name = parameters.first("INFILE").upper() or parameters.first("INDATASET").upper()
    try:
        source = Place(session, parameters.item("INFILE"), parameters.item("INDATASET"), "INFILE")
        records = iter(source.records())
        stated, day, time = facts(next(records, b""), source.name)
        name = (parameters.first("OUTDATASET") or _renamed(parameters, stated.dsname) or stated.dsname).upper()
        if parameters.has("INTOEMPTY") and mvs.exists(name):
            if mvs.cluster(name).loaded:
                raise WrongDsorg(name, "VSAM", "EMPTY")
        else:
            mvs.define_vsam(replace(stated, dsname=name), who)
        count = _filled(session, name, records)
    except Abend as error:
        return open_failure(session, name, error)
    except MvsError as error:
        return report(session, error, name)
    session.say("IDC0604I", day, time)
    session.say("IDC0005I", count)
    return 0


def _filled(session: Session, name: str, records: Iterator[bytes]) -> int:
    with session.step.mvs.vsam(name, session.step.who, update=True) as opened:
        return int(opened.load(records))


def facts(header: bytes, name: str) -> tuple[ClusterInfo, str, str]:
    """Return the facts of a portable data set with its date and time. Raises DatasetNotFound when it is none."""
    text = to_text(header).rstrip()
    words = text.removeprefix(_MARK).split()
    if not text.startswith(_MARK) or len(words) < _WORDS:
        raise DatasetNotFound(name)
    given = dict(word.partition("=")[::2] for word in words[2:])
    values = {name: _value(given[name]) for name in _FACTS if name in given}
    return ClusterInfo(given.get("dsname", name), **values), words[0], words[1]


def _value(word: str) -> Any:
    return word == "True" if word in {"True", "False"} else int(word) if word.isdecimal() else word


def _renamed(parameters: Parameters, dsname: str) -> str:
    """Return NEWNAME of OBJECTS((name NEWNAME(other)))."""
    item = parameters.item("OBJECTS")
    for group in (item.items or ()) if item is not None else ():
        words = group.items or ()
        if words and words[0].word.upper() == dsname:
            for word in words[1:]:
                if word.word in {"NEWNAME", "NEWNM"}:
                    return word.first
    return ""
