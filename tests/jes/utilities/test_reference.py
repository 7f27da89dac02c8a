"""The page of programs is what the tables say."""

from __future__ import annotations

from pathlib import Path

from jes.utilities.reference import page

PAGE = Path(__file__).resolve().parents[3] / "docs" / "utilities.md"


def test_the_page_is_current():
    assert PAGE.read_text() == page(), "python -m jes.utilities.reference > docs/utilities.md"
