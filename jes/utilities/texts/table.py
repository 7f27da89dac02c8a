"""All words of the IEB, IEH, ADR and AMA utilities, of SDSF and BPXBATCH, and the line that a row makes.

IDCAMS and DFSORT have their own (idcams/texts.py, dfsort/messages.py).
"""

from __future__ import annotations

from jes.utilities.texts import adr, ama, iebcopy, iebdata, iebdg, ieh, sdsf, tso, unix
from jes.utilities.texts.row import Row, shown

TABLES = (iebcopy.ROWS, iebdata.ROWS, iebdg.ROWS, ieh.ROWS, adr.ROWS, ama.ROWS, sdsf.ROWS, tso.ROWS, unix.ROWS)
ROWS: dict[str, Row] = {key: row for table in TABLES for key, row in table.items()}


def line(key: str, *facts: object, **named: object) -> str:
    """Return a message line with its control character."""
    row = ROWS[key]
    return row.control + shown(key, row).format(*facts, **named)
