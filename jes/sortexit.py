"""A user exit of the sort, E15 or E35, that an installation brings: an object of Python under the name that MODS gives.

Source: [DFSORT "Using your own user exit routines"]; the form is ours, since a load module cannot run here. Not here: calling it
(utilities/dfsort/exits.py), how programs are configured (programs.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SortExit:
    """What is done with each record of a sort.

    call: gets a record (EBCDIC, V records with their RDW), and None once behind the last one; what it gives back takes the
    place of the record: nothing deletes it, several insert. It may raise jes.errors.Abend. E15 sees the records before INCLUDE,
    E35 those after OUTREC.
    """

    call: Callable[[bytes | None], Iterable[bytes]]
