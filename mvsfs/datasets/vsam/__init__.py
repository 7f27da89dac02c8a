"""VSAM: clusters, alternate indexes, paths, and the records in them."""
