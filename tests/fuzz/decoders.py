"""Every decoder of bytes from outside, as one row: what it is fed, what it may raise, and where good samples come from.

A decoder is a function of (data, rng) that reads `data` to the end; `rng` chooses what a caller would choose (record format,
chunk borders, code page). Whatever it raises beyond OURS is a fault. test_decoders.py runs each row through hypothesis;
fuzz.py runs them for as long as wanted, on damaged samples.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from mvsfs.codepages import Sbcs, find, mbcs, sbcs, xlbin
from mvsfs.dcb import LRECL_X, Dcb, Dsorg
from mvsfs.errors import MvsError
from mvsfs.exchange import awstape, iebcopy, netdata, rdwfile, tape, textzip
from mvsfs.exchange.model import UnloadedDataset, UnloadedMember
from mvsfs.exchange.terse import file as terse
from mvsfs.info import IspfStats, LoadModule
from mvsfs.layouts import ispfstats, loadmodule, pdsdir, recfm
from mvsfs.layouts import terse as terse_layout
from mvsfs.records import formats, forms, parts, spanned
from mvsfs.text.carriage import from_asa, to_asa
from saf.digtcert import packages
from saf.errors import SafError
from saf.unload import layouts as unload
from zftpd.attls import policy, syntax
from zftpd.attls.errors import PolicyError
from zftpd.errors import FtpError
from zftpd.protocol import lines
from zftpd.transfer.inbound import inbound, inbound_records, inbound_unix, inbound_unix_marked
from zftpd.transfer.options import TransferOptions, WireType
from zftpd.transfer.outbound import outbound, outbound_unix

#: The bases of all that the packages raise for bad input.
OURS = (MvsError, SafError, FtpError, PolicyError, packages.NotACertificate, packages.WrongPassword)

DCBS = (
    *(Dcb.of("F", 80), Dcb.of("FB", 80, 800), Dcb.of("FBA", 133, 1330), Dcb.of("FB", 1, 7), Dcb.of("FBS", 100, 1000)),
    *(Dcb.of("V", 84, 88), Dcb.of("VB", 255, 27998), Dcb.of("VBA", 137, 1410), Dcb.of("VBM", 137, 1410), Dcb.of("VB", 8, 12)),
    *(Dcb.of("VS", 500, 100), Dcb.of("VBS", LRECL_X, 32760), Dcb.of("U", 0, 100), Dcb.of("UA", 0, 6144), Dcb.of("UM", 0, 32760)),
)
WIRES = tuple(WireType(kind, "N", stru, mode) for kind in "AEIL" for stru in "FR" for mode in "SBC")
MULTIBYTE = ("IBM-930", "IBM-933", "IBM-935", "IBM-937", "IBM-939", "IBM-1364", "IBM-1388", "IBM-1390", "IBM-1399")
PAGES = (*MULTIBYTE, "UTF-8", "UTF-16", "UCS-2", "GB18030", "IBM-1047", "ISO8859-1", "SJIS", "BIG5")
SINGLE = ("IBM-037", "IBM-273", "IBM-500", "IBM-1047", "IBM-1140")
WHEN = datetime(2026, 3, 25, 11, 0, tzinfo=UTC)


def all_of(found: Iterable[object]) -> int:
    """Read to the end."""
    return sum(1 for _ in found)


def cut(data: bytes, rng: random.Random) -> list[bytes]:
    """The data in pieces."""
    if rng.random() < 0.2:
        return [data] if data else []
    most = rng.choice((1, 3, 17, 256, 4096))
    pieces, at = [], 0
    while at < len(data):
        size = rng.randint(1, most)
        pieces.append(data[at : at + size])
        at += size
    return pieces


def options(rng: random.Random) -> TransferOptions:
    """Transfer options as SITE could set them."""
    return TransferOptions(
        **{name: rng.random() < 0.5 for name in ("rdw", "wraprecord", "truncate", "trailingblanks", "asatrans", "removeinbeof")}
    )


@dataclass(frozen=True)
class Decoder:
    """One row. `samples` gives good data to damage."""

    name: str
    decode: Callable[[bytes, random.Random], object]
    samples: Callable[[], Iterator[bytes]] = lambda: iter(())


# layouts


def _directory(data: bytes, _rng: random.Random) -> None:
    for entry in pdsdir.parse(data[at : at + pdsdir.BLOCK_LENGTH] for at in range(0, len(data), pdsdir.BLOCK_LENGTH)):
        if ispfstats.is_stats(entry.userdata):
            ispfstats.parse(entry.userdata)


def _load_module(data: bytes, rng: random.Random) -> None:
    loadmodule.parse(data, is_alias=rng.random() < 0.5)
    loadmodule.of_alias(data, data[: rng.randint(0, len(data))])


def _label_bytes(data: bytes, _rng: random.Random) -> None:
    for byte in data:
        recfm.recfm_of(byte)
        recfm.dsorg_of(byte << 8 | byte)


def _stats() -> IspfStats:
    return IspfStats(1, 3, date(2026, 3, 25), WHEN, 70000, 7, 2, "USER1")


def _layout_samples() -> Iterator[bytes]:
    yield ispfstats.build(_stats())
    yield loadmodule.build(LoadModule(0x1234))
    entries = [pdsdir.Entry(f"M{at}", at, userdata=ispfstats.build(_stats())) for at in range(9)]
    yield b"".join(block for _, block in pdsdir.build(entries))


# files from elsewhere


def _whole(found: Iterable[UnloadedDataset] | UnloadedDataset) -> None:
    """Everything that an import looks at."""
    for dataset in [found] if isinstance(found, UnloadedDataset) else found:
        all_of(dataset.records)
        for member in dataset.members or []:
            _ = member.stats, member.load, all_of(member.records)


def _library(dcb: Dcb) -> UnloadedDataset:
    records = [b"\xc1" * (dcb.lrecl if dcb.recfm.is_fixed else 20) for _ in range(30)]
    members = [
        UnloadedMember("ONE", records, userdata=ispfstats.build(_stats())),
        UnloadedMember("TWO", records[:1]),
        UnloadedMember("ALIAS", [], alias_of="ONE"),
    ]
    return UnloadedDataset("A.B", dcb, members=members, directory_blocks=5)


def _sequential(dcb: Dcb) -> UnloadedDataset:
    return UnloadedDataset("A.S", dcb, [b"\xc1" * (dcb.lrecl if dcb.recfm.is_fixed else 20)] * 40)


def _datasets() -> Iterator[UnloadedDataset]:
    for dcb in (Dcb.of("FB", 80, 800, Dsorg.PO), Dcb.of("VB", 84, 840, Dsorg.PO)):
        yield _library(dcb)
    for dcb in (Dcb.of("FB", 80, 800), Dcb.of("VB", 84, 840)):
        yield _sequential(dcb)


def _exchange_samples() -> Iterator[bytes]:
    for dataset in _datasets():
        yield b"".join(netdata.write(dataset, netdata.Transmission(WHEN)))
        yield b"".join(terse.write(dataset))
        yield b"".join(terse.write(dataset, terse_layout.PACK))
        if dataset.is_partitioned:
            yield b"".join(record.ljust(len(record)) for record in iebcopy.write(dataset))
            yield b"".join(rdwfile.write(iebcopy.write(dataset)))
        yield b"".join(awstape.write(tape.write([dataset], "VOL001", date(2026, 3, 25))))
        yield b"".join(awstape.write(tape.write_unlabelled([dataset])))
    archive = io.BytesIO()
    textzip.write(archive, _library(Dcb.of("FB", 80, 800, Dsorg.PO)), sbcs.standard_table(), WHEN)
    yield archive.getvalue()


def _iebcopy(data: bytes, rng: random.Random) -> None:
    try:
        records = list(rdwfile.read([data])) if rng.random() < 0.7 else cut(data, rng)
    except OURS:
        records = cut(data, rng)
    _whole(iebcopy.read(records))


def _tape(data: bytes, rng: random.Random) -> None:
    dcb = rng.choice((None, *DCBS))
    _whole(tape.read(awstape.read(cut(data, rng)), dcb))


def _tape_blocks(data: bytes, rng: random.Random) -> None:
    blocks: list[bytes | None] = [piece if rng.random() < 0.8 else None for piece in cut(data, rng)]
    _whole(tape.read(blocks, rng.choice((None, *DCBS))))


# records and text


def _formats(data: bytes, rng: random.Random) -> None:
    all_of(formats.unblock(cut(data, rng), rng.choice(DCBS)))


def _forms(data: bytes, rng: random.Random) -> None:
    form, dcb, pieces = rng.choice(list(forms.Form)), rng.choice(DCBS), cut(data, rng)
    number = rng.randint(0, 5)
    chosen = rng.randrange(6)
    if chosen == 0:
        all_of(forms.split(pieces, form, dcb))
    elif chosen == 1:
        all_of(forms.convert(pieces, form, rng.choice(list(forms.Form)), dcb))
    elif chosen == 2:
        forms.count(pieces, form, dcb)
    elif chosen == 3:
        all_of(parts.head(pieces, form, dcb, number))
    elif chosen == 4:
        all_of(parts.tail(pieces, form, dcb, number))
    else:
        all_of(forms.join(forms.split(pieces, form, dcb), form, dcb))


def _spanned(data: bytes, rng: random.Random) -> None:
    all_of(spanned.assemble((rng.randint(0, 3), piece) for piece in cut(data, rng)))


def _carriage(data: bytes, rng: random.Random) -> None:
    batches = [[piece] for piece in cut(data, rng)]
    all_of(from_asa(batches))
    all_of(to_asa(batches))


def _pages(data: bytes, rng: random.Random) -> None:
    decoder = mbcs.decoder(rng.choice(PAGES), substitute=rng.random() < 0.5)
    pieces = cut(data, rng) or [b""]
    for piece in pieces[:-1]:
        decoder.decode(piece)
    decoder.decode(pieces[-1], True)
    mbcs.closed(mbcs.cut_mixed(data, rng.randint(0, 90))[0])


def _tables(data: bytes, rng: random.Random) -> None:
    pair: Sbcs = sbcs.table(rng.choice(SINGLE))
    for way in (pair.outward, pair.inward):
        way.check(data)
        way.translate(data)


def _page_names(data: bytes, _rng: random.Random) -> None:
    find(data.decode("latin-1"))


def _translate_tables(data: bytes, rng: random.Random) -> None:
    if rng.random() < 0.5:
        xlbin.codec_of(xlbin.parse(cut(data, rng), "T"))
    else:
        xlbin.compiled(data.decode("latin-1").splitlines(), "T")


def _table_samples() -> Iterator[bytes]:
    yield b"".join(xlbin.build(sbcs.standard_table()))


# the wire


def _inbound(data: bytes, rng: random.Random) -> None:
    wire, dcb, pieces = rng.choice(WIRES), rng.choice(DCBS), cut(data, rng)
    if rng.random() < 0.5:
        all_of(inbound(pieces, dcb, options(rng), wire))
    else:
        all_of(inbound_records(pieces, dcb, options(rng), wire))


def _inbound_unix(data: bytes, rng: random.Random) -> None:
    wire, pieces = rng.choice(WIRES), cut(data, rng)
    if wire.mode != "S" and wire.type == "E" and rng.random() < 0.5:
        all_of(inbound_unix_marked(pieces, wire))
    else:
        all_of(inbound_unix(pieces, options(rng), wire))


def _outbound(data: bytes, rng: random.Random) -> None:
    wire, dcb, pieces = rng.choice(WIRES), rng.choice(DCBS), cut(data, rng)
    all_of(outbound(pieces, rng.choice(list(forms.Form)), dcb, options(rng), wire, start=rng.randint(0, 3)))


def _outbound_unix(data: bytes, rng: random.Random) -> None:
    all_of(outbound_unix(cut(data, rng), options(rng), rng.choice(WIRES), start=rng.randint(0, 9)))


def _wire_samples() -> Iterator[bytes]:
    for wire in WIRES:
        for dcb in (Dcb.of("FB", 80, 800), Dcb.of("VB", 84, 840)):
            form = forms.form_of(dcb)
            packed = forms.pack([b"\xc1" * (80 if dcb.recfm.is_fixed else 20)] * 12, form, dcb)
            yield packed
            yield b"".join(outbound([packed], form, dcb, TransferOptions(), wire))


def _control(data: bytes, rng: random.Random) -> None:
    reader = lines.LineReader()
    for piece in cut(data, rng):
        reader.feed(piece)
        reader.peek_abort()
        while (line := reader.next()) is not None:
            if isinstance(line, bytes):
                lines.parse(line.decode("latin-1"))


def _unload(data: bytes, _rng: random.Random) -> None:
    for line in data.decode("latin-1").splitlines():
        unload.read(line)


def _unload_samples() -> Iterator[bytes]:
    for kind in unload.RECORDS:
        yield unload.write(kind, {column.name: "ABC1" for column in unload.RECORDS[kind]}).encode()


def _policy(data: bytes, _rng: random.Random) -> None:
    text = data.decode("latin-1")
    syntax.blocks(text)
    policy.read(text)


def _policy_samples() -> Iterator[bytes]:
    yield b"""TTLSRule FTP
{
  LocalPortRange 21
  Direction Inbound
  TTLSGroupActionRef G
  TTLSEnvironmentAction E
  {
    HandshakeRole Server
    TTLSKeyringParms { Keyring FTPD/RING }
    TTLSEnvironmentAdvancedParms { TLSv1.2 On TLSv1.3 On ApplicationControlled On SecondaryMap On }
  }
}
TTLSGroupAction G
{
  TTLSEnabled On
}
"""


def _certificate(data: bytes, rng: random.Random) -> None:
    if rng.random() < 0.5:
        packages.read(data, rng.choice((None, "password")))
    else:
        packages.read_request(data)


DECODERS = (
    Decoder("layouts.ispfstats", lambda data, _rng: ispfstats.parse(data), _layout_samples),
    Decoder("layouts.loadmodule", _load_module, _layout_samples),
    Decoder("layouts.pdsdir", _directory, _layout_samples),
    Decoder("layouts.recfm", _label_bytes),
    Decoder("layouts.terse", lambda data, _rng: all_of(terse_layout.codes(data)), _exchange_samples),
    Decoder("exchange.netdata", lambda data, _rng: _whole(netdata.read(data)), _exchange_samples),
    Decoder("exchange.iebcopy", _iebcopy, _exchange_samples),
    Decoder("exchange.awstape and tape", _tape, _exchange_samples),
    Decoder("exchange.tape", _tape_blocks, _exchange_samples),
    Decoder("exchange.rdwfile", lambda data, rng: all_of(rdwfile.read(cut(data, rng))), _exchange_samples),
    Decoder("exchange.textzip", lambda data, _rng: textzip.read(io.BytesIO(data), sbcs.standard_table()), _exchange_samples),
    Decoder("exchange.terse", lambda data, _rng: _whole(terse.read(data)), _exchange_samples),
    Decoder("records.formats", _formats, _wire_samples),
    Decoder("records.forms and parts", _forms, _wire_samples),
    Decoder("records.spanned", _spanned, _wire_samples),
    Decoder("text.carriage", _carriage, _wire_samples),
    Decoder("codepages.mbcs", _pages, _wire_samples),
    Decoder("codepages.sbcs", _tables, _wire_samples),
    Decoder("codepages.find", _page_names),
    Decoder("codepages.xlbin", _translate_tables, _table_samples),
    Decoder("transfer.inbound", _inbound, _wire_samples),
    Decoder("transfer.inbound_unix", _inbound_unix, _wire_samples),
    Decoder("transfer.outbound", _outbound, _wire_samples),
    Decoder("transfer.outbound_unix", _outbound_unix, _wire_samples),
    Decoder("protocol.lines", _control),
    Decoder("saf.unload", _unload, _unload_samples),
    Decoder("saf.digtcert.packages", _certificate),
    Decoder("attls.policy", _policy, _policy_samples),
)
