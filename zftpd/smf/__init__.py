"""Part of the FTP server: smf."""
