"""An open data set or member, for reading: what OPEN for INPUT gives."""

from __future__ import annotations

from collections.abc import Iterator

from mvsfs.dcb import Dcb
from mvsfs.enqueue import Hold
from mvsfs.info import DatasetInfo, MemberInfo
from mvsfs.records import forms
from mvsfs.records.forms import Form
from mvsfs.storage.content import CHUNK, ContentReader


class DatasetReader:
    """One open content; held shared until closed. A context manager."""

    def __init__(self, info: DatasetInfo, member: MemberInfo | None, form: Form, content: ContentReader, hold: Hold) -> None:
        """Take what OPEN found."""
        self.info = info
        self.member = member
        self.form = form
        self._content = content
        self._hold = hold

    @property
    def dcb(self) -> Dcb:
        """The data set's Dcb."""
        return self.info.dcb

    @property
    def name(self) -> str:
        """The full name, `A.B` or `A.B(M)`."""
        return f"{self.info.dsname}({self.member.name})" if self.member else self.info.dsname

    @property
    def size(self) -> int:
        """Stored bytes."""
        return self._content.size

    def chunks(self, size: int = CHUNK, start: int = 0) -> Iterator[bytes]:
        """Yield the stored form from offset `start`."""
        return self._content.chunks(size, start)

    def records(self) -> Iterator[bytes]:
        """Yield the records."""
        return forms.split(self._content.chunks(), self.form, self.dcb)

    def fileno(self) -> int | None:
        """The descriptor of a plain host file for sendfile, or None."""
        return self._content.fileno()

    def close(self) -> None:
        """Close and release the name; once is enough."""
        self._content.close()
        self._hold.release()

    def __enter__(self) -> DatasetReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
