"""Settings from the table's defaults, and settings with some values changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from zftpd.params.settings import Settings


@cache
def defaults() -> Settings:
    """Return the settings of a server whose FTP.DATA is empty."""
    return Settings()


def changed(settings: Settings, values: Mapping[str, object]) -> Settings:
    """Return `settings` with the attributes of `values` replaced."""
    known: dict[str, Any] = dict(values)
    return replace(settings, **known) if known else settings
