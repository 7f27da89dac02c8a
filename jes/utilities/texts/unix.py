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
    "fsum.open": Row("", 'FSUM7343 cannot open "{path}": {why}', "assumed", "UNIX sh"),
    "fsum.syntax": Row("", "FSUM7332 syntax error: got {near}", "assumed", "UNIX sh"),
    "fsum.dataset": Row("", '{name}: FSUM6258 cannot open file "{path}": {why}', "assumed", "UNIX cp"),
    "fsum.submitted": Row("", "JOB {jobid} submitted from {place}", "assumed", "UNIX submit"),
    "edc.DatasetNotFound": Row("", "EDC5049I The specified file name could not be located.", "known", "MSGS EDC"),
    "edc.MemberNotFound": Row("", "EDC5067I An attempt was made to open a nonexistent file for read.", "known", "MSGS EDC"),
    "edc.NotAuthorized": Row("", "EDC5111I Permission denied.", "known", "MSGS EDC"),
    "edc.RecordTooLong": Row("", "EDC5003I Truncation of a record occurred during an I/O operation.", "known", "MSGS EDC"),
    "edc.DatasetInUse": Row(
        "", "EDC5061I An error occurred when attempting to define a file to the system.", "known", "MSGS EDC"
    ),
    "edc.InvalidDsname": Row("", "EDC5047I An invalid file name was specified as a function parameter.", "known", "MSGS EDC"),
    "edc.other": Row("", "EDC5122I Input/output error.", "known", "MSGS EDC"),
    "fsum.command": Row("", "{name}: FSUM6259 {path}: {why}", "assumed", "UNIX sh"),
}
