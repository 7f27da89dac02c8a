"""A store with a key ring for a server under AT-TLS, certificates of clients, and policies in a few words."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from saf import Saf, SafOptions
from saf.address import engine_at
from saf.passwords import Scrypt
from tests.racfworld import Datasets

SAF_OPTIONS = SafOptions(scrypt=Scrypt(n=16))
_UNTIL = "NISTECC SIZE(256) NOTAFTER(DATE(2039-12-31))"
_COMMANDS = (
    "ADDUSER FTPD NOPASSWORD",
    "ADDUSER USER1 PASSWORD(SECRET)",
    "ALTUSER USER1 PASSWORD(SECRET) NOEXPIRED",
    f"RACDCERT CERTAUTH GENCERT SUBJECTSDN(CN('OUR CA')) WITHLABEL('CA') {_UNTIL}",
    f"RACDCERT ID(FTPD) GENCERT SUBJECTSDN(CN('SERVER')) WITHLABEL('SRV') SIGNWITH(CERTAUTH LABEL('CA')) {_UNTIL}",
    f"RACDCERT ID(USER1) GENCERT SUBJECTSDN(CN('USER ONE')) WITHLABEL('U1') SIGNWITH(CERTAUTH LABEL('CA')) {_UNTIL}",
    "RACDCERT ID(FTPD) ADDRING(R)",
    "RACDCERT ID(FTPD) CONNECT(CERTAUTH LABEL('CA') RING(R))",
    "RACDCERT ID(FTPD) CONNECT(LABEL('SRV') RING(R) DEFAULT)",
    "RACDCERT ID(USER1) ADDRING(R)",
    "RACDCERT ID(USER1) CONNECT(LABEL('U1') RING(R) DEFAULT)",
)


def fill(folder) -> None:
    """Make the store, with the server's ring FTPD/R, and `user.pem` of a user that RACF knows."""
    engine = engine_at(str(folder / "store"))
    saf = Saf.open(engine, now=lambda: datetime.now().astimezone(), options=SAF_OPTIONS)
    saf.bootstrap()
    for command in _COMMANDS:
        result = saf.command(saf.operator(), command, Datasets())
        assert result.rc == 0, (command, result.lines)
    entry = saf.keyring("USER1", "R").entries[0]
    (folder / "user.pem").write_bytes(entry.key_pem + entry.cert_pem)
    engine.dispose()


def certificate(folder, name: str, *, issuer: str = "", days: int = 30):
    """Write NAME.pem, a key with its certificate: self-signed, or by an authority that nobody knows; expired for days < 0."""
    now = datetime.now(UTC)
    key, signer = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]) if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=days))
        .sign(signer if issuer else key, hashes.SHA256())
    )
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / f"{name}.pem"
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


def action(name: str = "E", role: str = "ServerWithClientAuth", advanced: str = "", more: str = "", fips: str = "") -> str:
    """Statements of a group GNAME and an environment NAME."""
    return f"""
TTLSGroupAction G{name} {{
  TTLSEnabled On
  Trace 7
  {fips}
}}
TTLSEnvironmentAction {name} {{
  HandshakeRole {role}
  TTLSKeyringParms {{
    Keyring R
  }}
  TTLSEnvironmentAdvancedParms {{
    {advanced}
  }}
  {more}
}}
"""


def rule(name: str = "RULE", environment: str = "E", conditions: str = "", connection: str = "") -> str:
    """A rule for an environment with its group."""
    return f"""
TTLSRule {name} {{
  {conditions or "Direction Both"}
  TTLSGroupActionRef G{environment}
  TTLSEnvironmentActionRef {environment}
  {connection}
}}
"""


CONTROLLED = "ApplicationControlled On\n    SecondaryMap On\n    "


def policy(client_auth: str = "Required", role: str = "ServerWithClientAuth", more: str = "", advanced: str = "") -> str:
    """A policy of one rule for an FTP server that waits for AUTH."""
    return rule() + action("E", role, f"{CONTROLLED}ClientAuthType {client_auth}\n    {advanced}", more)


def context(certificate_file=None, **options) -> ssl.SSLContext:
    """A client's context that trusts everybody."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname, made.verify_mode = False, ssl.CERT_NONE
    if certificate_file is not None:
        made.load_cert_chain(str(certificate_file))
    for name, value in options.items():
        setattr(made, name, value)
    return made
