"""The reference pages are made from the tables, are current, and do not claim what the code does not do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zftpd.params.param import Where
from zftpd.params.table import PARAMS
from zftpd.reference import COMMAND_LIMITS, PAGES
from zftpd.verbs import VERBS

ROOT = Path(__file__).resolve().parents[2]
#: Parameters whose effect lies in zftpd/params itself.
WITHIN = {"DEBUGONSITE", "DUMPONSITE", "SUPPRESSIGNOREWARNINGS", "SBTRANS"}


@pytest.mark.parametrize("name", list(PAGES))
def test_a_page_is_current(name):
    """If not: python -m zftpd.reference docs/reference."""
    assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == PAGES[name]()


def test_a_parameter_without_a_limit_is_read_by_some_code():
    code = "\n".join(path.read_text() for path in (ROOT / "zftpd").rglob("*.py") if "params" not in path.parts)
    serving = [param for param in PARAMS if param.where != Where.CLIENT and not param.limit and param.name not in WITHIN]
    idle = [param.name for param in serving if not re.search(rf"""[."']{param.attribute}\b""", code)]

    assert idle == []


def test_every_limited_command_exists():
    assert not [verb for verb in COMMAND_LIMITS if verb not in VERBS]
