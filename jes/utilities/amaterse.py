"""AMATERSE (and TRSMAIN): packs a data set for sending, and unpacks it.

Source: [AIDS AMATERSE]; jes-and-jcl reference 5.9; texts seen in a public problem report (issue 144 of IBM/IBM-Z-zOS).
PARM=PACK | SPACK | UNPACK; INFILE and OUTFILE, or SYSUT1 and SYSUT2; messages on SYSPRINT.
Not here: the form of a tersed file (mvsfs/exchange/terse).
Rules: the packed data set is FB 1024 where nobody says otherwise; a library is packed as its unload and becomes a library again.
Return code 0, 8 when the input is no tersed data set, 12 for a DD that is missing, 16 for a wrong PARM.
"""

from __future__ import annotations

from jes.stepcontext import OpenDd, Program, StepContext
from jes.utilities.sysprint import Sysprint
from mvsfs.dcb import Dcb
from mvsfs.errors import BadRecordData, MvsError, WrongDsorg
from mvsfs.exchange import catalog as exchange
from mvsfs.exchange.model import UnloadedDataset
from mvsfs.exchange.terse import file as terse
from mvsfs.layouts.terse import PACK, SPACK
from mvsfs.records.forms import padded

METHODS = {"PACK": PACK, "SPACK": SPACK, "UNPACK": 0}
ERROR, NO_DD, WRONG_PARM = 8, 12, 16
_PACKED = Dcb.of("FB", terse.RECORD_LENGTH)


class _Refused(Exception):
    """The work cannot be done: its message, and the return code."""

    def __init__(self, code: int, key: str, *facts: object) -> None:
        super().__init__(key, *facts)
        self.code = code


def run(step: StepContext) -> int:
    """Pack or unpack."""
    word = step.parm.strip().upper() or "PACK"
    direction = "DECODE" if word == "UNPACK" else "ENCODE"
    stamp = f"{direction:<8} {word:<12} {step.now():%H:%M:%S  %m/%d/%Y}"
    with Sysprint(step) as sysprint:
        sysprint.say("AMA572I", stamp)
        try:
            code = _work(step, word, sysprint)
        except _Refused as refusal:
            sysprint.say(*refusal.args)
            code = refusal.code
        sysprint.say("AMA573I", stamp)
        sysprint.say("AMA504I", code)
    return code


def _work(step: StepContext, word: str, sysprint: Sysprint) -> int:
    if word not in METHODS:
        raise _Refused(WRONG_PARM, "AMA510E", word[:40])
    source, target = _dd(step, "INFILE", "SYSUT1"), _dd(step, "OUTFILE", "SYSUT2")
    for key, dd in (("AMA527I", source), ("AMA528I", target)):
        sysprint.say(key, dd.ddname, dd.dsname)
    try:
        if word == "UNPACK":
            _unpack(step, source, target)
        else:
            _pack(step, METHODS[word], source, target)
    except BadRecordData as error:
        raise _Refused(ERROR, "AMA564E") from error
    except MvsError as error:
        raise _Refused(ERROR, "AMA565E", target.ddname) from error
    return 0


def _dd(step: StepContext, *names: str) -> OpenDd:
    found = next((dd for name in names if (dd := step.dd(name)) is not None), None)
    if found is None:
        raise _Refused(NO_DD, "AMA520E", names[0])
    return found


def _pack(step: StepContext, version: int, source: OpenDd, target: OpenDd) -> None:
    if source.info is not None and source.info.is_partitioned and not source.member:
        dataset = exchange.unload(step.mvs, step.who, source.dsname)
    else:
        dataset = UnloadedDataset("", source.dcb if source.dcb.recfm is not None else Dcb.of("FB", 80), source.records())
    with target.writer(_PACKED) as sink:
        sink.put_many(terse.write(dataset, version))


def _unpack(step: StepContext, source: OpenDd, target: OpenDd) -> None:
    dataset = terse.read(b"".join(source.records()))
    if dataset.is_partitioned:
        if target.info is None or not target.info.is_partitioned:
            raise WrongDsorg(target.dsname, "PS", "PO")
        if step.mvs.find(target.dsname).dcb.recfm is None:
            step.mvs.set_dcb(target.dsname, dataset.dcb)
        for _ in exchange.load(step.mvs, step.who, target.dsname, dataset, replace=True):
            pass
        return
    with target.writer(dataset.dcb) as sink:
        sink.put_many(padded(dataset.records, sink.dcb))


PROGRAM = Program("AMATERSE", run)
