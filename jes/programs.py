"""PGM= to code: the explicit list of programs, and those that an installation adds.

An installation's program (JesConfig.programs or an entry point of group `mvsfs.programs`) is one of
    a Program row, a callable run(step) -> int, "module:function", a host command (jes/native.py), or a SortExit for MODS.
Rules: an installation's program hides one of ours with the same name. What is in no list is not found: abend S806-04.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from jes.errors import Abend
from jes.native import native_program
from jes.sortexit import SortExit
from jes.stepcontext import Program, StepContext

#: Our programs by name -> the module whose PROGRAM row it is. A module is imported when a job first needs it.
PROGRAMS: dict[str, str] = {
    "IEFBR14": "jes.utilities.iefbr14",
    "IEBGENER": "jes.utilities.iebgener",
    "IDCAMS": "jes.utilities.idcams.run",
    "SORT": "jes.utilities.dfsort.run",
    "DFSORT": "jes.utilities.dfsort.run",
    "ICEMAN": "jes.utilities.dfsort.run",
    "IERRCO00": "jes.utilities.dfsort.run",
    "IGHRCO00": "jes.utilities.dfsort.run",
    "SYNCSORT": "jes.utilities.dfsort.run",
    "IEBCOPY": "jes.utilities.iebcopy",
    "IEBDG": "jes.utilities.iebdg",
    "IEBEDIT": "jes.utilities.iebedit",
    "IEBUPDTE": "jes.utilities.iebupdte",
    "IEBCOMPR": "jes.utilities.iebcompr",
    "IEBPTPCH": "jes.utilities.iebptpch",
    "IEHPROGM": "jes.utilities.iehprogm",
    "IEHLIST": "jes.utilities.iehlist",
    "IEHMOVE": "jes.utilities.iehmove",
    "ICETOOL": "jes.utilities.dfsort.icetool",
    "ICEGENER": "jes.utilities.dfsort.icegener",
    "BPXBATCH": "jes.utilities.bpx.bpxbatch",
    "AOPBATCH": "jes.utilities.bpx.bpxbatch",
    "BPXBATSL": "jes.utilities.bpx.bpxbatch",
    "IRXJCL": "jes.utilities.irxjcl",
    "SDSF": "jes.utilities.sdsf",
    "ADRDSSU": "jes.utilities.adrdssu",
    "AMATERSE": "jes.utilities.amaterse",
    "TRSMAIN": "jes.utilities.amaterse",
    "ISFAFD": "jes.utilities.sdsf",
    "IRRDBU00": "jes.utilities.irrdbu00",
    "IKJEFT01": "jes.utilities.tso.ikjeft01",
    "IKJEFT1A": "jes.utilities.tso.ikjeft01",
    "IKJEFT1B": "jes.utilities.tso.ikjeft01",
}

ENTRY_POINT_GROUP = "mvsfs.programs"


@lru_cache(maxsize=1)
def installed() -> dict[str, Any]:
    """Return what other distributions offer as programs, unloaded."""
    return {point.name.upper(): point for point in entry_points(group=ENTRY_POINT_GROUP)}


def find(name: str, configured: Mapping[str, Any]) -> Program | None:
    """Return the program that PGM=name runs, or None."""
    if name in configured:
        return resolved(name, configured[name])
    if name in installed():
        return resolved(name, installed()[name].load())
    if name not in PROGRAMS:
        return None
    row: Program = import_module(PROGRAMS[name]).PROGRAM
    return row


def sort_exit(name: str, configured: Mapping[str, Any]) -> SortExit | None:
    """Return the exit of the sort with this name, or None. Raises ImportError, AttributeError."""
    given = configured.get(name)
    if given is None and name in installed():
        given = installed()[name].load()
    if isinstance(given, str):
        module, _, attribute = given.partition(":")
        given = getattr(import_module(module), attribute)
    return given if isinstance(given, SortExit) else None


def _called_without_a_sort(_step: StepContext) -> int:
    """End as an exit does that EXEC PGM= calls: it finds no parameters."""
    raise Abend("0C4", 0x11)


def resolved(name: str, given: Any) -> Program:
    """Return the program of a configured value. Raises ImportError, AttributeError, TypeError, ValueError."""
    if isinstance(given, Program):
        return replace(given, opens_vsam=True)
    if isinstance(given, SortExit):
        return Program(name, _called_without_a_sort)
    if isinstance(given, str):
        module, _, attribute = given.partition(":")
        return resolved(name, getattr(import_module(module), attribute))
    if isinstance(given, list | tuple | Mapping):
        return replace(native_program(name, given), opens_vsam=True)
    if callable(given):
        return Program(name, given, interrupted=True, opens_vsam=True)
    raise TypeError(f"program {name}: neither a callable, module:function, command nor Program")
