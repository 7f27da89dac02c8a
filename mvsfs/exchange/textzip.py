"""Zip archives of a library's members as text files, for editors and version control.

Usage:
    members = read(file, table("IBM-1047"))           # MEMBER.ext -> UnloadedMember; the extension is dropped
    write(file, dataset, table("IBM-1047"), when)      # MEMBER.txt, trailing blanks removed, LF at each line's end

Rules: folders in the archive are passed over and only the last part of a name counts, so no path of it is ever used. Lines end
with LF or CR LF on input. Raises InvalidDsname for a name that no member can have, BadRecordData for a broken archive or two
files of one member, Untranslatable.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import BinaryIO

from mvsfs.codepages import Sbcs
from mvsfs.errors import BadRecordData
from mvsfs.exchange.model import UnloadedDataset, UnloadedMember
from mvsfs.names import check_member

#: What the library raises for archives that are none, damaged or of kinds that it does not read.
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, struct.error)
#: A member of this many bytes of text is taken for an attack on memory.
MAX_MEMBER = 1 << 28


def read(file: BinaryIO, pair: Sbcs) -> list[UnloadedMember]:
    """Return the members of an archive in order of their names."""
    found: dict[str, UnloadedMember] = {}
    for name, text in _texts(file):
        member = check_member(PurePosixPath(name).stem)
        if member in found:
            raise BadRecordData(f"two files of member {member}")
        lines = text.replace(b"\r\n", b"\n").split(b"\n")
        if not lines[-1]:
            lines.pop()
        found[member] = UnloadedMember(member, [pair.inward.translate(line) for line in lines])
    return [found[name] for name in sorted(found)]


def _texts(file: BinaryIO) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(file) as archive:
            for item in archive.infolist():
                if item.is_dir():
                    continue
                if item.file_size > MAX_MEMBER:
                    raise BadRecordData(f"{item.filename} is too large")
                yield item.filename, archive.read(item)
    except _BROKEN as error:
        raise BadRecordData(f"zip archive: {error}") from error


def write(file: BinaryIO, dataset: UnloadedDataset, pair: Sbcs, when: datetime) -> None:
    """Write one text file for each member; aliases are left out. Raises Untranslatable."""
    fixed = dataset.dcb.recfm is not None and dataset.dcb.recfm.is_fixed
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in dataset.members or []:
            if member.alias_of:
                continue
            changed = member.stats.changed if member.stats else when
            item = zipfile.ZipInfo(f"{member.name}.txt", max(changed.timetuple()[:6], (1980, 1, 1, 0, 0, 0)))
            item.compress_type = zipfile.ZIP_DEFLATED
            lines = (record.rstrip(b"\x40") if fixed else record for record in member.records)
            archive.writestr(item, b"".join(pair.outward.translate(line) + b"\n" for line in lines))
