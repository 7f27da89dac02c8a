"""`mvsfs import` and `export`: data sets in files of the mainframe world and out again.

    .xmi .xmit    TSO TRANSMIT         .aws .het   tape image (SL, NL)      .unl .unload   IEBCOPY unload with RDWs
    .rdw          records with RDWs    .zip        members as text files    .trs .terse    AMATERSE
    none of these  a seed folder (export)

Source: docs/records.md; the formats themselves are in mvsfs/exchange.
Rules: a data set that exists is written over only with --replace; members of an existing library are replaced one by one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from mvsfs.access import Requester
from mvsfs.cli_list import unquoted
from mvsfs.cli_manage import export as export_seed
from mvsfs.cli_output import explained, fail
from mvsfs.codepages import table
from mvsfs.dcb import Dcb, Dsorg
from mvsfs.exchange import awstape, iebcopy, netdata, rdwfile, tape, textzip
from mvsfs.exchange.catalog import load, unload
from mvsfs.exchange.model import UnloadedDataset
from mvsfs.exchange.terse import file as terse
from mvsfs.names import parse_target
from mvsfs.seed.folder import file_chunks
from mvsfs.seed.model import DEFAULT_CODEPAGE
from mvsfs.system import Mvs

TRANSMISSIONS, TAPES, UNLOADS = {".xmi", ".xmit"}, {".aws", ".het"}, {".unl", ".unload"}
TERSED = {".trs", ".terse"}
KINDS = TRANSMISSIONS | TAPES | UNLOADS | TERSED | {".rdw", ".zip"}

PageOption = Annotated[str, typer.Option("--codepage", "-c", help="Code page in the store, for zip.")]


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A .xmi, .aws, .het, .unl, .trs, .rdw or .zip file.")],
    name: Annotated[str, typer.Argument(help="Data set; the name inside the file when it is left out.")] = "",
    recfm: Annotated[str, typer.Option(help="Record format of .rdw, .zip and unlabelled tapes.")] = "",
    lrecl: Annotated[int, typer.Option(help="Record length of the same.")] = 0,
    codepage: PageOption = DEFAULT_CODEPAGE,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a data set that exists.")] = False,
) -> None:
    """Bring the data sets of a file into the store: `mvsfs import tools.xmi`."""
    mvs, who = context.obj()
    target = unquoted(name).upper()
    with explained():
        if target:
            target = str(parse_target(target))
        for number, dataset in enumerate(_read(file, _dcb(file, recfm, lrecl), codepage), 1):
            dsname = (target if number == 1 else f"{target}.F{number:04d}") if target else dataset.dsname
            if not dsname:
                fail(f"{file.name} does not name its data set: give a name")
            for told in load(mvs, who, dsname, dataset, replace=replace):
                typer.echo(told, err=True)


def _dcb(file: Path, recfm: str, lrecl: int) -> Dcb:
    default = ("FB", 80) if file.suffix.lower() == ".zip" else ("VB", 32756) if file.suffix.lower() == ".rdw" else ("U", 0)
    base, length = (recfm or default[0]), (lrecl or default[1])
    return Dcb.of(base, length, 32760 if base.upper().startswith("U") else 0)


def _read(file: Path, dcb: Dcb, codepage: str) -> Iterator[UnloadedDataset]:
    """Yield what a file holds, by its suffix."""
    kind = file.suffix.lower()
    if kind in TRANSMISSIONS:
        yield netdata.read(file.read_bytes())
    elif kind in TAPES:
        yield from tape.read(awstape.read(file_chunks(file)), dcb)
    elif kind in UNLOADS:
        yield iebcopy.read(rdwfile.read(file_chunks(file)))
    elif kind in TERSED:
        yield terse.read(file.read_bytes())
    elif kind == ".rdw":
        yield UnloadedDataset("", dcb, rdwfile.read(file_chunks(file)))
    elif kind == ".zip":
        library = Dcb(dcb.recfm, dcb.lrecl, dcb.blksize, Dsorg.PO)
        with file.open("rb") as archive:
            yield UnloadedDataset("", library, members=textzip.read(archive, table(codepage)))
    else:
        fail(f"{file.name}: no format of this name; known are {' '.join(sorted(KINDS))}")


def export(
    context: typer.Context,
    to: Annotated[Path, typer.Argument(help="A .xmi, .aws, .unl, .trs, .rdw or .zip file, or a folder for a seed.")],
    names: Annotated[list[str] | None, typer.Argument(help="Data sets; masks and paths for a seed.", show_default=False)] = None,
    codepage: PageOption = DEFAULT_CODEPAGE,
    volser: Annotated[str, typer.Option(help="Volume serial of a tape; NL makes an unlabelled one.")] = "MVSFS1",
) -> None:
    """Write data sets to a file, or a seed folder: `mvsfs export tools.xmi USER1.TOOLS`."""
    if to.suffix.lower() not in KINDS:
        export_seed(context, to, names, codepage)
        return
    mvs, who = context.obj()
    if not names:
        fail("export to a file needs the names of data sets")
    with explained():
        found = [unload(mvs, who, unquoted(name)) for name in names]
        _write(to, found, mvs, who, codepage, volser)


def _write(to: Path, found: list[UnloadedDataset], mvs: Mvs, who: Requester, codepage: str, volser: str) -> None:
    kind, now = to.suffix.lower(), mvs.now()
    if kind in TAPES:
        blocks = tape.write_unlabelled(found) if volser.upper() == "NL" else tape.write(found, volser.upper(), now.date())
        _write_chunks(to, awstape.write(blocks))
        return
    if len(found) > 1:
        fail(f"{kind} holds one data set")
    _write_chunks(to, _single(kind, found[0], who, codepage, now))


def _single(kind: str, dataset: UnloadedDataset, who: Requester, codepage: str, now: datetime) -> Iterator[bytes]:
    """Yield the file of one data set."""
    if kind in TRANSMISSIONS:
        return netdata.write(dataset, netdata.Transmission(now, from_user=who.userid, to_user=who.userid))
    if kind in TERSED:
        return terse.write(dataset)
    if kind == ".rdw":
        if dataset.is_partitioned:
            fail("a library goes to .xmi, .unl, .trs, .aws or .zip")
        return rdwfile.write(dataset.records)
    if not dataset.is_partitioned:
        fail(f"{kind} holds members: a sequential data set goes to .xmi, .trs, .aws or .rdw")
    if kind in UNLOADS:
        return rdwfile.write(iebcopy.write(dataset))
    archive = io.BytesIO()
    textzip.write(archive, dataset, table(codepage), now)
    return iter((archive.getvalue(),))


def _write_chunks(to: Path, chunks: Iterator[bytes]) -> None:
    """Write a file whole or not at all: a refusal in the middle leaves what was there."""
    beside = to.with_name(to.name + ".part")
    try:
        with beside.open("wb") as file:
            file.writelines(chunks)
        beside.replace(to)
    finally:
        beside.unlink(missing_ok=True)


COMMANDS = (("import", import_), ("export", export))
