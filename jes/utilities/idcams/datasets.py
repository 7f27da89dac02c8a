"""The data sets of REPRO, PRINT and BLDINDEX: a DD of the step, or a name that IDCAMS allocates by itself.

Source: [AMS REPRO, PRINT]: INFILE INDATASET OUTFILE OUTDATASET. Rules: records are data only; raises MvsError or Abend.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jes.errors import Abend
from jes.stepcontext import OpenDd, RecordSink
from jes.utilities.idcams.parse import AmsSyntax, Item
from jes.utilities.idcams.session import Session
from mvsfs.dcb import Dcb, Dsorg
from mvsfs.info import DatasetInfo, Target
from mvsfs.names import parse_target


class Place:
    """One data set: `name` is what messages show, `info` its label when it has one."""

    def __init__(self, session: Session, file: Item | None, dataset: Item | None, missing: str) -> None:
        """Find the data set. Raises AmsSyntax when neither is coded, MvsError when the name is not catalogued."""
        self._session = session
        self.dd: OpenDd | None = None
        self.target: Target | None = None
        self.info: DatasetInfo | None = None
        mvs = session.step.mvs
        if file is not None:
            self.name = file.first.upper()
            self.dd = session.step.dd(self.name)
            if self.dd is None:
                raise Abend("013", 0x18)
            self.info = self.dd.info
            if self.dd.dsname:
                self.target = Target(self.dd.dsname, self.dd.member)
        elif dataset is not None and dataset.items:
            self.target = parse_target(dataset.items[0].dsname)
            if self.target.generation is not None:
                self.target = mvs.resolve_generation(self.target)
            self.name = str(self.target)
            self.info = mvs.find(self.target.dsname)
        else:
            raise AmsSyntax("IDC3225I", missing)

    @property
    def is_vsam(self) -> bool:
        """Tell whether records have keys, addresses or numbers."""
        return self.info is not None and self.info.dcb.dsorg in {Dsorg.VSAM, Dsorg.PATH}

    @property
    def dcb(self) -> Dcb:
        """What is known of the record format."""
        return (
            self.dd.dcb
            if self.dd is not None and self.dd.dcb.recfm is not None
            else self.info.dcb
            if self.info
            else Dcb(None, 0, 0)
        )

    def records(self) -> Iterator[bytes]:
        """Read all records."""
        if self.dd is not None and (self.target is None or len(self.dd.concatenation) > 1 or not self.is_vsam):
            return self.dd.records()
        assert self.target is not None
        return iter(self._session.step.mvs.records(self.target, self._session.step.who))

    def writer(self, dcb: Dcb) -> RecordSink:
        """Open for output; `dcb` fills what the data set does not say."""
        if self.dd is not None:
            return self.dd.writer(dcb)
        assert self.target is not None
        return NamedSink(self._session, self.target)


class NamedSink:
    """A data set that IDCAMS allocated by name, open for output."""

    def __init__(self, session: Session, target: Target) -> None:
        """Open it. Raises MvsError."""
        self._writer = session.step.mvs.open_output(target, session.step.who)
        self._writer.__enter__()
        self.dcb: Dcb = self._writer.dcb
        self._open = True

    def put(self, record: bytes) -> None:
        """Write one record."""
        self._writer.write_records([self._padded(record)])

    def put_many(self, records: Iterable[bytes]) -> int:
        """Write many records and return how many."""
        count = 0
        batch: list[bytes] = []
        for record in records:
            batch.append(self._padded(record))
            count += 1
            if len(batch) == 512:
                self._writer.write_records(batch)
                batch = []
        self._writer.write_records(batch)
        return count

    def _padded(self, record: bytes) -> bytes:
        fixed = self.dcb.recfm is not None and self.dcb.recfm.is_fixed
        return record.ljust(self.dcb.lrecl, b"\x40") if fixed else record

    def close(self) -> None:
        """End the data set."""
        if self._open:
            self._open = False
            self._writer.__exit__(None, None, None)

    def __enter__(self) -> RecordSink:
        return self

    def __exit__(self, *error: object) -> None:
        if self._open:
            self._open = False
            self._writer.__exit__(*error)
