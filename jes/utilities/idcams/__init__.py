"""IDCAMS, access method services: one module per verb."""
