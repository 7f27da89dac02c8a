r"""The same system for the standard library's unittest.

class TestReport(ZosTestCase):
    zos_options = ServerOptions(ftpdata="JESINTERFACELEVEL 1")      # if the defaults will not do

    def test_it(self):
        self.zos.seed({"USER1.DATA": "one\n"})
"""

from __future__ import annotations

import unittest

from zftpd.app import ServerOptions
from zftpd.testing.zos import Zos


class ZosTestCase(unittest.TestCase):
    """Each test method has a running system of its own as `self.zos`."""

    zos_options = ServerOptions()

    def setUp(self) -> None:
        """Start the system; a class with a setUp of its own calls this one first."""
        super().setUp()
        self.zos = Zos(self.zos_options).start()
        self.addCleanup(self.zos.stop)
