"""What OpenSSL has and Python's `ssl` has no call for, on the same contexts: one engine, a few more settings.

Source: OpenSSL manual pages SSL_CTX_set_cert_verify_callback, SSL_CTX_add_client_CA, SSL_CTX_set1_groups_list,
SSL_CTX_set1_sigalgs_list, SSL_CTX_set_timeout, SSL_CTX_sess_set_cache_size, SSL_CTX_set_tlsext_max_fragment_length. The last
but one group are macros over SSL_CTX_ctrl. Decision 0015.
Rules: the library is the very one that `ssl` is linked with, found through that module. Before anything is changed, the
pointer that a context of CPython begins with is proved: what was set through Python must be read back through it. Where the
proof fails (another interpreter, a library that is built in and hides its names) there is no `Library`, and callers say so.
"""

from __future__ import annotations

import ctypes
import platform
import ssl
from collections.abc import Sequence
from functools import cache
from typing import Any

#: SSL_CTX_ctrl: commands of <openssl/ssl.h>.
_SESS_CACHE_SIZE, _GROUPS_LIST, _SIGALGS_LIST = 42, 92, 98
_POINTER, _LONG, _INT = ctypes.c_void_p, ctypes.c_long, ctypes.c_int
_ACCEPT = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER)
_SIGNATURES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "OpenSSL_version_num": (ctypes.c_ulong, ()),
    "SSL_CTX_get_num_tickets": (ctypes.c_size_t, (_POINTER,)),
    "SSL_CTX_set_cert_verify_callback": (None, (_POINTER, _ACCEPT, _POINTER)),
    "SSL_CTX_add_client_CA": (_INT, (_POINTER, _POINTER)),
    "SSL_CTX_set_timeout": (_LONG, (_POINTER, _LONG)),
    "SSL_CTX_ctrl": (_LONG, (_POINTER, _INT, _LONG, _POINTER)),
    "SSL_CTX_set_tlsext_max_fragment_length": (_INT, (_POINTER, ctypes.c_uint8)),
    "d2i_X509": (_POINTER, (_POINTER, ctypes.POINTER(ctypes.c_char_p), _LONG)),
    "X509_free": (None, (_POINTER,)),
    "ERR_clear_error": (None, ()),
}
#: RFC 6066 section 4: the code of each length.
_FRAGMENTS = {512: 1, 1024: 2, 2048: 3, 4096: 4}
_PROOF_TICKETS = 7


#: Takes every certificate. That its sender has the key is proved by the handshake all the same.
_ACCEPTED = _ACCEPT(lambda _store, _argument: 1)


class Library:
    """The functions, each on a context of Python's."""

    def __init__(self, functions: ctypes.CDLL) -> None:
        """Declare what is called. Raises AttributeError when the library lacks one of them."""
        for name, (result, arguments) in _SIGNATURES.items():
            function = getattr(functions, name)
            function.restype, function.argtypes = result, arguments
        self._call = functions

    def is_proved(self) -> bool:
        """Tell whether it is the library of the `ssl` module, and contexts are where they are expected."""
        if self._call.OpenSSL_version_num() != ssl.OPENSSL_VERSION_NUMBER:
            return False
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.num_tickets = _PROOF_TICKETS
        return bool(self._call.SSL_CTX_get_num_tickets(_pointer(context)) == _PROOF_TICKETS)

    def accept_any(self, context: ssl.SSLContext) -> None:
        """Let the peer's certificate pass unseen: unknown authority, expired, for another purpose."""
        self._call.SSL_CTX_set_cert_verify_callback(_pointer(context), _ACCEPTED, None)

    def name_authorities(self, context: ssl.SSLContext, authorities: str) -> None:
        """Name the subjects of certificates (PEM) in requests for a certificate. Raises ValueError for what is none."""
        end = ssl.PEM_FOOTER
        for pem in authorities.split(end)[:-1]:
            der = ssl.PEM_cert_to_DER_cert(pem[pem.index(ssl.PEM_HEADER) :] + end)
            place = ctypes.c_char_p(der)
            made = self._call.d2i_X509(None, ctypes.byref(place), len(der))
            if not made:
                raise self._failed("a certificate of the key ring cannot be read")
            self._call.SSL_CTX_add_client_CA(_pointer(context), made)
            self._call.X509_free(made)

    def set_groups(self, context: ssl.SSLContext, groups: Sequence[str]) -> None:
        """Choose groups, the first preferred. Raises ValueError when the library lacks one."""
        self._list(context, _GROUPS_LIST, groups, "groups")

    def set_signatures(self, context: ssl.SSLContext, pairs: Sequence[str]) -> None:
        """Choose signature algorithms of handshakes. Raises ValueError when the library lacks one."""
        self._list(context, _SIGALGS_LIST, pairs, "signature algorithms")

    def set_lifetime(self, context: ssl.SSLContext, seconds: int) -> None:
        """Let a session be resumed for so many seconds."""
        self._call.SSL_CTX_set_timeout(_pointer(context), seconds)

    def set_cache_size(self, context: ssl.SSLContext, sessions: int) -> None:
        """Keep so many sessions; the oldest go first. Tickets are to be off, since with them the client keeps its session."""
        self._call.SSL_CTX_ctrl(_pointer(context), _SESS_CACHE_SIZE, sessions, None)

    def ask_fragments(self, context: ssl.SSLContext, length: int) -> None:
        """As a client, ask for records of at most 512, 1024, 2048 or 4096 bytes."""
        self._call.SSL_CTX_set_tlsext_max_fragment_length(_pointer(context), _FRAGMENTS[length])

    def _list(self, context: ssl.SSLContext, command: int, names: Sequence[str], what: str) -> None:
        text = ctypes.create_string_buffer(":".join(names).encode())
        if not self._call.SSL_CTX_ctrl(_pointer(context), command, 0, ctypes.addressof(text)):
            raise self._failed(f"{what} {', '.join(names)} are not offered")

    def _failed(self, reason: str) -> ValueError:
        """Return the error; what OpenSSL remembers of it would be taken for that of a later call."""
        self._call.ERR_clear_error()
        return ValueError(reason)


def _pointer(context: ssl.SSLContext) -> int:
    """Return the SSL_CTX, which CPython keeps right behind the head that all objects have."""
    address = _POINTER.from_address(id(context) + object.__basicsize__).value
    if not address:
        raise ValueError("there is no TLS context")
    return address


def reach(path: str | None = getattr(ssl._ssl, "__file__", None)) -> Library | None:  # type: ignore[attr-defined]
    """Return the library behind a module file (None: behind the program itself), or None when it cannot be used."""
    if platform.python_implementation() != "CPython":
        return None
    try:
        library = Library(ctypes.CDLL(path))
    except (OSError, AttributeError):
        return None
    return library if library.is_proved() else None


@cache
def library() -> Library | None:
    """Return the library of the `ssl` module, or None when it cannot be used."""
    return reach()
