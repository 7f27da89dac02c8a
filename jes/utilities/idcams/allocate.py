"""ALLOCATE: makes a data set, as the TSO command does.

Source: [AMS ALLOCATE]; jes-and-jcl reference 5.4. Rules: the ddname lasts for this run of IDCAMS only, so an existing data set
is looked up and nothing more.
"""

from __future__ import annotations

from jes.utilities import allocating
from jes.utilities.idcams.failures import report
from jes.utilities.idcams.parse import AmsSyntax, Item
from jes.utilities.idcams.session import Session
from mvsfs.errors import AllocationFailed, MvsError


def run(found: tuple[Item, ...], session: Session) -> int:
    """Allocate one data set."""
    request = allocating.request(found)
    if request.target is None and not (request.is_dummy or request.sysout or request.path):
        raise AmsSyntax("IDC3225I", "DATASET")
    if request.target is None:
        return 0
    mvs, name = session.step.mvs, str(request.target)
    try:
        exists = mvs.exists(request.target.dsname)
        if request.status in {"OLD", "SHR"}:
            mvs.find(request.target.dsname)
        elif request.status == "NEW" or not exists:
            mvs.allocate(request.target.dsname, request.allocation, session.step.who)
    except AllocationFailed as error:
        session.say("IKJ56893I", name)
        session.say("IGD17273I", error.error, error.reason)
        return 12
    except MvsError as error:
        return report(session, error, name)
    return 0
