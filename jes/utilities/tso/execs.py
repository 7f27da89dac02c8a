"""EXEC and %name in batch TSO: execs and CLISTs by the configured interpreter.

    EXEC 'dsname(member)' ['argument'] [EXEC|CLIST]      %NAME argument, or NAME argument, from SYSEXEC and SYSPROC

Source: [TSO EXEC]; jes-and-jcl reference 5.8. Not here: how it is run (utilities/rexx.py).
Rules: without an interpreter an exec that is there is refused as one that cannot be interpreted. TSO commands that an
exec issues do not come back here.
"""

from __future__ import annotations

from jes.utilities import rexx
from jes.utilities.idcams.parse import AmsSyntax, items
from jes.utilities.tso.datasets import refusal
from jes.utilities.tso.session import TsoSession
from mvsfs.errors import MvsError
from mvsfs.info import Target


def by_data_set(text: str, session: TsoSession) -> int:
    """EXEC of a data set; without apostrophes the name ends in EXEC or CLIST, and a member alone is one of prefix.EXEC."""
    found = items(text)
    if not found:
        raise AmsSyntax("IDC3225I", "DATA SET NAME")
    words = {item.word for item in found[1:] if not item.quoted}
    argument = next((item.word for item in found[1:] if item.quoted), "")
    target = session.target(found[0])
    if not found[0].quoted:
        kind = "CLIST" if "CLIST" in words else "EXEC"
        if target.dsname.rpartition(".")[2] not in {"EXEC", "CLIST"}:
            target = Target(f"{target.dsname}.{kind}", target.member)
    try:
        source = rexx.text_of(session.step, target)
    except MvsError as error:
        return refusal(session, error, str(target))
    return _run(target.member or target.dsname.rpartition(".")[2], source, argument, session)


def by_name(verb: str, text: str, session: TsoSession) -> int | None:
    """Run a member of SYSEXEC or SYSPROC; None when there is none of this name."""
    source = rexx.found(session.step, verb)
    return None if source is None else _run(verb, source, text.strip(), session)


def _run(name: str, source: tuple[str, ...], argument: str, session: TsoSession) -> int:
    session.was_exec = True
    if not rexx.is_configured(session.step):
        session.say("noexec", name=name)
        return rexx.NOT_PROCESSED
    given = tuple(session.cards.lines()) if rexx.reads_input(source) else ()
    return rexx.run(session.step, rexx.Exec(name, source, argument, given, session.put))
