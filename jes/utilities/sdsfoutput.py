"""What SDSF shows of a job's output, and PRINT of it to a data set or DD.

      PRINT ODSN 'dsname' * [NEW|OLD|SHR|MOD]   PRINT FILE ddname      open     (a member may stand in the place of *)
      PRINT   PRINT first last                  all lines or some of them of the output on display
      PRINT OPEN [class [copies [form]]]      a SYSOUT data set; PRINT without anything open prints to one of class A
      PRINT CLOSE

Source: [SDSF "PRINT command"], from memory [assumed]: words and the form of data sets. Rules: what is printed has a control
character in
front. Not here: commands and lists (sdsf.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from jes.hosttext import to_text
from jes.jcl.model import Dd, DdKind, Sysout
from jes.stepcontext import RecordSink, StepContext
from jes.utilities.refusals import words as why
from mvsfs.datasets.outputs import DatasetWriter
from mvsfs.dcb import Dcb
from mvsfs.errors import InvalidDsname, MvsError
from mvsfs.info import Allocation
from mvsfs.names import parse_target

#: A message (texts/sdsf.py), whether the command was done, the facts of the message.
Told = tuple[str, bool, dict[str, object]]
#: The data set that PRINT ODSN makes, and the least of a DD.
_PRINT = Dcb.of("VBA", 240)


@dataclass
class Shown:
    """Output on display: records with their control character, and the heading above them."""

    heading: str
    records: list[bytes] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return the lines as the display has them."""
        return [to_text(record[1:]).rstrip() for record in self.records]


def output_of(step: StepContext, job: Any, files: Iterable[Any]) -> Shown:
    """Return spool data sets of a job one after the other. Raises JobNotAuthorized."""
    chosen = list(files)
    shown = Shown(f"SDSF OUTPUT DISPLAY {job.jobname:<8} {job.jobid:<8}  DSID {chosen[0].key if chosen else 0:>5} LINE 0")
    for file in chosen:
        has_control = "A" in file.recfm or "M" in file.recfm
        records = step.jes.read_spool(step.acee, job, file)
        shown.records += records if has_control else (b"\x40" + record for record in records)
    return shown


@dataclass
class Printer:
    """Where PRINT writes to, and how much it has written."""

    step: StepContext
    sink: RecordSink | DatasetWriter | None = None
    count: int = 0
    number: int = 0  # of SYSOUT data sets
    ddname: str = ""  # of the one that is open
    copies: int = 1

    def command(self, words: list[str], shown: Shown | None) -> Told:
        """Do PRINT; return the message, whether it was done, and the facts of the message."""
        verb = words[0] if words else ""
        if verb == "ODSN" and len(words) in {2, 3, 4}:
            return self._open_dataset(words[1], *words[2:])
        if verb == "FILE" and len(words) == 2:
            return self._open_dd(words[1])
        if verb in {"OPEN", "O"} and len(words) <= 4:
            return self._open_sysout(*words[1:])
        if verb == "CLOSE" and len(words) == 1:
            return self._close()
        if shown is None:
            return ("nodata", False, {}) if self.sink is not None or not words else ("printnotopen", False, {})
        if self.sink is None:
            opened = self._open_sysout()
            told = self._print(words, shown) if opened[1] else opened
            self.close()
            return told
        return self._print(words, shown)

    def _open_sysout(self, output_class: str = "A", copies: str = "1", form: str = "") -> Told:
        self.close()
        if len(output_class) != 1 or not output_class.isalnum() or not copies.isdecimal() or self.step.allocate is None:
            return "invalid", False, {}
        self.number += 1
        self.copies, self.ddname = max(int(copies), 1), f"ISF{self.number:05d}"
        place = Dd(self.ddname, 0, DdKind.SYSOUT, sysout=Sysout(output_class, form=form[:8]))
        self.sink = self.step.allocate(place).writer(_PRINT)
        return "printopened", True, {}

    def _open_dataset(self, name: str, member: str = "*", disposition: str = "OLD") -> Told:
        text = name[1:-1] if name.startswith("'") and name.endswith("'") and len(name) > 2 else f"{self.step.userid}.{name}"
        self.close()
        try:
            target = parse_target(f"{text}({member})" if member != "*" else text)
            if disposition == "NEW" and self.step.mvs.exists(target.dsname):
                return "exists", False, {}
            shape = Allocation(recfm="VBA", lrecl=240, blksize=3120, space_unit="TRACK", primary=5, secondary=15)
            given = {"allocation": shape} if disposition == "NEW" else {}
            self.sink = self.step.mvs.open_output(target, self.step.who, append=disposition == "MOD", **given)
        except InvalidDsname:
            return "badname", False, {}
        except MvsError as error:
            return "printfailed", False, {"why": why(error)}
        return "printopened", True, {}

    def _open_dd(self, ddname: str) -> Told:
        self.close()
        dd = self.step.dd(ddname)
        if dd is None:
            return "noddname", False, {"ddname": ddname}
        self.sink = dd.writer(_PRINT)
        return "printopened", True, {}

    def _print(self, words: list[str], shown: Shown) -> Told:
        bounds = [1, len(shown.records)]
        for place, word in enumerate(words):
            if (word != "*" and not (word.isascii() and word.isdecimal())) or place > 1:
                return "invalid", False, {}
            bounds[place] = bounds[place] if word == "*" else int(word)
        chosen = shown.records[max(bounds[0] - 1, 0) : bounds[1]]
        sink = self.sink
        assert sink is not None
        recfm = sink.dcb.recfm
        records = chosen if recfm is not None and recfm.control else [record[1:] for record in chosen]
        size = sink.dcb.data_length
        cut = [record[:size] for record in records]
        if recfm is not None and recfm.is_fixed:
            cut = [record.ljust(size, b"\x40") for record in cut]
        if isinstance(sink, DatasetWriter):
            sink.write_records(cut)
        else:
            sink.put_many(cut * self.copies)
        self.count += len(chosen)
        return "printed", True, {"count": len(chosen)}

    def _close(self) -> Told:
        if self.sink is None:
            return "printnotopen", False, {}
        count = self.count
        self.close()
        return "printclosed", True, {"count": count}

    def close(self) -> None:
        """End what is open."""
        if isinstance(self.sink, DatasetWriter):
            self.sink.commit()
        elif self.sink is not None:
            self.sink.close()
        if self.ddname and self.step.free is not None:
            self.step.free(self.ddname)
        self.sink, self.count, self.copies, self.ddname = None, 0, 1, ""
