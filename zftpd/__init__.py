"""The z/OS-flavoured FTP and FTPS server, and the z/OS FTP client."""
