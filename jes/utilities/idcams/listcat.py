"""LISTCAT: which entries, how much of each, and the totals at the end.

Source: [AMS LISTCAT]; forms from the CardDemo LISTCAT, jes-and-jcl reference 5.4. Not here: the fields of an entry
(nonvsamform.py, vsamform.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from jes.errors import Abend
from jes.utilities.idcams import entries, fields, nonvsamform, vsamform
from jes.utilities.idcams.failures import open_failure, report
from jes.utilities.idcams.parse import Item, Parameters, keyword_table
from jes.utilities.idcams.session import Pages, Session
from mvsfs.errors import DatasetNotFound
from mvsfs.info import DatasetInfo
from mvsfs.names import Mask

KEYWORDS = keyword_table(
    "ENTRIES/ENT/ENTRY LEVEL/LVL CATALOG/CAT ALL NAME/NAMES HISTORY/HIST VOLUME/VOL/VOLUMES ALLOCATION/ALLOC CLUSTER/CL DATA "
    "INDEX/IX NONVSAM/NVSAM GENERATIONDATAGROUP/GDG ALIAS ALTERNATEINDEX/AIX PATH USERCATALOG/UCAT PAGESPACE/PGSPC "
    "SPACE/SPC CREATION/CREAT EXPIRATION/EXPIR OUTFILE/OFILE LIBRARY SHOWALLDATE NOIMBED FILE",
    exclusive="ENTRIES/LEVEL NAME/HISTORY/VOLUME/ALLOCATION/ALL",
)
_TYPES = {
    "CLUSTER": "CLUSTER", "DATA": "DATA", "INDEX": "INDEX", "NONVSAM": "NONVSAM", "GENERATIONDATAGROUP": "GDG", "ALIAS": "ALIAS",
    "ALTERNATEINDEX": "AIX", "PATH": "PATH",
}  # fmt: skip
_TOTALS = (
    "AIX", "ALIAS", "CLUSTER", "DATA", "GDG", "INDEX", "NONVSAM", "PAGESPACE", "PATH", "SPACE", "USERCATALOG", "TAPELIBRARY",
    "TAPEVOLUME",
)  # fmt: skip
_GROUPS = {
    "ALL": frozenset({"ALL", "HISTORY", "VOLUME", "ALLOCATION"}),
    "ALLOCATION": frozenset({"HISTORY", "VOLUME", "ALLOCATION"}),
    "VOLUME": frozenset({"HISTORY", "VOLUME"}),
    "HISTORY": frozenset({"HISTORY"}),
}
_MOST_DAYS = 9999
_GENERATION = re.compile(r"G\d{4}V\d\d")
NOT_LISTED = 4


def run(found: tuple[Item, ...], session: Session) -> int:
    """List catalog entries."""
    parameters = Parameters(found, KEYWORDS)
    catalog = parameters.first("CATALOG").upper() or entries.catalog_of(session.step.mvs)
    try:
        with session.listing(parameters.first("OUTFILE").upper()) as pages:
            pages.begin(f"-{'LISTING FROM CATALOG -- ':>53}{catalog}")
            return _listed(parameters, session, pages, catalog)
    except Abend as error:
        return open_failure(session, parameters.first("OUTFILE").upper(), error)


def _listed(parameters: Parameters, session: Session, pages: Pages, catalog: str) -> int:
    """List the entries that are asked for, and the totals; return the condition code."""
    shown = next((groups for word, groups in _GROUPS.items() if parameters.has(word)), frozenset[str]())
    wanted = {kind for word, kind in _TYPES.items() if parameters.has(word)}
    in_time = _in_time(parameters, session.step.now().date())
    count: Counter[str] = Counter()
    code = 0
    for name, infos in _selected(parameters, session):
        listed = False
        for info in _with_parts(session.step.mvs, infos):
            kind = entries.kind(info)
            if (wanted and kind not in wanted) or not in_time(info):
                continue
            listed = True
            count[kind] += 1
            pages.put(*entry_lines(session.step.mvs, info, catalog, shown))
        if not listed and name:
            report(session, DatasetNotFound(name), name)
            session.say("IDC1566I", name)
            code = NOT_LISTED
    pages.put(*totals(count))
    return code


def _in_time(parameters: Parameters, today: date) -> Callable[[DatasetInfo], bool]:
    """Return the test of CREATION(days), made so long ago or earlier, and EXPIRATION(days), to expire so soon or sooner."""
    made, ends = parameters.number("CREATION"), parameters.number("EXPIRATION")
    latest = today - timedelta(min(made, _MOST_DAYS)) if made is not None else None
    last = today + timedelta(min(ends, _MOST_DAYS)) if ends is not None else None
    return lambda info: (
        (latest is None or (info.created is not None and info.created <= latest))
        and (last is None or (info.expires is not None and info.expires <= last))
    )


def _selected(parameters: Parameters, session: Session) -> Iterator[tuple[str, list[DatasetInfo]]]:
    mvs = session.step.mvs
    names = parameters.item("ENTRIES")
    levels = parameters.words("LEVEL")
    if names is not None:
        for item in names.items or ():
            name = item.word.upper()
            yield name, list(mvs.search(Mask(name, "catalog")))
    elif levels:
        for level in levels:
            stem = level.upper().removesuffix(".*").removesuffix(".")
            yield stem, [info for info in entries.below(mvs, stem) if info.dsname != stem]
    else:
        yield "", list(mvs.search(Mask("**", "catalog")))


def _with_parts(mvs: Any, infos: list[DatasetInfo]) -> Iterator[DatasetInfo]:
    """Yield each entry, and behind a cluster its components, once."""
    done: set[str] = set()
    for info in infos:
        group = [info]
        if entries.kind(info) in {"CLUSTER", "AIX"}:
            group += entries.components(mvs, info)
        for part in group:
            if part.dsname not in done:
                done.add(part.dsname)
                yield part


def entry_lines(mvs: Any, info: DatasetInfo, catalog: str, shown: frozenset[str]) -> Iterator[str]:
    """Yield the lines of one entry."""
    kind = entries.kind(info)
    yield fields.entry("GDG BASE" if kind == "GDG" else kind, info.dsname)
    yield fields.in_catalog(catalog)
    if not shown:
        return
    if kind == "NONVSAM":
        yield from nonvsamform.nonvsam(info, _base(mvs, info), shown)
    elif kind == "GDG":
        yield from nonvsamform.gdg(mvs.gdg(info.dsname), shown)
    elif kind == "ALIAS":
        yield from _alias(mvs, info, shown)
    elif kind in {"DATA", "INDEX"}:
        yield from vsamform.component(info, mvs.cluster(info.dsname), shown)
    else:
        yield from vsamform.entry(info, mvs.cluster(info.dsname), _associated(mvs, info), shown)


def _alias(mvs: Any, info: DatasetInfo, shown: frozenset[str]) -> Iterator[str]:
    if "HISTORY" in shown:
        yield fields.heading("HISTORY")
        yield fields.row([("RELEASE", 2)])
    if "ALL" in shown:
        named = entries.find(mvs, info.alias_of)
        yield from nonvsamform.associations([(entries.kind(named) if named is not None else "NONVSAM", info.alias_of)])


def _base(mvs: Any, info: DatasetInfo) -> str:
    """Return the generation data group that a data set belongs to by its name, or ""."""
    stem, _, last = info.dsname.rpartition(".")
    found = entries.find(mvs, stem) if _GENERATION.fullmatch(last) else None
    return stem if found is not None and entries.kind(found) == "GDG" else ""


def _associated(mvs: Any, info: DatasetInfo) -> list[tuple[str, str]]:
    """Return what an entry is associated with: components, and what lies over or under it."""
    facts = mvs.cluster(info.dsname)
    if facts.kind == "PATH":
        return _below_path(mvs, facts.base)
    found = [(entries.kind(part), part.dsname) for part in entries.components(mvs, info)]
    if facts.base:
        base = entries.find(mvs, facts.base)
        found += [(entries.kind(base), base.dsname)] if base is not None else []
    own = {name for _, name in found}
    over = [part for part in mvs.dependents(info.dsname) if part.dsname not in own]
    direct = [part for part in over if entries.kind(part) in {"AIX", "PATH"} and mvs.cluster(part.dsname).base == info.dsname]
    return found + [(entries.kind(part), part.dsname) for part in direct]


def _below_path(mvs: Any, name: str) -> list[tuple[str, str]]:
    """Return what a path leads through: the alternate index, then the components of everything down to the cluster."""
    base = entries.find(mvs, name)
    if base is None:
        return []
    parts = entries.components(mvs, base)
    lower = mvs.cluster(name).base
    if lower and (cluster := entries.find(mvs, lower)) is not None:
        parts += entries.components(mvs, cluster)
    return [(entries.kind(part), part.dsname) for part in (base, *parts)]


def totals(count: Counter[str]) -> Iterator[str]:
    """Yield the table at the end."""
    yield "0         THE NUMBER OF ENTRIES PROCESSED WAS:"
    for kind in _TOTALS:
        yield f"                    {kind} {count[kind]:->{23 - len(kind)}}"
    yield f"                    TOTAL {sum(count.values()):->18}"
    yield "0         THE NUMBER OF PROTECTED ENTRIES SUPPRESSED WAS 0"
