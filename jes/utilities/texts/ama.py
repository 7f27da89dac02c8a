"""Words of AMATERSE.

Source: texts seen in a public problem report (issue 144 of IBM/IBM-Z-zOS); refusals [AIDS AMATERSE].
"""

from __future__ import annotations

from jes.utilities.texts.row import Row

_AIDS = "AIDS AMATERSE"

ROWS: dict[str, Row] = {
    "AMA572I": Row("1", "STARTING TERSE {}", "seen"),
    "AMA527I": Row(" ", " INPUT  - DDNAME : {:<8} DSNAME: {}", "seen"),
    "AMA528I": Row(" ", " OUTPUT - DDNAME : {:<8} DSNAME: {}", "seen"),
    "AMA573I": Row(" ", "TERSE COMPLETE {}", "seen"),
    "AMA504I": Row(" ", " RETURN CODE: {}", "seen"),
    "AMA510E": Row(" ", " INVALID PARAMETER: {}", "assumed", _AIDS),
    "AMA520E": Row(" ", " DD STATEMENT {} IS MISSING", "assumed", _AIDS),
    "AMA564E": Row(" ", " THIS IS NOT A RECOGNIZABLE TERSED DATA SET", "assumed", _AIDS),
    "AMA565E": Row(" ", " {} CANNOT BE WRITTEN", "assumed", _AIDS),
}
