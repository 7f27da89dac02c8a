"""Text of z/OS UNIX files: kept in the host page with NL (X'15' in EBCDIC) as line end.

Source: zos-ftp-server.md 5.1.
Rules: on input CR LF and a lone LF both end a line and a lone CR is data; on output the last line keeps or lacks its line
end as the file does. Where the compiled kernel is there it does the same in one pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mvsfs.codepages import OneWay
from mvsfs.kernel import active
from mvsfs.kernel.calls import Output
from mvsfs.records.forms import NL
from mvsfs.text import compiled
from mvsfs.text.storing import CR, CRLF, LF


def store_unix_text(chunks: Iterable[bytes], code: OneWay) -> Iterator[bytes]:
    """Yield network text as it is kept. Raises Untranslatable."""
    kernel, out = active(), Output()
    held = b""
    for chunk in chunks:
        data = held + chunk if held else chunk
        # A CR at the border may be half of a line end.
        held = CR if data.endswith(CR) else b""
        if held:
            data = data[:-1]
        if not data:
            continue
        made = kernel.store_unix(data, code, out) if kernel is not None else None
        yield code.translate(data.replace(CRLF, LF) if CR in data else data) if made is None else made
    if held:
        yield code.translate(held)


def send_unix_text(chunks: Iterable[bytes], code: OneWay, eol: bytes) -> Iterator[bytes]:
    """Yield kept text as it is sent. Raises Untranslatable."""

    def reference(rest: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in rest:
            text = code.translate(chunk)
            yield text if eol == LF else text.replace(LF, eol)

    kernel = active()
    # of all bytes NL alone may become LF
    if kernel is None or eol == LF or code.table.find(LF) != NL[0] or code.table.count(LF) > 1:
        return reference(chunks)
    return compiled.send_lines(kernel, chunks, code, eol, 0, reference)
