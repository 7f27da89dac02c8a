"""Records of real transfers, fetched by FTP and decoded by hand."""

from __future__ import annotations

import ftplib
import io
import struct

import pytest


def signed_on(server, password="SYS1"):
    ftp = ftplib.FTP()
    ftp.connect(*server.address)
    ftp.login("IBMUSER", password)
    return ftp


def records(ftp):
    """The SMF data set as records with their RDWs."""
    data = bytearray()
    ftp.sendcmd("SITE RDW")
    ftp.retrbinary("RETR 'SYS1.SMFDATA'", data.extend)
    found = []
    while data:
        length = struct.unpack_from(">H", data)[0]
        found.append(bytes(data[:length]))
        del data[:length]
    return found


def text(data):
    return data.decode("cp037").rstrip()


def section(record, number):
    offset, length, _ = struct.unpack_from(">IHH", record, 28 + 8 * number)
    return record[offset : offset + length]


def test_transfers_deletes_renames_and_refused_logins_are_recorded(serving):
    server = serving("SMF STD\nSMF TYPE119\n")
    with pytest.raises(ftplib.error_perm):
        signed_on(server, "WRONG")
    with signed_on(server) as ftp:
        ftp.storlines("STOR A.LIB", io.BytesIO(b"one\n"))
        ftp.rename("A.LIB", "A.NEW")
        ftp.retrlines("RETR A.NEW", lambda line: None)
        ftp.delete("A.NEW")
        found = records(ftp)

    assert [(record[5], record[23]) for record in found] == [
        (118, 72), (119, 72), (118, 75), (119, 70), (118, 73), (119, 70), (118, 74), (119, 70), (118, 71), (119, 70),
    ]  # fmt: skip
    stored, renamed, retrieved, deleted = (record for record in found if (record[5], record[23]) == (119, 70))
    assert [section(record, 1)[0] for record in (stored, renamed, retrieved, deleted)] == [5, 3, 4, 2]
    assert text(section(stored, 3)) == "IBMUSER.A.LIB"
    assert (text(section(renamed, 3)), text(section(renamed, 4))) == ("IBMUSER.A.LIB", "IBMUSER.A.NEW")
    assert (struct.unpack_from(">Q", section(retrieved, 1), 116)[0], section(retrieved, 1)[124:128].decode("cp037")) == (
        5,
        " 250",
    )
    assert text(section(found[1], 1)[:8]) == "IBMUSER"
    assert text(section(found[1], 2)[:4]) == "NNNP", "the login that was refused was not secured"


def test_without_statements_nothing_is_recorded(serving):
    server = serving()
    with signed_on(server) as ftp:
        ftp.storlines("STOR A.B", io.BytesIO(b"one\n"))
        with pytest.raises(ftplib.error_perm):
            records(ftp)


def test_jobs_are_recorded_only_when_they_are_asked_for(serving):
    job = b"//IBMUSERA JOB ,X\n//S EXEC PGM=IEFBR14\n"
    for statements, count in (("SMFSTOR TYPE119\n", 0), ("SMFSTOR TYPE119\nSMFJES TRUE\n", 1)):
        with signed_on(serving(statements)) as ftp:
            ftp.sendcmd("SITE FILETYPE=JES")
            ftp.storlines("STOR J", io.BytesIO(job))
            ftp.sendcmd("SITE FILETYPE=SEQ")
            ftp.storlines("STOR X", io.BytesIO(b"x\n"))
            found = records(ftp)
        assert len([record for record in found if text(section(record, 1)[8:12]) == "JES"]) == count


def test_the_file_of_records_is_the_data_set_with_its_rdws(serving, tmp_path):
    with signed_on(serving("SMF TYPE119\n", smf=tmp_path / "smf")) as ftp:
        ftp.storlines("STOR A.B", io.BytesIO(b"one\n"))
        found = records(ftp)

    assert (tmp_path / "smf").read_bytes().startswith(b"".join(found))


def ends_of_data(record):
    """Local and remote end of the data connection, and of the control connection."""
    data = section(record, 1)
    ports = struct.unpack_from(">HH", data, 44), struct.unpack_from(">HH", data, 80)
    return [(data[28:44][-4:], ports[0][1]), (data[12:28][-4:], ports[0][0]), (data[64:80][-4:], ports[1][1])]


@pytest.mark.parametrize("passive", [True, False])
def test_the_ends_of_the_data_connection_are_those_that_the_client_saw(serving, passive):
    home = bytes([127, 0, 0, 1])
    with signed_on(serving("SMF TYPE119\n")) as ftp:
        ftp.set_pasv(passive)
        data = ftp.transfercmd("STOR A.B")
        theirs, ours = data.getpeername()[1], data.getsockname()[1]
        data.sendall(b"one\r\n")
        data.close()
        ftp.voidresp()
        ftp.delete("A.B")
        stored, deleted = records(ftp)

    assert ends_of_data(stored) == [(home, theirs), (home, ours), (home, ftp.port)]
    assert ends_of_data(deleted) == [(bytes(4), 0), (bytes(4), 0), (home, ftp.port)]
    assert struct.unpack_from(">I", section(stored, 1), 160)[0] > 0
