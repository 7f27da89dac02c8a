"""Subcommands of the client, one file per family; each ends with its table."""
