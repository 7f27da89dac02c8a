"""The fixture for unittest."""

from __future__ import annotations

from zftpd.app import ServerOptions
from zftpd.testing.case import ZosTestCase


class TestPlain(ZosTestCase):
    def test_each_method_has_a_system(self):
        self.zos.seed({"A.B": "x"})

        self.assertEqual(["A.B"], self.zos.datasets())

    def test_that_knows_nothing_of_the_others(self):
        self.assertEqual([], self.zos.datasets())


class TestChosen(ZosTestCase):
    zos_options = ServerOptions(sysname="SYSB")

    def test_options_are_the_class_s(self):
        self.assertEqual("SYSB", self.zos.server.mvs.sysname)
