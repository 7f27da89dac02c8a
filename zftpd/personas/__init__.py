"""Data files: one persona each (release or site)."""
