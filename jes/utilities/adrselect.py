"""Which data sets an ADRDSSU command means.

    DATASET(INCLUDE(mask ...) EXCLUDE(mask ...) BY((criterion,operator,value) ...))      DATASET(FILTERDD(dd))
    criteria  DSORG ALLOC CATLG CREDT REFDT EXPDT DATACLAS MGMTCLAS STORCLAS MULTI EXTNT FSIZE
    values    words; dates yyyyddd, yyddd or *, and *,-n for days before today

Source: [DSS] "BY filtering". Rules: all BY groups must hold; one of several values does for EQ, none may for NE. In a dump only
DSORG is known. Raises AmsSyntax.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jes.stepcontext import StepContext
from jes.utilities.idcams import entries
from jes.utilities.idcams.parse import AmsSyntax, Item, Parameters, keyword_table, lines
from jes.utilities.idcams.parse import items as parsed
from mvsfs.dcb import Dsorg
from mvsfs.info import DatasetInfo
from mvsfs.names import Mask

_SELECT = keyword_table("INCLUDE/INC/INCL EXCLUDE/EXC/EXCL BY FILTERDDNAME/FDD/FILTERDD")
_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "EQ": operator.eq, "=": operator.eq, "NE": operator.ne, "¬=": operator.ne, "LT": operator.lt, "<": operator.lt,
    "GT": operator.gt, ">": operator.gt, "LE": operator.le, "<=": operator.le, "GE": operator.ge, ">=": operator.ge,
}  # fmt: skip
#: What each word of DSORG means, in words of `Candidate.dsorg`.
_DSORGS = {
    "SAM": {"PS"}, "PS": {"PS"}, "PAM": {"PDS", "PDSE"}, "PDS": {"PDS"}, "PDSE": {"PDSE"}, "VSAM": {"VSAM"}, "VS": {"VSAM"},
    "BDAM": {"DA"}, "DA": {"DA"}, "EXCP": {"NONE"}, "NONE": {"NONE"}, "ISAM": {"IS"}, "IS": {"IS"},
}  # fmt: skip
_FACTS: dict[str, Callable[[DatasetInfo], object]] = {
    "ALLOC": lambda info: {"CYLINDER": "CYL", "TRACK": "TRK"}.get(info.space_unit, "BLK"),
    "DATACLAS": lambda info: info.dataclas, "MGMTCLAS": lambda info: info.mgmtclas, "STORCLAS": lambda info: info.storclas,
    "CATLG": lambda _info: "YES", "MULTI": lambda _info: "NO",
    "EXTNT": lambda info: info.extents, "FSIZE": lambda info: info.allocated_tracks,
    "CREDT": lambda info: info.created, "REFDT": lambda info: info.referred, "EXPDT": lambda info: info.expires,
}  # fmt: skip
_DATES, _COUNTS = {"CREDT", "REFDT", "EXPDT"}, {"EXTNT", "FSIZE"}
_YEAR_2000 = 50


@dataclass(frozen=True, slots=True)
class Candidate:
    """One data set that may be meant. dsorg: PS PDS PDSE VSAM DA NONE. info: None for one in a dump."""

    name: str
    dsorg: str
    info: DatasetInfo | None = None


def candidates(mvs: Any) -> list[Candidate]:
    """Return the catalogued data sets."""
    infos = mvs.search(Mask("**", "catalog"))
    return [Candidate(info.dsname, _dsorg(info), info) for info in infos if entries.kind(info) in {"NONVSAM", "CLUSTER"}]


def _dsorg(info: DatasetInfo) -> str:
    if info.is_partitioned:
        return "PDSE" if info.is_pdse else "PDS"
    return {Dsorg.VSAM: "VSAM", Dsorg.PS: "PS", Dsorg.DA: "DA"}.get(info.dcb.dsorg, "NONE")


@dataclass(slots=True)
class Selection:
    """The names that are meant, and the ones that were asked for by full name and are not there."""

    names: list[str]
    missing: list[str]


def selected(parameters: Parameters, found: Iterable[Candidate], step: StepContext) -> Selection:
    """Return what DATASET(...) chooses of what there is."""
    choice = Parameters(_criteria(parameters.item("DATASET"), step), _SELECT)
    include = [word.upper() for word in choice.words("INCLUDE")]
    if not include and not choice.has("BY") and not choice.has("EXCLUDE"):
        raise AmsSyntax("IDC3225I", "INCLUDE")
    wanted = [Mask(word, "catalog") for word in include or ["**"]]
    unwanted = [Mask(word.upper(), "catalog") for word in choice.words("EXCLUDE")]
    tests = [_test(item, step.now().date()) for item in _groups(choice.item("BY"))]
    volumes = {word.upper() for keyword in ("LOGINDYNAM", "INDYNAM") for word in _flat(parameters.item(keyword))}
    names = [
        each.name
        for each in found
        if any(mask.matches(each.name) for mask in wanted)
        and not any(mask.matches(each.name) for mask in unwanted)
        and all(test(each) for test in tests)
        and (not volumes or each.info is None or each.info.volser in volumes)
    ]
    full = [word for word in include if not set(word) & set("*%")]
    return Selection(names, [word for word in full if word not in names])


def _criteria(item: Item | None, step: StepContext) -> tuple[Item, ...]:
    """Return the parameters of DATASET, those of FILTERDD(dd) from that data set."""
    if item is None:
        raise AmsSyntax("IDC3225I", "DATASET")
    inside = item.items or ()
    named = Parameters(inside, _SELECT).first("FILTERDDNAME")
    if not named:
        return inside
    dd = step.dd(named)
    if dd is None:
        raise AmsSyntax("IDC3203I", named)
    return parsed(" ".join(line.text for line in lines(dd.records())))


def _groups(item: Item | None) -> list[tuple[Item, ...]]:
    """Return the (criterion, operator, values) of BY, which may stand in parentheses of their own or not."""
    if item is None:
        return []
    inside = item.items or ()
    return [inside] if inside and inside[0].word else [part.items or () for part in inside]


def _flat(item: Item | None) -> list[str]:
    """Return the words of a list of volumes, (vol,unit) among them."""
    return [part.word or (part.items or (Item(""),))[0].word for part in (item.items or () if item is not None else ())]


def _test(group: tuple[Item, ...], today: date) -> Callable[[Candidate], bool]:
    if len(group) < 2 or group[1].word not in _OPERATORS:
        raise AmsSyntax("IDC3203I", group[0].word if group else "BY")
    name, sign = group[0].word, group[1].word
    compare = _OPERATORS[sign]
    # A word with what stands in parentheses behind it comes as one item: EQ (SAM,PDS) is EQ(SAM,PDS) to the parser.
    words = [word for item in group[2:] for word in (item.words if item.items is not None else (item.word,))]
    words += group[1].words
    if not words:
        raise AmsSyntax("IDC3203I", name)
    every = all if compare is operator.ne else any
    if name == "DSORG":
        sets = [_DSORGS.get(word) for word in words]
        if None in sets or sign not in {"EQ", "=", "NE", "¬="}:
            raise AmsSyntax("IDC3203I", " ".join(words))
        meant = set().union(*(each for each in sets if each))
        return lambda each: (each.dsorg in meant) is (compare is operator.eq)
    fact = _FACTS.get(name)
    if fact is None:
        raise AmsSyntax("IDC3203I", name)
    values = [_day(words, today)] if name in _DATES else [_count(word) for word in words] if name in _COUNTS else words

    def holds(each: Candidate) -> bool:
        if each.info is None:
            raise AmsSyntax("IDC3203I", name)
        own = fact(each.info)
        if own is None and name in _DATES:
            own = date.min
        return every(compare(own or "", value) if isinstance(value, str) else compare(own, value) for value in values)

    return holds


def _count(word: str) -> int:
    if not (word.isascii() and word.isdecimal() and len(word) < 10):
        raise AmsSyntax("IDC3203I", word)
    return int(word)


def _day(words: list[str], today: date) -> date:
    """Return the date of (yyyyddd), (yyddd), (*) or any of them with days to add: (*,-5)."""
    text, offset = words[0], words[1] if len(words) > 1 else "0"
    digits = offset.lstrip("+-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 6):
        raise AmsSyntax("IDC3203I", offset)
    days = int(digits) * (-1 if offset.startswith("-") else 1)
    if text == "*":
        return today + timedelta(days)
    if not (text.isascii() and text.isdecimal()) or len(text) not in {5, 7} or not 1 <= int(text[-3:]) <= 366:
        raise AmsSyntax("IDC3203I", text)
    year = int(text[:-3])
    if len(text) == 5:
        year += 1900 if year >= _YEAR_2000 else 2000
    if not 1 <= year <= 9000:
        raise AmsSyntax("IDC3203I", text)
    return date(year, 1, 1) + timedelta(int(text[-3:]) - 1 + days)
