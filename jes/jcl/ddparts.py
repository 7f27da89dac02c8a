"""Operands of DD that have an inside: DCB, SPACE, SYSOUT, PATH, VOLUME.

Source: [JCLREF] DD; jes-and-jcl reference 4.4. Rules: pure; raises OperandFault.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from jes.jcl import keywords
from jes.jcl.model import DcbOperands, Dd, DdReference, Path, Space, Sysout
from jes.jcl.operands import Operand, OperandFault, is_number, one_of

if TYPE_CHECKING:
    from jes.jcl.ddstatement import Earlier

_MULTIPLES = {"K": 1024, "M": 1024**2, "G": 1024**3}
#: Permission bits by their PATHMODE names.
PATHMODES = {
    "SIRUSR": 0o400, "SIWUSR": 0o200, "SIXUSR": 0o100, "SIRWXU": 0o700,
    "SIRGRP": 0o040, "SIWGRP": 0o020, "SIXGRP": 0o010, "SIRWXG": 0o070,
    "SIROTH": 0o004, "SIWOTH": 0o002, "SIXOTH": 0o001, "SIRWXO": 0o007,
    "SISUID": 0o4000, "SISGID": 0o2000, "SISVTX": 0o1000,
}  # fmt: skip
#: Copies that COPIES= can ask for.
MOST_COPIES = 255
_LONGEST_WRITER = 8
_PATHOPTS = one_of("ORDONLY OWRONLY ORDWR OAPPEND OCREAT OEXCL ONOCTTY ONONBLOCK OSYNC OTRUNC")


def dcb(coded: dict[str, Operand], earlier: Earlier) -> DcbOperands:
    """Return DCB= and the DCB keywords of the DD itself, which win."""
    values: dict[str, str] = {}
    model, reference = "", None
    for item in coded["DCB"].values if "DCB" in coded else ():
        if item.keyword:
            values[keywords.check(item, "DD", "DCB")] = item.text if item.items is None else item.raw
        elif item.text.startswith("*."):
            reference = earlier.find(item.text)
            if reference is None:
                raise OperandFault("IEFC645I", "DCB")
        elif item.text:
            model = item.text
    for key in keywords.TABLES["DCB"]:
        if key in coded:
            values[key] = coded[key].text if coded[key].items is None else coded[key].raw
    lrecl = values.pop("LRECL", "")
    return DcbOperands(
        values.pop("RECFM", ""),
        "X" if lrecl == "X" else _number(lrecl),
        _number(values.pop("BLKSIZE", "")),
        values.pop("DSORG", ""),
        _number(values.pop("KEYLEN", "")),
        model,
        reference,
        values,
    )


def _number(text: str) -> int | None:
    if not text:
        return None
    factor = _MULTIPLES.get(text[-1], 1)
    return int(text.rstrip("KMG")) * factor


def _count(text: str, field: str) -> int:
    if text and not is_number(text):
        raise OperandFault("IEFC644I", field)
    if len(text) > 8:
        raise OperandFault("IEFC638I", field)
    return int(text or 0)


def space(operand: Operand, avgrec: Operand | None) -> Space:
    """Return SPACE=."""
    values = operand.values
    if operand.items is None or len(values) < 2:
        raise OperandFault("IEFC646I", "SPACE")
    unit = values[0].text or "TRK"  # left out, a data class says what the amounts count
    amounts = [_count(item.text, "SPACE") for item in values[1].values]
    primary, secondary, directory = ([*amounts, 0, 0, 0])[:3]
    if unit not in {"TRK", "CYL", "ABSTR"} and not unit.isdecimal():
        raise OperandFault("IEFC632I", "SPACE")
    words = [item.text for item in values[2:]]
    if set(words) - {"", "RLSE", "CONTIG", "MXIG", "ALX", "ROUND"}:
        raise OperandFault("IEFC632I", "SPACE")
    return Space(
        unit if not unit.isdecimal() else "BLK",
        primary,
        secondary,
        directory,
        _count(unit, "SPACE") if unit.isdecimal() else 0,
        "RLSE" in words,
        next((word for word in words if word in {"CONTIG", "MXIG", "ALX"}), ""),
        "ROUND" in words,
        avgrec.text if avgrec else "",
    )


def sysout(coded: dict[str, Operand]) -> Sysout:
    """Return SYSOUT= and the keywords that go with it."""
    operand = coded["SYSOUT"]
    output_class = operand.positional(0)
    if len(output_class) > 1 or (output_class and not (output_class.isalnum() or output_class == "*")):
        raise OperandFault("IEFC639I", "SYSOUT")
    if len(operand.positional(1)) > _LONGEST_WRITER:
        raise OperandFault("IEFC642I", "SYSOUT")
    outputs = tuple(item.text.removeprefix("*.") for item in coded["OUTPUT"].values) if "OUTPUT" in coded else ()
    copies = _count(coded["COPIES"].positional(0), "COPIES") if "COPIES" in coded else None
    return Sysout(
        output_class,
        operand.positional(1),
        operand.positional(2),
        "HOLD" in coded and coded["HOLD"].text in {"YES", "Y"},
        copies if copies and copies <= MOST_COPIES else 1,  # 0 and what is coded wrong are 1 [JCLREF COPIES, Defaults]
        coded["DEST"].raw if "DEST" in coded else "",
        outputs,
        _count(coded["OUTLIM"].text, "OUTLIM") if "OUTLIM" in coded else None,
        coded["SPIN"].positional(0) if "SPIN" in coded else "",
        {key: coded[key].raw for key in ("FORMS", "FCB", "UCS", "CHARS", "BURST", "FLASH", "MODIFY", "SEGMENT") if key in coded},
    )


def path(coded: dict[str, Operand]) -> Path:
    """Return PATH= and its family."""
    name = coded["PATH"].text
    if not name.startswith("/") or len(name) > 255:
        raise OperandFault("IEFC632I" if len(name) <= 255 else "IEFC642I", "PATH")
    options = _texts(coded.get("PATHOPTS"))
    if set(options) - _PATHOPTS:
        raise OperandFault("IEFC632I", "PATHOPTS")
    mode = 0
    for word in _texts(coded.get("PATHMODE")):
        if word not in PATHMODES:
            raise OperandFault("IEFC632I", "PATHMODE")
        mode |= PATHMODES[word]
    disposition = _texts(coded.get("PATHDISP"))
    if set(disposition) - {"KEEP", "DELETE", ""} or len(disposition) > 2:
        raise OperandFault("IEFC632I", "PATHDISP")
    normal = disposition[0] if disposition and disposition[0] else "KEEP"
    abnormal = disposition[1] if len(disposition) > 1 and disposition[1] else normal
    return Path(name, options, mode, normal, abnormal, coded["FILEDATA"].text if "FILEDATA" in coded else "BINARY")


def _texts(operand: Operand | None) -> tuple[str, ...]:
    return tuple(item.text for item in operand.values) if operand else ()


def volume(dd: Dd, operand: Operand | None, earlier: Earlier) -> Dd:
    """Return the DD with VOLUME=."""
    if operand is None:
        return dd
    places = [item for item in operand.values if not item.keyword]
    count = _count(places[3].text, "VOLUME") if len(places) > 3 else 0
    for item in operand.values:
        if item.keyword == "SER":
            volsers = tuple(_volsers(item.values))
            dd = replace(dd, volsers=volsers)
        elif item.keyword == "REF":
            reference: DdReference | str | None = item.text
            if item.text.startswith("*."):
                reference = earlier.find(item.text)
                if reference is None:
                    raise OperandFault("IEFC645I", "VOLUME")
            dd = replace(dd, volume_reference=reference)
        elif item.keyword:
            raise OperandFault("IEFC630I", item.keyword, "DD")
    return replace(dd, volume_count=count)


def _volsers(items: Iterable[Operand]) -> Iterable[str]:
    for item in items:
        if len(item.text) > 6:
            raise OperandFault("IEFC642I", "VOLUME")
        if item.text:
            yield item.text
