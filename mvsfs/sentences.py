"""Errors of the data set side in one line of English, for command lines and the loading of seed folders.

Not here: the words of FTP replies and job messages, which are z/OS's own; those of its C library are here for all.
"""

from __future__ import annotations

from mvsfs import errors

#: z/OS error numbers; the LE message of errno n is EDC5nnnI. ELOOP's words are assumed, the others known or seen.
ERRNO = {
    "EACCES": (111, "Permission denied."),
    "EAGAIN": (112, "Resource temporarily unavailable."),
    "EBUSY": (114, "Resource busy."),
    "EEXIST": (117, "File exists."),
    "EINVAL": (121, "Invalid argument."),
    "EIO": (122, "Input/output error."),
    "EISDIR": (123, "Is a directory."),
    "EMFILE": (124, "Too many open files."),
    "ENAMETOOLONG": (126, "Filename too long."),
    "ENOENT": (129, "No such file or directory."),
    "ENOSPC": (133, "No space left on device."),
    "ENOSYS": (134, "Function not implemented."),
    "ENOTDIR": (135, "Not a directory."),
    "ENOTEMPTY": (136, "Directory not empty."),
    "EPERM": (139, "Operation not permitted."),
    "EPIPE": (140, "Broken pipe."),
    "EROFS": (141, "Read-only file system."),
    "EXDEV": (144, "Improper link."),
    "ELOOP": (146, "Too many levels of symbolic links."),
}


def errno_text(errno_name: str) -> str:
    """Return the LE message of an error number, as `EDC5129I No such file or directory.`; an unknown one keeps its name."""
    number, words = ERRNO.get(errno_name, (0, ""))
    return f"EDC5{number}I {words}" if number else errno_name


#: Error class -> sentence with the error's facts; every class has one, its own or that of a class above it.
SENTENCES: dict[type[errors.MvsError], str] = {
    errors.InvalidDsname: "{text!r} is no data set or member name ({rule})",
    errors.DatasetNotFound: "data set {dsname} does not exist",
    errors.GroupNotFound: "there is no generation data group {dsname}",
    errors.MemberNotFound: "{dsname} has no member {member}",
    errors.DatasetExists: "{dsname} exists already",
    errors.WrongDsorg: "{dsname} is {dsorg}, this needs {need}",
    errors.GenerationNotFound: "{dsname} has no generation {generation:+d}",
    errors.GenerationsExist: "{dsname} is a generation data group that still has generations ({generations})",
    errors.NotAuthorized: "{userid} may not have {wanted.name} access to {dsname}",
    errors.DatasetInUse: "{dsname} is in use by {holder_jobname} of {holder_userid}",
    errors.RecordTooLong: "record {record} has {length} bytes; LRECL {lrecl} does not take it",
    errors.BadRecordData: "the data does not fit the record format: {reason}, at offset {offset}",
    errors.SystemAbend: "{dsname}: system completion code {code}, reason {reason}",
    errors.AllocationFailed: "{dsname} cannot be allocated: {why} (S99ERROR {error:04X})",
    errors.NotExpired: "{dsname} has not expired: its date is {expires}",
    errors.DatasetMigrated: "{dsname} is migrated",
    errors.VolumeUnavailable: "{dsname} cannot be reached on volume {volser}: {reason}",
    errors.StoreReadOnly: "{name}: the store is read-only",
    errors.StoreFull: "{name}: no space left under the store",
    errors.UnixError: "{path}: {words}",
    errors.UnknownCodepage: "no code page {name!r}",
    errors.BadTranslateTable: "{name} is no translate table: its {reason} is wrong",
    errors.Untranslatable: "the character at offset {offset} is not in code page {codepage}",
    errors.DuplicateKey: "{dsname} has a record with the key {key_text} already",
    errors.OutOfSequence: "the key {key_text} is out of sequence while {dsname} is loaded",
    errors.RecordNotFound: "{dsname} has no record at {place_text}",
    errors.VsamFull: "{dsname} has no space left",
}

#: Why an allocation fails, by S99ERROR.
ALLOCATION = {
    0x0218: "no such volume",
    0x0358: "attributes exclude each other",
    0x1708: "the catalog has it not, or has it already",
    0x970C: "no space in the storage group",
    0x9714: "no space on the volume",
}


def sentence(error: Exception) -> str:
    """Return one line of English for an error; of any other exception what it says itself."""
    facts = dict(vars(error))
    facts |= {f"{name}_text": _place(facts[name]) for name in ("key", "place") if name in facts}
    if isinstance(error, errors.UnixError):
        facts["words"] = ERRNO.get(error.errno_name, (0, error.errno_name))[1].rstrip(".").lower()
    if isinstance(error, errors.AllocationFailed):
        facts["why"] = ALLOCATION.get(error.error, "the system refuses")
    for kind in type(error).__mro__:
        if kind in SENTENCES:
            return SENTENCES[kind].format(**facts)
    return str(error)  # a class of a layer above, which says it itself


def _place(place: object) -> object:
    """Return a key as it may be shown: hexadecimal digits between X''."""
    return f"X'{place.hex().upper()}'" if isinstance(place, bytes) else place
