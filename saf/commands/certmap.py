"""RACDCERT MAP, ALTMAP, LISTMAP and DELMAP: filters that give a user ID to certificates nobody has added.

Source: [RACFCL RACDCERT MAP]; [RACFSAG] "Certificate name filtering".
Not here: MULTIID with CRITERIA, which asks for application data that FTP does not supply; it is refused.
"""

from __future__ import annotations

from sqlalchemy import delete, insert, select, update

from saf.commands import certowner as common
from saf.commands.gencert import Prepared
from saf.commands.operands import Keyword, Operands, Takes, valued
from saf.commands.run import Run
from saf.digtcert import dnames, packages
from saf.digtcert.certificate import CERTAUTH, SITE, whose
from saf.digtcert.display import certificate_id
from saf.errors import OperandError
from saf.schema import NAME_FILTERS

KEYWORDS = (
    Keyword("MAP", Takes.OPTIONAL),
    *(Keyword(name, Takes.FIELDS, valued("LABEL")) for name in ("ALTMAP", "LISTMAP", "DELMAP")),
    *valued("SDNFILTER", "IDNFILTER"),
)


def _owner(run: Run, operands: Operands, function: str) -> str:
    owner = common.owner(run, operands)
    if owner in (CERTAUTH, SITE):
        raise OperandError("keyword", whose(owner))
    common.authorize(run, function, owner)
    return owner


def map_(run: Run, operands: Operands) -> int:
    """MAP: give a user ID to the certificates whose subject and issuer the filters cover."""
    owner = _owner(run, operands, "MAP")
    subject, issuer = operands.value("SDNFILTER"), operands.value("IDNFILTER")
    prepared = run.prepared
    if isinstance(prepared, Prepared) and prepared.contents is not None:
        subject, issuer = _from_model(run, prepared.contents, operands)
    if not subject and not issuer:
        raise OperandError("missing", "SDNFILTER", "SDNFILTER OR IDNFILTER")
    label = common.label(operands.value("WITHLABEL")) if "WITHLABEL" in operands else _free_label(run, owner)
    for row in _rows(run, owner):
        if row["label"] == label:
            raise run.refuse("IRRD111I", label=label)
    same = (NAME_FILTERS.c.subject_filter == subject) & (NAME_FILTERS.c.issuer_filter == issuer)
    if run.change.sql.execute(select(NAME_FILTERS.c.id).where(same)).first():
        raise run.refuse("IRRD142I", owner=owner)
    trust = "NOTRUST" if "NOTRUST" in operands else "TRUST"
    values = {"owner": owner, "label": label, "subject_filter": subject, "issuer_filter": issuer, "trust": trust}
    run.change.sql.execute(insert(NAME_FILTERS).values(**values))
    return 0


def _from_model(run: Run, contents: bytes, operands: Operands) -> tuple[str, str]:
    """Return the filters that a model certificate and the beginnings in SDNFILTER and IDNFILTER give."""
    try:
        made = packages.read(contents).certificate
    except ValueError:
        raise run.refuse("IRRD104I") from None
    full = {"SDNFILTER": dnames.text(made.subject), "IDNFILTER": dnames.text(made.issuer)}
    chosen = {}
    for keyword, name in full.items():
        start = operands.value(keyword)
        at = name.upper().find(start.upper()) if start else 0
        if at < 0:
            raise run.refuse("IRRD141I", keyword=keyword)
        chosen[keyword] = name[at:] if start or not operands.any_of(*full) else ""
    return chosen["SDNFILTER"], chosen["IDNFILTER"]


def _rows(run: Run, owner: str) -> list[dict[str, str]]:
    query = select(NAME_FILTERS).where(NAME_FILTERS.c.owner == owner).order_by(NAME_FILTERS.c.id)
    return [dict(row) for row in run.change.sql.execute(query).mappings()]


def _free_label(run: Run, owner: str) -> str:
    used = {row["label"] for row in _rows(run, owner)}
    return next(label for number in range(1, 10**8) if (label := f"LABEL{number:08d}") not in used)


def _named(run: Run, owner: str, given: Operands) -> list[dict[str, str]]:
    rows = _rows(run, owner)
    if "LABEL" in given:
        rows = [row for row in rows if row["label"] == common.label(given.value("LABEL"))]
    if not rows:
        raise run.refuse("IRRD129I", whose=whose(owner))
    return rows


def altmap(run: Run, operands: Operands) -> int:
    """ALTMAP: change trust or label of a filter."""
    owner = _owner(run, operands, "ALTMAP")
    row = _named(run, owner, operands.fields("ALTMAP"))[0]
    trust = operands.any_of("TRUST", "NOTRUST") or row["trust"]
    label = common.label(operands.value("NEWLABEL", row["label"]))
    run.change.sql.execute(update(NAME_FILTERS).where(NAME_FILTERS.c.id == row["id"]).values(trust=trust, label=label))
    return 0


def delmap(run: Run, operands: Operands) -> int:
    """DELMAP: delete a filter; without LABEL a user's only one."""
    owner = _owner(run, operands, "DELMAP")
    rows = _named(run, owner, operands.fields("DELMAP"))
    if len(rows) > 1:
        raise run.refuse("IRRD108I")
    run.change.sql.execute(delete(NAME_FILTERS).where(NAME_FILTERS.c.id == rows[0]["id"]))
    return 0


def listmap(run: Run, operands: Operands) -> int:
    """LISTMAP: show a user's filters."""
    owner = _owner(run, operands, "LISTMAP")
    run.show(f"Mapping information for user {owner}:", "")
    for row in _named(run, owner, operands.fields("LISTMAP")):
        run.show(
            f"  Label: {row['label']}", f"  Certificate ID: {certificate_id(owner, row['label'])}", f"  Status: {row['trust']}"
        )
        run.show("  Issuer's Name Filter:", f"       >{row['issuer_filter']}<")
        run.show("  Subject's Name Filter:", f"       >{row['subject_filter']}<", "")
    return 0
