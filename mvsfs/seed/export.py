"""A seed folder written from a system: what `read` and `apply` make the same data sets and z/OS UNIX files of again.

Rules: text where that is faithful and a person can read it, otherwise bytes (`.bin` for F, `.rdw` with length words for V
and U). Facts that loading would supply anyway (default block size, statistics-free members) are left out of the manifest.
Not here: users and jobs, which their own packages keep.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml

from mvsfs.access import Requester
from mvsfs.dcb import LRECL_X, Dcb, Dsorg, system_blksize
from mvsfs.errors import UnknownCodepage, Untranslatable
from mvsfs.info import DatasetInfo, IspfStats, MemberInfo, Status, Target, UnixInfo, UnixKind
from mvsfs.names import Mask
from mvsfs.records import forms
from mvsfs.records.forms import Form
from mvsfs.seed import manifest, text
from mvsfs.seed.folder import UNIX_FOLDER
from mvsfs.seed.model import DEFAULT_CODEPAGE, SeedError
from mvsfs.seed.trusted import trusted
from mvsfs.system import Mvs

_EXTENSIONS = {"text": ".txt", "binary": ".bin", "rdw": ".rdw"}


class _Dumper(yaml.SafeDumper):
    """YAML without anchors: two equal dates are two dates."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the signature is the library's
        """Tell that nothing is to be referred to."""
        return True


def export(
    mvs: Mvs,
    folder: Path,
    who: Requester,
    masks: Iterable[str] = ("**",),
    *,
    unix: Iterable[str] = (),
    codepage: str = DEFAULT_CODEPAGE,
) -> list[str]:
    """Write the data sets that any mask covers and the z/OS UNIX trees below `unix`; return the names written.

    Raises SeedError for a folder that holds something already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise SeedError(str(folder), "the folder is not empty")
    folder.mkdir(parents=True, exist_ok=True)
    keys: dict[str, Any] = {"version": 1, "datasets": {}, "gdg": {}, "aliases": {}, "unix": {}}
    mvs = trusted(mvs)
    found = {info.dsname: info for mask in masks for info in mvs.search(Mask(mask, "catalog"))}
    for dsname in sorted(found):
        _entry(mvs, folder, found[dsname], who, codepage, keys)
    for top in unix:
        _tree(mvs, folder / UNIX_FOLDER, mvs.unix.stat(top, who, follow=False), who, codepage, keys["unix"])
    kept = {section: rows for section, rows in keys.items() if rows}
    (folder / manifest.NAME).write_text(yaml.dump(kept, Dumper=_Dumper, sort_keys=False, allow_unicode=True), "utf-8")
    return [*sorted(found), *keys["unix"]]


# -- data sets ---------------------------------------------------------------------------------------------------


def _entry(mvs: Mvs, folder: Path, info: DatasetInfo, who: Requester, codepage: str, keys: dict[str, Any]) -> None:
    """Write one catalog entry, whatever it is."""
    if info.alias_of:
        keys["aliases"][info.dsname] = info.alias_of
        return
    if info.dcb.dsorg is Dsorg.GDG:
        base = mvs.gdg(info.dsname)
        options = {key: getattr(base, key) for key in manifest.GDG_KEYS}
        keys["gdg"][info.dsname] = {key: value for key, value in options.items() if value}
        return
    row = _row(info)
    if codepage != DEFAULT_CODEPAGE:
        row["codepage"] = codepage
    stated = info.size == 0 and info.used_tracks > 1 and not info.is_partitioned  # tracks in use that hold nothing
    if stated or info.status is not Status.ONLINE or info.dcb.dsorg not in (Dsorg.PS, Dsorg.PO):
        row |= {"extents": info.extents, "used_tracks": info.used_tracks}
    elif info.is_partitioned:
        row["members"] = _members(mvs, folder / info.dsname, info, who, codepage)
    elif info.used_tracks:  # otherwise it was allocated and never written
        _write(mvs, folder, info.dsname, Target(info.dsname), info.dcb, who, codepage)
    keys["datasets"][info.dsname] = row


def _row(info: DatasetInfo) -> dict[str, Any]:
    """Return a data set's manifest keys."""
    row: dict[str, Any] = {}
    dcb = info.dcb
    if dcb.recfm is not None:
        row["recfm"] = str(dcb.recfm)
        if dcb.lrecl or not dcb.recfm.is_undefined:
            row["lrecl"] = "X" if dcb.lrecl == LRECL_X else dcb.lrecl
        if dcb.blksize != system_blksize(dcb):
            row["blksize"] = dcb.blksize
    if dcb.dsorg.value not in ("PS", "PO"):
        row["dsorg"] = dcb.dsorg.value
    for key in ("dsntype", "storclas", "mgmtclas", "dataclas", "eattr", "expires"):
        if value := getattr(info, key):
            row[key] = value
    space = {"unit": info.space_unit, "primary": info.primary, "secondary": info.secondary}
    row["space"] = {**space, "directory": info.directory_blocks} if info.directory_blocks else space
    if info.volser and not info.storclas:
        row["volser"] = info.volser
    if info.unit != "3390":
        row["unit"] = info.unit
    if info.status is not Status.ONLINE:
        row["status"] = info.status.value
    return row | {key: value for key in ("created", "referred") if (value := getattr(info, key))}


def _members(mvs: Mvs, folder: Path, info: DatasetInfo, who: Requester, codepage: str) -> dict[str, Any]:
    """Write the members and return their manifest keys, of those that have any."""
    folder.mkdir()
    rows: dict[str, Any] = {}
    for member in mvs.members(info.dsname):
        row = _member_row(member)
        if row:
            rows[member.name] = row
        if not member.alias_of:
            _write(mvs, folder, member.name, Target(info.dsname, member.name), info.dcb, who, codepage)
    return rows


def _member_row(member: MemberInfo) -> dict[str, Any]:
    if member.alias_of:
        return {"alias_of": member.alias_of}
    row: dict[str, Any] = {}
    if member.stats is not None:
        row["stats"] = {field.name: getattr(member.stats, field.name) for field in fields(IspfStats)}
    if member.load is not None:
        load = {field.name: getattr(member.load, field.name) for field in fields(member.load)}
        row["load"] = {**load, "attributes": list(member.load.attributes)}
    return row


def _write(mvs: Mvs, folder: Path, name: str, target: Target, dcb: Dcb, who: Requester, codepage: str) -> None:
    """Write one content under the extension that says how it is to be read."""
    encoding = encoding_of(mvs.records(target, who), dcb, codepage)
    path = folder / f"{name}{_EXTENSIONS[encoding]}"
    records = mvs.records(target, who)
    if encoding == "text":
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(text.to_text(records, dcb, codepage))
        return
    with path.open("wb") as raw:
        raw.writelines(records if encoding == "binary" else forms.join(records, Form.RDW, dcb))


def encoding_of(records: Iterable[bytes], dcb: Dcb, codepage: str) -> str:
    """Return how records are best written: text, binary or rdw."""
    if all(_is_line(record, codepage) for record in records):
        return "text"
    return "binary" if dcb.recfm is not None and dcb.recfm.is_fixed else "rdw"


def _is_line(record: bytes, codepage: str) -> bool:
    try:
        line = text.decode(record, codepage)
    except Untranslatable:
        return False
    return "\n" not in line and text.is_readable(line) and text.is_faithful(line, record, codepage)


# -- z/OS UNIX ---------------------------------------------------------------------------------------------------


def _tree(mvs: Mvs, top: Path, info: UnixInfo, who: Requester, codepage: str, rows: dict[str, Any]) -> None:
    """Write a z/OS UNIX file and everything below it."""
    path = top / info.path.lstrip("/")
    row: dict[str, Any] = {
        "mode": f"{info.mode:04o}",
        "owner": _person(info.owner),
        "group": _person(info.group),
        "mtime": info.mtime,
    }
    if info.kind is UnixKind.DIRECTORY:
        path.mkdir(parents=True, exist_ok=True)
        row["kind"] = "directory"
    elif info.kind in (UnixKind.SYMLINK, UnixKind.EXTERNAL):
        row = {"target": info.target, **({"kind": "external"} if info.kind is UnixKind.EXTERNAL else {})}
    elif info.kind is UnixKind.FILE:
        path.parent.mkdir(parents=True, exist_ok=True)
        row |= _file(mvs, path, info, who, info.tag_codepage or codepage)
    else:
        row["kind"] = info.kind.name.lower()
    if info.tag_codepage:
        row |= {"tag": info.tag_codepage, "tag_text": info.tag_text}
    elif codepage != DEFAULT_CODEPAGE and info.kind is UnixKind.FILE and not row.get("binary"):
        row["codepage"] = codepage
    rows[info.path] = row
    if info.kind is UnixKind.DIRECTORY:
        for entry in mvs.unix.listdir(info.path, who):
            _tree(mvs, top, entry, who, codepage, rows)


def _file(mvs: Mvs, path: Path, info: UnixInfo, who: Requester, codepage: str) -> dict[str, Any]:
    """Write a file as UTF-8 when it is text in `codepage`, otherwise as it is; return what the manifest must say."""
    with mvs.unix.open_input(info.path, who) as reader:
        data = reader.read()
    try:
        plain = text.decode(data, codepage)
        is_text = text.is_readable(plain) and text.is_faithful(plain, data, codepage)
    except (UnknownCodepage, Untranslatable):
        plain, is_text = "", False
    path.write_bytes(plain.encode("utf-8") if is_text else data)
    return {"binary": not is_text}


def _person(name: str) -> str | int:
    return int(name) if name.isdecimal() else name
