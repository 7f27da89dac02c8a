"""REPRO: copies records; a VSAM target is loaded or extended by key, address or number.

Source: [AMS REPRO]; texts jes-and-jcl reference 5.4. Not here: MERGECAT, ENCIPHER (refused as improper keywords).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from jes.errors import Abend
from jes.utilities.idcams import vsam
from jes.utilities.idcams.datasets import Place
from jes.utilities.idcams.failures import OpenRefused, open_failure
from jes.utilities.idcams.parse import Item, Parameters, keyword_table
from jes.utilities.idcams.session import Session
from mvsfs.dcb import Dcb
from mvsfs.errors import MvsError

KEYWORDS = keyword_table(
    "INFILE/IFILE INDATASET/IDS OUTFILE/OFILE OUTDATASET/ODS SKIP COUNT FROMKEY/FKEY TOKEY FROMADDRESS/FADDR "
    "TOADDRESS/TADDR FROMNUMBER/FNUM TONUMBER/TNUM REPLACE/REP NOREPLACE/NREP REUSE/RUS NOREUSE/NRUS ENVIRONMENT/ENV "
    "DUMMY/DUM ERRORLIMIT/ELIMIT",
    exclusive="INFILE/INDATASET OUTFILE/OUTDATASET SKIP/FROMKEY/FROMADDRESS/FROMNUMBER COUNT/TOKEY/TOADDRESS/TONUMBER",
)


def run(found: tuple[Item, ...], session: Session) -> int:
    """Copy one data set to another."""
    parameters = Parameters(found, KEYWORDS)
    name = parameters.first("INFILE") or parameters.first("INDATASET")
    try:
        source = Place(session, parameters.item("INFILE"), parameters.item("INDATASET"), "INFILE")
        name = parameters.first("OUTFILE") or parameters.first("OUTDATASET")
        target = Place(session, parameters.item("OUTFILE"), parameters.item("OUTDATASET"), "OUTFILE")
        name = source.name
        records: Iterator[bytes] = (record for _, record in selected(source, parameters, session))
        # An input that cannot be opened, or has no such place, fails before the output is touched.
        first = list(islice(records, 1))
        if not first and positioned(parameters):
            session.say("IDC3006I")
            return 12
        records = chain(first, records)
        name = target.name
        if target.is_vsam:
            limit = parameters.number("ERRORLIMIT", vsam.MAX_ERRORS) or vsam.MAX_ERRORS
            return vsam.load(
                target, records, session, replace=parameters.has("REPLACE"), reuse=parameters.has("REUSE"), limit=limit
            )
        count = _copy(records, source, target)
    except vsam.BadPosition as problem:
        return vsam.mispositioned(session, source.name, problem)
    except (MvsError, Abend, OpenRefused) as error:
        return open_failure(session, name.upper() or "OUTFILE", error)
    session.say("IDC0005I", count)
    return 0


def positioned(parameters: Parameters) -> bool:
    """Tell whether a place to begin at is coded."""
    return any(parameters.has(word) for word in ("SKIP", "FROMKEY", "FROMADDRESS", "FROMNUMBER"))


def _copy(records: Iterator[bytes], source: Place, target: Place) -> int:
    given = (
        source.dcb if source.dcb.recfm is not None else Dcb.of("VB", source.dcb.lrecl + 4) if source.is_vsam else Dcb.of("FB", 80)
    )
    with target.writer(given) as sink:
        return sink.put_many(records)


def selected(source: Place, parameters: Parameters, session: Session) -> Iterator[vsam.Located]:
    """Return the records between SKIP or FROM... and COUNT or TO..., each with its key, RBA or number."""
    records = vsam.between(source, parameters, session) if source.is_vsam else enumerate(source.records(), 1)
    skip = parameters.number("SKIP", 0) or 0
    count = parameters.number("COUNT")
    return islice(records, skip, None if count is None else skip + count)
