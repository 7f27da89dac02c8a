"""Conversion rates as ratios to one bytes.translate pass over the same data, all within one run.

Run: python bench/records.py [MiB]. A ratio of 0.25 means a quarter of the translate rate. Figures of other machines do not
compare; the ratios nearly do. The naive loop is what a straightforward server does per record. Each is shown with the compiled
kernel, where there is one, and in Python alone.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from mvsfs.codepages import table
from mvsfs.dcb import Dcb
from mvsfs.records.forms import Form, convert, split
from mvsfs.text import images, sending, storing, unixtext
from zftpd.transfer import compressed
from zftpd.transfer.inbound import inbound, inbound_unix
from zftpd.transfer.options import TransferOptions, WireType
from zftpd.transfer.outbound import outbound, outbound_unix

CHUNK = 65536
PAIR = table("IBM-1047")
OPTIONS = TransferOptions()
FB, VB, U = Dcb.of("FB", 80), Dcb.of("VB", 256), Dcb.of("U", 0, 6144)


def chunks(data: bytes) -> Iterator[bytes]:
    return (data[at : at + CHUNK] for at in range(0, len(data), CHUNK))


def best(work: Callable[[], object], rounds: int = 3) -> float:
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def drain(items: Iterable[object]) -> None:
    for _ in items:
        pass


@contextmanager
def python_alone() -> Iterator[None]:
    """What runs inside has no kernel."""
    modules = (storing, sending, images, unixtext, compressed)
    kept = [module.active for module in modules]
    for module in modules:
        module.active = lambda: None  # type: ignore[attr-defined]
    try:
        yield
    finally:
        for module, active in zip(modules, kept, strict=True):
            module.active = active  # type: ignore[attr-defined]


def naive_retr(stored: bytes) -> list[bytes]:
    return [stored[at : at + 80].translate(PAIR.to_net).rstrip(b" ") + b"\r\n" for at in range(0, len(stored), 80)]


def main(mebibytes: int) -> None:
    line = b"000100     MOVE WS-ACCOUNT-ID TO ACCT-ID OF ACCOUNT-RECORD.              ".rstrip()
    lines = [line[: 24 + number % 49] + b"\r\n" for number in range(1000)]
    text = b"".join(lines) * (mebibytes * 1024 * 1024 // sum(map(len, lines)) + 1)
    ascii_text, image = WireType("A"), WireType("I")

    def stored(dcb: Dcb, wire: WireType) -> bytes:
        return b"".join(piece.chunk for piece in inbound(chunks(text), dcb, OPTIONS, wire))

    lines, variable = stored(FB, ascii_text), stored(VB, ascii_text)
    fixed = b"".join(convert([lines], Form.LINES, Form.FIXED, FB))
    rdw = b"".join(convert(chunks(variable), Form.LINES, Form.RDW, VB))
    mode_c = WireType("E", mode="C")
    compressed_lines = list(outbound(chunks(fixed), Form.FIXED, FB, OPTIONS, mode_c))
    unix = b"".join(inbound_unix(chunks(text), OPTIONS, ascii_text))
    base = best(lambda: [chunk.translate(PAIR.to_net) for chunk in chunks(text)]) / len(text)
    print(f"translate alone {1 / base / 1e6:8.0f} MB/s  ratio 1.00")
    cases: list[tuple[str, int, Callable[[], object]]] = [
        ("STOR A FB80", len(text), lambda: drain(inbound(chunks(text), FB, OPTIONS, ascii_text))),
        ("STOR A VB256", len(text), lambda: drain(inbound(chunks(text), VB, OPTIONS, ascii_text))),
        ("STOR A U", len(text), lambda: drain(inbound(chunks(text), U, OPTIONS, ascii_text))),
        ("STOR I FB80", len(text), lambda: drain(inbound(chunks(text), FB, OPTIONS, image))),
        ("STOR I VB256", len(text), lambda: drain(inbound(chunks(text), VB, OPTIONS, image))),
        ("RETR A FB80 lines", len(text), lambda: drain(outbound(chunks(lines), Form.LINES, FB, OPTIONS, ascii_text))),
        ("RETR I FB80 lines", len(fixed), lambda: drain(outbound(chunks(lines), Form.LINES, FB, OPTIONS, image))),
        ("RETR A FB80 fixed", len(text), lambda: drain(outbound(chunks(fixed), Form.FIXED, FB, OPTIONS, ascii_text))),
        ("RETR A VB256 lines", len(text), lambda: drain(outbound(chunks(variable), Form.LINES, VB, OPTIONS, ascii_text))),
        ("RETR A VB256 RDW", len(text), lambda: drain(outbound(chunks(rdw), Form.RDW, VB, OPTIONS, ascii_text))),
        ("RETR I VB256 lines", len(text), lambda: drain(outbound(chunks(variable), Form.LINES, VB, OPTIONS, image))),
        ("RETR E B FB80", len(fixed), lambda: drain(outbound(chunks(fixed), Form.FIXED, FB, OPTIONS, WireType("E", mode="B")))),
        ("RETR E C FB80", len(fixed), lambda: drain(outbound(chunks(fixed), Form.FIXED, FB, OPTIONS, mode_c))),
        ("STOR E C FB80", len(fixed), lambda: drain(inbound(compressed_lines, FB, OPTIONS, mode_c))),
        ("STOR A UNIX", len(text), lambda: drain(inbound_unix(chunks(text), OPTIONS, ascii_text))),
        ("RETR A UNIX", len(text), lambda: drain(outbound_unix(chunks(unix), OPTIONS, ascii_text))),
        ("split FB80", len(fixed), lambda: drain(split(chunks(fixed), Form.FIXED, FB))),
        ("naive RETR A FB80", len(text), lambda: naive_retr(fixed)),
    ]
    for name, size, work in cases:
        compiled = best(work) / size
        with python_alone():
            plain = best(work) / size
        print(
            f"{name:20s} {1e-6 / compiled:8.0f} MB/s  ratio {base / compiled:5.2f}   Python {1e-6 / plain:6.0f} MB/s  ratio {base / plain:5.2f}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8)
