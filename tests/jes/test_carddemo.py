"""The CardDemo jobs that need nothing but core utilities, in an order in which z/OS runs them, and the data they leave.

The repository is not part of this one: MVSFS_CORPORA names a folder that holds its check-out as `carddemo`
(aws-samples/aws-mainframe-modernization-carddemo). Its EBCDIC files are the data sets before the first job.

Return codes that are not 0 are z/OS's: DEFCUST deletes a cluster that nobody defined (IDC3012I, 8); TRANFILE and TRANBKP are
only there to make what COMBTRAN and TRANIDX need, and TRANIDX defines an alternate index that TRANBKP has deleted before.
DEFGDGB defines TRANREPT as well and sets 12 to 0, so REPTFILE, which does not, comes first.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jes.hosttext import to_text
from mvsfs.info import Allocation, Target

CARDDEMO = Path(os.environ.get("MVSFS_CORPORA", "/nowhere")) / "carddemo"
pytestmark = pytest.mark.skipif(not CARDDEMO.is_dir(), reason="MVSFS_CORPORA names no folder with a check-out of CardDemo")

#: The shipped EBCDIC files and their record lengths, all FB.
FILES = {
    "ACCTDATA.PS": 300, "CARDDATA.PS": 150, "CARDXREF.PS": 50, "CUSTDATA.PS": 500, "DALYTRAN.PS": 350, "DALYTRAN.PS.INIT": 350,
    "DISCGRP.PS": 50, "TCATBALF.PS": 50, "TRANCATG.PS": 60, "TRANTYPE.PS": 60,
}  # fmt: skip
PREFIX = "AWS.M2.CARDDEMO."
#: Jobs in order with the step codes that matter; the 19 of the issue and, in brackets there, two that make their inputs.
ORDER = (
    ("DUSRSECJ", 0), ("ACCTFILE", 0), ("XREFFILE", 0), ("[TRANFILE]", 0), ("DISCGRP", 0), ("TCATBALF", 0), ("TRANCATG", 0),
    ("TRANTYPE", 0), ("REPTFILE", 0), ("DALYREJS", 0), ("DEFGDGB", 0), ("DEFGDGD", 0), ("DEFCUST", 8), ("ESDSRRDS", 0),
    ("[TRANBKP]", 0), ("COMBTRAN", 0), ("TRANIDX", 0), ("SORTTEST", 0), ("INTRDRJ1", 0), ("INTRDRJ2", 0), ("LISTCAT", 0),
)  # fmt: skip


def job(name: str) -> str:
    found = [path for path in CARDDEMO.rglob("*") if path.suffix.lower() == ".jcl" and path.stem == name]
    return found[0].read_text()


def shipped(name: str) -> list[bytes]:
    data = (CARDDEMO / "app/data/EBCDIC" / (PREFIX + name)).read_bytes()
    return [data[at : at + FILES[name]] for at in range(0, len(data), FILES[name])]


def keep(system, dsname: str, records: list[bytes], lrecl: int, **more: object) -> None:
    system.mvs.allocate(dsname, Allocation(recfm="FB", lrecl=lrecl, **more), system.who)
    with system.mvs.open_output(Target(dsname), system.who) as writer:
        writer.write_records(records)


@pytest.fixture
def carddemo(opened):
    system = opened()
    for name, lrecl in FILES.items():
        keep(system, PREFIX + name, shipped(name), lrecl)
    for library, folder, pattern in (("PROC", "proc", "*.prc"), ("CNTL", "ctl", "*.ctl"), ("JCL", "jcl", "INTRDRJ2*")):
        for path in (CARDDEMO / "app" / folder).glob(pattern):
            system.put(PREFIX + library, *path.read_text().splitlines(), member=path.stem)
    keep(system, "AWS.M2.CARDEMO.FTP.TEST", [b"\xc1" * 80], 80)
    keep(system, "AWS.M2.CARDEMO.FTP.TEST.BKUP", [], 80)
    keep(system, "AWS.M2.CARDEMO.FTP.TEST.BKUP.INTRDR", [], 80)
    return system


def run(system, name: str) -> int:
    if name == "COMBTRAN":  # INTCALC, a COBOL program, writes this generation on z/OS
        keep(system, PREFIX + "SYSTRAN.G0001V00", INTEREST, 350)
    info = system.run(job(name), 60)
    assert info.completion.kind.value == "RC", system.output(info, "JESYSMSG") + system.output(info, "SYSPRINT")
    return info.completion.rc


#: Three transactions that INTCALC might have made.
INTEREST = [b"\xf9" + record[1:] for record in shipped("DALYTRAN.PS")[:3]] if CARDDEMO.is_dir() else []


COPY = """//COPY     JOB MSGCLASS=H
//COPY     EXEC PGM=IDCAMS
//SYSPRINT DD SYSOUT=*
//IN       DD DSN={dsname},DISP=SHR
//OUT      DD DSN=IBMUSER.COPY.OF,DISP=(NEW,CATLG),SPACE=(CYL,(1,1)),
//            RECFM=FB,LRECL={lrecl}
//SYSIN    DD *
  REPRO INFILE(IN) OUTFILE(OUT)
"""


def records(system, dsname: str) -> list[bytes]:
    """Return the records of a data set; those of VSAM by REPRO, as a user has to."""
    if "VSAM" not in dsname:
        return list(system.mvs.records(Target(PREFIX + dsname), system.who))
    name = dsname.partition(".")[0]
    lrecl = {"USRSEC": 80, "TRANSACT": 350}.get(name) or FILES[name + ".PS"]
    assert system.ended(COPY.format(dsname=PREFIX + dsname, lrecl=lrecl)) == "RC=0000"
    found = list(system.mvs.records(Target("IBMUSER.COPY.OF"), system.who))
    system.mvs.delete(Target("IBMUSER.COPY.OF"), system.who)
    return found


def by_key(found: list[bytes], length: int) -> list[bytes]:
    return sorted(found, key=lambda record: record[:length])


def users() -> list[str]:
    cards = job("DUSRSECJ").splitlines()
    return [card.rstrip() for card in cards if card.startswith(("ADMIN0", "USER0"))]


def test_the_jobs_end_as_on_zos_and_leave_the_shipped_data(carddemo):
    codes = {name: run(carddemo, name.strip("[]")) for name, _ in ORDER}

    assert codes == dict(ORDER)
    clusters = {"ACCTDATA": 11, "CARDXREF": 16, "DISCGRP": 16, "TCATBALF": 17, "TRANCATG": 6, "TRANTYPE": 2}
    for name, key in clusters.items():
        assert records(carddemo, name + ".VSAM.KSDS") == by_key(shipped(name + ".PS"), key), name
    for organisation in ("PS", "VSAM.KSDS", "VSAM.ESDS", "VSAM.RRDS"):
        assert [to_text(record).rstrip() for record in records(carddemo, "USRSEC." + organisation)] == users(), organisation
    assert_transactions(carddemo)
    for name in ("TRANTYPE.BKUP", "TRANCATG.PS.BKUP", "DISCGRP.BKUP"):
        assert records(carddemo, name + ".G0001V00") == shipped(name.removesuffix(".BKUP").removesuffix(".PS") + ".PS"), name
    assert by_alternate_key(carddemo, "CARDXREF", 25, 11) == records(carddemo, "CARDXREF.VSAM.AIX.PATH")
    assert list(carddemo.mvs.records(Target("AWS.M2.CARDEMO.FTP.TEST.BKUP.INTRDR"), carddemo.who)) == [b"\xc1" * 80]
    assert any("AWS.M2.CARDDEMO.TRANSACT.VSAM.KSDS" in to_text(line) for line in records(carddemo, "LISTCAT"))


def assert_transactions(system) -> None:
    backup = records(system, "TRANSACT.BKUP.G0001V00")
    assert backup == shipped("DALYTRAN.PS.INIT")
    combined = by_key(backup + INTEREST, 16)
    assert records(system, "TRANSACT.COMBINED.G0001V00") == combined
    assert records(system, "TRANSACT.VSAM.KSDS") == combined
    assert by_alternate_key(system, "TRANSACT", 304, 26) == records(system, "TRANSACT.VSAM.AIX.PATH")
    day = [record for record in backup if to_text(record)[304:314] == "2022-06-02"]
    assert records(system, "TRANSACT.DALY.G0001V00") == day


def by_alternate_key(system, name: str, at: int, length: int) -> list[bytes]:
    return sorted(records(system, name + ".VSAM.KSDS"), key=lambda record: record[at : at + length])
