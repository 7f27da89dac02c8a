"""The converter as the system calls it: a job's card images, with its user's procedures and the system's symbols."""

from __future__ import annotations

from jes.jcl.convert import convert
from jes.jcl.model import ConversionFacts, ConvertedJob
from jes.job import JobInfo
from jes.services import Services
from mvsfs.access import Requester


def convert_job(services: Services, info: JobInfo, who: Requester) -> ConvertedJob:
    """Convert a job with the authority of its owner."""
    facts = ConversionFacts(userid=info.owner, jobid=info.jobid, system_symbols=_symbols(services))
    return convert(services.queue.input_records(info.key), services.procs.of(who), facts)


def _symbols(services: Services) -> dict[str, str]:
    config = services.config
    own = {"SYSNAME": config.sysname, "SYSPLEX": "PLEX1", "SYSCLONE": config.sysname[-2:], "SYSNODE": config.node}
    return {**own, **config.system_symbols}
