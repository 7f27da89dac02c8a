"""Errors as a person at a command line reads them."""

from __future__ import annotations

import inspect
from dataclasses import fields
from datetime import date

import pytest

from mvsfs import errors
from mvsfs.access import Access
from mvsfs.seed import SeedError
from mvsfs.sentences import sentence

CLASSES = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.MvsError) and kind is not errors.MvsError
]
VALUES = {"str": "X.Y", "int": 1, "bytes": b"\xc1", "date": date(2026, 1, 2), "Access": Access.READ, "bytes | int": b"\xc1"}


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_error_has_a_sentence_without_the_names_of_its_facts(kind):
    facts = {field.name: VALUES[field.type] for field in fields(kind) if field.type in VALUES}
    told = sentence(kind(**facts))

    assert kind.__name__ not in told
    assert not any(f"{name}=" in told for name in facts)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (errors.UnixError("ENOENT", "/u/none"), "/u/none: no such file or directory"),
        (errors.UnixError("ENOTEMPTY", "/u"), "/u: directory not empty"),
        (errors.DuplicateKey("A.B", b"\xc1\xc2"), "A.B has a record with the key X'C1C2' already"),
        (errors.RecordNotFound("A.B", 7), "A.B has no record at 7"),
        (SeedError("users", "no such command"), "users: no such command"),
    ],
)
def test_what_is_told(error, told):
    assert told == sentence(error)
