"""Words of IEBDG.

Source: the return code of a statement that cannot be read, 8, and that generation goes on with the next DSD are seen on the page
of one of its messages; that IEB727I points at the keyword too; the words are assumed [MSGS IEB].
"""

from __future__ import annotations

from jes.utilities.texts.row import Row

_MSGS = "MSGS IEB"

ROWS: dict[str, Row] = {
    "IEBDG HEADING": Row("1", f"{'DATA GENERATOR':>40}{'PAGE 0001':>60}", "assumed", "IEBGENER's"),
    "IEB701I": Row(" ", "INVALID OPERATION {}", "assumed", _MSGS),
    "IEB702I": Row(" ", "SYNTAX ERROR", "assumed", _MSGS),
    "IEB703I": Row(" ", "NAME OR LENGTH MISSING ON FD", "assumed", _MSGS),
    "IEB704I": Row(" ", "INVALID FORMAT OR ACTION {}", "assumed", _MSGS),
    "IEB705I": Row(" ", "INVALID {}", "assumed", _MSGS),
    "IEB706I": Row(" ", "{} OUT OF SEQUENCE", "assumed", _MSGS),
    "IEB707I": Row(" ", "OUTPUT MISSING ON DSD", "assumed", _MSGS),
    "IEB708I": Row(" ", "FIELD {} NOT DEFINED", "assumed", _MSGS),
    "IEB709I": Row(" ", "KEYWORDS {} AND {} CANNOT BE USED TOGETHER", "assumed", "rule: page of the message"),
    "IEB710I": Row(" ", "DD STATEMENT {} MISSING", "assumed", _MSGS),
    "IEB723I": Row(" ", "END OF JOB, STATEMENT IN ERROR", "assumed", _MSGS),
    "IEB729I": Row(" ", "{} RECORDS WRITTEN TO {}", "assumed", _MSGS),
}
