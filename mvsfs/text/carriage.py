"""ASA carriage control and C control sequences: what ASATRANS does with records of FBA and VBA.

    control   printer                 sequence in front of the record's text
    blank     next line               NL                (nothing in front of the first record)
    0         skip one line           NL NL
    -         skip two lines          NL NL NL
    1         next page               FF
    +         print over the last     CR

Source: zos-ftp-server.md 4.3 ASATRANS; the sequences are those of the C library for ASA files [known]; that a text ends with a
line end, and the form for the first record, are [assumed].
Rules: works on host bytes going out and on bytes of either side coming in (FF and CR are the same byte in both). A record
without text is a blank line and comes back as spacing of the next record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

FF, CR = b"\x0c", b"\x0d"
#: blank 0 - 1 + in the host page.
HOST_CONTROLS = b"\x40\xf0\x60\xf1\x4e"
_SPACING = {HOST_CONTROLS[0]: 1, HOST_CONTROLS[1]: 2, HOST_CONTROLS[2]: 3}
_JOINING = {HOST_CONTROLS[3]: FF, HOST_CONTROLS[4]: CR}


def from_asa(batches: Iterable[list[bytes]]) -> Iterator[list[bytes]]:
    """Yield lists of text lines for lists of records that begin with an ASA control character.

    An unknown control character spaces one line, as printers do.
    """
    line: bytes | None = None
    for batch in batches:
        lines: list[bytes] = []
        for record in batch:
            control, text = record[:1] or b"\x40", record[1:]
            joining = _JOINING.get(control[0])
            if joining:
                line = (line or b"") + joining + text
                continue
            spacing = _SPACING.get(control[0], 1)
            if line is not None:
                lines.append(line)
            lines += [b""] * (spacing - 1)
            line = text
        if lines:
            yield lines
    if line is not None:
        yield [line]


def to_asa(batches: Iterable[list[bytes]], controls: bytes = HOST_CONTROLS) -> Iterator[list[bytes]]:
    """Yield lists of records with ASA control for lists of text lines; `controls` are blank 0 - 1 + on that side."""
    blank, double, triple, page, over = (controls[at : at + 1] for at in range(5))
    spacing = 1
    for batch in batches:
        records: list[bytes] = []
        for line in batch:
            if not line:
                spacing += 1
                continue
            while spacing > 3:
                records.append(triple)
                spacing -= 3
            control = (blank, double, triple)[spacing - 1]
            spacing = 1
            for text, joining in _overlays(line):
                if joining is None and not text and line[:1] in (FF, CR):
                    # The line begins with a new page or an overlay: there is no record in front of it.
                    continue
                records.append((control if joining is None else page if joining == FF else over) + text)
        if records:
            yield records


def _overlays(line: bytes) -> Iterator[tuple[bytes, bytes | None]]:
    """Yield the parts of a line and what stands in front of each: nothing, FF or CR."""
    joining: bytes | None = None
    for number, page in enumerate(line.split(FF)):
        if number:
            joining = FF
        for place, text in enumerate(page.split(CR)):
            yield text, CR if place else joining
