from __future__ import annotations

from zftpd.params.explain import complaints, explained
from zftpd.params.ftpdata import read

FILE = """; a file
INACTIVE 600
SECURE_FTPX REQUIRED
BLKSIZE many
EPSV4 TRUE
"""


def test_every_statement_is_explained_in_the_order_of_the_file():
    text = "\n".join(explained(read(FILE, "MY.DATA")))

    assert "line 2: INACTIVE 600\n    Seconds without a command" in text
    assert "EZYFT18I MY.DATA, line 3: SECURE_FTPX is no statement of FTP.DATA. Is SECURE_FTP meant?" in text
    assert "line 4: BLKSIZE many is not numeric (0-32760)" in text
    assert 'EZYFT47I MY.DATA file, line 5: Ignoring keyword "EPSV4".' in text
    assert text.endswith("MY.DATA: 1 statement in effect, 2 in error.")


def test_statements_of_the_client_may_be_ignored_in_silence():
    assert complaints(read("EPSV4 TRUE\nSUPPRESSIGNOREWARNINGS TRUE")) == []
    assert len(complaints(read("EPSV4 TRUE"))) == 1


def test_every_reason_has_words():
    bad = "NOSUCH 1|EPSV4 TRUE|JESOWNER A|INACTIVE x|INACTIVE 999999|SECURE_FTP X|INACTIVE|TLSPORT 1|TLSPORT 2 3"

    assert len(complaints(read(bad.replace("|", "\n") + "\nSSLV3 TRUE\nRDW TRUE", absent=frozenset({"RDW"})))) == 11
