"""Whatever is done in whatever order, the catalog behaves like a dictionary, and every track is free or owned, once."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select

from mvsfs.access import OpenGuard, Requester
from mvsfs.dcb import Dsorg
from mvsfs.errors import DatasetExists, DatasetNotFound, MemberNotFound, SystemAbend, WrongDsorg
from mvsfs.info import Allocation, Target
from mvsfs.storage import tables
from mvsfs.storage.catalog import ebcdic_order
from mvsfs.storage.database import reading
from mvsfs.system import Mvs

WHO = Requester("U")
FB80 = Allocation(recfm="FB", lrecl=80, secondary=2)
NAMES = st.sampled_from(["U.A", "U.B", "U.B1", "U.BA", "V.C"])
MEMBERS = st.sampled_from(["M", "N1", "NA", "$X"])
COUNTS = st.sampled_from([0, 1, 3, 1500, 3000])


class Catalog(RuleBasedStateMachine):
    """Data sets map to a number of records, partitioned ones to a dictionary of members."""

    def __init__(self):
        super().__init__()
        self.mvs = Mvs.open("memory:", now=lambda: datetime(2026, 1, 1, tzinfo=UTC), guard=OpenGuard())
        self.model = {}

    def teardown(self):
        assert self.mvs.enqueue.holdings() == []
        self.mvs.close()

    def write(self, target, count, **more):
        with self.mvs.open_output(target, WHO, **more) as writer:
            writer.write_records([b"%080d" % count] * count)

    @rule(name=NAMES, count=COUNTS, append=st.booleans())
    def sequential(self, name, count, append):
        try:
            self.write(Target(name), count, allocation=FB80, append=append)
        except WrongDsorg:
            assert isinstance(self.model[name], dict)
        except SystemAbend as abend:
            assert abend.code == "B37"
            self.model.setdefault(name, 0)
        else:
            self.model[name] = count + (self.model.get(name, 0) if append else 0)

    @rule(name=NAMES, dsntype=st.sampled_from(["PDS", "LIBRARY"]))
    def partitioned(self, name, dsntype):
        wanted = Allocation(recfm="FB", lrecl=80, dsorg=Dsorg.PO, dsntype=dsntype, primary=3, secondary=1)
        try:
            self.mvs.allocate(name, wanted, WHO)
        except DatasetExists:
            assert name in self.model
        else:
            assert name not in self.model
            self.model[name] = {}

    @rule(name=NAMES, member=MEMBERS, count=COUNTS)
    def member(self, name, member, count):
        try:
            self.write(Target(name, member), count, stats=True)
        except DatasetNotFound:
            assert name not in self.model
        except WrongDsorg:
            assert isinstance(self.model[name], int)
        except SystemAbend as abend:
            assert abend.code == "E37"
        else:
            self.model[name][member] = count

    @rule(name=NAMES)
    def delete(self, name):
        try:
            self.mvs.delete(Target(name), WHO)
        except DatasetNotFound:
            assert name not in self.model
        else:
            del self.model[name]

    @rule(name=NAMES, member=MEMBERS)
    def delete_member(self, name, member):
        try:
            self.mvs.delete(Target(name, member), WHO)
        except (DatasetNotFound, WrongDsorg):
            assert not isinstance(self.model.get(name), dict)
        except MemberNotFound:
            assert member not in self.model[name]
        else:
            del self.model[name][member]

    @rule(old=NAMES, new=NAMES)
    def rename(self, old, new):
        try:
            self.mvs.rename(Target(old), Target(new), WHO)
        except DatasetNotFound:
            assert old not in self.model
        except DatasetExists:
            assert new in self.model
        else:
            self.model[new] = self.model.pop(old)

    @rule(name=NAMES)
    def compress(self, name):
        if isinstance(self.model.get(name), dict):
            self.mvs.compress(name, WHO)

    @invariant()
    def listing_shows_what_there_is(self):
        found = {info.dsname: info for info in self.mvs.search("**")}
        assert list(found) == sorted(self.model, key=ebcdic_order)
        for name, held in self.model.items():
            total = sum(held.values()) if isinstance(held, dict) else held
            assert found[name].records == total
            assert found[name].used_tracks <= found[name].allocated_tracks
            if isinstance(held, dict):
                directory = {each.name: each.records for each in self.mvs.members(name)}
                assert directory == held

    @invariant()
    def every_track_is_free_or_owned_once(self):
        extent, free = tables.extent.c, tables.free_space.c
        with reading(self.mvs.engine) as connection:
            ranges = [tuple(row) for row in connection.execute(select(extent.volser, extent.start, extent.tracks))]
            ranges += [tuple(row) for row in connection.execute(select(free.volser, free.start, free.tracks))]
        for volume in self.mvs.volumes:
            at = 15
            for _, start, tracks in sorted(each for each in ranges if each[0] == volume.volser):
                assert start == at
                at = start + tracks
            assert at == volume.cylinders * 15

    @invariant()
    def no_content_is_without_owner(self):
        with reading(self.mvs.engine) as connection:
            kept = set(connection.execute(select(tables.content.c.reference).where(~tables.content.c.doomed)).scalars())
            owned = set(connection.execute(select(tables.dataset.c.content)).scalars())
            owned |= set(connection.execute(select(tables.member.c.content)).scalars())
        assert kept == owned - {None}


TestCatalog = Catalog.TestCase
TestCatalog.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
