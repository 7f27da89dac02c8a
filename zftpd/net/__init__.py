"""Part of the FTP server: net."""
