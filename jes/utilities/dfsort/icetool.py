"""ICETOOL: operators of TOOLIN over the sort.

    COPY SORT MERGE COUNT RANGE UNIQUE OCCUR SELECT SUBSET DISPLAY STATS MODE SPLICE RESIZE DATASORT VERIFY DEFAULTS

Source: [DFSORT ICETOOL]; jes-and-jcl reference 5.7. Not here: the operators (choosing.py, counting.py, reporting.py).
Rules: MODE STOP only scans what follows the first error, CONTINUE goes on, SCAN tells operators that are none. Messages go to
TOOLMSG, those of the sort to DFSMSG.
"""

from __future__ import annotations

from collections.abc import Callable

from jes.stepcontext import Program, StepContext
from jes.utilities.dfsort import choosing, counting, reporting, toolin
from jes.utilities.dfsort.control import SortSyntax, Statement, parts
from jes.utilities.dfsort.run import Sort
from jes.utilities.dfsort.toolbox import ERROR, JOINED, Tool


def run(step: StepContext) -> int:
    """Run the operators of TOOLIN."""
    tool = Tool(step)
    dd = step.dd("TOOLIN")
    highest, mode = 0, "STOP"
    tool.head(mode)
    for statement in toolin.statements(dd.records()) if dd is not None else ():
        tool.space()
        tool.echo(statement)
        if statement.operation == "MODE":
            mode = next((word for _, word in statement.operands), "STOP")
            tool.say("ICE630I", mode)
            continue
        scans = mode == "SCAN" or (mode == "STOP" and highest >= ERROR)
        operator = OPERATORS.get(statement.operation)
        try:
            if operator is not None:
                toolin.checked(statement)
            code = tool.refuse() if operator is None else 0 if scans else operator(tool, tool.named(statement))
        except SortSyntax as problem:
            tool.say(problem.id, *(*problem.facts, "", ""))
            code = ERROR
        tool.say("ICE602I", code)
        tool.space()
        highest = max(highest, code)
    tool.space()
    tool.say("ICE601I", highest)
    tool.close()
    return highest


def copy(tool: Tool, statement: Statement) -> int:
    """COPY, SORT and MERGE: a call of the sort for each TO data set."""
    prefix = statement.text("USING")
    cards = tool.cards(prefix) if prefix else []
    if statement.operation == "COPY":
        cards.append(Statement("OPTION", [("", "COPY")], ["  OPTION COPY"]))
    source = JOINED if statement.has(JOINED) else tool.required(statement, "FROM")
    targets = parts(statement.text("TO") or "")
    code = 0
    for target in targets:
        sort = Sort(tool.step, cards, message_dd="DFSMSG", input_dd=source, output_dd=target or "SORTOUT")
        ended = sort.run()
        code = max(code, ended)
        tool.called(statement.operation, source, target or "OUTFIL", prefix or "", failed=ended >= ERROR)
    return code


OPERATORS: dict[str, Callable[[Tool, Statement], int]] = {
    "COPY": copy,
    "SORT": copy,
    "MERGE": copy,
    "COUNT": counting.count,
    "STATS": counting.stats,
    "UNIQUE": counting.unique,
    "RANGE": counting.range_,
    "SELECT": choosing.select,
    "SUBSET": choosing.subset,
    "OCCUR": reporting.occur,
    "OCCURS": reporting.occur,
    "DISPLAY": reporting.display,
    "SPLICE": choosing.splice_,
    "RESIZE": choosing.resize,
    "DATASORT": choosing.datasort,
    "VERIFY": counting.verify,
    "DEFAULTS": counting.defaults,
}

PROGRAM = Program("ICETOOL", run, opens_vsam=True)
