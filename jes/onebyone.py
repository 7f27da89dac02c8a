"""Output that takes its records one by one: what the sinks of z/OS UNIX files, pipes and VSAM data sets have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Self


class OneByOne(ABC):
    """A stepcontext.RecordSink whose subclass says what happens to one record and at the end."""

    @abstractmethod
    def put(self, record: bytes) -> None:
        """Write one record."""

    @abstractmethod
    def close(self) -> None:
        """End the output; harmless when it has ended."""

    def put_many(self, records: Iterable[bytes]) -> int:
        """Write many records and return how many; those before one that is refused stay."""
        count = 0
        for record in records:
            self.put(record)
            count += 1
        return count

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
