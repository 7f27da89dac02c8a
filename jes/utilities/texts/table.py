"""All words of the IEB, IEH, ADR and AMA utilities, and the line that a row makes. IDCAMS has its own (idcams/texts.py)."""

from __future__ import annotations

from jes.utilities.texts import adr, ama, iebcopy, iebdata, iebdg, ieh
from jes.utilities.texts.row import Row, shown

TABLES = (iebcopy.ROWS, iebdata.ROWS, iebdg.ROWS, ieh.ROWS, adr.ROWS, ama.ROWS)
ROWS: dict[str, Row] = {key: row for table in TABLES for key, row in table.items()}


def line(key: str, *facts: object, **named: object) -> str:
    """Return a message line with its control character."""
    row = ROWS[key]
    return row.control + shown(key, row).format(*facts, **named)
