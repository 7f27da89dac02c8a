"""The z/OS FTP client: `zftp` on the command line, PGM=FTP in a job."""
