"""Test support: the pytest plug-in."""
