"""Which data sets the sort takes together: record formats, lengths and block sizes of inputs and outputs.

Source: [DFSORT "Data set considerations", ICE043A, ICE171I]. Rules: pure. An attribute that nobody gave is no conflict: OPEN
takes that of the records. Fixed records are filled with binary zeros or cut where lengths differ (PAD=RC0, TRUNC=RC0); a format
is changed by FTOV, VTOF and CONVERT of OUTFIL only. The reason codes are assumed but that of LRECL without input (9).
"""

from __future__ import annotations

from collections.abc import Sequence

from jes.stepcontext import OpenDd
from jes.utilities.dfsort.control import SortSyntax
from mvsfs.dcb import LRECL_X, Dcb

#: Attribute and reason code of ICE043A.
_UNDEFINED = ("RECFM", "01")
_MIXED_INPUT = ("RECFM", "02")
_UNEQUAL_INPUT = ("LRECL", "04")
_BLOCK = ("BLKSIZE", "06")
_CONVERTED = ("RECFM", "08")


def _check_input(dd: OpenDd) -> None:
    parts = [part.dcb for part in dd.concatenation if part.dcb.recfm is not None]
    for dcb in parts:
        _check_alone(dd.ddname, dcb)
    if len({_is_variable(dcb) for dcb in parts}) > 1:
        raise SortSyntax("ICE043A", f"{dd.ddname:<8}", *_MIXED_INPUT)
    if parts and not _is_variable(parts[0]) and len({dcb.lrecl for dcb in parts if dcb.lrecl}) > 1:
        raise SortSyntax("ICE043A", f"{dd.ddname:<8}", *_UNEQUAL_INPUT)


def check_inputs(dds: Sequence[OpenDd]) -> None:
    """Refuse inputs that are not records of one type. Raises SortSyntax ICE043A."""
    for dd in dds:
        _check_input(dd)
    odd = next((dd for dd in dds if dd.dcb.recfm is not None and _is_variable(dd.dcb) is not _is_variable(dds[0].dcb)), None)
    if odd is not None and dds[0].dcb.recfm is not None:
        raise SortSyntax("ICE043A", f"{odd.ddname:<8}", *_MIXED_INPUT)


def check_output(ddname: str, dcb: Dcb, *, variable: bool) -> None:
    """Refuse an output whose format is not that of the records. Raises SortSyntax ICE043A.

    dcb: what DD and label say before OPEN. variable: the records that are written carry an RDW.
    """
    if dcb.recfm is None:
        return
    _check_alone(ddname, dcb)
    if _is_variable(dcb) is not variable:
        raise SortSyntax("ICE043A", f"{ddname:<8}", *_CONVERTED)


def _check_alone(ddname: str, dcb: Dcb) -> None:
    recfm = dcb.recfm
    assert recfm is not None
    if recfm.is_undefined:
        raise SortSyntax("ICE043A", f"{ddname:<8}", *_UNDEFINED)
    if not dcb.blksize or not dcb.lrecl or dcb.lrecl == LRECL_X:
        return
    wrong = dcb.blksize % dcb.lrecl if recfm.is_fixed else not recfm.spanned and dcb.lrecl > dcb.blksize - 4
    if wrong:
        raise SortSyntax("ICE043A", f"{ddname:<8}", *_BLOCK)


def _is_variable(dcb: Dcb) -> bool:
    return dcb.recfm is not None and dcb.recfm.is_variable
