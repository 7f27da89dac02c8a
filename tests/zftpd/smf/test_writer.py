from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

import pytest

from mvsfs.access import OpenGuard, Requester
from mvsfs.info import Target
from mvsfs.system import Mvs
from zftpd.exits.call import Exits
from zftpd.exits.loader import Exit
from zftpd.exits.points import SessionArea, SocketAddress
from zftpd.params.sets import SmfWanted
from zftpd.params.settings import Settings
from zftpd.smf.records import Writer
from zftpd.smf.writer import ALLOCATION, DSNAME, SmfWriter

OPERATOR = Requester("FTPD")
AREA = SessionArea("FTPD000001", SocketAddress("10.1.2.3", 1), SocketAddress("10.1.2.4", 21))


@pytest.fixture
def mvs(clock):
    system = Mvs.open("memory:", now=clock, guard=OpenGuard())
    yield system
    system.close()


def kept(mvs):
    with mvs.open_input(Target(DSNAME), OPERATOR) as reader:
        return list(reader.records())


def writer(mvs, tmp_path=None, exits=None, said=None):
    return SmfWriter(
        mvs,
        OPERATOR,
        Writer(),
        exits or Exits(),
        console=(said if said is not None else []).append,
        now=datetime.now,
        file=tmp_path and tmp_path / "smf",
    )


def test_records_go_to_the_data_set_and_to_the_file(mvs, tmp_path, facts):
    smf = writer(mvs, tmp_path)
    smf.record_transfer(facts, SmfWanted(75, True), Settings(), AREA)
    smf.record_transfer(facts, SmfWanted(None, True), Settings(), AREA)

    records = kept(mvs)
    assert [record[1] for record in records] == [118, 119, 119]
    assert (tmp_path / "smf").read_bytes() == b"".join(
        (len(record) + 4).to_bytes(2, "big") + bytes(2) + record for record in records
    )


def test_the_data_set_has_the_attributes_of_smf_data(mvs, facts):
    writer(mvs).record_transfer(facts, SmfWanted(None, True), Settings(), AREA)
    dcb = mvs.find(DSNAME).dcb

    assert (str(dcb.recfm), dcb.lrecl) == ("VBS", 32760)


def test_the_exit_may_drop_type_118_but_not_119(mvs, facts):
    exits = Exits({"FTPSMFEX": Exit(lambda point: 4, "test")})
    smf = writer(mvs, exits=exits)
    smf.record_transfer(facts, SmfWanted(75, True), replace(Settings(), smfexit=True), AREA)
    exits.close()

    assert [record[1] for record in kept(mvs)] == [119]


def test_what_cannot_be_written_is_told_and_hurts_nobody(mvs, facts):
    said = []
    smf = SmfWriter(mvs, OPERATOR, Writer(), Exits(), console=said.append, now=datetime.now, wait_seconds=0)
    with mvs.open_output(Target(DSNAME), OPERATOR, allocation=ALLOCATION):
        smf.record_transfer(facts, SmfWanted(None, True), Settings(), AREA)

    assert "SMF record was not written" in said[0]


def test_a_session_that_asks_for_nothing_writes_nothing(mvs):
    session = SimpleNamespace(settings=Settings(), transfer=SimpleNamespace(verb="STOR", filetype="SEQ"))
    writer(mvs).transfer(session)

    assert list(mvs.search(DSNAME)) == []


def test_a_data_set_that_is_full_is_put_aside_and_no_record_is_lost(mvs, facts):
    moments = iter(datetime(2026, 11, 29, 17, 5, second) for second in range(60))
    smf = SmfWriter(mvs, OPERATOR, Writer(), Exits(), console=pytest.fail, now=lambda: next(moments), switch_bytes=2000)
    for _ in range(20):
        smf.record_transfer(facts, SmfWanted(None, True), Settings(), AREA)

    aside = mvs.names("SYS1.SMFDATA.D26333.*")
    assert len(aside) > 1
    counts = [len(list(mvs.records(Target(name), OPERATOR))) for name in aside]
    assert sum(counts) + (len(kept(mvs)) if mvs.exists(DSNAME) else 0) == 20
    assert max(counts) < 20
