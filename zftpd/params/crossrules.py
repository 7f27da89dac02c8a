"""Corrections that need several settings at once: the block size must suit the record format and length.

Source: zos-ftp-server.md 4.2: SITE LRECL=80 RECFM=FB under BLKSIZE 6233 gives 6160 [UG, ZREF].
Rules: pure; run once after the last word of a SITE command that named one of the three.
"""

from __future__ import annotations

from dataclasses import replace

from mvsfs.dcb import MAX_BLKSIZE, Recfm
from zftpd.params.notes import note
from zftpd.params.settings import Settings

#: The longest record of V and VB: a block holds its own length word as well.
MAX_LRECL_V = MAX_BLKSIZE - 4
WATCHED = frozenset({"recfm", "lrecl", "blksize"})


def corrected(settings: Settings, before: Settings) -> tuple[Settings, list[str]]:
    """Return settings whose block size suits them, and the lines that say what was changed.

    An attribute that is "not given" is left to a data class or model and corrects nothing.
    """
    if settings.recfm is None:
        return settings, []
    recfm = Recfm.parse(settings.recfm)
    settings, lines = _lrecl(settings, before, recfm)
    lrecl, blksize = settings.lrecl, settings.blksize
    if not isinstance(lrecl, int) or not blksize or recfm.is_undefined:
        return settings, lines
    key, wanted = _blksize(recfm, lrecl, blksize)
    if wanted == blksize:
        return settings, lines
    lines += [note(key, recfm=settings.recfm), note("blksize.set", value=wanted)]
    return replace(settings, blksize=wanted), lines


def _lrecl(settings: Settings, before: Settings, recfm: Recfm) -> tuple[Settings, list[str]]:
    """Take back a record length that the format cannot have: 0 but for U, X but for spanned, more than a block holds for V."""
    if recfm.is_variable and not recfm.may_span and isinstance(settings.lrecl, int) and settings.lrecl > MAX_LRECL_V:
        lines = [note("blksize.v", recfm=settings.recfm), note("lrecl.set", value=MAX_LRECL_V)]
        return replace(settings, lrecl=MAX_LRECL_V), lines
    zero = settings.lrecl == 0 and not recfm.is_undefined
    unlimited = settings.lrecl == "X" and not recfm.may_span
    if not zero and not unlimited:
        return settings, []
    back = before.lrecl if before.lrecl not in {0, "X"} else 80
    lines = [note("lrecl.zero" if zero else "lrecl.x"), note("lrecl.set", value="null" if back is None else back)]
    return replace(settings, lrecl=back), lines


def _blksize(recfm: Recfm, lrecl: int, blksize: int) -> tuple[str, int]:
    """Return the text's key and the block size that suits."""
    if recfm.is_fixed and not recfm.blocked:
        return "blksize.f", lrecl
    if recfm.is_fixed:
        return "blksize.fb", max(lrecl, blksize - blksize % lrecl)
    if recfm.may_span:
        return "", blksize
    return "blksize.v", max(blksize, lrecl + 4)
