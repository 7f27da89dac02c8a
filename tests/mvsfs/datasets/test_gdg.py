"""Generation data groups."""

import pytest

from mvsfs.errors import DatasetNotFound, GenerationNotFound, GenerationsExist, WrongDsorg
from mvsfs.info import Allocation, Target

BASE = "USER1.DAILY"


def grow(world, count):
    for number in range(count):
        world.write(f"{BASE}(+1)", [b"%d" % number])


def test_plus_one_makes_the_next_generation(world):
    world.mvs.define_gdg(BASE, limit=5, who=world.who)
    grow(world, 2)

    assert (f"{BASE}.G0001V00", f"{BASE}.G0002V00") == world.mvs.gdg(BASE).generations


def test_relative_names_read_newest_and_older(world):
    world.mvs.define_gdg(BASE, limit=5, who=world.who)
    grow(world, 3)

    assert [world.read(f"{BASE}({n})") for n in (0, -1, -2)] == [[b"2"], [b"1"], [b"0"]]


def test_a_generation_that_is_not_there_is_refused(world):
    world.mvs.define_gdg(BASE, limit=5, who=world.who)
    with pytest.raises(GenerationNotFound) as refused:
        world.read(f"{BASE}(0)")

    assert (refused.value.dsname, refused.value.generation) == (BASE, 0)


def test_a_base_that_is_not_there_is_refused(world):
    with pytest.raises(DatasetNotFound):
        world.write(f"{BASE}(+1)", [b"x"])


def test_a_data_set_has_no_generations(world):
    world.write("USER1.A", [b"x"])
    with pytest.raises(WrongDsorg):
        world.read("USER1.A(0)")


def test_the_writer_tells_the_absolute_name(world):
    world.mvs.define_gdg(BASE, limit=5, who=world.who)
    with world.mvs.open_output(Target(BASE, generation=1), world.who, allocation=Allocation(recfm="FB", lrecl=80)) as writer:
        assert f"{BASE}.G0001V00" == writer.name


def test_noempty_lets_the_oldest_go(world):
    world.mvs.define_gdg(BASE, limit=2, scratch=True, who=world.who)
    grow(world, 4)

    assert [BASE, f"{BASE}.G0003V00", f"{BASE}.G0004V00"] == world.names("USER1.*")


def test_empty_lets_all_older_ones_go(world):
    world.mvs.define_gdg(BASE, limit=2, scratch=True, empty=True, who=world.who)
    grow(world, 3)

    assert [BASE, f"{BASE}.G0003V00"] == world.names("USER1.*")


def test_noscratch_leaves_the_data_set_on_its_volume(world):
    world.mvs.define_gdg(BASE, limit=1, who=world.who)
    grow(world, 1)
    volser = world.mvs.find(f"{BASE}.G0001V00").volser
    world.write(f"{BASE}(+1)", [b"1"])
    world.mvs.delete(Target(f"{BASE}.G0002V00"), world.who)
    world.mvs.recatalog(f"{BASE}.G0001V00", volser, world.who)

    assert world.read(f"{BASE}(0)") == [b"0"]


def test_a_failed_generation_does_not_roll_any_other_off(world):
    world.mvs.define_gdg(BASE, limit=1, scratch=True, who=world.who)
    grow(world, 1)
    with (
        pytest.raises(ZeroDivisionError),
        world.mvs.open_output(
            Target(BASE, generation=1), world.who, allocation=Allocation(recfm="FB", lrecl=80), conddisp_catlg=False
        ),
    ):
        raise ZeroDivisionError

    assert world.read(f"{BASE}(0)") == [b"0"]


def test_an_allocated_generation_may_roll_in_later(world):
    world.mvs.define_gdg(BASE, limit=1, scratch=True, who=world.who)
    grow(world, 1)
    name = world.mvs.resolve_generation(Target(BASE, generation=1)).dsname
    world.mvs.allocate(name, Allocation(recfm="FB", lrecl=80), world.who, roll_in=False)
    assert len(world.mvs.gdg(BASE).generations) == 2

    assert [f"{BASE}.G0001V00"] == world.mvs.roll_in(name)
    assert (name,) == world.mvs.gdg(BASE).generations


def test_numbers_wrap_after_9999(world):
    world.mvs.define_gdg(BASE, limit=3, scratch=True, who=world.who)
    world.write(f"{BASE}.G9999V00", [b"old"])
    grow(world, 2)

    assert (f"{BASE}.G9999V00", f"{BASE}.G0001V00", f"{BASE}.G0002V00") == world.mvs.gdg(BASE).generations


def test_a_base_with_generations_is_deleted_only_by_force(world):
    world.mvs.define_gdg(BASE, limit=3, who=world.who)
    grow(world, 2)
    with pytest.raises(GenerationsExist):
        world.mvs.delete(Target(BASE), world.who)
    world.mvs.delete(Target(BASE), world.who, force=True)

    assert world.names("USER1.*") == []


def test_a_lower_limit_rolls_off(world):
    world.mvs.define_gdg(BASE, limit=5, scratch=True, who=world.who)
    grow(world, 4)
    facts = world.mvs.alter_gdg(BASE, world.who, limit=2)

    assert (facts.limit, len(facts.generations)) == (2, 2)


@pytest.mark.parametrize(("extended", "limit"), [(False, 0), (False, 256), (True, 1000)])
def test_a_limit_out_of_range_is_refused_when_it_is_altered_too(world, extended, limit):
    world.mvs.define_gdg("USER1.LIMITED", limit=3, extended=extended, who=world.who)

    with pytest.raises(ValueError, match=f"LIMIT {limit}"):
        world.mvs.alter_gdg("USER1.LIMITED", world.who, limit=limit)

    assert 3 == world.mvs.gdg("USER1.LIMITED").limit


def test_a_generation_is_deleted_by_its_relative_name(world):
    world.mvs.define_gdg(BASE, limit=5, who=world.who)
    grow(world, 2)
    world.mvs.delete(Target(BASE, generation=0), world.who)

    assert world.read(f"{BASE}(0)") == [b"0"]


def test_bases_are_listed(world):
    world.mvs.define_gdg("USER1.B", limit=5, who=world.who)
    world.mvs.define_gdg("USER1.A", limit=5, who=world.who)

    assert world.mvs.gdg_bases() == ["USER1.A", "USER1.B"]
