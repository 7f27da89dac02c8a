"""Which DCB a DD has: DD statement, model, label and program, in their order of precedence.

Source: [JCLREF DCB]; jes-and-jcl.md 4.4. Order at OPEN for a data set: what the program fixes, then the DD statement, then
the label. A field that nobody gives stays empty (recfm None, lrecl 0).
"""

from __future__ import annotations

from dataclasses import replace

from jes.jcl.model import DcbOperands
from mvsfs.dcb import LRECL_X, Dcb, Dsorg, Recfm, system_blksize

NO_DCB = Dcb(None, 0, 0)


def coded(operands: DcbOperands) -> Dcb:
    """Return what the DD statement itself says; a wrong RECFM counts as not coded."""
    try:
        recfm = Recfm.parse(operands.recfm) if operands.recfm else None
    except ValueError:
        recfm = None
    lrecl = LRECL_X if operands.lrecl == "X" else int(operands.lrecl or 0)
    dsorg = Dsorg(operands.dsorg) if operands.dsorg in {"PS", "PO", "DA"} else Dsorg.UNKNOWN
    return Dcb(recfm, lrecl, operands.blksize or 0, dsorg)


def over(first: Dcb, second: Dcb) -> Dcb:
    """Return `first` with the gaps filled from `second`.

    A block size is taken over only when the record format and length it was made for are taken over too.
    """
    recfm = first.recfm or second.recfm
    lrecl = first.lrecl or second.lrecl
    dsorg = first.dsorg if first.dsorg is not Dsorg.UNKNOWN else second.dsorg
    same = (recfm, lrecl) == (second.recfm, second.lrecl) or not (first.recfm or first.lrecl)
    return Dcb(recfm, lrecl, first.blksize or (second.blksize if same else 0), dsorg)


def completed(dcb: Dcb) -> Dcb:
    """Return the DCB that OPEN for output works with: gaps get QSAM's values and the block size that the system determines."""
    recfm = dcb.recfm or Recfm.parse("U" if not dcb.lrecl else "FB")
    lrecl = dcb.lrecl
    if not lrecl and recfm.is_fixed:
        lrecl = dcb.blksize or 80
    elif not lrecl and recfm.is_variable:
        lrecl = dcb.blksize - 4 if dcb.blksize > 8 else 255
    done = replace(dcb, recfm=recfm, lrecl=lrecl)
    if not done.blksize or (recfm.is_fixed and lrecl and done.blksize % lrecl):
        done = replace(done, blksize=system_blksize(done) or 32760)
    return done
