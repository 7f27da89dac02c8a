"""Every reply's words by id, by first digit of the code; nothing else in the server holds one."""
