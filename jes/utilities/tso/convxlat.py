"""CONVXLAT: makes translate tables that TCP/IP reads (TCPXLBIN) from their source text.

Source: [CR] "Converting translation tables to binary": CONVXLAT input output.
Rules: only single-byte tables; the DBCS keywords are refused.
Not here: the layouts of source and result (mvsfs/codepages/xlbin.py).
"""

from __future__ import annotations

from jes.hosttext import to_text
from jes.utilities.idcams.parse import AmsSyntax, items
from jes.utilities.tso.datasets import refusal
from jes.utilities.tso.session import FAILED, TsoSession
from mvsfs.codepages.xlbin import SIZE, build, compiled
from mvsfs.errors import BadTranslateTable, MvsError
from mvsfs.info import Allocation

#: What is wrong with a source text [assumed].
_REASONS = {"length": "the tables have {at} bytes, not 512", "source": "line {at} is not hexadecimal"}


def convert(text: str, session: TsoSession) -> int:
    """CONVXLAT input output: return 0, or 12 when nothing was written."""
    words = items(text)
    if len(words) != 2:
        raise AmsSyntax("IDC3225I", "CONVXLAT")
    mvs, who = session.step.mvs, session.step.who
    name = str(session.target(words[0]))
    try:
        with mvs.open_input(session.target(words[0]), who) as reader:
            pair = compiled([to_text(record) for record in reader.records()], name)
        name = str(session.target(words[1]))
        allocation = Allocation("F", SIZE, SIZE)
        with mvs.open_output(session.target(words[1]), who, allocation=allocation) as writer:
            writer.write_records(build(pair))
    except BadTranslateTable as error:
        session.put(f"CONVXLAT: {error.name}: {_REASONS[error.reason].format(at=error.at)}")
        return FAILED
    except MvsError as error:
        return refusal(session, error, name)
    return 0
