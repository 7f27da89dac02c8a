"""The reference page."""

from __future__ import annotations

from pathlib import Path

from saf.reference import page


def test_the_page_is_current():
    """`python -m saf.reference docs/reference/racf.md` makes it."""
    assert page() == (Path(__file__).resolve().parents[2] / "docs" / "reference" / "racf.md").read_text()
