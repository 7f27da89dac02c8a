"""EXAMINE: reads a keyed cluster through and tells what it holds.

Source: [AMS EXAMINE]. Rules: INDEXTEST is done unless DATATEST alone is coded. Counts of control intervals follow from the length
of the records, as nothing is kept in control intervals here. Condition code 8 for what is no KSDS.
"""

from __future__ import annotations

from jes.utilities.idcams.failures import report
from jes.utilities.idcams.parse import AmsSyntax, Item, Parameters, keyword_table
from jes.utilities.idcams.session import Session
from mvsfs.datasets.vsam.facts import KEYED
from mvsfs.errors import MvsError, WrongDsorg

KEYWORDS = keyword_table(
    "NAME INDEXTEST/ITEST NOINDEXTEST/NOITEST DATATEST/DTEST NODATATEST/NODTEST ERRORLIMIT/ELIMIT", exclusive=""
)


def run(found: tuple[Item, ...], session: Session) -> int:
    """Examine one cluster."""
    parameters = Parameters(found, KEYWORDS)
    name = parameters.first("NAME").upper()
    if not name:
        raise AmsSyntax("IDC3225I", "NAME")
    mvs = session.step.mvs
    try:
        facts = mvs.cluster(name)
        if facts.organisation != KEYED or facts.kind == "PATH":
            raise WrongDsorg(name, "VSAM", "KSDS")
        number = longest = size = 0
        last = b""
        in_order = True
        with mvs.vsam(facts.dsname, session.step.who) as opened:
            for key, record in opened.located():
                in_order = in_order and (key > last or (key == last and not facts.unique))
                last = key
                number, longest, size = number + 1, max(longest, len(record)), size + len(record)
    except MvsError as error:
        return report(session, error, name)
    if not parameters.has("NOINDEXTEST"):
        session.say("IDC01700I")
        session.say("IDC01724I", "INDEXTEST")
    if parameters.has("DATATEST"):
        session.say("IDC01701I")
        intervals = -(-size // (facts.cisize or 4096))
        session.say("IDC01709I", number)
        session.say("IDC01710I", 0)
        session.say("IDC01711I", longest)
        session.say("IDC01708I", intervals)
        if not in_order:
            session.say("IDC11772I", 1, last.hex().upper())
            return 8
        session.say("IDC01724I", "DATATEST")
    return 0
