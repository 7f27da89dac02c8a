"""RACF commands in batch TSO: they go to the security side as they were typed.

Source: jes-and-jcl reference 5.8. Not here: the data sets of RACDCERT (jes/racfdata.py).
"""

from __future__ import annotations

from jes.racfdata import RacfDatasets
from jes.utilities.tso.session import TsoSession
from saf.commands import secrets
from saf.commands.operands import command_name

COMMANDS = frozenset(
    """ADDUSER AU ALTUSER ALU DELUSER DU LISTUSER LU PASSWORD PW PHRASE ADDGROUP AG ALTGROUP ALG DELGROUP DG CONNECT CO REMOVE
    RE LISTGRP LG
    ADDSD AD ALTDSD ALD DELDSD DD LISTDSD LD RDEFINE RDEF RALTER RALT RDELETE RDEL RLIST RL PERMIT PE SETROPTS SETR SEARCH SR
    RACDCERT
    RVARY RACLINK RACMAP""".split()  # noqa: SIM905
)


def shown(text: str) -> str:
    """Return a command as SYSTSPRT has it: a RACF command without its passwords."""
    return secrets.shown(text) if command_name(text)[0] in COMMANDS else text


def run(text: str, session: TsoSession) -> int:
    """Carry out one RACF command."""
    result = session.step.saf.command(session.step.acee, text, RacfDatasets(session.step.mvs, session.step.who))
    session.put(*result.lines)
    return int(result.rc)
