"""INREC, OUTREC and OUTFIL reformatting: BUILD, OVERLAY, IFTHEN, FINDREP.

Source: [DFSORT INREC, OUTREC]; jes-and-jcl reference 5.7. Not here: the items of a list (pieces.py), what PARSE finds
(parsed.py).
Rules: pure, apart from sequence and group numbers that count as records pass. V records carry their RDW in bytes 1-4.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from jes.utilities.dfsort.control import SortSyntax, inside, literal, natural, pair, parts
from jes.utilities.dfsort.datefields import Y2PAST
from jes.utilities.dfsort.formats import Collation, encode, field
from jes.utilities.dfsort.parsed import Parsed, Parser
from jes.utilities.dfsort.pieces import Item, items
from jes.utilities.dfsort.select import Predicate, reaching

Reformat = Callable[[bytes], bytes]


class Context:
    """What reformatting depends on: the moment, whether records have an RDW, how long fixed ones are (0: not known)."""

    def __init__(self, now: datetime, *, is_variable: bool, length: int = 0) -> None:
        """Keep them."""
        self.now = now
        self.is_variable = is_variable
        self.length = 0 if is_variable else length
        #: The length of the longest record, the RDW of V records counted.
        self.longest = length
        #: What errors of reformatting name: *INREC, *OUTREC or a ddname; the number of the IFTHEN clause, from 1.
        self.where = ""
        self.clause = 0
        #: VLSCMP: fields of conditions beyond a record's end are zeros.
        self.compares_short = False
        self.collation = Collation(window=now.year - Y2PAST)


def compile(operands: list[tuple[str, str]], context: Context, name: str = "") -> tuple[Reformat | None, int]:
    """Return the function of FIELDS=/BUILD=/OVERLAY=/IFTHEN=/FINDREP= and the record length it makes (0: unchanged).

    For V records it is the length of the longest one.

    name: the statement, which a record that is too short is refused for.

    Raises SortSyntax.
    """
    check_alone(operands)
    context.clause = 0
    parsed = Parsed(is_variable=context.is_variable)
    clauses = [text for keyword, text in operands if keyword == "IFTHEN"]
    if clauses:
        return _ifthen(clauses, context, operands, parsed)
    readers = [parsed.reader(text) for keyword, text in operands if keyword == "PARSE"]
    for keyword, text in operands:
        if keyword in {"BUILD", "FIELDS", "OUTREC", "OVERLAY", "FINDREP"}:
            function, length = _one(keyword, text, context, parsed, Short(name))
            return after(readers, function), length
    return None, 0


#: Operands that exclude each other.
_ONE_OF = frozenset({"BUILD", "FIELDS", "OUTREC", "OVERLAY", "FINDREP", "IFTHEN"})


def check_alone(operands: list[tuple[str, str]]) -> None:
    """Refuse operands of one statement that exclude each other. Raises SortSyntax ICE107A."""
    if len({keyword for keyword, _ in operands if keyword in _ONE_OF}) > 1:
        raise SortSyntax("ICE107A")


def after(readers: list[Parser], function: Reformat) -> Reformat:
    """Return a function that takes the parsed fields out of a record before `function` works on it."""
    if not readers:
        return function

    def change(record: bytes) -> bytes:
        for reader in readers:
            reader(record)
        return function(record)

    return change


class Short(NamedTuple):
    """What is done with a V record that ends before the fields of BUILD: refused for a statement, or filled."""

    name: str = ""
    fill: bytes = b""


def _one(keyword: str, text: str, context: Context, parsed: Parsed, short: Short) -> tuple[Reformat, int]:
    if keyword == "OVERLAY":
        found = items(text, context.now, parsed)
        return _overlay(found, is_variable=context.is_variable), _overlaid(found, context)
    if keyword == "FINDREP":
        function, grown = _findrep(text, context)
        return function, grown
    return build(items(text, context.now, parsed), context, short)


def _overlaid(found: list[Item], context: Context) -> int:
    """Return the length of fixed records that items lie over: they may reach beyond the end."""
    at = longest = 0
    for item in found:
        at = (item.column - 1 if item.column else at) + item.length
        longest = max(longest, at)
    return max(longest, context.longest) if context.longest else 0


def build(found: list[Item], context: Context, short: Short, *, to_fixed: bool = False) -> tuple[Reformat, int]:
    """Return the function that makes a record from items, and its length, that of the longest one where a tail makes it vary.

    to_fixed: what is made has no RDW, though the records it is made of have one.
    """
    if any(item.is_newline for item in found):
        raise SortSyntax("ICE018A", "/")
    has_rdw = context.is_variable and not to_fixed
    if has_rdw and not (found and found[0].begins_record and found[0].column in {0, 1}):
        raise SortSyntax("ICE251A", context.where, "03", str(context.clause))
    needs = max((item.needs for item in found), default=0) if context.is_variable and (short.name or short.fill) else 0

    def make(record: bytes) -> bytes:
        if len(record) < needs:
            if not short.fill:
                raise SortSyntax("ICE218A", str(len(record)), str(needs), short.name)
            record = record.ljust(needs, short.fill)
        line = bytearray()
        for item in found:
            if item.column:
                line.extend(b"\x40" * (item.column - 1 - len(line)))
            assert item.piece is not None
            line.extend(item.piece(record))
        if has_rdw:
            line[0:2] = len(line).to_bytes(2, "big")
        return bytes(line)

    return make, _length(found, context.longest)


def _length(found: list[Item], longest: int) -> int:
    at = 0
    for item in found:
        at = max(at, item.column - 1) if item.column else at
        at += item.length if item.tail < 0 else max(longest - item.tail, 0)
    return at


def _overlay(found: list[Item], *, is_variable: bool) -> Reformat:
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
        if is_variable:
            line[:2] = len(line).to_bytes(2, "big")
        return bytes(line)

    return change


def _findrep(text: str, context: Context) -> tuple[Reformat, int]:
    given = [pair(part) for part in inside(text)]
    options = dict(given)
    if set(options) - _FINDREP:
        raise SortSyntax("ICE018A", "FINDREP")
    pairs: list[tuple[bytes, bytes]] = []
    if "INOUT" in options:
        found = [_bytes(word) for word in inside(options["INOUT"])]
        pairs = list(zip(found[::2], found[1::2], strict=False))
    elif "IN" in options and "OUT" in options:
        pairs = [(_bytes(word), _bytes(options["OUT"])) for word in inside(options["IN"])]
    if options.get("SHIFT") == "NO":
        pairs = [(find, put.ljust(len(find), b"\x40")[: len(find)]) for find, put in pairs]
    if not pairs or any(not find for find, _ in pairs):
        raise SortSyntax("ICE018A", "FINDREP")
    start = natural(options.get("STARTPOS", "1")) - 1 or (4 if context.is_variable else 0)
    end = natural(options["ENDPOS"]) if "ENDPOS" in options else None
    limit = natural(options["DO"]) if "DO" in options else -1
    grows = natural(options.get("MAXLEN", "0"))
    truncates = options.get("OVERRUN") == "TRUNC"

    def change(record: bytes) -> bytes:
        head, body, tail = record[:start], record[start:end], record[end:] if end is not None else b""
        line = head + _replaced(body, pairs, limit) + tail
        if context.is_variable:
            line = line[: grows or len(line)]
            return len(line).to_bytes(2, "big") + line[2:]
        size = max(len(record), grows)
        if not truncates and line[size:].strip(b"\x40"):
            raise SortSyntax("ICE267A", str(len(line)), str(size))
        return line.ljust(size, b"\x40")[:size]

    return change, max(context.longest, grows) if context.longest else 0


_FINDREP = frozenset("IN OUT INOUT STARTPOS ENDPOS DO MAXLEN OVERRUN SHIFT".split())  # noqa: SIM905


def _replaced(body: bytes, pairs: list[tuple[bytes, bytes]], limit: int) -> bytes:
    """Replace from left to right: at each place the first string that fits; what was put in is not looked at again."""
    if len(pairs) == 1:
        return body.replace(*pairs[0], limit)
    table = dict(reversed(pairs))
    finder = re.compile(b"|".join(re.escape(find) for find, _ in pairs))
    return finder.sub(lambda match: table[match[0]], body, count=max(limit, 0))


def _bytes(text: str) -> bytes:
    data = literal(text)
    if data is None:
        raise SortSyntax("ICE018A", text[:20])
    return data


def _ifthen(clauses: list[str], context: Context, operands: list[tuple[str, str]], parsed: Parsed) -> tuple[Reformat, int]:
    steps = [_clause(clause, context, parsed, number) for number, clause in enumerate(clauses, 1)]
    length = next((natural(text) for keyword, text in operands if keyword == "IFOUTLEN"), 0)
    longest = max(context.longest if _may_stay(steps) else 0, *(step.length for step in steps)) if context.longest else 0
    if not length and context.length:
        length = longest

    def change(record: bytes) -> bytes:
        done = met = False
        for step in steps:
            if step.kind == "ALWAYS":
                record = step.action(record)
            elif step.kind == "NONE":
                record = record if met else step.action(record)
            elif not done and step.test(record):
                record = step.action(record)
                met, done = True, not step.goes_on
        if not length:
            return record
        if context.is_variable:
            return record if len(record) <= length else length.to_bytes(2, "big") + record[2:length]
        return record.ljust(length, b"\x40")[:length]

    return change, length or longest


def _may_stay(steps: list[_Clause]) -> bool:
    """Tell whether a record can pass all clauses unchanged."""
    return not any(step.kind in {"ALWAYS", "NONE"} for step in steps)


@dataclass(frozen=True, slots=True)
class _Clause:
    """One IFTHEN: when it acts, what it does, whether the next ones are looked at too, how long its records are."""

    kind: str
    test: Predicate
    action: Reformat
    goes_on: bool
    length: int


def _clause(text: str, context: Context, parsed: Parsed, number: int) -> _Clause:
    context.clause = number
    given = [pair(part) for part in inside(text)]
    when = next((value for keyword, value in given if keyword == "WHEN"), "")
    goes_on = ("HIT", "NEXT") in given
    if when == "GROUP":
        return _Clause("ALWAYS", lambda _record: True, _group(given, context), True, _pushed(given, context))
    readers = [parsed.reader(value) for keyword, value in given if keyword == "PARSE"]
    action: Reformat = lambda record: record  # noqa: E731
    length = context.longest
    unknown = next((keyword or value for keyword, value in given if keyword not in _OF_CLAUSE), None)
    if unknown is not None:
        raise SortSyntax("ICE007A", unknown[:20])
    for keyword, value in given:
        if keyword in {"BUILD", "OVERLAY", "FINDREP"}:
            action, length = _one(keyword, value, context, parsed, Short())
    action = after(readers, action)
    if when in {"INIT", "ANY"}:
        return _Clause("ALWAYS", lambda _record: True, action, True, length)
    if when == "NONE":
        return _Clause("NONE", lambda _record: True, action, False, length)
    if not when:
        raise SortSyntax("ICE018A", "WHEN")
    return _Clause("WHEN", _test(when, context), action, goes_on, length)


_OF_CLAUSE = frozenset("WHEN HIT BUILD OVERLAY FINDREP PARSE BEGIN END RECORDS KEYBEGIN PUSH".split())  # noqa: SIM905


def _test(text: str, context: Context) -> Predicate:
    """Return a condition of IFTHEN: what lies beyond the end of a V record is binary zeros there."""
    test, end = reaching(text, "", context.now)
    return (lambda record: test(record.ljust(end, b"\0"))) if context.is_variable else test


def _pushed(given: list[tuple[str, str]], context: Context) -> int:
    """Return the length of fixed records that PUSH writes on."""
    ends = [column + (two if kind == "FIELD" else one) for column, kind, one, two in _pushes(given)]
    return max(context.longest, *ends) if context.longest and ends else context.longest


def _pushes(given: list[tuple[str, str]]) -> list[tuple[int, str, int, int]]:
    text = dict(given).get("PUSH")
    return [_push(part) for part in _joined(inside(text))] if text else []


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
    begin = _test(options["BEGIN"], context) if "BEGIN" in options else None
    end = _test(options["END"], context) if "END" in options else None
    limit = natural(options["RECORDS"]) if "RECORDS" in options else 0
    begin_key = inside(options["KEYBEGIN"]) if "KEYBEGIN" in options else []
    changes = field(begin_key[0], begin_key[-1], "CH") if begin_key else None
    pushes = _pushes(given)
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
        if context.is_variable:
            line[:2] = len(line).to_bytes(2, "big")
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
