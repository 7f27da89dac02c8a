"""The words of SITE: what a continuation line says about one parameter. Codes are added by the command.

Source: zos-ftp-server.md 4.1 to 4.4 [CODES 200 list].
Rules: a text stands in one row; {name} is the parameter as messages spell it, {value} what the client sent.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """One wording and the evidence for it."""

    text: str
    evidence: str
    source: str


NOTES = {
    "unrecognized": Note("Unrecognized parameter '{word}' on SITE command.", "seen", "ZREF"),
    "numeric": Note("{name} parameter ({value}) is not numeric. {name} ignored.", "seen", "CODES 200"),
    "numeric.timer": Note("Parameter {name} value {value} is not numeric - the parameter is ignored", "seen", "CODES 200"),
    "range": Note("{name} parameter ({value}) must be between {low} and {high}. {name} ignored.", "seen", "CODES 200"),
    "range.bufno": Note("{name} parameter ({value}) must be between {low} and {high} - {name} ignored.", "seen", "CODES 200"),
    "range.timer": Note(
        "Parameter {name} value {value} is not within the range {low} to {high} - the parameter is ignored",
        "assumed",
        "CODES 200",
    ),
    "large": Note("{name} parameter ({value}) is larger than a 4 byte integer. {name} ignored.", "assumed", "CODES 200"),
    "invalid": Note("{name} parameter ({value}) is invalid. {name} ignored.", "assumed", "CODES 200 Conddisp"),
    "missing": Note("{name} parameter value is missing. {name} ignored.", "assumed", "CODES 200"),
    "blksize.fb": Note("BLOCKSIZE must be a multiple of LRECL for RECFM {recfm}", "seen", "UG; ZREF"),
    "blksize.f": Note("BLOCKSIZE must equal LRECL for RECFM {recfm}", "seen", "CODES 200"),
    "blksize.v": Note("BLOCKSIZE must be at least 4 more than LRECL for RECFM {recfm}", "seen", "CODES 200"),
    "blksize.set": Note("BLOCKSIZE being set to {value}", "seen", "UG; ZREF"),
    "lrecl.zero": Note("LRECL 0 is valid only for RECFM U", "assumed", "CODES 200"),
    "lrecl.x": Note("LRECL X is valid only for RECFM VS and VBS", "assumed", "CODES 200"),
    "lrecl.set": Note("LRECL being set to {value}", "assumed", "CODES 200"),
    "umask": Note("Umask invalid syntax. Specify UMASK octal value. UMASK ignored", "seen", "ZNA"),
    "debug.off": Note("DEBUG is not allowed on the SITE command. DEBUG ignored.", "assumed", "CR DEBUGONSITE"),
    "dump.off": Note("DUMP is not allowed on the SITE command. DUMP ignored.", "assumed", "CR DUMPONSITE"),
    "debug.active": Note("Active server traces - {value}", "seen", "CODES 200"),
    "dump.active": Note("Active server dumpIDs - {value}", "seen", "CODES 200"),
    "chmod.syntax": Note("Chmod invalid syntax. Specify CHMOD mode filename. CHMOD ignored", "seen", "CODES 200"),
    "chmod.missing": Note("Chmod parameters missing. Specify CHMOD mode filename. CHMOD ignored", "seen", "CODES 200"),
    "chmod.mode": Note(
        "Chmod mode value invalid. Specify mode as a 1-3 digit octal value, or as {{u|g|o|a}}{{=|+|-}}{{r|w|x|rw|rx|wx|rwx}}. "
        "CHMOD ignored",
        "seen",
        "CODES 200",
    ),
    "chmod.login": Note("Chmod not allowed when user not logged in. CHMOD ignored.", "seen", "CODES 200"),
    "chmod.access": Note("Chmod cannot access file {file} : {error}", "seen", "CODES 200"),
    "chmod.failed": Note("Chmod failed: {error}", "seen", "CODES 200"),
    "chmod.file": Note("Chmod {file} is not a valid z/OS UNIX file. CHMOD ignored", "seen", "CODES 200"),
    "chmod.name": Note("Chmod invalid filename {file}", "seen", "CODES 200"),
    "dcbdsn.missing": Note("DCBDSN data set {value} not found. DCBDSN ignored.", "assumed", "UG SITE"),
    "jes.filter": Note("{name} may not be changed. {name} ignored.", "assumed", "UG JES filters"),
    "codepage": Note("Translation between {value} is not available. {name} ignored.", "assumed", "UG SBDATACONN"),
    "table": Note("Translate table {value} cannot be used. {name} ignored.", "assumed", "UG SBDATACONN"),
    "dest": Note("Destination {value} is not available at this server. DEST ignored.", "assumed", "UG SITE"),
    "sql": Note("Filetype parameter (SQL) is not available at this server. Filetype ignored.", "assumed", "UG SITE"),
    "recfm.length": Note("{name} parameter ({value}) is not numeric. {name} ignored.", "assumed", "CODES 200"),
    "qdisk.volume": Note("Volume {volser} is not mounted", "assumed", "UG QDISK"),
    "qdisk.failed": Note("Qdisk workarea allocation failed.", "seen", "CODES 200"),
}


def note(key: str, **facts: object) -> str:
    """Return the line of `key` filled with the facts."""
    return NOTES[key].text.format(**facts)
