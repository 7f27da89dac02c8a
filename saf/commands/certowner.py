"""What the functions of RACDCERT have in common: whose certificate it is, who may do it, which certificate is meant.

Source: [RACFCL RACDCERT] "Authorization required": SPECIAL, or FACILITY IRR.DIGTCERT.function, for most functions with READ for
oneself, UPDATE for another user, CONTROL for CERTAUTH and SITE. GENCERT, CONNECT, REMOVE, LISTCHAIN and CHECKCERT have tables of
their own. Not here: the granular profiles IRR.DIGTCERT.owner.label of RDATALIB.
"""

from __future__ import annotations

from datetime import datetime

from saf import names
from saf.access import Access
from saf.commands.authority import held
from saf.commands.operands import Item, Keyword, Operands, Takes, plain, valued
from saf.commands.run import Run
from saf.digtcert import certificate
from saf.digtcert.certificate import CERTAUTH, LABEL_MAX, SITE, Stored, whose
from saf.errors import OperandError
from saf.generics import is_generic

OWNER_KEYWORDS = (*plain("CERTAUTH", "SITE"), Keyword("ID", Takes.OPTIONAL))
WHICH_KEYWORDS = valued("LABEL", "SERIALNUMBER", "ISSUERSDN")


def owner(run: Run, operands: Operands, default: str | None = None) -> str:
    """Return the owner that ID, CERTAUTH or SITE names; without any of them `default`, else the issuer of the command."""
    chosen = operands.any_of("CERTAUTH", "SITE", "ID")
    if chosen == "CERTAUTH":
        return CERTAUTH
    if chosen == "SITE":
        return SITE
    if chosen is None and default is not None:
        return default
    userid = names.userid(operands.value("ID", run.acee.userid))
    if run.change.user(userid) is None:
        raise run.refuse("IRRD102I", owner=userid)
    return userid


def needed(run: Run, whose_it_is: str) -> Access:
    """Return the access that most functions take for what belongs to an owner."""
    if whose_it_is == run.acee.userid:
        return Access.READ
    return Access.CONTROL if whose_it_is in (CERTAUTH, SITE) else Access.UPDATE


def may(run: Run, function: str, level: Access) -> bool:
    """Tell whether the issuer may carry out a function that takes this access to IRR.DIGTCERT.function."""
    return run.acee.special or held(run, "FACILITY", f"IRR.DIGTCERT.{function}", level).rc == 0


def authorize(run: Run, function: str, whose_it_is: str) -> None:
    """Check that the issuer may carry out a function for an owner. Raises: CommandRefused."""
    demand(run, function, needed(run, whose_it_is))


def demand(run: Run, function: str, level: Access) -> None:
    """Check that the issuer has this access to IRR.DIGTCERT.function. Raises: CommandRefused."""
    if not may(run, function, level):
        raise run.refuse("IRRD101I")


def chosen(run: Run, whose_it_is: str, which: Operands) -> Stored:
    """Return the one certificate of an owner that LABEL, or SERIALNUMBER and ISSUERSDN, name.

    Edge: without any of them the owner's only certificate.
    """
    found = certificate.find(run.change, owner=whose_it_is)
    if "LABEL" in which:
        wanted = label(which.value("LABEL"))
        found = [stored for stored in found if stored.label == wanted]
    if "SERIALNUMBER" in which:
        serial = which.value("SERIALNUMBER").upper()
        found = [stored for stored in found if stored.serial.lstrip("0") == serial.lstrip("0")]
    if "ISSUERSDN" in which:
        found = [stored for stored in found if stored.issuer == which.value("ISSUERSDN")]
    if not found:
        raise run.refuse("IRRD107I")
    if len(found) > 1:
        raise run.refuse("IRRD108I")
    return found[0]


def label(text: str) -> str:
    """Return a label: leading and trailing blanks do not count. Raises: OperandError."""
    cut = text.strip()
    if not cut or len(cut) > LABEL_MAX:
        raise OperandError("invalid", text, "LABEL")
    return cut


def new_label(run: Run, operands: Operands, whose_it_is: str, keyword: str = "WITHLABEL") -> str:
    """Return the label that a keyword gives to a new certificate, or the next default one, which is told."""
    if keyword not in operands:
        made = certificate.free_label(run.change, whose_it_is)
        run.say("IRRD199I", label=made, whose=whose(whose_it_is))
        return made
    wanted = label(operands.value(keyword))
    if certificate.find(run.change, owner=whose_it_is, label=wanted):
        raise run.refuse("IRRD111I", label=wanted)
    return wanted


def dsname(userid: str, item: Item) -> str:
    """Return the data set name of an operand such as DSN('A.B'); without quotes the user ID goes in front."""
    inner = item.inner or ()
    if len(inner) != 1 or inner[0].inner is not None:
        raise OperandError("invalid", item.word, "DATA SET NAME")
    text = inner[0].word if inner[0].quoted else f"{userid}.{inner[0].word}"
    if is_generic(text):
        raise OperandError("invalid", text, "DATA SET NAME")
    return names.dataset_profile(text)


def moment(run: Run, given: Operands, keyword: str, time: str) -> datetime | None:
    """Return the moment of NOTBEFORE or NOTAFTER in the zone of the clock; `time` where none is given."""
    if keyword not in given:
        return None
    inner = given.fields(keyword)
    text = f"{inner.value('DATE', run.today.isoformat()).replace('/', '-')} {inner.value('TIME', time)}"
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        raise OperandError("invalid", text, keyword) from None
    return local.replace(tzinfo=run.context.now().tzinfo)
