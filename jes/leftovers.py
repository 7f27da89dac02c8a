"""What jobs leave behind when their system dies under them: the jobs themselves, and their temporary data sets.

Rules: temporary data sets go before the job is given back to the queue, so a death in between only means doing it again; what
somebody holds by now stays. New data sets that are not temporary stay too, as on z/OS, where a job that runs again may meet them.
"""

from __future__ import annotations

from jes.jobdata import temporary_prefix
from jes.services import Services
from mvsfs.access import Requester
from mvsfs.errors import DatasetInUse, DatasetNotFound
from mvsfs.info import Target
from mvsfs.names import Mask


def take_back(services: Services) -> list[str]:
    """Give jobs of dead processes back to the queue, or have them end, without their temporary data sets; return their ids."""
    for jobname, started in services.claims.abandoned():
        if started is not None:
            _scratch(services, jobname, temporary_prefix(jobname, started))
    return services.claims.recover()


def _scratch(services: Services, jobname: str, prefix: str) -> None:
    who = Requester(services.config.name, jobname, token=services.saf.operator())  # they are the job's own
    for dsname in services.mvs.names(Mask(f"{prefix}.**", "catalog")):
        try:
            services.mvs.delete(Target(dsname), who, purge=True)  # whatever RETPD= said: nobody can come back to them
        except (DatasetInUse, DatasetNotFound):
            continue
