"""REPRO: copies records; a VSAM target is loaded or extended by key, address or number.

Source: [AMS REPRO]; texts jes-and-jcl reference 5.4. Not here: MERGECAT, ENCIPHER (refused as improper keywords).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from jes.errors import Abend
from jes.utilities.idcams import vsam
from jes.utilities.idcams.datasets import Place
from jes.utilities.idcams.failures import open_failure
from jes.utilities.idcams.parse import Item, Parameters, keyword_table
from jes.utilities.idcams.session import Session
from mvsfs.dcb import Dcb
from mvsfs.errors import MvsError

KEYWORDS = keyword_table(
    "INFILE/IFILE INDATASET/IDS OUTFILE/OFILE OUTDATASET/ODS SKIP COUNT FROMKEY/FKEY TOKEY FROMADDRESS/FADDR "
    "TOADDRESS/TADDR FROMNUMBER/FNUM TONUMBER/TNUM REPLACE/REP NOREPLACE/NREP REUSE/RUS NOREUSE/NRUS ENVIRONMENT/ENV "
    "DUMMY ERRORLIMIT/ELIMIT"
)


def run(found: tuple[Item, ...], session: Session) -> int:
    """Copy one data set to another."""
    parameters = Parameters(found, KEYWORDS)
    place = "INFILE"
    name = parameters.first("INFILE") or parameters.first("INDATASET")
    try:
        source = Place(session, parameters.item("INFILE"), parameters.item("INDATASET"), "INFILE")
        place, name = "OUTFILE", parameters.first("OUTFILE") or parameters.first("OUTDATASET")
        target = Place(session, parameters.item("OUTFILE"), parameters.item("OUTDATASET"), "OUTFILE")
        name = source.name
        records = selected(source, parameters, session)
        if target.is_vsam:
            return vsam.load(target, records, session, replace=parameters.has("REPLACE"), reuse=parameters.has("REUSE"))
        count = _copy(records, source, target)
    except (MvsError, Abend) as error:
        if isinstance(error, Abend) and error.code in {"B37", "D37", "E37", "222"}:
            raise
        return open_failure(session, name.upper() or place)
    session.say("IDC0005I", count)
    return 0


def _copy(records: Iterator[bytes], source: Place, target: Place) -> int:
    given = (
        source.dcb if source.dcb.recfm is not None else Dcb.of("VB", source.dcb.lrecl + 4) if source.is_vsam else Dcb.of("FB", 80)
    )
    with target.writer(given) as sink:
        return sink.put_many(records)


def selected(source: Place, parameters: Parameters, session: Session) -> Iterator[bytes]:
    """Return the records between SKIP or FROM... and COUNT or TO..."""
    if source.is_vsam:
        records = vsam.between(source, parameters, session)
    else:
        records = source.records()
    skip = parameters.number("SKIP", 0) or 0
    count = parameters.number("COUNT")
    return islice(records, skip, None if count is None else skip + count)
