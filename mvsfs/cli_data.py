"""`mvsfs cat`, `put` and `get`: contents in and out of a store, as text or as bytes.

Rules: text is UTF-8 outside. Binary contents of V and U carry length words with --rdw; without it their records follow
each other unmarked, as FTP's TYPE I has them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from mvsfs.access import Requester
from mvsfs.cli_list import unquoted
from mvsfs.cli_output import counted, explained, fail, progress
from mvsfs.dcb import Dcb, Dsorg
from mvsfs.errors import DatasetNotFound
from mvsfs.info import Allocation, Target
from mvsfs.names import check_member, parse_target
from mvsfs.records import forms
from mvsfs.records.forms import Form
from mvsfs.seed import text
from mvsfs.seed.apply import records_of
from mvsfs.seed.folder import file_chunks
from mvsfs.seed.model import DEFAULT_CODEPAGE, DEFAULT_LRECL, DEFAULT_RECFM, Content, Encoding
from mvsfs.storage.content import CHUNK
from mvsfs.system import Mvs

BinaryFlag = Annotated[bool, typer.Option("--binary", "-b", help="Bytes as they are.")]
RdwFlag = Annotated[bool, typer.Option("--rdw", help="Records with 4-byte length words.")]
PageOption = Annotated[str, typer.Option("--codepage", "-c", help="Code page in the store.")]


def _unseen(_count: int) -> None:
    """Progress that nobody watches."""


def encoding(binary: bool, rdw: bool) -> Encoding:
    """Return what the two options mean together."""
    return Encoding.RDW if rdw else Encoding.BINARY if binary else Encoding.TEXT


def outside(mvs: Mvs, name: str, who: Requester, how: Encoding, codepage: str, advance: Any = _unseen) -> Iterator[bytes]:
    """Yield the contents of a data set, member or z/OS UNIX file as they look outside."""
    if name.startswith("/"):
        with mvs.unix.open_input(name, who) as reader:
            chunks = counted(reader.chunks(), advance)
            if how is not Encoding.TEXT:
                yield from chunks
                return
            for part in text.decoded(chunks, reader.info.tag_codepage or codepage):
                yield part.encode("utf-8", "surrogatepass")
        return
    with mvs.open_input(parse_target(name), who) as source:
        yield from _formatted(counted(source.records(), advance), source.dcb, how, codepage)


def _formatted(records: Iterable[bytes], dcb: Dcb, how: Encoding, codepage: str) -> Iterable[bytes]:
    if how is Encoding.TEXT:
        return (line.encode("utf-8") for line in text.to_text(records, dcb, codepage))
    return forms.join(records, Form.RDW, dcb) if how is Encoding.RDW else records


def size_of(mvs: Mvs, name: str, who: Requester) -> int:
    """Return about how many bytes `outside` will pass, for a progress bar."""
    if name.startswith("/"):
        return mvs.unix.stat(name, who).size
    target = parse_target(name)
    return mvs.member(target.dsname, target.member).size if target.member else mvs.find(target.dsname).size


def cat(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(help="Data sets, LIBRARY(MEMBER)s or z/OS UNIX paths.")],
    binary: BinaryFlag = False,
    rdw: RdwFlag = False,
    codepage: PageOption = DEFAULT_CODEPAGE,
) -> None:
    """Print contents on standard output."""
    mvs, who = context.obj()
    with explained():
        for name in map(unquoted, names):
            sys.stdout.buffer.writelines(outside(mvs, name, who, encoding(binary, rdw), codepage))
        sys.stdout.buffer.flush()


def get(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A data set, library, LIBRARY(MEMBER) or z/OS UNIX path.")],
    to: Annotated[
        Path | None, typer.Argument(help="File, or folder for a library; - for standard output.", show_default=False)
    ] = None,
    binary: BinaryFlag = False,
    rdw: RdwFlag = False,
    codepage: PageOption = DEFAULT_CODEPAGE,
) -> None:
    """Copy out of the store: a file, or all members of a library into a folder."""
    mvs, who = context.obj()
    how = encoding(binary, rdw)
    with explained():
        name = unquoted(name)
        library = _whole_library(mvs, name)
        if library is None:
            _get_one(mvs, name, who, to or Path(_file_name(name)), how, codepage)
            return
        folder = to or Path(library)
        folder.mkdir(parents=True, exist_ok=True)
        for member in mvs.members(library):
            _get_one(mvs, f"{library}({member.name})", who, folder / member.name, how, codepage)


def _whole_library(mvs: Mvs, name: str) -> str | None:
    if name.startswith("/"):
        return None
    target = parse_target(name)
    return target.dsname if target.member is None and mvs.find(target.dsname).is_partitioned else None


def _file_name(name: str) -> str:
    """Return the host file that a name goes to when none is given."""
    return name.rpartition("/")[2] if name.startswith("/") else str(parse_target(name)).rpartition("(")[2].rstrip(")")


def _get_one(mvs: Mvs, name: str, who: Requester, to: Path, how: Encoding, codepage: str) -> None:
    with progress(name, size_of(mvs, name, who)) as advance:
        chunks = outside(mvs, name, who, how, codepage, advance)
        if str(to) == "-":
            sys.stdout.buffer.writelines(chunks)
            sys.stdout.buffer.flush()
            return
        first = next(chunks, b"")  # a refusal must not leave an empty file
        with to.open("wb") as file:
            file.write(first)
            file.writelines(chunks)


def put(
    context: typer.Context,
    sources: Annotated[list[Path], typer.Argument(help="Files, a folder of members, or - for standard input; then the name.")],
    binary: BinaryFlag = False,
    rdw: RdwFlag = False,
    codepage: PageOption = DEFAULT_CODEPAGE,
    recfm: Annotated[str | None, typer.Option(help="Record format of a new data set (FB).", show_default=False)] = None,
    lrecl: Annotated[int | None, typer.Option(help="Record length of a new data set (80).", show_default=False)] = None,
    blksize: Annotated[int | None, typer.Option(help="Block size of a new data set.", show_default=False)] = None,
    pdse: Annotated[bool, typer.Option("--pdse", help="A new library is a PDSE.")] = False,
    stats: Annotated[bool, typer.Option("--stats/--no-stats", help="Give members ISPF statistics.")] = True,
    append: Annotated[bool, typer.Option("--append", "-a", help="Add behind what is there.")] = False,
) -> None:
    """Copy into the store, making the data set when it is missing: `mvsfs put hello.jcl 'USER1.JCL(HELLO)'`."""
    mvs, who = context.obj()
    if len(sources) < 2:
        fail("put needs what to copy and a name")
    name = unquoted(str(sources.pop()))
    how = encoding(binary, rdw)
    wanted = Allocation(
        recfm=recfm or DEFAULT_RECFM,
        lrecl=lrecl or (None if recfm else DEFAULT_LRECL),
        blksize=blksize,
        dsntype="LIBRARY" if pdse else None,
    )
    with explained():
        for source, target in _pairs(mvs, sources, name):
            content, size = _source(source, how)
            with progress(str(source), size) as advance:
                counting = Content(lambda content=content, advance=advance: counted(content.chunks(), advance), how)  # type: ignore[misc]
                if isinstance(target, str):
                    _put_unix(mvs, counting, target, who, codepage, append)
                else:
                    _put(mvs, counting, target, who, wanted, codepage, append, stats)


def _pairs(mvs: Mvs, sources: list[Path], name: str) -> Iterator[tuple[Path, Target | str]]:
    """Yield each host file with the name it goes to."""
    files = [file for path in sources for file in (sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path])]
    many = len(files) > 1 or any(path.is_dir() for path in sources)
    if name.startswith("/"):
        into_directory = many or name.endswith("/")
        for file in files:
            yield file, f"{name.rstrip('/')}/{file.name}" if into_directory else name
        return
    target = parse_target(name)
    try:
        many = many or (target.member is None and mvs.find(target.dsname).is_partitioned)
    except DatasetNotFound:
        pass
    for file in files:
        yield file, Target(target.dsname, check_member(file.stem.upper())) if many else target


def _source(path: Path, how: Encoding) -> tuple[Content, int]:
    if str(path) == "-":
        return Content(lambda: _stdin(sys.stdin.buffer), how), 0
    return Content(lambda: file_chunks(path), how), path.stat().st_size


def _stdin(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk


def _put_unix(mvs: Mvs, content: Content, path: str, who: Requester, codepage: str, append: bool) -> None:
    with mvs.unix.open_output(path, who, mode=0o644, append=append) as writer:
        if content.encoding is not Encoding.TEXT:
            for chunk in content.chunks():
                writer.write(chunk)
            return
        for line in text.lines(content.chunks()):
            writer.write(text.encode(line + "\n", codepage))


def _put(
    mvs: Mvs, content: Content, target: Target, who: Requester, wanted: Allocation, codepage: str, append: bool, stats: bool
) -> None:
    """Write one data set or member; the library of a member is made first when it is missing."""
    if target.member is not None and not mvs.exists(target.dsname):
        mvs.allocate(target.dsname, replace(wanted, dsorg=Dsorg.PO), who)
    with mvs.open_output(target, who, append=append, allocation=wanted, stats=stats if target.member else None) as writer:
        writer.write_records(records_of(content, writer.dcb, codepage, str(target)))


COMMANDS = (("cat", cat), ("get", get), ("put", put))
