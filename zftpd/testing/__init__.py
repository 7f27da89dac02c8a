r"""Test support: a running system for each test, described in a few lines.

def test_report(zos):
    zos.seed({"USER1.JCL": pds(HELLO="//HELLO JOB\n//S EXEC PGM=IEFBR14\n"), "USER1.DATA": "one\ntwo\n"})
    my_program(zos.host, zos.port, zos.user, zos.password)
    assert zos.text("USER1.REPORT") == "2 LINES\n"
    assert zos.submitted("HELLO").rc == 0
"""

from zftpd.testing.clock import VirtualClock
from zftpd.testing.forms import alias, directory, gdg, link, migrated, pds, ps, rows, unix
from zftpd.testing.job import Job
from zftpd.testing.zos import Zos

__all__ = ["Job", "VirtualClock", "Zos", "alias", "directory", "gdg", "link", "migrated", "pds", "ps", "rows", "unix"]
