"""Part of the FTP server: transfer."""
