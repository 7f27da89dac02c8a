"""The data set names of a job: obtained together before its first step, given back at its end.

Source: jes-and-jcl.md 4.7 "The ENQ".
Rules: the strongest need of any step decides (SHR shared, all others exclusive). Temporary names are the job's own and need none.
"""

from __future__ import annotations

from collections.abc import Callable

from jes.errors import Abend
from jes.jcl.model import ConvertedJob, DdKind
from jes.output import JobOutput
from jes.services import Services
from mvsfs.access import Requester
from mvsfs.enqueue import Hold, Name, dataset_name
from mvsfs.errors import DatasetInUse


def names_of(job: ConvertedJob) -> list[Name]:
    """Return the names that the job needs, each once, in order of first use."""
    exclusive: dict[str, bool] = {}
    dds = [dd for step in job.steps for dd in step.dds] + ([job.joblib] if job.joblib else [])
    for dd in (part for whole in dds for part in whole.parts):
        if dd.kind is DdKind.DATASET and dd.reference is None:
            exclusive[dd.dsname] = exclusive.get(dd.dsname, False) or dd.disp.status != "SHR"
    return [dataset_name(dsname, exclusive=need) for dsname, need in exclusive.items()]


def obtain_names(
    services: Services, job: ConvertedJob, who: Requester, output: JobOutput, cancelled: Callable[[], bool]
) -> Hold | None:
    """Hold the names of the job, telling the log when it has to wait.

    Raises Abend 222 when the job is cancelled while it waits, 522 when the installation's wait limit is over.
    """
    names = names_of(job)
    if not names:
        return None
    try:
        return services.mvs.enqueue.obtain(names, who, in_turn=True)
    except DatasetInUse as busy:
        now = services.now()
        output.say(now, "ief861i", jobname=who.jobname)
        output.say(now, "ief863i", dsname=busy.dsname, jobname=who.jobname)
        output.say(now, "ief099i", jobname=who.jobname)
    try:
        seconds = services.config.dataset_wait_seconds
        return services.mvs.enqueue.obtain(names, who, wait_seconds=seconds, cancelled=cancelled, in_turn=True)
    except DatasetInUse:
        raise Abend("222" if cancelled() else "522") from None
