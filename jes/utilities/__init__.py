"""The programs that jobs name in EXEC PGM=: one file (or folder) per program, each ending with its Program row."""
