"""Part of the FTP server: protocol."""
