"""What the commands for data set profiles and those for general resources have in common: fields, displays.

Source: [RACFCL] ADDSD, RDEFINE, LISTDSD, RLIST.
Not here: access lists (permit.py).
"""

from __future__ import annotations

from dataclasses import replace

from saf import names
from saf.access import Access
from saf.classes import BY_NAME
from saf.commands.authority import controls
from saf.commands.operands import Item, Keyword, Operands, Takes, plain, valued, whole_number
from saf.commands.run import Run
from saf.decide import ProfileIndex, Rules, decide
from saf.errors import OperandError
from saf.generics import is_generic
from saf.profiles import Acee, Profile
from saf.statistics import Usage

_AUDITS = ("ALL", "SUCCESS", "FAILURES", "NONE")
KEYWORDS = (
    *valued("OWNER", "UACC", "DATA", "LEVEL", "FROM", "FCLASS"),
    *plain("WARNING", "NOWARNING", "NODATA", "NONOTIFY", "GENERIC", "NOGENERIC", "FGENERIC"),
    Keyword("NOTIFY", Takes.OPTIONAL),
    Keyword("AUDIT", Takes.FIELDS, tuple(Keyword(name, Takes.OPTIONAL) for name in _AUDITS)),
)
GLOBALAUDIT = Keyword("GLOBALAUDIT", Takes.FIELDS, tuple(Keyword(name, Takes.OPTIONAL) for name in _AUDITS))
"""The auditor's auditing of a profile, which its owner can neither set nor see."""


def saf_class(run: Run, text: str, called: str = "CLASS") -> str:
    """Return the name of a general resource class. Raises: OperandError for one that has no row or other commands."""
    del run
    name = text.upper()
    others = ("DATASET", "USER", "GROUP") if called == SHOWN else ("DATASET", "USER", "GROUP", *_RACDCERTS)
    if name not in BY_NAME or name in others:
        raise OperandError("invalid", name, called)
    return name


#: [RACFSAG] "Using the RACDCERT command": RDEFINE, RALTER and RDELETE do not operate on profiles of these.
_RACDCERTS = ("DIGTCERT", "DIGTNMAP", "DIGTRING")
SHOWN = "CLASS NAME"


def dsname(run: Run, item: Item) -> str:
    """Return the data set name of an operand; without quotes the issuer's prefix goes in front, as TSO does."""
    if item.inner is not None:
        raise OperandError("invalid", item.word, "DATASET NAME")
    text = item.word if item.quoted else f"{run.acee.userid}.{item.word}"
    return names.dataset_profile(text)


def generic(name: str, operands: Operands) -> bool:
    """Tell whether a profile of that name is generic: by its characters, or because GENERIC says so."""
    return is_generic(name) or "GENERIC" in operands


def located(run: Run, class_name: str, name: str, operands: Operands, message: str) -> Profile:
    """Return the profile of exactly that name. Raises: CommandRefused with `message`."""
    found = run.change.profile(class_name, name, generic=generic(name, operands))
    if found is None and not is_generic(name) and "GENERIC" not in operands:
        found = run.change.profile(class_name, name, generic=True)
    if found is None:
        raise run.refuse(message, profile=name, saf_class=class_name)
    return found


def level(text: str, name: str = "ACCESS AUTHORITY") -> Access:
    """Return an access level by its name; `name` is what it is called when it is none. Raises: OperandError."""
    if text.upper() not in Access.__members__:
        raise OperandError("invalid", text.upper(), name)
    return Access[text.upper()]


def fields(run: Run, profile: Profile, operands: Operands) -> Profile:
    """Return the profile with the fields that the operands set."""
    if "OWNER" in operands:
        owner = names.userid(operands.value("OWNER"))
        if run.change.user(owner) is None and run.change.group(owner) is None:
            raise run.refuse("ICH51003I", name=owner)
        profile = replace(profile, owner=owner)
    if "UACC" in operands:
        profile = replace(profile, uacc=level(operands.value("UACC"), "UNIVERSAL ACCESS"))
    chosen = operands.any_of("WARNING", "NOWARNING")
    if chosen:
        profile = replace(profile, warning=chosen == "WARNING")
    if "DATA" in operands or "NODATA" in operands:
        profile = replace(profile, data=operands.value("DATA"))
    if "LEVEL" in operands:
        profile = replace(profile, level=whole_number(operands.value("LEVEL"), "LEVEL", 0, 99))
    if "NOTIFY" in operands or "NONOTIFY" in operands:
        notify = operands.value("NOTIFY", run.acee.userid) if "NOTIFY" in operands else ""
        if notify and run.change.user(notify.upper()) is None and profile.saf_class == "DATASET":
            raise run.refuse("ICH09038I")
        profile = replace(profile, notify=notify.upper())
    if "AUDIT" in operands:
        profile = replace(profile, audit=_audit(operands.fields("AUDIT")))
    if "GLOBALAUDIT" in operands:
        audited = _audit(operands.fields("GLOBALAUDIT"))
        profile = replace(profile, globalaudit="" if audited == "NONE" else audited)
    return profile


def _audit(given: Operands) -> str:
    if "NONE" in given:
        return "NONE"
    parts = []
    for name in ("SUCCESS", "FAILURES", "ALL"):
        if name in given:
            parts.append(f"{name}({level(given.value(name, 'READ')).name})")
    return ",".join(parts) or "FAILURES(READ)"


def with_creator(run: Run, profile: Profile) -> Profile:
    """Return a new profile with its creator in the access list, where SETROPTS ADDCREATOR is in effect."""
    if not run.change.options().get("addcreator"):
        return profile
    return replace(profile, access_list={run.acee.userid: Access.ALTER, **profile.access_list})


def copied(run: Run, class_name: str, profile: Profile, operands: Operands) -> Profile:
    """Return the profile with what FROM names copied into it: universal access, access lists, auditing."""
    if "FROM" not in operands:
        return profile
    given = model(run, class_name, operands, "ICH09035I" if class_name == "DATASET" else "ICH06006I")
    profile = replace(profile, access_list=given.access_list, conditional=given.conditional)
    return replace(profile, uacc=given.uacc, audit=given.audit, warning=given.warning)


def model(run: Run, class_name: str, operands: Operands, refusal: str = "ICH06006I") -> Profile:
    """Return the profile that FROM names. Raises: CommandRefused, with `refusal` for who may not copy it."""
    from_class = operands.value("FCLASS", class_name).upper()
    item = operands.given["FROM"]
    name = dsname(run, item.inner[0]) if from_class == "DATASET" and item.inner else operands.value("FROM").upper()
    found = run.change.profile(from_class, name, generic=is_generic(name) or "FGENERIC" in operands)
    if found is None:
        raise run.refuse("ICH06004I", profile=name)
    if not may_administer(run, found):
        raise run.refuse(refusal, profile=name)
    return found


def may_administer(run: Run, profile: Profile) -> bool:
    """Tell whether the issuer may change a profile: its owner or ALTER on a discrete profile does, as well as SPECIAL."""
    if controls(run, profile.owner, resource=True):
        return True
    first = profile.name.split(".", 1)[0]
    if profile.saf_class == "DATASET" and first == run.acee.userid:
        return True
    return not profile.generic and _listed_access(run, profile) is Access.ALTER


def _listed_access(run: Run, profile: Profile) -> Access:
    """Return what the standard access list and the universal access give the issuer.

    Source: [RACFCL PERMIT] "Authorization required". Neither OPERATIONS, the global access table nor a condition administers.
    """
    issuer = replace(run.acee, operations=False, conditions=frozenset())
    return _access(run, profile, issuer, replace(run.snapshot.rules, global_access={}))


def may_alter(run: Run, profile: Profile, operands: Operands) -> bool:
    """Tell whether the issuer may change what the operands name: GLOBALAUDIT is the auditor's alone, all else the owner's."""
    if "GLOBALAUDIT" in operands and not run.acee.auditor:
        return False
    only_auditing = set(operands.given) <= {"GLOBALAUDIT", "GENERIC"} and "GLOBALAUDIT" in operands
    return only_auditing or may_administer(run, profile)


def own_access(run: Run, profile: Profile) -> Access:
    """Return the issuer's access to what a profile covers."""
    return _access(run, profile, run.acee, run.snapshot.rules)


def _access(run: Run, profile: Profile, acee: Acee, rules: Rules) -> Access:
    plain_name = profile.name
    if profile.saf_class == "DATASET" and plain_name.split(".", 1)[0] == run.acee.userid:
        return Access.ALTER
    # The profile itself is asked, wherever its class stands.
    asked = replace(rules, active=rules.active | {profile.saf_class})
    return decide(acee, asked, alone(profile), profile.saf_class, plain_name, Access.READ).held


def alone(profile: Profile) -> ProfileIndex:
    """Return a class in which the profile is the only one, so that its own name asks for it whatever covers that better."""
    return ProfileIndex([replace(profile, generic=False)], bounded=False)


def common_lines(profile: Profile, underline: str = "------") -> list[str]:
    """Return the part of a display that LISTDSD and RLIST share: auditing and notification."""
    return ["", "AUDITING", "--------", profile.audit, "", "NOTIFY", underline, profile.notify or "NO USER TO BE NOTIFIED"]


def history_lines(profile: Profile, used: Usage) -> list[str]:
    """Return the dates of a profile as ALL and HISTORY show them: day of the year and year."""
    created, referenced, changed = (
        f"{day:%j}    {day:%y}"
        for day in (profile.created, used.referenced or profile.created, profile.changed or profile.created)
    )
    rest = _GENERIC if profile.generic else f"{referenced}         {changed}"
    return [
        "",
        "CREATION DATE  LAST REFERENCE DATE  LAST CHANGE DATE",
        " (DAY) (YEAR)       (DAY) (YEAR)      (DAY) (YEAR)",
        "-------------  -------------------  ----------------",
        f"  {created}          {rest}",
    ]


_GENERIC = "NOT APPLICABLE FOR GENERIC PROFILE"


def count_lines(profile: Profile, used: Usage) -> list[str]:
    """Return the statistics of a profile as ALL and STATISTICS show them."""
    counts = [f"{used.counts[name]:06d}" for name in ("alter", "control", "update", "read")]
    return [
        "",
        "ALTER COUNT  CONTROL COUNT  UPDATE COUNT  READ COUNT",
        "-----------  -------------  ------------  ----------",
        _GENERIC if profile.generic else f"  {counts[0]}         {counts[1]}        {counts[2]}       {counts[3]}",
    ]


def conditional_lines(profile: Profile) -> list[str]:
    """Return the conditional access list of a profile; a discrete one shows counts, which are not kept of it."""
    counted = not profile.generic
    head = (
        "   ID    ACCESS   ACCESS COUNT  CLASS                ENTITY NAME",
        f"-------- ------- ------------ -------- {'-' * 39}",
    )
    if not counted:
        head = ("   ID    ACCESS   CLASS                ENTITY NAME", f"-------- ------- -------- {'-' * 39}")
    if not profile.conditional:
        return ["", *head, "NO ENTRIES IN CONDITIONAL ACCESS LIST"]
    count = "   000000    " if counted else ""
    rows = [f"{row.who:<8} {row.level.name:<7} {count}{row.saf_class:<8} {row.name}" for row in profile.conditional]
    return ["", *head, *rows]


def access_lines(profile: Profile, head: tuple[str, str], empty: str, used: Usage) -> list[str]:
    """Return the access list of a profile; a discrete one shows counts."""
    lines = ["", *head]
    if not profile.access_list:
        return [*lines, empty]
    for who, held in profile.access_list.items():
        count = "" if profile.generic else f"     {used.entries.get(who, 0):06d}"
        lines.append(f"{who:<8}  {held.name:<7}{count}".rstrip())
    return lines


def stale(run: Run, message: str, class_name: str) -> None:
    """Say that decisions do not see a change before SETROPTS RACLIST REFRESH, where that is so."""
    if class_name in run.snapshot.raclisted:
        run.say(message, saf_class=class_name)
