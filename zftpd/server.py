"""The frozen facts of a running server that every session shares."""

from __future__ import annotations
