"""INREC, OUTREC and OUTFIL reformatting: BUILD, OVERLAY, IFTHEN, FINDREP.

Source: [DFSORT INREC, OUTREC]; jes-and-jcl reference 5.7. Not here: the items of a list (pieces.py), PARSE (refused).
Rules: pure, apart from sequence and group numbers that count as records pass. V records carry their RDW in bytes 1-4.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from jes.utilities.dfsort.control import SortSyntax, inside, literal, natural, pair, parts
from jes.utilities.dfsort.formats import encode, field
from jes.utilities.dfsort.pieces import Item, items
from jes.utilities.dfsort.select import Predicate, predicate

Reformat = Callable[[bytes], bytes]


class Context:
    """What reformatting depends on: the moment, FORMAT= for conditions, whether records have an RDW."""

    def __init__(self, now: datetime, *, is_variable: bool) -> None:
        """Keep them."""
        self.now = now
        self.is_variable = is_variable


def compile(operands: list[tuple[str, str]], context: Context) -> tuple[Reformat | None, int]:
    """Return the function of FIELDS=/BUILD=/OVERLAY=/IFTHEN=/FINDREP= and the record length it makes (0: unchanged).

    Raises SortSyntax.
    """
    clauses = [text for keyword, text in operands if keyword == "IFTHEN"]
    if clauses:
        return _ifthen(clauses, context, operands)
    for keyword, text in operands:
        if keyword in {"BUILD", "FIELDS", "OUTREC", "OVERLAY", "FINDREP"}:
            return _one(keyword, text, context)
        if keyword.startswith("PARSE"):
            raise SortSyntax("ICE018A", keyword)
    return None, 0


def _one(keyword: str, text: str, context: Context) -> tuple[Reformat, int]:
    if keyword == "OVERLAY":
        return _overlay(items(text, context.now)), 0
    if keyword == "FINDREP":
        return _findrep(text), 0
    return build(items(text, context.now), context)


def build(found: list[Item], context: Context) -> tuple[Reformat, int]:
    """Return the function that makes a record from items, and its length (0 when a tail makes it vary)."""
    if any(item.is_newline for item in found):
        raise SortSyntax("ICE018A", "/")
    has_tail = any(item.tail >= 0 for item in found)

    def make(record: bytes) -> bytes:
        line = bytearray()
        for item in found:
            if item.column:
                line.extend(b"\x40" * (item.column - 1 - len(line)))
            assert item.piece is not None
            line.extend(item.piece(record))
        if context.is_variable:
            line[0:2] = len(line).to_bytes(2, "big")
        return bytes(line)

    return make, 0 if has_tail or context.is_variable else _length(found)


def _length(found: list[Item]) -> int:
    at = 0
    for item in found:
        at = max(at, item.column - 1) if item.column else at
        at += item.length
    return at


def _overlay(found: list[Item]) -> Reformat:
    def change(record: bytes) -> bytes:
        line = bytearray(record)
        at = 0
        for item in found:
            assert item.piece is not None
            data = item.piece(record)
            at = item.column - 1 if item.column else at
            if len(line) < at:
                line.extend(b"\x40" * (at - len(line)))
            line[at : at + len(data)] = data
            at += len(data)
        return bytes(line)

    return change


def _findrep(text: str) -> Reformat:
    options = dict(pair(part) for part in inside(text))
    pairs: list[tuple[bytes, bytes]] = []
    if "INOUT" in options:
        found = [_bytes(word) for word in inside(options["INOUT"])]
        pairs = list(zip(found[::2], found[1::2], strict=False))
    elif "IN" in options and "OUT" in options:
        pairs = [(_bytes(word), _bytes(options["OUT"])) for word in inside(options["IN"])]
    if not pairs or any(not find for find, _ in pairs):
        raise SortSyntax("ICE018A", "FINDREP")
    start = natural(options.get("STARTPOS", "1")) - 1
    end = natural(options["ENDPOS"]) if "ENDPOS" in options else None
    limit = natural(options["DO"]) if "DO" in options else -1

    def change(record: bytes) -> bytes:
        head, body, tail = record[:start], record[start:end], record[end:] if end is not None else b""
        size = len(body)
        for find, put in pairs:
            body = body.replace(find, put, limit)
        return head + body.ljust(size, b"\x40")[:size] + tail

    return change


def _bytes(text: str) -> bytes:
    data = literal(text)
    if data is None:
        raise SortSyntax("ICE018A", text[:20])
    return data


def _ifthen(clauses: list[str], context: Context, operands: list[tuple[str, str]]) -> tuple[Reformat, int]:
    steps = [_clause(clause, context) for clause in clauses]
    length = next((natural(text) for keyword, text in operands if keyword == "IFOUTLEN"), 0)

    def change(record: bytes) -> bytes:
        done = False
        for kind, test, action, goes_on in steps:
            if kind == "ALWAYS":
                record = action(record)
            elif kind == "NONE":
                record = record if done else action(record)
            elif not done and test(record):
                record = action(record)
                if not goes_on:
                    done = True
        return record.ljust(length, b"\x40")[:length] if length else record

    return change, length


_Clause = tuple[str, Predicate, Reformat, bool]


def _clause(text: str, context: Context) -> _Clause:
    given = [pair(part) for part in inside(text)]
    when = next((value for keyword, value in given if keyword == "WHEN"), "")
    goes_on = ("HIT", "NEXT") in given
    if when == "GROUP":
        return "ALWAYS", lambda _record: True, _group(given, context), True
    action: Reformat = lambda record: record  # noqa: E731
    for keyword, value in given:
        if keyword in {"BUILD", "OVERLAY", "FINDREP"}:
            action = _one(keyword, value, context)[0]
    if when in {"INIT", "ANY"}:
        return "ALWAYS", lambda _record: True, action, True
    if when == "NONE":
        return "NONE", lambda _record: True, action, False
    if not when:
        raise SortSyntax("ICE018A", "WHEN")
    return "WHEN", predicate(when, "", context.now), action, goes_on


@dataclass(slots=True)
class _GroupState:
    """Where WHEN=GROUP stands: within a group, its number, its records so far, its first record, the last key."""

    is_open: bool = False
    id: int = 0
    seq: int = 0
    first: bytes = b""
    key: bytes | None = None


def _group(given: list[tuple[str, str]], context: Context) -> Reformat:
    """WHEN=GROUP: records from BEGIN to END (or RECORDS many) get what PUSH takes from the first of them."""
    options = dict(given)
    begin = predicate(options["BEGIN"], "", context.now) if "BEGIN" in options else None
    end = predicate(options["END"], "", context.now) if "END" in options else None
    limit = natural(options["RECORDS"]) if "RECORDS" in options else 0
    begin_key = inside(options["KEYBEGIN"]) if "KEYBEGIN" in options else []
    changes = field(begin_key[0], begin_key[-1], "CH") if begin_key else None
    pushes = [_push(text) for text in _joined(inside(options["PUSH"]))] if "PUSH" in options else []
    state = _GroupState()

    def change(record: bytes) -> bytes:
        starts = _starts(record)
        if starts:
            state.is_open, state.id, state.seq, state.first = True, state.id + 1, 0, record
        elif limit and state.seq >= limit:
            state.is_open = False
        if not state.is_open:
            return record
        state.seq += 1
        line = bytearray(record)
        for column, kind, one, two in pushes:
            number = state.id if kind == "ID" else state.seq
            data = state.first[one : one + two].ljust(two, b"\x40") if kind == "FIELD" else encode(number, "ZD", one)
            line.extend(b"\x40" * (column + len(data) - len(line)))
            line[column : column + len(data)] = data
        if end is not None and end(record):
            state.is_open = False
        return bytes(line)

    def _starts(record: bytes) -> bool:
        if changes is not None:
            key = changes.bytes_of(record)
            differs, state.key = key != state.key, key
            return differs
        if begin is not None:
            return begin(record)
        return not state.is_open or (bool(limit) and state.seq >= limit)

    return change


def _joined(words: list[str]) -> list[str]:
    """Put `c:p` and `m` of PUSH together again."""
    result: list[str] = []
    for word in words:
        if ":" in word:
            result.append(word)
        elif result:
            result[-1] += "," + word
    return result


def _push(text: str) -> tuple[int, str, int, int]:
    column, _, rest = text.partition(":")
    if rest.startswith(("ID=", "SEQ=")):
        kind, _, size = rest.partition("=")
        return natural(column) - 1, kind, natural(size), 0
    words = parts(rest)
    if len(words) != 2:
        raise SortSyntax("ICE018A", text[:20])
    return natural(column) - 1, "FIELD", natural(words[0]) - 1, natural(words[1])
