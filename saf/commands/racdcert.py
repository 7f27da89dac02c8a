"""RACDCERT: one command, a table of functions.

Source: [RACFCL RACDCERT].
Not here: the functions, one file per family (gencert, certs, rings, certmap). BIND, UNBIND, IMPORT and the token functions
need ICSF and are refused by name.
"""

from __future__ import annotations

from collections.abc import Callable

from saf.commands import certmap, certs, gencert, rings
from saf.commands.certowner import OWNER_KEYWORDS, dsname
from saf.commands.operands import Keyword, Operands, Takes
from saf.commands.run import Command, DatasetAccess, Run
from saf.errors import CommandRefused, OperandError
from saf.profiles import Acee

WITHOUT_ICSF = ("BIND", "UNBIND", "IMPORT", "ADDTOKEN", "DELTOKEN", "LISTTOKEN")
"""Functions that are refused by name."""
FUNCTIONS: dict[str, Callable[[Run, Operands], int]] = {
    "GENCERT": gencert.gencert,
    "GENREQ": gencert.genreq,
    "REKEY": gencert.rekey,
    "ROLLOVER": gencert.rollover,
    "ADD": certs.add,
    "EXPORT": certs.export,
    "LIST": certs.list_,
    "LISTCHAIN": certs.listchain,
    "CHECKCERT": certs.checkcert,
    "ALTER": certs.alter,
    "DELETE": certs.delete,
    "ADDRING": rings.addring,
    "DELRING": rings.delring,
    "LISTRING": rings.listring,
    "CONNECT": rings.connect,
    "REMOVE": rings.remove,
    "MAP": certmap.map_,
    "ALTMAP": certmap.altmap,
    "LISTMAP": certmap.listmap,
    "DELMAP": certmap.delmap,
}
_READS = ("ADD", "GENCERT", "CHECKCERT", "MAP")


def _function(operands: Operands) -> str:
    for name in WITHOUT_ICSF:
        if name in operands:
            raise CommandRefused("IRRD125I", {"keyword": name})
    given = [name for name in operands.given if name in FUNCTIONS]
    if len(given) > 1:
        raise OperandError("keyword", given[1])
    chosen = given[0] if given else "LIST"
    if "MULTIID" in operands and chosen.endswith("MAP"):
        raise CommandRefused("IRRD125I", {"keyword": "MULTIID"})
    if "MULTIID" in operands:
        raise CommandRefused("IRRD136I")
    return chosen


def before(operands: Operands, acee: Acee, datasets: DatasetAccess | None) -> gencert.Prepared:
    """Read the data set that a function takes, or make the key pair that it needs."""
    function = _function(operands)
    if function in _READS and operands.value(function):
        name = dsname(acee.userid, operands.given[function])
        try:
            if datasets is None:
                raise LookupError("no data sets at hand")
            return gencert.Prepared(contents=datasets.read(name))
        except Exception as error:
            raise CommandRefused("IRRD103I") from error
    if function in ("GENCERT", "REKEY"):
        return gencert.Prepared(key=gencert.new_key(operands))
    return gencert.Prepared()


def racdcert(run: Run, operands: Operands) -> int:
    """RACDCERT: carry out the function given; LIST when there is none."""
    return FUNCTIONS[_function(operands)](run, operands)


KEYWORDS = (
    *OWNER_KEYWORDS,
    Keyword("GENCERT", Takes.OPTIONAL),
    *gencert.KEYWORDS,
    *certs.KEYWORDS,
    *rings.KEYWORDS,
    *certmap.KEYWORDS,
    Keyword("MULTIID"),
    *(Keyword(name, Takes.FIELDS, (*OWNER_KEYWORDS,)) for name in WITHOUT_ICSF),
)
COMMANDS = (Command("RACDCERT", (), racdcert, KEYWORDS, 0, required=False, before=before),)
