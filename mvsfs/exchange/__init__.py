"""Formats that carry data sets between systems: XMIT, IEBCOPY unload, tape images, RDW files, zip."""
