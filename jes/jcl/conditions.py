"""COND= and IF/THEN/ELSE: which step is bypassed, and why.

    or ::= and { ("|" | OR) and }    and ::= not { ("&" | AND) not }    not ::= [ "¬" | NOT ] ( "(" or ")" | test )
    test ::= [step.[procstep.]] RC op number | ... ABEND [= TRUE|FALSE] | ... ABENDCC op code | ... RUN [= TRUE|FALSE]
      | number op number

Source: [JCLREF] COND, IF/THEN/ELSE/ENDIF; jes-and-jcl reference 4.9; IBM-MAIN "Symbolic variables", November 2009, for two
numbers and for IEFC013I.
Rules: a COND test that is true bypasses; a test on a step that did not run is false. After an abend only steps with EVEN or ONLY,
or inside an IF that speaks of abends, may run. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from jes.jcl.model import OPERATORS, Cond, CondTest, Step
from jes.jcl.operands import Operand, OperandFault, is_number


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a step ended: `rc`, or `abend` ("S0C7", "U0100"), or neither when it did not run. `is_run` tells that it started."""

    name: str
    procstep: str = ""
    rc: int | None = None
    abend: str = ""
    is_run: bool = True


@dataclass(frozen=True, slots=True)
class Bypass:
    """Why a step is not run. reason: COND, JOBCOND, IF (with the statement number of the IF), ABEND, RESTART."""

    reason: str
    statement: int = 0


@dataclass(frozen=True, slots=True)
class Test:
    """One test of an IF expression. what: RC, ABEND, ABENDCC, RUN."""

    what: str
    op: str
    value: int | str | bool
    step: str = ""
    procstep: str = ""

    def holds(self, outcomes: Sequence[Outcome]) -> bool:
        """Tell whether the test is true after these steps."""
        known = [outcome for outcome in outcomes if _is_named(outcome, self.step, self.procstep)]
        if self.what == "RUN":
            return any(outcome.is_run for outcome in known) is bool(self.value)
        run = [outcome for outcome in known if outcome.is_run]
        if self.step and not run:
            return False
        if self.what == "ABEND":
            return any(outcome.abend for outcome in run) is bool(self.value)
        if self.what == "ABENDCC":
            last = next((outcome.abend for outcome in reversed(run) if outcome.abend), "")
            return _compare(self.op, last, str(self.value)) if last else self.op == "NE"
        codes = [outcome.rc for outcome in run if outcome.rc is not None]
        if self.step and not codes:
            return False
        return _compare(self.op, max(codes, default=0), int(self.value))


@dataclass(frozen=True, slots=True)
class Fixed:
    """Two numbers compared, as symbols leave them: known before any step runs."""

    is_true: bool

    def holds(self, _outcomes: Sequence[Outcome]) -> bool:
        """Tell whether the comparison is true."""
        return self.is_true


@dataclass(frozen=True, slots=True)
class Logic:
    """AND, OR or NOT of expressions."""

    op: str
    parts: tuple[Expression, ...]

    def holds(self, outcomes: Sequence[Outcome]) -> bool:
        """Tell whether the expression is true after these steps."""
        if self.op == "NOT":
            return not self.parts[0].holds(outcomes)
        results = (part.holds(outcomes) for part in self.parts)
        return all(results) if self.op == "AND" else any(results)


Expression = Test | Fixed | Logic


def speaks_of_abend(expression: object) -> bool:
    """Tell whether an IF expression mentions abends, which lets its steps run after one."""
    if isinstance(expression, Logic):
        return any(speaks_of_abend(part) for part in expression.parts)
    return isinstance(expression, Test) and expression.what in {"ABEND", "ABENDCC"}


def bypass(step: Step, job_cond: Cond, outcomes: Sequence[Outcome]) -> Bypass | None:
    """Return why `step` is not run after these outcomes of all earlier steps, or None when it is."""
    abended = any(outcome.abend for outcome in outcomes)
    for branch in step.ifs:
        expression = branch.expression
        if isinstance(expression, Expression) and expression.holds(outcomes) is not branch.taken_when:
            return Bypass("IF", branch.statement)
    if abended and not (step.cond.even or step.cond.only or any(speaks_of_abend(branch.expression) for branch in step.ifs)):
        return Bypass("ABEND")
    if step.cond.only and not abended:
        return Bypass("COND")
    if any(test_holds(test, outcomes, step) for test in job_cond.tests):
        return Bypass("JOBCOND")
    if any(test_holds(test, outcomes, step) for test in step.cond.tests):
        return Bypass("COND")
    return None


def test_holds(test: CondTest, outcomes: Sequence[Outcome], step: Step) -> bool:
    """Tell whether a COND test of `step` is true: `code op rc` for the step that it names, or for any earlier one."""
    if not test.step:
        return any(_compare(test.op, test.code, outcome.rc) for outcome in outcomes if outcome.rc is not None)
    named = referred(test, step, outcomes)
    return named is not None and named.rc is not None and _compare(test.op, test.code, named.rc)


class Named(Protocol):
    """What has the names of a step."""

    @property
    def name(self) -> str:
        """The step of the job."""
        ...

    @property
    def procstep(self) -> str:
        """The step inside a procedure."""
        ...


N = TypeVar("N", bound=Named)


def referred(test: CondTest, step: Step, earlier: Iterable[N]) -> N | None:
    """Return which of the earlier steps a COND test of `step` names: the first of that name.

    A single name is a step of the same procedure, or one of the job that runs a program itself [JCLREF COND].
    """
    if test.procstep:
        wanted = [(test.step, test.procstep)]
    else:
        wanted = [(step.name, test.step)] if step.procstep else []
        wanted.append((test.step, ""))
    candidates = list(earlier)
    for names in wanted:
        for one in candidates:
            if (one.name, one.procstep) == names:
                return one
    return None


def _is_named(outcome: Outcome, step: str, procstep: str) -> bool:
    if not step:
        return True
    if procstep:
        return (outcome.name, outcome.procstep) == (step, procstep)
    # A single name is a step of the job or, inside a procedure, one of its steps.
    return step in (outcome.procstep, outcome.name)


def _compare(op: str, left: Any, right: Any) -> bool:
    return bool(
        {
            "GT": left > right,
            "GE": left >= right,
            "EQ": left == right,
            "LT": left < right,
            "LE": left <= right,
            "NE": left != right,
        }[op]
    )


#: A code above 4095 is accepted and no step ends with it [JCLREF COND]; it has room for so much.
MAX_CODE = 65535
#: What RC may be compared with in an IF expression.
MAX_RC = 4095


def parse_cond(operand: Operand) -> Cond:
    """Return the value of COND=. Raises OperandFault."""
    values = operand.values
    if values and values[0].items is None and values[0].text not in {"EVEN", "ONLY"}:
        return Cond((_cond_test(operand.keyword, values),))
    tests, words = [], set()
    for value in values:
        if value.items is not None:
            tests.append(_cond_test(operand.keyword, value.items))
        elif value.text in {"EVEN", "ONLY"}:
            words.add(value.text)
        elif value.text:
            raise OperandFault("IEFC632I", operand.keyword)
    if len(tests) + len(words) > 8 or len(words) > 1:
        raise OperandFault("IEFC641I", operand.keyword)
    return Cond(tuple(tests), "EVEN" in words, "ONLY" in words)


def _cond_test(keyword: str, items: Sequence[Operand]) -> CondTest:
    texts = [item.text for item in items]
    if len(texts) not in {2, 3}:
        raise OperandFault("IEFC646I" if len(texts) < 2 else "IEFC641I", keyword)
    if not is_number(texts[0]):
        raise OperandFault("IEFC644I", keyword)
    if int(texts[0]) > MAX_CODE:
        raise OperandFault("IEFC638I", keyword)
    if texts[1] not in OPERATORS:
        raise OperandFault("IEFC632I", keyword)
    step, _, procstep = (texts[2] if len(texts) == 3 else "").partition(".")
    return CondTest(int(texts[0]), texts[1], step, procstep)


_TOKEN = re.compile(r"\s*(?:([A-Z@#$][A-Z0-9@#$.]*)|(\d+)|(¬=|¬>|¬<|>=|<=|[()&|¬=<>]))")
_SIGNS = {"=": "EQ", "¬=": "NE", ">": "GT", "<": "LT", ">=": "GE", "<=": "LE", "¬>": "LE", "¬<": "GE", "NG": "LE", "NL": "GE"}
_WORDS = {"&": "AND", "|": "OR", "¬": "NOT"}
#: The not sign is X'5F', a caret in code page 1047; what other code pages have in its place means the same.
_NOT_SIGNS = str.maketrans({"^": "¬", "!": "¬"})


def parse_if(text: str) -> Expression:
    """Return the expression of an IF statement. Raises OperandFault."""
    parser = _IfParser(_tokens(text))
    expression = parser.either()
    if not parser.is_at_end:
        raise _invalid(parser.take())
    return expression


def _invalid(word: str) -> OperandFault:
    """Return the fault of a word that cannot stand where it does; "" is the end of the expression."""
    return OperandFault("IEFC013I", word) if word else OperandFault("IEFC650I", "IF")


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    text = text.rstrip().translate(_NOT_SIGNS)
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _invalid(text[at:].split()[0])
        tokens.append(match[0].strip())
        at = match.end()
    return tokens


class _IfParser:
    """Recursive descent over the tokens of one expression; nesting is bounded as on the original."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def is_at_end(self) -> bool:
        return self._at >= len(self._tokens)

    def take(self) -> str:
        """Return the next word, "" behind the last."""
        word = self._tokens[self._at] if not self.is_at_end else ""
        self._at += 1
        return _WORDS.get(word, word)

    def _peek(self) -> str:
        word = self._tokens[self._at] if not self.is_at_end else ""
        return _WORDS.get(word, word)

    def either(self) -> Expression:
        parts = [self._both()]
        while self._peek() == "OR":
            self.take()
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Logic("OR", tuple(parts))

    def _both(self) -> Expression:
        parts = [self._not()]
        while self._peek() == "AND":
            self.take()
            parts.append(self._not())
        return parts[0] if len(parts) == 1 else Logic("AND", tuple(parts))

    def _not(self) -> Expression:
        self._depth += 1
        if self._depth > 100:
            raise OperandFault("IEFC650I", "IF")
        try:
            word = self.take()
            if word == "NOT":
                return Logic("NOT", (self._not(),))
            if word == "(":
                inner = self.either()
                if self.take() != ")":
                    raise OperandFault("IEFC622I", "IF")
                return inner
            return self._test(word)
        finally:
            self._depth -= 1

    def _test(self, word: str) -> Expression:
        if is_number(word):
            return Fixed(_compare(self._operator(), int(word), self._number()))
        *names, what = word.split(".")
        if what not in {"RC", "ABEND", "ABENDCC", "RUN"} or len(names) > 2:
            raise _invalid(word)
        step, procstep = [*names, "", ""][:2]
        if what in {"ABEND", "RUN"}:
            return Test(what, "EQ", self._truth(_SIGNS.get(self._peek(), self._peek())), step, procstep)
        op = self._operator()
        return Test(what, op, self._number(MAX_RC) if what == "RC" else self.take(), step, procstep)

    def _operator(self) -> str:
        word = self.take()
        op = _SIGNS.get(word, word)
        if op not in OPERATORS:
            raise _invalid(word)
        return op

    def _number(self, highest: int | None = None) -> int:
        word = self.take()
        if not is_number(word) or (highest is not None and int(word) > highest):
            raise _invalid(word)
        return int(word)

    def _truth(self, op: str) -> bool:
        if op not in {"EQ", "NE"}:
            return True
        self.take()
        value = self.take()
        if value not in {"TRUE", "FALSE"}:
            raise _invalid(value)
        return (value == "TRUE") is (op == "EQ")
