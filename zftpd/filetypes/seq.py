"""FILETYPE=SEQ: data sets, members and z/OS UNIX files.

Source: zos-ftp-server.md 1.10, 5.2, 5.3.
Not here: listings (seqlist.py), the attributes of new data sets (allocation.py), the bytes on the wire (transfer/).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from mvsfs.dcb import LRECL_X, Dsorg, Recfm
from mvsfs.errors import DatasetNotFound, SystemAbend
from mvsfs.info import Allocation, DatasetInfo, Status, Target
from mvsfs.records.parts import skip_bytes, take_bytes
from mvsfs.unix.streams import UnixReader
from zftpd import anonymous
from zftpd.errors import Refused
from zftpd.filetypes import pipes, seqlist, unique
from zftpd.filetypes.allocation import allocation_of
from zftpd.filetypes.contract import Listing, Sink, Source
from zftpd.filetypes.sinks import DatasetSink, UnixSink, keep_records
from zftpd.naming import UnixTarget
from zftpd.params.settings import Settings
from zftpd.protocol.reply import Reply
from zftpd.protocol.wording import lines, reply
from zftpd.rooted import unix_of
from zftpd.session import Session
from zftpd.targets import absolute, note, target_of
from zftpd.transfer.inbound import inbound_unix
from zftpd.transfer.options import TransferOptions, WireType
from zftpd.transfer.outbound import is_plain, is_plain_unix, outbound, outbound_unix


class Seq:
    """Data sets and z/OS UNIX files."""

    name = "SEQ"

    @contextmanager
    def source(self, session: Session, arg: str) -> Iterator[Source]:
        """Open a data set, member or file for RETR."""
        target = target_of(session, arg)
        if isinstance(target, UnixTarget):
            opened = pipes.source if pipes.is_meant(session, target) else _unix_source
            with opened(session, target) as source:
                yield source
            return
        mvs, settings = session.server.mvs, session.settings
        start = _restart_record(session)
        with mvs.open_input(target, session.who, recall=settings.autorecall, mount=settings.autotapemount) as reader:
            dcb, recfm = reader.dcb, reader.dcb.recfm
            _check_tape(settings, reader.info)
            session.transfer.info = reader.info
            session.transfer.dsname = reader.info.dsname
            if target.generation is not None:
                session.transfer.member = ""
            _check_ucs2(session, recfm)
            name = session.transfer.name
            fixed = recfm is not None and recfm.is_fixed
            opening = reply("retr.start.fixed", name=name, lrecl=dcb.lrecl) if fixed else reply("retr.start", name=name)
            chunks = outbound(reader.chunks(), reader.form, dcb, session.options, session.wire, start=start)
            plain = not start and is_plain(reader.form, dcb, session.options, session.wire)
            fileno = reader.fileno() if plain else None
            yield Source(opening, chunks, lambda: reply("transfer.done"), fileno, reader.size)

    @contextmanager
    def sink(self, session: Session, arg: str, verb: str) -> Iterator[Sink]:
        """Open a data set, member or file for STOR, APPE or STOU."""
        target = target_of(session, arg or unique.STEM)
        if isinstance(target, UnixTarget) and session.settings.unixfiletype == "FIFO":
            with pipes.sink(session, target, verb) as pipe:
                yield pipe
            return
        if verb == "STOU":
            if session.restart:
                raise Refused("rest.stou")
            target = unique.unused(session, target)
            note(session, target)
        if isinstance(target, UnixTarget):
            with _unix_sink(session, target, verb) as file:
                yield file
            return
        with _dataset_sink(session, target, verb) as dataset:
            yield dataset

    def listing(self, session: Session, arg: str, verb: str) -> Listing:
        """Return the listing of data sets, members or files."""
        return seqlist.listing(session, arg, verb)

    def delete(self, session: Session, arg: str) -> Reply:
        """Delete a data set, member or file; an empty directory too [ZNA live suite]."""
        target = target_of(session, arg)
        mvs = session.server.mvs
        if isinstance(target, UnixTarget):
            if unix_of(session).stat(target.path, session.who, follow=False).kind.value == "d":
                unix_of(session).rmdir(target.path, session.who)
            else:
                unix_of(session).unlink(target.path, session.who)
        else:
            target = absolute(session, target)
            mvs.delete(target, session.who)
        return reply("dele.ok", name=target)


def _check_tape(settings: Settings, info: DatasetInfo) -> None:
    """Raise Refused when READTAPEFORMAT expects another record format than that of an input tape."""
    wanted, recfm = settings.readtapeformat, info.dcb.recfm
    if info.status is not Status.TAPE or wanted is None or recfm is None:
        return
    found = "X" if info.dcb.lrecl == LRECL_X else "S" if recfm.may_span else recfm.base
    if found != wanted:
        raise Refused("tape.format", value=wanted, format=found)


@contextmanager
def _unix_source(session: Session, target: UnixTarget) -> Iterator[Source]:
    """Open a z/OS UNIX file; a tagged text file brings its own code page."""
    offset = _restart_offset(session)
    with unix_of(session).open_input(target.path, session.who) as reader:
        options, wire = session.options, session.wire
        opening = reply("retr.start", name=target.path)
        tag = reader.info.tag_codepage
        if tag and reader.info.tag_text and wire.is_text:
            kind = "ASCII" if tag.upper().startswith(("ISO8859", "UTF-8", "IBM-850", "IBM-819")) else "EBCDIC"
            net = options.codepages[1] if options.tables is None else ""
            if net:
                options = replace(options, sbdataconn=(tag, net))
            told = lines("retr.tagged" if net else "retr.tagged.current", kind=kind, host=tag, net=net)
            opening = opening.after(*told)
        fileno = reader.fileno() if is_plain_unix(wire) and not offset else None
        chunks = _behind(reader, options, wire, offset)
        yield Source(opening, chunks, lambda: reply("transfer.done"), fileno, reader.info.size)


def _behind(reader: UnixReader, options: TransferOptions, wire: WireType, offset: int) -> Iterator[bytes]:
    """Return what is sent from a place on: REST counts bytes of the file in MODE B and C, bytes on the wire in stream mode."""
    if wire.mode != "S":
        return outbound_unix(reader.chunks(start=offset), options, wire, start=offset)
    chunks = outbound_unix(reader.chunks(), options, wire)
    return skip_bytes(chunks, offset) if offset else chunks


def _restart_offset(session: Session) -> int:
    """Return the byte at which a transfer of a z/OS UNIX file begins. Raises Refused for a checkpoint outside TYPE E."""
    text = session.restart
    if not text.isdecimal() or not int(text):
        return 0
    if session.wire.mode != "S" and session.wire.type != "E":
        raise Refused("rest.type")
    return int(text)


def _restart_record(session: Session) -> int:
    """Return the record at which a transfer of a data set begins. Raises Refused in stream mode and outside TYPE E."""
    text = session.restart
    if not text.isdecimal() or not int(text):
        return 0
    if session.wire.mode == "S":
        raise Refused("rest.dataset")
    if session.wire.type != "E":
        raise Refused("rest.type")
    return int(text)


@contextmanager
def _unix_sink(session: Session, target: UnixTarget, verb: str) -> Iterator[UnixSink]:
    """Open a z/OS UNIX file for writing."""
    unix, settings = unix_of(session), session.settings
    marked = session.wire.mode != "S"
    offset = _restart_offset(session) if verb == "STOR" or marked else 0
    level = session.anonymous
    mode = settings.anonymoushfsfilemode if level == anonymous.CONFINED else 0o666
    umask = {anonymous.ROOTED: 0o777, anonymous.CONFINED: 0}.get(level, settings.umask)
    append = verb == "APPE" and not offset
    with unix.open_output(target.path, session.who, append=append, mode=mode, umask=umask) as writer:
        if offset:
            with unix.open_input(target.path, session.who) as old:
                if marked and old.size < offset:
                    raise Refused("rest.behind", marker=offset, size=old.size)
                for chunk in _first(old.chunks(), offset, session):
                    writer.write(chunk)
        yield UnixSink(session, writer, _opening(verb, target.path))


def _first(chunks: Iterator[bytes], offset: int, session: Session) -> Iterator[bytes]:
    """Yield the file's beginning: `offset` bytes in MODE B and C, as many as are `offset` bytes on the wire in stream mode."""
    options, wire = session.options, session.wire
    if wire.mode != "S":
        return take_bytes(chunks, offset)
    return inbound_unix(take_bytes(outbound_unix(chunks, options, wire), offset), options, wire)


def _recfm(session: Session, target: Target, allocation: Allocation | None) -> Recfm | None:
    """Return the record format that a STOR will meet: the data set's own, or that of a new one."""
    try:
        return session.server.mvs.find(target.dsname).dcb.recfm
    except DatasetNotFound:
        return Recfm.parse(allocation.recfm) if allocation is not None and allocation.recfm else None


def _check_ucs2(session: Session, recfm: Recfm | None) -> None:
    """Raise Refused for what UCS-2 text cannot carry: record descriptor words and untranslated ASA characters."""
    if session.wire.type != "U" or recfm is None:
        return
    if session.settings.rdw and recfm.is_variable:
        raise Refused("rdw.ucs2")
    if recfm.control == "A" and not session.settings.asatrans:
        raise Refused("asatrans.ucs2")


@contextmanager
def _dataset_sink(session: Session, target: Target, verb: str) -> Iterator[DatasetSink]:
    """Open a data set or member for writing; a data set that does not exist is made with the SITE attributes."""
    start = _restart_record(session)
    settings = session.settings
    if settings.subsys:
        raise Refused("subsys", verb=verb, name=session.transfer.name, subsys=settings.subsys)
    allocation = None if target.member is not None else allocation_of(settings, Dsorg.PS, sized=session.sized)
    if session.wire.type == "U":
        _check_ucs2(session, _recfm(session, target, allocation))
    with session.server.mvs.open_output(
        target,
        session.who,
        append=verb == "APPE" and not start,
        allocation=allocation,
        stats=True if settings.ispfstats and target.member is not None else None,
        conddisp_catlg=settings.conddisp == "CATLG",
        recall=settings.autorecall,
    ) as writer:
        session.transfer.info = writer.info
        session.transfer.dsname = writer.info.dsname
        if target.generation is not None:
            session.transfer.member = ""
        if writer.dcb.recfm is None:  # neither SITE nor a model nor a data class gives one
            raise SystemAbend("013", "34", writer.info.dsname)
        if start:
            with session.server.mvs.open_input(target, session.who) as old:
                if not keep_records(writer, old, start):
                    raise Refused("rest.beyond", marker=start, records=writer.records)
        yield DatasetSink(session, writer, _opening(verb, session.transfer.name))


def _opening(verb: str, name: str) -> Reply:
    """Return the 125 of STOR, APPE and STOU."""
    return reply({"APPE": "appe.start", "STOU": "stou.start"}.get(verb, "stor.start"), name=name)
