"""The converter as the system calls it: a job's card images, with its user's procedures and the system's symbols."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jes.jcl.convert import convert, job_statement
from jes.jcl.jobcard import HEAD
from jes.jcl.model import ConversionFacts, ConvertedJob
from jes.jecl import parameters
from jes.job import JobInfo
from jes.services import Services
from mvsfs.access import Requester


def convert_job(services: Services, info: JobInfo, who: Requester) -> ConvertedJob:
    """Convert a job with the authority of its owner."""
    definition = services.config.job_class(info.job_class)
    facts = ConversionFacts(
        userid=info.owner, jobid=info.jobid, system_symbols=_symbols(services), node=services.config.node,
        default_msglevel=definition.msglevel,
        jcl_symbols=definition.system_symbols, job_classes=services.config.long_classes,
        subsystems=frozenset({"MSTR", services.config.name}),
    )  # fmt: skip
    records = services.queue.input_records(info.key)
    job = convert(records, services.procs.of(who, _proclib(services, records)), facts)
    if info.typrun == "SCAN":
        job = replace(job, job=replace(job.job, typrun="SCAN"))
    return job.without_interpreting() if job.job.typrun == "SCAN" or job.converter_errors else job


def _proclib(services: Services, records: Sequence[bytes]) -> str:
    """Return the concatenation that /*JOBPARM PROCLIB= names; it must be known before the first procedure is looked for."""
    if not services.config.more_proclibs:
        return ""
    _, statements = job_statement(records[:HEAD])
    return parameters(statements, services.config.node).proclib


def _symbols(services: Services) -> dict[str, str]:
    config = services.config
    own = {"SYSNAME": config.sysname, "SYSPLEX": "PLEX1", "SYSCLONE": config.sysname[-2:], "SYSNODE": config.node}
    return {**own, **config.system_symbols}
