"""Tersed files (AMATERSE, TRSMAIN): PACK and SPACK, both ways."""
