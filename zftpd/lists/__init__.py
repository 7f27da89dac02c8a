"""Part of the FTP server: lists."""
