"""The converter: the card images of one job become a ConvertedJob.

Source: [JCLREF]; the order of work is jes-and-jcl reference 4.13, step 2.
"""

from __future__ import annotations

from collections.abc import Iterable

from jes.jcl.model import ConversionFacts, ConvertedJob, ProcSource


def convert(records: Iterable[bytes], procs: ProcSource, facts: ConversionFacts = ConversionFacts()) -> ConvertedJob:
    """Return the job of `records` (EBCDIC card images, one job); its `errors` are empty when it may run."""
    raise NotImplementedError
