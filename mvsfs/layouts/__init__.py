"""Binary layouts declared with construct: one control block or label per file, none on the data path."""
