"""A seed folder read from disk.

    _mvs.yaml               the manifest; everything in it is optional, and so is the file
    USER1.REPORT.txt        a sequential data set: upper-case dsname, then a lower-case extension or none
    USER1.JCL/HELLO.jcl     a partitioned data set and a member
    unix/u/user1/note       a z/OS UNIX file, directory or link
    users/*.racf            RACF commands, one a line
    jobs/*.jcl              jobs to submit, in the order of their names

Extension `.bin`: bytes as they are; `.rdw`: records with length words; anything else is UTF-8 text.
Rules: names that begin with a dot or underscore, end with `~`, or end with `.md` are not data. Reading changes nothing.
"""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from mvsfs.info import UnixKind
from mvsfs.seed import manifest
from mvsfs.seed.hostfiles import demand_printable, own_file, own_path, own_text
from mvsfs.seed.model import (
    DEFAULT_CODEPAGE,
    DEFAULT_LRECL,
    DEFAULT_RECFM,
    Content,
    Encoding,
    Seed,
    SeedDataset,
    SeedError,
    SeedGdg,
    SeedJob,
    SeedMember,
    SeedUnix,
)
from mvsfs.storage.content import CHUNK
from mvsfs.storage.options import VolumeModel

#: The largest volume: a 3390 with extended addressing.
MAX_CYLINDERS = 1_182_006
UNIX_FOLDER, USERS_FOLDER, JOBS_FOLDER = "unix", "users", "jobs"
_SPECIAL = {UNIX_FOLDER, USERS_FOLDER, JOBS_FOLDER}
_EXTENSION = re.compile(r"\.[a-z][a-z0-9]*$")
_ENCODINGS = {".bin": Encoding.BINARY, ".rdw": Encoding.RDW}


def read(folder: Path) -> Seed:
    """Return what a folder describes. Raises SeedError with the file or manifest key at fault."""
    if not folder.is_dir():
        raise SeedError(str(folder), "no such folder")
    keys = _manifest(folder)
    return Seed(
        datasets=tuple(_datasets(folder, keys)),
        gdgs=tuple(_gdgs(keys)),
        aliases={
            manifest.dsname_of("aliases", alias): manifest.dsname_of(f"aliases: {alias}", name)
            for alias, name in manifest.rows_of("aliases", keys.get("aliases")).items()
        },
        unix=tuple(_unix_files(folder, keys)),
        users=tuple(_users(folder, keys)),
        jobs=tuple(_jobs(folder, keys)),
        volumes=tuple(_volumes(keys)),
    )


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / manifest.NAME
    if not path.exists():
        return {}
    try:
        return manifest.check_keys(manifest.NAME, yaml.safe_load(own_text(folder, path)), manifest.SECTIONS)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SeedError(str(path), " ".join(str(error).split())) from None


def is_data(name: str) -> bool:
    """Tell whether a file name is data rather than an editor's or a repository's own."""
    return not (name.startswith((".", "_")) or name.endswith(("~", ".md")))


def file_chunks(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a host file."""
    with path.open("rb") as source:
        while chunk := source.read(CHUNK):
            yield chunk


def _content(folder: Path, path: Path, flag: object = None) -> Content:
    """Return a file's content; flag is the manifest's `binary`: true, false or rdw. Raises SeedError."""
    own_file(folder, path)
    encoding = _ENCODINGS.get(path.suffix, Encoding.TEXT)
    if flag is not None:
        encoding = Encoding.RDW if flag == "rdw" else Encoding.BINARY if flag else Encoding.TEXT
    return Content(lambda: file_chunks(own_file(folder, path)), encoding, str(path))


def _named_file(folder: Path, place: str, name: str) -> Path:
    """Return a file that the manifest names; it must lie in the folder. Raises SeedError."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise SeedError(place, f"no file {name!r} in the folder")
    return path


# -- data sets ---------------------------------------------------------------------------------------------------


def _datasets(folder: Path, keys: Mapping[str, Any]) -> Iterator[SeedDataset]:
    """Yield the data sets of files, folders and manifest, ascending."""
    defaults = manifest.dataset_keys("defaults", keys.get("defaults"))
    listed = manifest.rows_of("datasets", keys.get("datasets"))
    rows = {manifest.dsname_of("datasets", name): manifest.dataset_keys(f"datasets: {name}", row) for name, row in listed.items()}
    found = dict(_found(folder, {str(row["file"]).split("/")[0] for row in rows.values() if row.get("file")}))
    for dsname in sorted({*rows, *found}):
        yield _dataset(folder, dsname, {**defaults, **rows.get(dsname, {})}, found.get(dsname))


def _found(folder: Path, named: set[str]) -> Iterator[tuple[str, Path]]:
    """Yield data set names with their files; those that the manifest names by `file` are not found but told."""
    for path in sorted(folder.iterdir()):
        if is_data(path.name) and path.name not in _SPECIAL and path.name not in named:
            demand_printable(path)
            name = path.name if path.is_dir() else _EXTENSION.sub("", path.name)
            if name != name.upper():
                raise SeedError(str(path), "data set names are written in upper case")
            yield manifest.dsname_of(str(path), name), path


def _dataset(folder: Path, dsname: str, keys: Mapping[str, Any], path: Path | None) -> SeedDataset:
    place = f"datasets: {dsname}"
    if keys.get("file"):
        path = _named_file(folder, place, str(keys["file"]))
    members = _members(folder, place, keys, path)
    partitioned = members is not None or str(keys.get("dsorg", "")).upper() == "PO"
    said = any(keys.get(key) for key in ("recfm", "like", "dataclas", "status")) or str(keys.get("dsorg", "PS")).upper() not in (
        "PS",
        "PO",
    )
    implied = {} if said else {"recfm": DEFAULT_RECFM, "lrecl": DEFAULT_LRECL}
    return SeedDataset(
        dsname,
        manifest.allocation_of(place, {**implied, **{k: v for k, v in keys.items() if v is not None}}, partitioned=partitioned),
        str(keys.get("codepage") or DEFAULT_CODEPAGE),
        _content(folder, path, keys.get("binary")) if path is not None and not partitioned else None,
        members or {},
        manifest.status_of(place, keys),
        manifest.day_of(place, keys.get("created")),
        manifest.day_of(place, keys.get("referred")),
        {key: int(keys[key]) for key in ("extents", "used_tracks") if keys.get(key) is not None},
    )


def _members(folder: Path, place: str, keys: Mapping[str, Any], path: Path | None) -> dict[str, SeedMember] | None:
    """Return the members by name, or None for a data set that has none."""
    if "members" not in keys and not (path and path.is_dir()):
        return None
    listed = manifest.rows_of(f"{place}: members", keys.get("members"))
    rows = {
        manifest.member_of(place, name): manifest.check_keys(f"{place}({name})", row, manifest.MEMBER_KEYS)
        for name, row in listed.items()
    }
    files = {}
    if path:
        own_path(folder, path)
    for file in sorted(path.iterdir()) if path and path.is_dir() else ():
        if is_data(file.name):
            demand_printable(file)
            files[manifest.member_of(str(file), _EXTENSION.sub("", file.name))] = file
    members = {}
    for name in sorted({*rows, *files}):
        row = rows.get(name, {})
        where = f"{place}({name})"
        file_ = _named_file(folder, where, str(row["file"])) if row.get("file") else files.get(name)
        members[name] = SeedMember(
            _content(folder, file_, row.get("binary", keys.get("binary"))) if file_ else None,
            manifest.stats_of(where, row.get("stats", keys.get("stats"))),
            manifest.member_of(where, row["alias_of"]) if row.get("alias_of") else "",
            manifest.load_module_of(where, row.get("load")),
        )
    return members


def _volumes(keys: Mapping[str, Any]) -> Iterator[VolumeModel]:
    for volser, row in manifest.rows_of("volumes", keys.get("volumes")).items():
        place = f"volumes: {volser}"
        facts = manifest.check_keys(place, row, manifest.VOLUME_KEYS)
        if "cylinders" in facts:
            manifest.number_of(place, "cylinders", facts["cylinders"], 2, MAX_CYLINDERS)
        if not re.fullmatch(r"[A-Z0-9$@#]{1,6}", str(volser)):
            raise SeedError(place, "a volume serial has one to six letters, digits, $, @ and #")
        yield VolumeModel(str(volser), **facts)


def _gdgs(keys: Mapping[str, Any]) -> Iterator[SeedGdg]:
    for name, row in manifest.rows_of("gdg", keys.get("gdg")).items():
        yield manifest.gdg_of(f"gdg: {name}", manifest.dsname_of("gdg", name), row)


# -- z/OS UNIX ---------------------------------------------------------------------------------------------------


def _unix_files(folder: Path, keys: Mapping[str, Any]) -> Iterator[SeedUnix]:
    """Yield the files of the `unix` folder and of the manifest, directories before what they hold."""
    listed = {str(name): row for name, row in manifest.rows_of("unix", keys.get("unix")).items()}
    found: dict[str, Path] = {}
    top = folder / UNIX_FOLDER
    for place, folders, files in os.walk(top):
        base = Path(place)
        for name in (*folders, *files):
            path = base / name
            if is_data(name) or f"/{path.relative_to(top)}" in listed:
                demand_printable(path)
                found[f"/{path.relative_to(top)}"] = path
    for name in sorted({*listed, *found}):
        if not name.startswith("/"):
            raise SeedError(f"unix: {name}", "paths begin with /")
        row = manifest.check_keys(f"unix: {name}", listed.get(name), manifest.UNIX_KEYS)
        yield _unix_file(folder, name, row, found.get(name))


def _unix_file(folder: Path, name: str, row: Mapping[str, Any], path: Path | None) -> SeedUnix:
    place = f"unix: {name}"
    if row.get("file"):
        path = _named_file(folder, place, str(row["file"]))
    kind, target = _kind(place, row, path)
    content = None
    if kind is UnixKind.FILE and path is not None:
        flag = row.get("binary")
        encoding = Encoding.BINARY if flag or _is_binary(own_file(folder, path), flag) else Encoding.TEXT
        content = Content(lambda: file_chunks(own_file(folder, path)), encoding, str(path))
    return SeedUnix(
        name,
        kind,
        content,
        str(row.get("codepage") or DEFAULT_CODEPAGE),
        manifest.mode_of(place, row.get("mode")),
        _person(row.get("owner")),
        _person(row.get("group")),
        target,
        str(row.get("tag") or ""),
        bool(row.get("tag_text", True)),
        manifest.moment_of(place, row["mtime"]) if row.get("mtime") is not None else None,
    )


def _person(value: object) -> str | int | None:
    """Return a user or group: its number, or its name."""
    return value if value is None or isinstance(value, int) else str(value)


def _kind(place: str, row: Mapping[str, Any], path: Path | None) -> tuple[UnixKind, str]:
    """Return what a path is and where a link points."""
    if row.get("target"):
        return UnixKind.EXTERNAL if row.get("kind") == "external" else UnixKind.SYMLINK, str(row["target"])
    if row.get("kind"):
        try:
            return UnixKind[str(row["kind"]).upper()], ""
        except KeyError:
            raise SeedError(place, f"kind {row['kind']!r}; known are {', '.join(k.name.lower() for k in UnixKind)}") from None
    if path is not None and path.is_symlink():
        return UnixKind.SYMLINK, str(path.readlink())
    return (UnixKind.DIRECTORY if path is not None and path.is_dir() else UnixKind.FILE), ""


def _is_binary(path: Path, flag: object) -> bool:
    """Tell whether a file of which nothing is said is anything but UTF-8."""
    if flag is not None:
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in file_chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return True
    return False


# -- users and jobs ----------------------------------------------------------------------------------------------


def _users(folder: Path, keys: Mapping[str, Any]) -> Iterator[str]:
    """Yield RACF commands: those of the files, then those of the manifest. A line that begins with * is a comment."""
    files = sorted(p for p in (folder / USERS_FOLDER).glob("*") if is_data(p.name)) if (folder / USERS_FOLDER).is_dir() else []
    for path in files:
        yield from commands(own_text(folder, path).splitlines())
    yield from commands(_texts("users", keys.get("users")))


def commands(lines: Iterable[str]) -> Iterator[str]:
    """Yield whole commands: a line that ends with - or + is continued, comments and empty lines are left out."""
    pending = ""
    for line in lines:
        text = line.strip()
        if not pending and (not text or text.startswith(("*", "#"))):
            continue
        if text.endswith(("-", "+")):
            pending += text[:-1].rstrip() + " "
            continue
        yield (pending + text).rstrip()
        pending = ""
    if pending:
        yield pending.rstrip()


def _jobs(folder: Path, keys: Mapping[str, Any]) -> Iterator[SeedJob]:
    """Yield the jobs that the manifest lists, or else all of the `jobs` folder."""
    if keys.get("jobs") is not None:
        files = [_named_file(folder, "jobs", name) for name in _texts("jobs", keys["jobs"])]
    else:
        files = sorted(p for p in (folder / JOBS_FOLDER).glob("*") if is_data(p.name)) if (folder / JOBS_FOLDER).is_dir() else []
    for path in files:
        yield SeedJob(path.stem, own_text(folder, path))


def _texts(place: str, given: object) -> list[str]:
    if given is None:
        return []
    if not isinstance(given, list) or not all(isinstance(text, str) for text in given):
        raise SeedError(place, "expected a list of texts")
    return given
