"""What the tests of effects share."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mvsfs.info import Allocation, Target


@pytest.fixture
def store():
    """Write records into a new data set."""

    def write(ftp, dsname, recfm, lrecl, *records, **more):
        server = ftp.session.server
        with server.mvs.open_output(Target(dsname), server.operator, allocation=Allocation(recfm, lrecl, **more)) as out:
            out.write_records(record if isinstance(record, bytes) else record.encode("cp1047") for record in records)

    return write


@pytest.fixture
def records():
    """The records of a data set or member."""

    def read(ftp, dsname, member=None):
        server = ftp.session.server
        with server.mvs.open_input(Target(dsname, member), server.operator) as reader:
            return list(reader.records())

    return read


@pytest.fixture
def held():
    """Another job has the data set to itself until the answer is closed."""

    def hold(ftp, dsname):
        server = ftp.session.server
        return server.mvs.open_output(Target(dsname), replace(server.operator, jobname="BATCHJOB", asid=0x2A))

    return hold
