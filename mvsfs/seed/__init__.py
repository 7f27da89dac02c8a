"""Seed folders: plain files and a manifest that describe the data sets and z/OS UNIX files of a test system."""

from mvsfs.seed.apply import apply
from mvsfs.seed.folder import read
from mvsfs.seed.model import Seed, SeedError

__all__ = ["Seed", "SeedError", "apply", "read"]
