"""Feed every decoder damaged data for as long as wanted; print what raised anything but our errors, and what took too long.

Run: python tests/fuzz/fuzz.py [--seconds 300] [--seed N] [--only exchange]

A fault is printed once for each place, with the data in hexadecimal and the seed that chooses as it did: decoders.py takes both.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections import Counter

from decoders import DECODERS, OURS, Decoder

#: More than any decoder may take for the few kilobytes that it is given.
SLOW_SECONDS = 5.0
_INTERESTING = (b"\0", b"\xff", b"\x7f", b"\x80", b"\0\0", b"\xff\xff", b"\r", b"\n", b"\r\n", b"\x15", b"\x0e", b"\x0f")


def damaged(data: bytes, rng: random.Random) -> bytes:
    """The data with a few changes: bytes set, cut out, doubled, put in, the end missing."""
    work = bytearray(data)
    for _ in range(rng.choice((0, 1, 1, 2, 3, 8, 30))):
        at = rng.randrange(len(work) + 1)
        size = rng.choice((1, 1, 2, 4, 16, 100))
        act = rng.randrange(6)
        if act == 0 and at < len(work):
            work[at] = rng.randrange(256)
        elif act == 1:
            piece = rng.choice(_INTERESTING)
            work[at : at + len(piece)] = piece
        elif act == 2:
            del work[at : at + size]
        elif act == 3:
            work[at:at] = work[at : at + size]
        elif act == 4:
            work[at:at] = rng.randbytes(size)
        else:
            del work[at:]
    return bytes(work)


def data_for(samples: list[bytes], rng: random.Random) -> bytes:
    """Damaged samples mostly, noise sometimes."""
    if not samples or rng.random() < 0.2:
        return rng.randbytes(int(2 ** rng.uniform(0, 12)))
    return damaged(rng.choice(samples), rng)


def once(decoder: Decoder, data: bytes, choice: int) -> str:
    """Run a decoder; return the place where something else than our errors came up, or nothing."""
    begin = time.perf_counter()
    try:
        decoder.decode(data, random.Random(choice))
    except OURS:
        pass
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{decoder.name}: {type(error).__name__} at {last.filename.rpartition('/')[2]}:{last.lineno} ({error})"
    spent = time.perf_counter() - begin
    return f"{decoder.name}: {spent:.1f} s for {len(data)} bytes" if spent > SLOW_SECONDS else ""


def run(seconds: float, seed: int, only: str) -> tuple[Counter[str], dict[str, str]]:
    """Go round the decoders until the time is over; return how often each ran, and the faults with what brings them back."""
    rng = random.Random(seed)
    chosen = [(decoder, list(decoder.samples())) for decoder in DECODERS if only in decoder.name]
    counts: Counter[str] = Counter()
    faults: dict[str, str] = {}
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        for decoder, samples in chosen:
            data, choice = data_for(samples, rng), rng.getrandbits(32)
            counts[decoder.name] += 1
            if (fault := once(decoder, data, choice)) and fault not in faults:
                faults[fault] = f"{data.hex()} {choice}"
    return counts, faults


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Feed every decoder damaged data.")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="part of a decoder's name")
    chosen = parser.parse_args()
    counts, faults = run(chosen.seconds, chosen.seed, chosen.only)
    for name, count in counts.items():
        print(f"{count:9} {name}")
    print(f"{len(faults):9} faults")
    for fault, data in faults.items():
        print(f"{fault}\n    {data[:400]}")
    return min(1, len(faults))


if __name__ == "__main__":
    sys.exit(main())
