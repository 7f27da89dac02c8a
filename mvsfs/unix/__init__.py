"""z/OS UNIX files: directories, modes, links and file tags, kept in the catalog's database and content store."""
