"""SYSOUT DDs: class, OUTPUT and /*OUTPUT statements, destination, and the internal reader as a writer.

Source: [JCLREF] SYSOUT, OUTPUT; jes-and-jcl.md 3.1, 4.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from jes.dcbmerge import coded
from jes.jcl.model import ConvertedJob, Dd, OutputStatement, Step, Sysout
from jes.opendd import Place, SysoutDd
from jes.output import JobOutput
from jes.spool.store import SpoolPlace
from mvsfs.dcb import Dcb


def open_sysout(job: ConvertedJob, index: int, step: Step, dd: Dd, output: JobOutput, place: Place) -> tuple[SysoutDd, str]:
    """Return the open SYSOUT data set and the name that messages show."""
    sysout = dd.sysout or Sysout("*")
    first, *more = [row.operands for row in _output_statements(job, index, sysout)] or [{}]
    qualifier = dd.dsname.removeprefix("&&").rpartition(".")[2] or "?"

    def place_of(operands: Mapping[str, str]) -> SpoolPlace:
        return _place(sysout, operands, output, SpoolPlace(output.take_key(), dd.ddname, step.name, step.procstep, "", qualifier))

    spool_place = place_of(first)
    spool = output.sysout(
        spool_place, Dcb.of("VB", 137), limit=sysout.outlim or 0, outdisp=first.get("OUTDISP", ""), hold=sysout.hold,
        groups=[(place_of(operands), operands.get("OUTDISP", "")) for operands in more],
    )  # fmt: skip
    opened = SysoutDd(
        dd.ddname, place, dd, "SYSOUT", coded(dd.dcb), sysout_class=spool_place.sysout_class, spool=spool,
        is_intrdr=sysout.writer == "INTRDR",
    )  # fmt: skip
    return opened, output.spool_dsname(spool_place.key, qualifier)


def _place(sysout: Sysout, operands: Mapping[str, str], output: JobOutput, place: SpoolPlace) -> SpoolPlace:
    """Return where a data set goes: what the DD says comes before its OUTPUT statement, that before the job's parameters."""
    output_class = sysout.output_class or operands.get("CLASS", "") or "*"
    if output_class == "*":
        output_class = output.msgclass
    asked = output.parameters
    coded_form = asked.outputs.get(sysout.form, {})  # the third value of SYSOUT= is a /*OUTPUT code before it is a form
    form = coded_form.get("FORMS", "") if coded_form else sysout.form
    routed = asked.punch_dest if output.config.out_class(output_class).punch else asked.print_dest
    return replace(
        place,
        sysout_class=output_class,
        destination=sysout.dest or coded_form.get("DEST", "") or operands.get("DEST", "") or routed or "LOCAL",
        writer=sysout.writer or operands.get("WRITER", ""),
        form=(sysout.other.get("FORMS", "") or form or operands.get("FORMS", "") or asked.forms)[:8],
    )


def _output_statements(job: ConvertedJob, index: int, sysout: Sysout) -> list[OutputStatement]:
    """Return the OUTPUT statements that the DD names, or the default ones of its step or job: one output group for each."""
    own = [row for row in job.outputs if row.step == index]
    general = [row for row in job.outputs if row.step == -1]
    if sysout.outputs:
        by_name = {row.name: row for row in reversed(own + general)}
        return [by_name[name] for name in (text.rpartition(".")[2] for text in sysout.outputs) if name in by_name]
    defaults = [row for row in own if row.operands.get("DEFAULT") in {"YES", "Y"}]
    return defaults or [row for row in general if row.operands.get("DEFAULT") in {"YES", "Y"}]
