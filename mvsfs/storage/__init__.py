"""The catalog in SQL and the contents as write-once objects."""
