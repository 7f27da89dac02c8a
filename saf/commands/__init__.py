"""The RACF commands: one file per family, one table."""
