"""Part of the FTP server: params."""
