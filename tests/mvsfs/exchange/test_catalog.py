"""Import and export: what leaves a store in a file comes back the same."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from typer.testing import CliRunner

from mvsfs.access import OpenGuard, Requester
from mvsfs.cli import app
from mvsfs.dcb import Dsorg
from mvsfs.errors import DatasetExists
from mvsfs.exchange.catalog import load, unload
from mvsfs.info import Allocation, IspfStats, LoadModule, Target
from mvsfs.system import Mvs

WHO = Requester("IBMUSER")
STATS = IspfStats(1, 2, date(2024, 2, 29), datetime(2026, 3, 25, 10, 59, 58), 2, 2, 0, "USER1")
MODULE = LoadModule(0x1234, 1, "31", "ANY", ("FO", "RN", "RU"), 0x10)


def line(text: str) -> bytes:
    return text.ljust(80).encode("cp037")


@pytest.fixture
def mvs(clock):
    system = Mvs.open("memory:", now=clock, guard=OpenGuard())
    yield system
    system.close()


def fill(mvs: Mvs) -> None:
    library = Allocation(recfm="FB", lrecl=80, dsorg=Dsorg.PO, dsntype="PDS", primary=5, directory_blocks=5)
    mvs.allocate("USER1.SOURCE", library, WHO)
    for name, stats in (("A", STATS), ("B", None)):
        with mvs.open_output(Target("USER1.SOURCE", name), WHO, stats=stats) as writer:
            writer.write_records([line(name), line("2")])
    mvs.add_member_alias("USER1.SOURCE", "BX", "B", WHO)
    loads = Allocation(recfm="U", lrecl=0, blksize=6144, dsorg=Dsorg.PO, dsntype="PDS", primary=5, directory_blocks=5)
    mvs.allocate("USER1.LOAD", loads, WHO)
    with mvs.open_output(Target("USER1.LOAD", "PROG"), WHO, load=MODULE) as writer:
        writer.write_records([b"\x20" * 100, b"\1" * 3000])
    mvs.add_member_alias("USER1.LOAD", "ENTRY2", "PROG", WHO)
    with mvs.open_output(Target("USER1.DATA"), WHO, allocation=Allocation(recfm="VB", lrecl=256)) as writer:
        writer.write_records([b"\xc1", b"", b"\xc2" * 252])


@pytest.mark.parametrize("name", ["USER1.SOURCE", "USER1.LOAD", "USER1.DATA"])
def test_a_copy_in_the_store_is_the_same(mvs, name):
    fill(mvs)
    first = unload(mvs, WHO, name)
    list(load(mvs, WHO, "USER2.COPY", first))

    second = unload(mvs, WHO, "USER2.COPY")

    assert second.members == first.members
    assert list(second.records) == list(first.records)
    assert (second.dcb.recfm, second.dcb.lrecl, second.dcb.blksize) == (first.dcb.recfm, first.dcb.lrecl, first.dcb.blksize)


def test_directory_facts_survive(mvs):
    fill(mvs)
    for name in ("USER1.SOURCE", "USER1.LOAD"):
        list(load(mvs, WHO, name.replace("USER1", "USER2"), unload(mvs, WHO, name)))

    zone = mvs.member("USER1.SOURCE", "A").stats.changed.tzinfo
    found = mvs.member("USER2.SOURCE", "A").stats
    assert (found.size, found.userid, found.changed.replace(tzinfo=zone)) == (2, "USER1", STATS.changed.replace(tzinfo=zone))
    assert mvs.member("USER2.LOAD", "PROG").load == MODULE
    assert mvs.member("USER2.LOAD", "ENTRY2").alias_of == "PROG"


def test_what_exists_is_written_over_only_when_asked(mvs):
    fill(mvs)
    for name in ("USER1.SOURCE", "USER1.DATA"):
        dataset = unload(mvs, WHO, name)
        with pytest.raises(DatasetExists):
            list(load(mvs, WHO, name, dataset))
        assert list(load(mvs, WHO, name, dataset, replace=True))


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("out.xmi", "USER1.SOURCE"),
        ("out.xmi", "USER1.LOAD"),
        ("out.xmi", "USER1.DATA"),
        ("out.aws", "USER1.SOURCE"),
        ("out.aws", "USER1.DATA"),
        ("out.unl", "USER1.LOAD"),
        ("out.rdw", "USER1.DATA"),
        ("out.zip", "USER1.SOURCE"),
    ],
)
def test_files_go_out_and_come_back_by_command(tmp_path, clock, file, name):
    url = str(tmp_path / "store")
    system = Mvs.open(f"file://{url}", now=clock, guard=OpenGuard())
    fill(system)
    before = unload(system, WHO, name)
    system.close()
    path, run = str(tmp_path / file), CliRunner()

    out = run.invoke(app, ["--store", f"file://{url}", "export", path, name])
    back = run.invoke(
        app, ["--store", f"file://{url}", "import", path, "USER9.BACK", "--recfm", "VB" if file.endswith("rdw") else ""]
    )

    assert (out.exit_code, back.exit_code) == (0, 0), out.output + back.output
    system = Mvs.open(f"file://{url}", now=clock, guard=OpenGuard())
    after = unload(system, WHO, "USER9.BACK")
    system.close()
    assert list(after.records) == list(before.records)
    if before.members and not file.endswith("zip"):
        assert after.members == before.members
    elif before.members:
        assert {m.name: m.records for m in after.members} == {m.name: m.records for m in before.members if not m.alias_of}


@pytest.mark.parametrize(
    ("args", "word"), [(["import", "x.doc"], "no format"), (["export", "x.xmi"], "names"), (["import", "none.xmi"], "none.xmi")]
)
def test_what_cannot_be_done_is_told_in_one_line(tmp_path, monkeypatch, args, word):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.doc").write_bytes(b"")

    result = CliRunner().invoke(app, ["--store", f"file://{tmp_path}/store", *args])

    assert result.exit_code == 1
    assert word in result.output
    assert "Traceback" not in result.output
