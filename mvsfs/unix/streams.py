"""Open UNIX files: a reader of what was opened, a writer whose contents appear when it commits.

Rules: a writer that meets any exception, GeneratorExit included, discards; only a `with` that ends in peace commits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

from mvsfs.info import UnixInfo
from mvsfs.records.parts import take_bytes
from mvsfs.storage.content import CHUNK, ContentReader, ContentWriter


class UnixReader:
    """A file opened for reading; it keeps its contents whatever happens to the name."""

    def __init__(self, info: UnixInfo, source: ContentReader) -> None:
        """Take the facts and the open contents."""
        self.info = info
        self.size = source.size
        self._source = source

    def chunks(self, size: int = CHUNK, start: int = 0) -> Iterator[bytes]:
        """Yield the bytes from offset `start`."""
        return self._source.chunks(size, start)

    def read(self) -> bytes:
        """Return all bytes."""
        return self._source.read()

    def fileno(self) -> int | None:
        """The descriptor of a plain host file that holds exactly these bytes, or None."""
        return self._source.fileno()

    def close(self) -> None:
        """Give the contents up."""
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class UnixWriter:
    """A file opened for writing. `created` tells whether its name is new, `path` where it lies, links resolved."""

    def __init__(
        self,
        path: str,
        created: bool,
        content: ContentWriter,
        publish: Callable[[ContentWriter], None],
        release: Callable[[], object],
    ) -> None:
        """Write to `content`; `publish` makes it the file's contents, `release` lets other writers in."""
        self.path = path
        self.created = created
        self._content = content
        self._publish = publish
        self._release = release
        self._open = True

    @property
    def size(self) -> int:
        """Bytes of the file so far, those it had before an append included."""
        return self._content.size

    def write(self, chunk: bytes | bytearray | memoryview) -> None:
        """Append bytes. Raises StoreFull, StoreReadOnly."""
        self._content.write(chunk)

    def cut(self, size: int) -> None:
        """Forget what was written behind the first `size` bytes: a commit then keeps what came up to a checkpoint."""
        if size < self.size:
            with self._content.written() as reader:
                self._content = self._content.begin_anew(take_bytes(reader.chunks(), size))

    def commit(self) -> None:
        """Make the contents durable and visible; a second call does nothing."""
        if not self._open:
            return
        self._open = False
        try:
            self._content.finish()
            self._publish(self._content)
        except BaseException:
            self._content.discard()
            raise
        finally:
            self._release()

    def discard(self) -> None:
        """Leave everything as it was; after a commit this does nothing."""
        if self._open:
            self._open = False
            self._content.discard()
            self._release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self.commit()
        else:
            self.discard()
