"""The `saf` command with the store's data sets behind RACDCERT: `saf "RACDCERT CERTAUTH EXPORT(...) DSN('USER1.CA.B64')"`.

Source: pages 35, 36, 59, 74 and 75 of the source document.
Rules: saf knows no data sets, so the program is put together here. The data sets are opened when a command first needs them.
"""

from __future__ import annotations

from datetime import datetime

from saf.cli import main as saf_main
from saf.profiles import Acee


class StoreDatasets:
    """Fulfils `saf.commands.run.DatasetAccess` over a store that is opened for one data set and closed again."""

    def __init__(self, url: str, acee: Acee) -> None:
        """Read and write as the user of `acee`."""
        self._url = url
        self._acee = acee

    def read(self, dsname: str) -> bytes:
        """Return the bytes of all records, one after the other. Raises MvsError."""
        from jes.opening import open_system
        from jes.racfdata import RacfDatasets
        from mvsfs.access import Requester

        mvs, _ = open_system(self._url, now=_now)
        with mvs:
            return RacfDatasets(mvs, Requester(self._acee.userid, token=self._acee)).read(dsname)

    def write(self, dsname: str, contents: bytes, *, text: bool) -> None:
        """Put contents into a new data set of that name. Raises MvsError."""
        from jes.opening import open_system
        from jes.racfdata import RacfDatasets
        from mvsfs.access import Requester

        mvs, _ = open_system(self._url, now=_now)
        with mvs:
            RacfDatasets(mvs, Requester(self._acee.userid, token=self._acee)).write(dsname, contents, text=text)


def _now() -> datetime:
    return datetime.now().astimezone()


def datasets_of(store: str, acee: Acee) -> StoreDatasets:
    """Return the data sets of the store that a user typed."""
    from mvsfs.paths import store_url

    return StoreDatasets(store_url(store), acee)


def main() -> None:
    """Run the `saf` command."""
    saf_main(datasets_of)
