"""BLDINDEX and VERIFY.

Source: [AMS BLDINDEX, VERIFY]; jes-and-jcl reference 5.4. Rules: an alternate index may be named by itself or by a path over it.
"""

from __future__ import annotations

from jes.errors import Abend
from jes.utilities.idcams.datasets import Place
from jes.utilities.idcams.failures import open_failure, report
from jes.utilities.idcams.parse import Item, Parameters, keyword_table
from jes.utilities.idcams.session import Session
from mvsfs.errors import MvsError

BLDINDEX = keyword_table(
    "INFILE/IFILE INDATASET/IDS OUTFILE/OFILE OUTDATASET/ODS EXTERNALSORT/ESORT INTERNALSORT/ISORT WORKFILES/WFILE SORTCALL "
    "NOSORTCALL SORTDEVICETYPE/SORTDVT SORTFILENUMBER/SORTFN SORTMESSAGEDD/SORTMDD SORTMESSAGELEVEL/SORTML "
    "WORKVOLUMES/WVOL CATALOG/CAT"
)
VERIFY = keyword_table("FILE DATASET/DS RECOVER NORECOVER", exclusive="FILE/DATASET RECOVER/NORECOVER")


def bldindex(found: tuple[Item, ...], session: Session) -> int:
    """Fill alternate indexes from their base."""
    parameters = Parameters(found, BLDINDEX)
    mvs = session.step.mvs
    name = ""
    try:
        Place(session, parameters.item("INFILE"), parameters.item("INDATASET"), "INFILE")
        target = Place(session, parameters.item("OUTFILE"), parameters.item("OUTDATASET"), "OUTFILE")
        name = target.target.dsname if target.target else target.name
        facts = mvs.cluster(name)
        if facts.kind == "PATH":
            name = facts.base
        _, left_out = mvs.build_index(name, session.step.who)
    except Abend as error:
        return open_failure(session, parameters.first("INFILE") or parameters.first("OUTFILE"), error)
    except MvsError as error:
        return report(session, error, name or parameters.first("INDATASET").upper())
    for key in left_out:
        session.say("IDC1645I", key.hex().upper())
    session.say("IDC1653I" if left_out else "IDC0652I", name)
    return 4 if left_out else 0


def verify(found: tuple[Item, ...], session: Session) -> int:
    """Check that a VSAM data set can be opened; there is no end of data here that a crash could have left wrong."""
    parameters = Parameters(found, VERIFY)
    name = parameters.first("FILE") or parameters.first("DATASET")
    try:
        place = Place(session, parameters.item("FILE"), parameters.item("DATASET"), "DATASET")
        dsname = place.target.dsname if place.target else place.name
        with session.step.mvs.vsam(dsname, session.step.who):
            pass
    except MvsError as error:
        return report(session, error, name.upper())
    except Abend as error:
        return open_failure(session, name.upper(), error)
    return 0
