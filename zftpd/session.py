"""What one control connection remembers. No IO here."""

from __future__ import annotations
