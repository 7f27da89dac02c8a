"""Part of the FTP server: commands."""
