"""The two server configurations of the document (pages 37 and 64) and clients for them."""

from __future__ import annotations

import ftplib
import ssl

PAGE_37 = """
EXTENSIONS          AUTH_TLS     ; Enable TLS authentication
TLSMECHANISM        ATTLS        ; Server-specific or ATTLS
SECURE_FTP          ALLOWED      ; Security required/optional
SECURE_LOGIN        NO_CLIENT_AUTH ; Client authentication
SECURE_PASSWORD     REQUIRED     ; Password requirement
SECURE_CTRLCONN     PRIVATE      ; Minimum level of security CTRL
SECURE_DATACONN     PRIVATE      ; Minimum level of security DATA
TLSRFCLEVEL         RFC4217      ; SSL/TLS RFC Level supported
"""
PAGE_64 = PAGE_37.replace("ALLOWED ", "REQUIRED ").replace("NO_CLIENT_AUTH", "VERIFY_USER")


def context(certificates, *, user=False):
    made = ssl.create_default_context(cafile=str(certificates / "ca.pem"))
    made.set_ciphers("ALL:@SECLEVEL=0")  # the document's keys have 1024 bits
    made.maximum_version = ssl.TLSVersion.TLSv1_2
    made.check_hostname = False
    if user:
        made.load_cert_chain(str(certificates / "user.pem"))
    return made


class Client(ftplib.FTP_TLS):
    """ftplib, with the session of the control connection resumed on data connections."""

    def ntransfercmd(self, cmd, rest=None):
        connection, size = ftplib.FTP.ntransfercmd(self, cmd, rest)
        if self._prot_p:
            connection = self.context.wrap_socket(connection, session=self.sock.session)
        return connection, size


def secured(server, made):
    client = Client(context=made)
    client.connect(*server.address, timeout=20)
    client.auth()
    return client
