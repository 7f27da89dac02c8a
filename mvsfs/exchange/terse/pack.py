"""PACK: strings that grow by one byte, the least recently used making room.

      string   its head (a string or a byte) and one byte more; strings 258-4095 begin as runs of two and more blanks
      order    the string used last, and all its heads before it, stand at the front; the last of all is taken for a new one

Source: the public decompressor of the Open Mainframe Project (its algorithm; the code is ours), proved on files of z/OS.
Rules: symbols are codes 1-257. A new string is taken off the end before the next code is known, so a writer may not use it
for that code; its last byte is the first of the next code. Writing is greedy and gives the bytes that z/OS writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mvsfs.errors import BadRecordData
from mvsfs.layouts.terse import CODES, FIRST_STRING

_BLANK = 0x41


class _Order:
    """The strings, their heads, and who was used when: a ring through 0."""

    def __init__(self) -> None:
        """Begin with the runs of blanks."""
        self.heads = [0] * CODES
        self.heads[FIRST_STRING:] = [_BLANK, *range(FIRST_STRING, CODES - 1)]
        self.older = [0] * CODES
        self.newer = [0] * CODES
        self.older[0], self.newer[0] = FIRST_STRING, CODES - 1
        for string in range(FIRST_STRING, CODES):
            self.older[string] = string + 1 if string + 1 < CODES else 0
            self.newer[string] = string - 1 if string > FIRST_STRING else 0

    def take(self) -> int:
        """Take the string that was not used for longest out of the ring."""
        oldest = self.newer[0]
        self._out(oldest)
        return oldest

    def _out(self, string: int) -> None:
        before, behind = self.newer[string], self.older[string]
        self.older[before], self.newer[behind] = behind, before

    def use(self, code: int, new: int) -> int:
        """Put `code` with all its heads to the front, and `new` behind it as its child; return the first symbol of `code`."""
        older, newer, heads = self.older, self.newer, self.heads
        heads[new] = code
        last, behind = new, new
        while code >= FIRST_STRING:
            self._out(code)
            older[code], newer[behind] = behind, code
            behind, code = code, heads[code]
        front = older[0]
        older[last], newer[front] = front, last
        older[0], newer[behind] = behind, 0
        return code


def unpacked(codes: Iterable[int]) -> Iterator[int]:
    """Yield the symbols that codes stand for. Raises BadRecordData for a string that would be made of itself."""
    order = _Order()
    tails = [_BLANK] * CODES
    waiting = 0
    for code in codes:
        new = order.take()
        symbols: list[int] = []
        string = code
        while string >= FIRST_STRING:
            if string == new:
                raise BadRecordData("terse data name a string that was not made", code)
            symbols.append(string)
            string = order.heads[string]
        tails[waiting] = order.use(code, new)
        yield string
        for string in reversed(symbols):
            yield tails[string]
        waiting = new


def packed(symbols: Iterable[int]) -> Iterator[int]:
    """Yield the codes of symbols."""
    order = _Order()
    longer = {order.heads[string] << 9 | _BLANK: string for string in range(FIRST_STRING, CODES)}
    keys = [0, *[0] * (FIRST_STRING - 1), *longer]
    code, new = 0, order.take()
    longer.pop(keys[new], None)
    for symbol in symbols:
        if not code:
            code = symbol
            continue
        found = longer.get(code << 9 | symbol)
        if found is not None:
            code = found
            continue
        yield code
        order.use(code, new)
        keys[new] = code << 9 | symbol
        longer[keys[new]] = new
        code, new = symbol, order.take()
        if longer.get(keys[new]) == new:
            del longer[keys[new]]
    if code:
        yield code
