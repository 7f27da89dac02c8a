"""Words of BPXBATCH and of its shell.

Source: [UNIX BPXBATCH], [MSGS BPX], [MSGS FSUM]. Rules: see row.py.
"""

from __future__ import annotations

from jes.utilities.texts.row import Row

ROWS: dict[str, Row] = {
    "BPXM010I": Row("", "BPXBATCH FAILED BECAUSE THE PARAMETERS DID NOT START WITH SH OR PGM.", "known", "UNIX BPXBATCH"),
    "BPXM047I": Row(
        "",
        "BPXBATCH FAILED BECAUSE SPAWN (BPX1SPN) OF {path} FAILED WITH RETURN CODE {errno:08X} REASON CODE {reason:08X}",
        "known",
        "UNIX BPXBATCH",
    ),
    "fsum.notfound": Row("", "{name}: FSUM7351 not found", "known", "UNIX sh"),
    "fsum.cannotexecute": Row("", "{name}: FSUM9209 cannot execute: {why}", "assumed", "UNIX sh"),
    "fsum.open": Row("", "FSUM7332 {path}: {why}", "assumed", "UNIX sh"),
    "fsum.command": Row("", "{name}: FSUM6259 {path}: {why}", "assumed", "UNIX sh"),
}
