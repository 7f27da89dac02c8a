"""Record formats: how records lie in storage, in blocks and in unloaded files."""
