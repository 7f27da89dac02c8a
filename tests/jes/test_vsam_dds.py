"""VSAM data sets as DDs of programs that an installation adds, and what messages say of them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jes.hosttext import to_host, to_text
from mvsfs.datasets.vsam.facts import ClusterInfo
from mvsfs.errors import DuplicateKey, OutOfSequence

EXAMPLES = Path(__file__).resolve().parents[2] / "fixtures" / "programs"
KSDS = ClusterInfo("IBMUSER.KS", "KS", keylen=4, keyoff=0, average=10, maximum=20)
JOB = "//J JOB 1,X\n//S EXEC PGM=MINE\n//KS DD DSN=IBMUSER.KS,DISP=SHR\n"


@pytest.fixture
def made(opened):
    """A system whose program MINE is `program`, with a cluster that holds `records`."""

    def make(program, facts=KSDS, records=("0001 A", "0003 C")):
        system = opened(programs={"MINE": program})
        system.mvs.define_vsam(facts, system.who)
        if records:
            with system.mvs.vsam(facts.dsname, system.who, update=True) as file:
                file.load(map(to_host, records))
        return system

    return make


def content(system, dsname: str = "IBMUSER.KS") -> list[str]:
    with system.mvs.vsam(dsname, system.who) as file:
        return [to_text(record) for record in file.records()]


def test_a_program_reads_and_extends_a_cluster_by_its_dd(made):
    def program(step):
        with step.dd("KS").writer() as sink:
            sink.put_many(map(to_host, ["0002 B", "0004 D"]))
        return sum(1 for _ in step.dd("KS").records())

    system = made(program)

    assert system.ended(JOB) == "RC=0004"
    assert content(system) == ["0001 A", "0002 B", "0003 C", "0004 D"]


def test_a_program_reads_and_changes_records_by_their_keys(made):
    def program(step):
        with step.mvs.vsam(step.dd("KS").dsname, step.who, update=True) as file:
            file.replace(file.read(to_host("0003")) + to_host("C"))
            file.erase(to_host("0001"))
        return 0

    system = made(program)

    assert system.ended(JOB) == "RC=0000"
    assert content(system) == ["0003 CC"]


@pytest.mark.parametrize(
    ("keys", "error"), [(["0003"], DuplicateKey), (["0007", "0005"], OutOfSequence), (["0007", "0007"], DuplicateKey)]
)
def test_a_record_that_is_refused_is_the_programs_to_handle(made, keys, error):
    def program(step):
        with step.dd("KS").writer() as sink:
            try:
                for key in keys:
                    sink.put(to_host(key))
            except error:
                sink.put(to_host("0009"))
                return 4
        return 0

    system = made(program)

    assert system.ended(JOB) == "RC=0004"
    assert content(system)[-1] == "0009"


def test_one_that_it_does_not_handle_ends_the_step(made):
    def program(step):
        step.dd("KS").writer().put(to_host("0003"))

    system = made(program)
    info = system.run(JOB)

    assert info.completion.abend == "U4038"
    assert "DuplicateKey" in "".join(system.output(info, "JESMSGLG"))
    assert content(system) == ["0001 A", "0003 C"]


@pytest.mark.parametrize(("append", "result"), [(None, ["0002 B"]), (True, ["0001 A", "0002 B", "0003 C"])])
def test_a_reusable_cluster_begins_anew_unless_the_program_appends(made, append, result):
    from dataclasses import replace

    def program(step):
        with step.dd("KS").writer(append=append) as sink:
            sink.put(to_host("0002 B"))

    system = made(program, replace(KSDS, reuse=True))

    assert system.ended(JOB) == "RC=0000"
    assert content(system) == result


@pytest.mark.parametrize("organisation", ["ES", "RR"])
def test_records_go_behind_those_of_an_esds_and_an_rrds(made, organisation):
    def program(step):
        with step.dd("KS").writer() as sink:
            sink.put(to_host("LAST"))

    system = made(program, ClusterInfo("IBMUSER.KS", organisation, average=4, maximum=4), ("ONE.", "TWO."))

    assert system.ended(JOB) == "RC=0000"
    assert content(system) == ["ONE.", "TWO.", "LAST"]


def test_a_program_that_stops_in_the_middle_gives_the_name_up(made):
    def program(step):
        next(step.dd("KS").records())
        raise SystemExit(3)

    system = made(program)

    assert system.ended(JOB) == "RC=0003"
    with system.mvs.vsam("IBMUSER.KS", system.who, update=True) as file:
        file.insert(to_host("0009"))


def test_what_a_host_command_leaves_in_its_file_is_the_content(made):
    lines = "import os; p = os.environ['DD_KS']; t = open(p).read(); assert t == '0001 A\\n0003 C\\n', t; "
    system = made([sys.executable, "-c", lines + "open(p, 'w').write('0002 B\\n0005 E\\n')"])
    info = system.run(JOB)

    assert info.completion.text == "RC=0000", system.output(info, "JESMSGLG")
    assert content(system) == ["0002 B", "0005 E"]


def test_a_host_command_that_only_reads_needs_no_more_than_read(made):
    system = made([sys.executable, "-c", "import os; open(os.environ['DD_KS']).read()"])
    other = system.user("OTHER")
    system.saf.command(system.acee, "ADDSD 'IBMUSER.KS' UACC(READ)")

    assert system.jes.wait(system.jes.submit(other, JOB)[-1], 20).completion.text == "RC=0000"


def _has_indexed_files() -> bool:
    if shutil.which("cobc") is None:
        return False
    told = subprocess.run(["cobc", "--info"], capture_output=True, text=True, check=False).stdout
    return any("indexed" in line and "disabled" not in line for line in told.splitlines())


@pytest.mark.skipif(not _has_indexed_files(), reason="no COBOL compiler with INDEXED files (Debian: gnucobol3)")
def test_a_cobol_program_changes_a_ksds_as_an_indexed_file(opened, tmp_path):
    module = tmp_path / "CUSTUPD"
    subprocess.run(["cobc", "-x", "-o", str(module), str(EXAMPLES / "CUSTUPD.cbl")], check=True, capture_output=True)
    system = opened(programs={"CUSTUPD": {"command": [str(module)], "dds": {"CUSTFILE": "indexed"}}})
    system.mvs.define_vsam(ClusterInfo("IBMUSER.CUST", "KS", keylen=4, keyoff=0, average=24, maximum=24), system.who)
    with system.mvs.vsam("IBMUSER.CUST", system.who, update=True) as file:
        file.load(to_host(f"{key}{name:20}") for key, name in (("0001", "ADAMS"), ("0003", "CLARK"), ("0005", "EVANS")))
    info = system.run(
        "//J JOB 1,X\n//S EXEC PGM=CUSTUPD\n//CUSTFILE DD DSN=IBMUSER.CUST,DISP=SHR\n//CHANGES DD *\n"
        "A0002BAKER\nC0003CLARKE\nD0005\nA0001ADAMS\n/*\n//SYSOUT DD SYSOUT=*\n"
    )

    assert info.completion.text == "RC=0004", system.output(info, "JESMSGLG")
    assert system.output(info, "SYSOUT") == ["0001 STATUS 22", "0001ADAMS", "0002BAKER", "0003CLARKE"]
    assert [line.rstrip() for line in content(system, "IBMUSER.CUST")] == ["0001ADAMS", "0002BAKER", "0003CLARKE"]


def test_an_indexed_file_without_a_compiler_is_told(opened):
    system = opened(
        programs={"X": {"command": ["/bin/true"], "dds": {"KS": "indexed"}}}, program_options={"cobc": ["/no/such/cobc"]}
    )
    system.mvs.define_vsam(KSDS, system.who)
    with system.mvs.vsam("IBMUSER.KS", system.who, update=True) as file:
        file.insert(to_host("0001"))
    info = system.run(JOB.replace("MINE", "X"))

    assert info.completion.abend == "U4038"
    assert "/no/such/cobc" in "".join(system.output(info, "JESMSGLG"))


def test_messages_of_allocation_and_disposition_name_the_device_and_the_volume(made):
    system = made(lambda _step: 0)
    volser = system.mvs.find("IBMUSER.KS.DATA").volser
    lines = system.output(system.run(JOB), "JESYSMSG")
    (allocated,) = (line for line in lines if line.endswith("ALLOCATED TO KS"))

    assert allocated.startswith(" IEF237I 0A")
    at = lines.index(" IEF285I   IBMUSER.KS" + " " * 35 + "KEPT")
    assert lines[at + 1] == f" IEF285I   VOL SER NOS= {volser}."


def test_an_sms_managed_cluster_is_told_as_such(made):
    from dataclasses import replace

    from mvsfs.info import Allocation

    space = Allocation(space_unit="TRACK", primary=1, secondary=1, storclas="STANDARD")
    system = made(lambda _step: 0, replace(KSDS, allocation=space))
    lines = system.output(system.run(JOB), "JESYSMSG")

    assert " IGD103I SMS ALLOCATED TO DDNAME KS" in lines
    assert " IGD104I IBMUSER.KS" + " " * 35 + "RETAINED,  DDNAME=KS" in lines


def test_a_refused_open_names_the_volume(made):
    system = made(lambda step: sum(1 for _ in step.dd("KS").records()))
    system.user("OTHER")
    system.saf.command(system.acee, "ADDSD 'IBMUSER.KS' UACC(NONE)")
    volser = system.mvs.find("IBMUSER.KS.DATA").volser
    acee = system.saf.acee("OTHER")
    info = system.jes.wait(system.jes.submit(acee, JOB)[-1], 20)

    assert info.completion.text == "ABEND=913"
    line = next(line for line in system.output(info, "JESMSGLG") if "IEC150I" in line)
    assert line.endswith(f",{volser},IBMUSER.KS")


def test_the_index_lies_beside_the_data(made):
    system = made(lambda _step: 0)

    assert system.mvs.find("IBMUSER.KS.DATA").volser == system.mvs.find("IBMUSER.KS.INDEX").volser
