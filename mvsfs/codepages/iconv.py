"""The C library's iconv, for code pages of more than one byte to a character.

Source: [POSIX iconv]; dependencies.md 3 for the trial that these tables equal ICU's.
Rules: one converter belongs to one stream and one thread; text passes as UTF-8 in between. An encoder finishes each call in the
initial shift state; a decoder keeps what a chunk cuts.
Raises UnknownCodepage where the C library has no iconv or no such page.
"""

from __future__ import annotations

import ctypes
import errno
import weakref
from functools import lru_cache

from mvsfs.errors import UnknownCodepage, Untranslatable

SO, SI = b"\x0e", b"\x0f"
REPLACEMENT = "\ufffd"
_BAD = ctypes.c_void_p(-1).value
_FAILED = ctypes.c_size_t(-1).value
_BUFFER = 1 << 16


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(None, use_errno=True)
    try:
        library.iconv_open.restype = ctypes.c_void_p
        library.iconv_open.argtypes = [ctypes.c_char_p, ctypes.c_char_p]
        library.iconv_close.argtypes = [ctypes.c_void_p]
        library.iconv.restype = ctypes.c_size_t
        size = ctypes.POINTER(ctypes.c_size_t)
        library.iconv.argtypes = [ctypes.c_void_p, ctypes.c_void_p, size, ctypes.c_void_p, size]
    except AttributeError as error:
        raise UnknownCodepage("iconv") from error
    return library


class _Handle:
    """An open conversion descriptor."""

    def __init__(self, source: str, target: str, codepage: str) -> None:
        library = _library()
        handle = library.iconv_open(target.encode("ascii"), source.encode("ascii"))
        if handle == _BAD:
            raise UnknownCodepage(codepage)
        self._handle = ctypes.c_void_p(handle)
        self._room = ctypes.create_string_buffer(_BUFFER)
        weakref.finalize(self, library.iconv_close, self._handle)

    def step(self, source: ctypes.Array[ctypes.c_char], at: int, size: int) -> tuple[int, bytes, int]:
        """Convert from `at` as much as the buffer takes; return (where it stopped, converted, errno or 0)."""
        begin, left = ctypes.c_void_p(ctypes.addressof(source) + at), ctypes.c_size_t(size - at)
        target, room = ctypes.c_void_p(ctypes.addressof(self._room)), ctypes.c_size_t(_BUFFER)
        refs = (ctypes.byref(begin), ctypes.byref(left), ctypes.byref(target), ctypes.byref(room))
        result = _library().iconv(self._handle, *refs)
        code = ctypes.get_errno() if result == _FAILED else 0
        return size - left.value, ctypes.string_at(self._room, _BUFFER - room.value), code

    def reset(self) -> bytes:
        """Return to the initial shift state; what that takes (SI) comes back."""
        target, room = ctypes.c_void_p(ctypes.addressof(self._room)), ctypes.c_size_t(_BUFFER)
        _library().iconv(self._handle, None, None, ctypes.byref(target), ctypes.byref(room))
        return ctypes.string_at(self._room, _BUFFER - room.value)


class Encoder:
    """Text into a page. `substitute` is a character that the page has, or None to refuse."""

    def __init__(self, name: str, codepage: str, substitute: str | None = None) -> None:
        self._handle = _Handle("UTF-8", name, codepage)
        self._codepage = codepage
        self._substitute = substitute.encode("utf-8") if substitute is not None else None

    def encode(self, text: str) -> bytes:
        """Return the bytes, closed by SI where the page shifts. Raises Untranslatable (offset in UTF-8 bytes)."""
        data = text.encode("utf-8", "surrogatepass")
        done: list[bytes] = []
        source, at, size = ctypes.create_string_buffer(data, len(data)), 0, len(data)
        while at < size:
            at, converted, code = self._handle.step(source, at, size)
            done.append(converted)
            if code in (errno.EILSEQ, errno.EINVAL):
                if self._substitute is None:
                    self._handle.reset()
                    raise Untranslatable(self._codepage, at)
                done.append(self._converted_substitute())
                at += _utf8_length(data[at])
        done.append(self._handle.reset())
        return b"".join(done)

    def _converted_substitute(self) -> bytes:
        """Convert the substitute through the same handle, so that shifts stay right."""
        data = self._substitute or b""
        _, converted, code = self._handle.step(ctypes.create_string_buffer(data, len(data)), 0, len(data))
        if code in (errno.EILSEQ, errno.EINVAL):
            raise Untranslatable(self._codepage, 0)
        return converted


def _utf8_length(lead: int) -> int:
    return 4 if lead >= 0xF0 else 3 if lead >= 0xE0 else 2 if lead >= 0xC0 else 1


class Decoder:
    """A page into text, chunk by chunk. With `replace` what is no character becomes U+FFFD."""

    def __init__(self, name: str, codepage: str, *, shifts: bool, replace: bool = False) -> None:
        self._handle = _Handle(name, "UTF-8", codepage)
        self._codepage = codepage
        self._shifts = shifts
        self._replace = replace
        self._rest = b""
        self._offset = 0

    def decode(self, data: bytes, final: bool = False) -> str:
        """Return the text of the whole characters so far; `final` ends the stream. Raises Untranslatable."""
        data = self._rest + data
        done: list[bytes] = []
        source, at, size = ctypes.create_string_buffer(data, len(data)), 0, len(data)
        while at < size:
            at, converted, code = self._handle.step(source, at, size)
            done.append(converted)
            if code == errno.EINVAL and not final:
                break
            if code in (errno.EILSEQ, errno.EINVAL):
                if not self._replace:
                    self._handle.reset()
                    raise Untranslatable(self._codepage, self._offset + at)
                done.append(REPLACEMENT.encode("utf-8"))
                at += self._width(data, at)
        self._rest = data[at:]
        self._offset += at
        if final:
            self._handle.reset()
        return b"".join(done).decode("utf-8", "surrogatepass")

    def _width(self, data: bytes, at: int) -> int:
        """Return how many bytes the wrong character takes: two between SO and SI, or behind a lead byte."""
        if self._shifts:
            return 2 if data.rfind(SO, 0, at) > data.rfind(SI, 0, at) else 1
        return 2 if data[at] >= 0x80 and at + 1 < len(data) and data[at + 1] >= 0x40 else 1
