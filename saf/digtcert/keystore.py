"""Private keys at rest: sealed with AES-256-GCM under a key that does not lie in the database.

Rules: the sealing key comes from a passphrase (scrypt), else from a key file, else from a file beside an SQLite database. A
database in memory holds its own, since both go together. A sealed key is bound to its certificate's public key, so it cannot be
moved to another row.
"""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from saf.context import Context
from saf.database import Change, Tables
from saf.errors import KeyStoreClosed

_VERSION = b"\x01"
_NONCE = 12
_KEY = 32
_OPTION = "keystore"
_FILE = "saf.key"


class KeyStore:
    """Seals and opens private keys of one database."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def seal(self, change: Change, secret: bytes, public_key: str) -> bytes:
        """Return the sealed form of a private key. Raises: KeyStoreClosed when there is no place for the sealing key."""
        nonce = self._context.options.random(_NONCE)
        key = self._key(change, create=change)
        return _VERSION + nonce + AESGCM(key).encrypt(nonce, secret, public_key.encode())

    def open(self, tables: Tables, sealed: bytes, public_key: str) -> bytes:
        """Return the private key. Raises: KeyStoreClosed when the sealing key is missing or another one."""
        key = self._key(tables, create=None)
        try:
            return AESGCM(key).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], public_key.encode())
        except InvalidTag:
            raise KeyStoreClosed("the key file or passphrase is not the one the private key was stored with") from None

    def _key(self, tables: Tables, *, create: Change | None) -> bytes:
        options = self._context.options
        if options.passphrase is not None:
            salt = self._kept(tables, "salt", 16, create)
            return hashlib.scrypt(options.passphrase.encode(), salt=salt, n=1 << 14, r=8, p=1, maxmem=1 << 26, dklen=_KEY)
        file = options.key_file or self._beside()
        if file is None:
            return self._kept(tables, "key", _KEY, create)
        return self._from_file(file, create=create is not None)

    def _beside(self) -> Path | None:
        url = self._context.database.engine.url
        if url.get_backend_name() != "sqlite":
            raise KeyStoreClosed("a passphrase or a key file is needed for private keys in this database")
        return Path(url.database).parent / _FILE if url.database and url.database != ":memory:" else None

    def _from_file(self, file: Path, *, create: bool) -> bytes:
        if not file.exists():
            if not create:
                raise KeyStoreClosed(f"{file.name} is missing")
            fresh = file.with_name(f"{file.name}.{os.getpid()}")
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as out:
                out.write(base64.b64encode(self._context.options.random(_KEY)) + b"\n")
            try:
                os.link(fresh, file)  # whoever comes second keeps the first one's
            except FileExistsError:
                pass
            fresh.unlink()
        try:
            key = base64.b64decode(file.read_bytes())
        except (OSError, ValueError):
            raise KeyStoreClosed(f"{file.name} cannot be read") from None
        if len(key) != _KEY:
            raise KeyStoreClosed(f"{file.name} does not hold a key")
        return key

    def _kept(self, tables: Tables, name: str, length: int, create: Change | None) -> bytes:
        kept = tables.options().get(f"{_OPTION}.{name}")
        if kept is None:
            if create is None:
                raise KeyStoreClosed("no private key was ever stored")
            kept = base64.b64encode(self._context.options.random(length)).decode()
            create.put_option(f"{_OPTION}.{name}", kept)
        return base64.b64decode(kept)
