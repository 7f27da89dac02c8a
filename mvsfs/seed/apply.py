"""A seed made real: data sets, members, generation groups, aliases and z/OS UNIX files in a system.

Rules: what the seed describes is as described afterwards; everything else is left alone. A data set that is there with
the same attributes is written anew, otherwise it is deleted and allocated again. Users and jobs belong to the layers above.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from mvsfs.access import Guard, Requester
from mvsfs.dcb import Dcb
from mvsfs.errors import DatasetExists, DatasetNotFound, MvsError, UnixError
from mvsfs.info import Allocation, DatasetInfo, IspfStats, Status, Target, UnixKind
from mvsfs.records import forms
from mvsfs.records.forms import Form
from mvsfs.seed import text
from mvsfs.seed.model import Content, Encoding, Seed, SeedDataset, SeedError, SeedMember, SeedUnix
from mvsfs.system import Mvs
from mvsfs.unix import paths

DIRECTORY_MODE, FILE_MODE = 0o755, 0o644


def apply(mvs: Mvs, seed: Seed, who: Requester) -> None:
    """Make everything that the seed describes, except users and jobs. Raises SeedError with the place at fault."""
    for gdg in seed.gdgs:
        with _at(f"gdg: {gdg.dsname}"):
            _define_gdg(mvs, gdg, who)
