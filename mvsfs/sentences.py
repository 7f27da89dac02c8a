"""Errors of the data set side in one line of English, for command lines and the loading of seed folders.

Not here: the words of FTP replies and job messages, which are z/OS's own.
"""

from __future__ import annotations

from mvsfs import errors

#: Error class -> sentence with the error's facts.
SENTENCES: dict[type[errors.MvsError], str] = {
    errors.InvalidDsname: "{text!r} is no data set or member name ({rule})",
    errors.DatasetNotFound: "data set {dsname} does not exist",
    errors.MemberNotFound: "{dsname} has no member {member}",
    errors.DatasetExists: "{dsname} exists already",
    errors.WrongDsorg: "{dsname} is {dsorg}, this needs {need}",
    errors.GenerationNotFound: "{dsname} has no generation {generation:+d}",
    errors.NotAuthorized: "{userid} may not have {wanted.name} access to {dsname}",
    errors.DatasetInUse: "{dsname} is in use by {holder_jobname} of {holder_userid}",
    errors.RecordTooLong: "record {record} has {length} bytes; LRECL {lrecl} does not take it",
    errors.BadRecordData: "the data does not fit the record format: {reason}, at offset {offset}",
    errors.SystemAbend: "{dsname}: system completion code {code}, reason {reason}",
    errors.AllocationFailed: "{dsname} cannot be allocated: {why} (S99ERROR {error:04X})",
    errors.DatasetMigrated: "{dsname} is migrated",
    errors.VolumeUnavailable: "{dsname} cannot be reached on volume {volser}: {reason}",
    errors.StoreReadOnly: "{name}: the store is read-only",
    errors.StoreFull: "{name}: no space left under the store",
    errors.UnixError: "{path}: {errno_name}",
    errors.UnknownCodepage: "no code page {name!r}",
    errors.Untranslatable: "the character at offset {offset} is not in code page {codepage}",
}

#: Why an allocation fails, by S99ERROR.
ALLOCATION = {
    0x0218: "no such volume",
    0x0358: "attributes exclude each other",
    0x1708: "the catalog has it not, or has it already",
    0x970C: "no space in the storage group",
    0x9714: "no space on the volume",
}


def sentence(error: errors.MvsError) -> str:
    """Return one line of English for an error."""
    facts = dict(vars(error))
    if isinstance(error, errors.AllocationFailed):
        facts["why"] = ALLOCATION.get(error.error, "the system refuses")
    for kind in type(error).__mro__:
        if kind in SENTENCES:
            return SENTENCES[kind].format(**facts)
    place, reason = getattr(error, "place", ""), getattr(error, "reason", "")
    return f"{place}: {reason}" if place else str(error)
