"""Part of the FTP server: filetypes."""
