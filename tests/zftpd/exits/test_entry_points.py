from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from zftpd.exits import loader
from zftpd.exits.loader import GROUP, BadExit, load


def offers(monkeypatch, *entries):
    """Pretend that installed distributions offer these exits."""
    found = [EntryPoint(name, value, GROUP) for name, value in entries]
    monkeypatch.setattr(loader, "installed", lambda group: [each for each in found if each.group == group])


def test_an_installed_distribution_may_offer_an_exit(monkeypatch):
    offers(monkeypatch, ("FTCHKCMD", "json:dumps"))

    assert load()["FTCHKCMD"].source == "json:dumps"


def test_an_option_wins_over_an_entry_point(monkeypatch):
    offers(monkeypatch, ("FTCHKCMD", "json:dumps"))

    assert load(["FTCHKCMD=json:loads"])["FTCHKCMD"].source == "json:loads"


@pytest.mark.parametrize(
    "entries",
    [[("FTNOSUCH", "json:dumps")], [("FTCHKCMD", "json:dumps"), ("FTCHKCMD", "json:loads")]],
    ids=["unknown point", "offered twice"],
)
def test_an_entry_point_that_cannot_be_used_stops_the_start(monkeypatch, entries):
    offers(monkeypatch, *entries)
    with pytest.raises(BadExit):
        load()
