"""Jobs: the JES2 spool, the internal reader, the JCL interpreter and the utilities."""
