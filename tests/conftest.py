"""What every test may ask for."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest


@pytest.fixture
def shared() -> Path:
    """The folder of real data beside the repository; a checkout without it skips, visibly."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("the folder of real data sets is not beside this checkout")
    return folder


@pytest.fixture
def clock():
    """A clock that stands at a known second; call it for now."""
    return lambda: datetime(2026, 3, 25, 11, 0, 0, tzinfo=timezone(timedelta(0)))
