"""Writing what GET receives into a store: a data set or member, a z/OS UNIX file, a DD.

Source: [UG] GET, RESTART; zos-ftp-server.md 5.3, 5.4.
Rules: the server's way (filetypes/sinks.py). What came up to a restart marker is kept when the transfer breaks behind it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jes.stepcontext import OpenDd
from mvsfs.access import Requester
from mvsfs.dcb import Dcb, Dsorg
from mvsfs.info import Target
from mvsfs.records.parts import take_bytes
from zftpd.client.codes import ClientError
from zftpd.client.errors import SubcommandFailed
from zftpd.client.local import Terms
from zftpd.filetypes.allocation import allocation_of
from zftpd.filetypes.sinks import keep_records
from zftpd.transfer.inbound import inbound, inbound_records, inbound_unix, inbound_unix_marked
from zftpd.transfer.marks import has_marks

#: What a DD of which nobody says what it is like becomes.
DD_DCB = Dcb.of("VB", 256, 6233)


def into_dataset(mvs: Any, who: Requester, target: Target, chunks: Iterable[bytes], terms: Terms, *, append: bool) -> None:
    """Write a data set or member; one that is not there is made with the LOCSITE attributes. Raises MvsError."""
    settings = terms.settings
    allocation = allocation_of(settings, Dsorg.PS)
    catlg = settings.conddisp == "CATLG"
    with mvs.open_output(target, who, append=append, allocation=allocation, conddisp_catlg=catlg) as writer:
        if terms.start:
            with mvs.open_input(target, who) as old:
                if not keep_records(writer, old, terms.start):
                    raise SubcommandFailed(ClientError.FILE_ACCESS, "checkpoint-behind", name=target)
        received = inbound(chunks, writer.dcb, terms.options, terms.wire)
        kept = 0
        try:
            for stored in received:
                if stored.records:
                    writer.write_stored(stored.chunk, stored.form, stored.records)
                for text, records in received.take_marks():
                    if terms.marked is not None:
                        kept = terms.start + records
                        terms.marked(text, kept)
        except BaseException:
            if kept:
                writer.cut(kept)
                writer.commit()
            raise


def into_unix(mvs: Any, who: Requester, path: str, chunks: Iterable[bytes], terms: Terms, *, append: bool) -> None:
    """Write a z/OS UNIX file. Raises MvsError."""
    umask = terms.settings.umask
    with mvs.unix.open_output(path, who, append=append, umask=umask) as file:
        if terms.start:
            with mvs.unix.open_input(path, who) as old:
                for chunk in take_bytes(old.chunks(), terms.start):
                    file.write(chunk)
        if not has_marks(terms.wire):
            for chunk in inbound_unix(chunks, terms.options, terms.wire):
                file.write(chunk)
            return
        kept = 0
        try:
            for part in inbound_unix_marked(chunks, terms.wire):
                if isinstance(part, bytes):
                    file.write(part)
                elif terms.marked is not None:
                    kept = terms.start + part.offset
                    terms.marked(part.text, kept)
        except BaseException:
            if kept:
                file.cut(kept)
                file.commit()
            raise


def into_dd(dd: OpenDd, chunks: Iterable[bytes], terms: Terms) -> None:
    """Write a DD of the step."""
    with dd.writer(dd.dcb if dd.dcb.recfm is not None else DD_DCB) as sink:
        sink.put_many(inbound_records(chunks, sink.dcb, terms.options, terms.wire))
