"""Part of the FTP server: exits."""
