from __future__ import annotations

import ftplib
import io
import time

import pytest

from tests.dialogue import Memory, Runner, parse
from zftpd.protocol.reply import Reply
from zftpd.transcript import MAX_DATA, Transcript

SESSION = """% nologin
S: 220-FTPD1 IBM FTP CS V2R5 at MVS1.EXAMPLE.COM, {...}.
S: 220 Connection will close if idle for more than 5 minutes.
C: USER IBMUSER
S: 331 Send password please.
C: PASS ********
S: 230 IBMUSER is logged on.  Working directory is "IBMUSER.".
C: TYPE A
S: 200 Representation type is Ascii NonPrint
C: EPSV
S: 229 Entering Extended Passive Mode (|||{...}|)
C: STOR NEW.TEXT
S: 125 Storing data set IBMUSER.NEW.TEXT
D: one
D: two
S: 250 Transfer completed successfully.
"""


@pytest.fixture
def kept(serving, tmp_path):
    """The transcript of a session with a real client."""
    server = serving(transcripts=tmp_path / "talk")
    with ftplib.FTP() as client:
        client.connect(*server.address)
        client.login("IBMUSER", "SYS1")
        client.af = 10  # so that ftplib asks for EPSV
        client.storlines("STOR NEW.TEXT", io.BytesIO(b"one\ntwo\n"))
        client.retrlines("RETR NEW.TEXT", lambda line: None)
        client.sendcmd("SITE FILETYPE=JES")
        client.storlines("STOR A.JOB", io.BytesIO(b"//IBMUSERA JOB ,X,CLASS=A\n//S EXEC PGM=IEFBR14\n"))
        client.quit()
    (path,) = (tmp_path / "talk").iterdir()
    deadline = time.monotonic() + 20
    while "C: QUIT\nS: 221" not in path.read_text() and time.monotonic() < deadline:
        time.sleep(0.01)
    return path


def test_a_session_is_kept_line_by_line(kept):
    assert kept.read_text().startswith(SESSION)


def test_job_numbers_become_names(kept):
    assert "S: 250-It is known to JES as {job1}" in kept.read_text()


def test_passwords_are_masked(kept):
    assert "SYS1" not in kept.read_text()


def test_a_kept_session_is_a_test(kept, serving):
    """The same dialogue runs again, in memory, once the password is filled in."""
    text = kept.read_text().replace("********", "SYS1")
    kept.write_text(text)

    Runner(parse(kept), Memory(serving().facts)).run()


def test_binary_data_is_hexadecimal(tmp_path):
    transcript = Transcript(tmp_path / "x.ftp")
    transcript.data(b"\xc1\xc2\r\n", 4)
    transcript.data(b"no line end", 11)
    transcript.close()

    assert (tmp_path / "x.ftp").read_text().splitlines()[1:] == ["X: c1c20d0a", "X: " + b"no line end".hex()]


def test_of_long_text_the_beginning_is_kept(tmp_path):
    transcript = Transcript(tmp_path / "x.ftp")
    transcript.data(b"line\r\n", MAX_DATA * 2)
    transcript.close()

    assert (tmp_path / "x.ftp").read_text().splitlines()[1:] == ["D: line", "D: ..."]


def test_a_transcript_that_cannot_be_written_hurts_nobody(tmp_path):
    transcript = Transcript(tmp_path / "nowhere" / "x.ftp")
    transcript.server(Reply(200, ("OK",)))
    transcript.close()
