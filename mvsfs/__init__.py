"""MVS data sets and z/OS UNIX files: catalog, record formats, members, code pages."""
