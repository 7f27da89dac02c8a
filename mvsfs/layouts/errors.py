"""What a layout raises for bytes that are not it; callers outside this folder turn it into facts of their own."""

from __future__ import annotations

from construct import ConstructError as LayoutError

__all__ = ["LayoutError"]
