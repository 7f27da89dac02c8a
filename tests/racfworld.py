"""A security database for tests, with a cheap password hash and a clock that can be set."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from saf import Saf, SafError, SafOptions
from saf.address import engine_at
from saf.passwords import Scrypt


class World:
    """One system: `racf("ADDUSER ...")` issues a command as IBMUSER, `racf.at(days=3)` moves the clock."""

    def __init__(self, folder):
        self.moment = datetime(2026, 3, 25, 11, 0, 0, tzinfo=UTC)
        self.engine = engine_at(str(folder))
        self.saf = self.another()
        self.saf.bootstrap()
        self.violations = []
        self.saf.on_violation(self.violations.append)
        self.datasets = Datasets()

    def another(self):
        """Another process's view of the same database."""
        return Saf.open(self.engine, now=lambda: self.moment, options=SafOptions(scrypt=Scrypt(n=16)))

    def at(self, **later):
        self.moment += timedelta(**later)

    def __call__(self, text, user=None, rc=0):
        """Issue a command and return its lines; the return code must be `rc`."""
        acee = self.saf.acee(user) if user else self.saf.operator()
        result = self.saf.command(acee, text, self.datasets)
        assert result.rc == rc, f"{text}: rc {result.rc}\n" + "\n".join(result.lines)
        return result.lines

    def user(self, userid, password="SECRET", **groups):
        """Define a user whose password is not expired."""
        self(f"ADDUSER {userid} NAME('{userid.title()}') PASSWORD({password})")
        self(f"ALTUSER {userid} PASSWORD({password}) NOEXPIRED")
        return self.saf.acee(userid)

    def refusal(self, *args, **kwargs):
        """The error that a sign-on ends with."""
        with pytest.raises(SafError) as caught:
            self.saf.verify(*args, **kwargs)
        return caught.value


class Datasets(dict):
    """Data sets as RACDCERT sees them."""

    def read(self, dsname):
        if dsname not in self:
            raise FileNotFoundError(dsname)
        return self[dsname]

    def write(self, dsname, contents, *, text):
        self[dsname] = contents


#: Page 33 of the source document, as printed.
ROOT_CERTIFICATE = """RACDCERT CERTAUTH GENCERT +
SUBJECTSDN ( +
  CN('MVS098 Certificate Authority') +
  OU('Z/OS CS V1R11', 'ENS', 'AIM', 'SWG') +
  O('IBM') +
  L('raleigh') +
  SP('NC') +
  C('US')) +
SIZE(1024) +
NOTBEFORE (DATE(2010-02-01)) +
NOTAFTER (DATE(2020-12-31)) +
WITHLABEL('ABCTLS CA') +
KEYUSAGE(CERTSIGN) +
ALTNAME ( +
  DOMAIN('mvs098.tcp.raleigh.ibm.com')) )"""
