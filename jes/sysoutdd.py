"""SYSOUT DDs: class, OUTPUT and /*OUTPUT statements, destination, and the internal reader as a writer.

Source: [JCLREF] SYSOUT, OUTPUT; jes-and-jcl.md 3.1, 4.4.
"""

from __future__ import annotations

from jes.dcbmerge import coded
from jes.jcl.model import ConvertedJob, Dd, OutputStatement, Step, Sysout
from jes.opendd import Place, SysoutDd
from jes.output import JobOutput
from jes.spool.store import SpoolPlace
from mvsfs.dcb import Dcb


def open_sysout(job: ConvertedJob, index: int, step: Step, dd: Dd, output: JobOutput, place: Place) -> tuple[SysoutDd, str]:
    """Return the open SYSOUT data set and the name that messages show."""
    sysout = dd.sysout or Sysout("*")
    statement = _output_statement(job, index, sysout)
    operands = statement.operands if statement else {}
    output_class = sysout.output_class or operands.get("CLASS", "") or "*"
    if output_class == "*":
        output_class = output.msgclass
    asked = output.parameters
    coded_form = asked.outputs.get(sysout.form, {})  # the third value of SYSOUT= is a /*OUTPUT code before it is a form
    form = coded_form.get("FORMS", "") if coded_form else sysout.form
    key = output.take_key()
    qualifier = dd.dsname.removeprefix("&&").rpartition(".")[2] or "?"
    spool_place = SpoolPlace(
        key, dd.ddname, step.name, step.procstep, output_class, qualifier,
        destination=sysout.dest or coded_form.get("DEST", "") or operands.get("DEST", "") or asked.print_dest or "LOCAL",
        writer=sysout.writer or operands.get("WRITER", ""),
        form=(sysout.other.get("FORMS", "") or form or operands.get("FORMS", "") or asked.forms)[:8],
    )  # fmt: skip
    spool = output.sysout(
        spool_place, Dcb.of("VB", 137), limit=sysout.outlim or 0, outdisp=operands.get("OUTDISP", ""), hold=sysout.hold
    )
    opened = SysoutDd(
        dd.ddname, place, dd, "SYSOUT", coded(dd.dcb), sysout_class=output_class, spool=spool, is_intrdr=sysout.writer == "INTRDR"
    )
    return opened, output.spool_dsname(key, qualifier)


def _output_statement(job: ConvertedJob, index: int, sysout: Sysout) -> OutputStatement | None:
    """Return the OUTPUT statement that the DD names, or the default one of its step or job."""
    own = [row for row in job.outputs if row.step == index]
    general = [row for row in job.outputs if row.step == -1]
    if sysout.outputs:
        wanted = sysout.outputs[0].rpartition(".")[2]
        return next((row for row in own + general if row.name == wanted), None)
    defaults = [row for row in own if row.operands.get("DEFAULT") in {"YES", "Y"}]
    return next(iter(defaults or [row for row in general if row.operands.get("DEFAULT") in {"YES", "Y"}]), None)
