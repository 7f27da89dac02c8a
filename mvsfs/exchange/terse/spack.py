"""SPACK: each two strings in a row become a string; those that no other string needs make room.

      string   a left and a right one; strings 258-4095 are made as they come
      order    strings of which no other is made, by the time they were left alone: the first makes room for a new one

Source: the public decompressor of the Open Mainframe Project (its algorithm; the code is ours), proved on files of z/OS.
Rules: symbols are codes 1-257. Writing takes the longest string that goes on as the data do, of up to LONGEST symbols, which is
what a reader of z/OS has room for.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import islice

from mvsfs.errors import BadRecordData
from mvsfs.kernel import active
from mvsfs.layouts.terse import CODES, FIRST_STRING

LONGEST = 2047


class _Strings:
    """The strings: what they are made of, how many are made of each, and the order in which they make room."""

    def __init__(self) -> None:
        """Begin with none."""
        self.left = [0] * CODES
        self.right = [0] * CODES
        self._needed = [0] * CODES
        self._free = list(range(CODES - 1, FIRST_STRING - 1, -1))
        self._alone: dict[int, None] = {}

    def make_room(self) -> int:
        """Drop the first string that stands alone when no number is free; return its number, or 0."""
        if self._free:
            return 0
        string = next(iter(self._alone))
        del self._alone[string]
        for part in (self.left[string], self.right[string]):
            self._needed[part] -= 1
            if part >= FIRST_STRING and not self._needed[part]:
                self._alone[part] = None
        self._free.append(string)
        return string

    def make(self, left: int, right: int) -> int:
        """Make a string of two."""
        string = self._free.pop()
        self.left[string], self.right[string] = left, right
        for part in (left, right):
            self._needed[part] += 1
            self._alone.pop(part, None)
        self._alone[string] = None
        return string


def unpacked(codes: Iterable[int]) -> Iterator[int]:
    """Yield the symbols that codes stand for. Raises BadRecordData for a string that was never made."""
    strings = _Strings()
    before = 0
    for code in codes:
        if before:
            strings.left[strings.make_room()] = 0  # named now it would become a part of itself
        todo = [code]
        while todo:
            string = todo.pop()
            if string < FIRST_STRING:
                yield string
            elif not strings.left[string] or len(todo) > LONGEST:
                raise BadRecordData("terse data name a string that was not made", string)
            else:
                todo += (strings.right[string], strings.left[string])
        if before:
            strings.make(before, code)
        before = code


class _Tree:
    """Finds the longest string that the data begin with: a tree of symbols with the string that ends at each node."""

    def __init__(self) -> None:
        """Begin without strings."""
        self._next: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        self._users: dict[int, int] = {}
        self._paths: dict[int, tuple[int, ...]] = {}
        self._count = CODES

    def find(self, data: list[int], at: int) -> tuple[int, int]:
        """Return the longest string at this place and its length."""
        node = best = data[at]
        length = 1
        for index in range(at + 1, min(len(data), at + LONGEST)):
            node = self._next.get(node << 9 | data[index], 0)
            if not node:
                break
            if node in self._ends:
                best, length = self._ends[node], index + 1 - at
        return best, length

    def add(self, string: int, symbols: list[int]) -> None:
        """Add a string; one of the same symbols that is there stays."""
        node, path = symbols[0], []
        for symbol in symbols[1:]:
            key = node << 9 | symbol
            if key not in self._next:
                self._count += 1
                self._next[key] = self._count
            node = self._next[key]
            path.append(key)
        if node in self._ends:
            return
        self._ends[node] = string
        self._paths[string] = (node, *path)
        for key in path:
            self._users[key] = self._users.get(key, 0) + 1

    def drop(self, string: int) -> None:
        """Take a string out, with the nodes that no other needs."""
        if string not in self._paths:
            return
        node, *path = self._paths.pop(string)
        del self._ends[node]
        for key in path:
            self._users[key] -= 1
            if not self._users[key]:
                del self._users[key], self._next[key]


#: How many symbols are held while strings are looked for.
_WINDOW = 1 << 16


def packed(symbols: Iterable[int]) -> Iterator[int]:
    """Yield the codes of symbols."""
    kernel = active()
    if kernel is None:
        return reference_packed(symbols)
    whole = array("H", symbols)
    codes = kernel.spack(whole)
    return reference_packed(whole) if codes is None else iter(codes)


def reference_packed(symbols: Iterable[int]) -> Iterator[int]:
    """Yield the codes of symbols, without the kernel."""
    strings, tree = _Strings(), _Tree()
    source = iter(symbols)
    data, at = list(islice(source, _WINDOW)), 0
    before, piece_before = 0, list[int]()
    while at < len(data):
        if before and (dropped := strings.make_room()):
            tree.drop(dropped)
        code, length = tree.find(data, at)
        yield code
        piece = data[at : at + length]
        if before:
            made = strings.make(before, code)
            if len(piece_before) + length <= LONGEST:
                tree.add(made, piece_before + piece)
        before, piece_before = code, piece
        at += length
        if at + LONGEST > len(data):
            data, at = data[at:] + list(islice(source, _WINDOW)), 0
