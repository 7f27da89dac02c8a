"""LISTUSER: the display of user profiles.

Source: [PYR] and [GAL] captures; [RACFCL LISTUSER].
"""

from __future__ import annotations

from datetime import date, datetime

from saf.commands import segments, userextras
from saf.commands.authority import may_list
from saf.commands.operands import Operands, plain
from saf.commands.run import Command, Run
from saf.commands.users import userids
from saf.profiles import Connection, User

_SEGMENTS = ("OMVS", *segments.TEXT_SEGMENTS)


def julian(day: date | None, missing: str = "NONE") -> str:
    """Return a date as displays show it: yy.ddd."""
    return day.strftime("%y.%j") if day else missing


def moment(when: datetime | None) -> str:
    """Return a moment as displays show it."""
    return when.strftime("%y.%j/%H:%M:%S") if when else "UNKNOWN"


def listuser(run: Run, operands: Operands) -> int:
    """LISTUSER: show oneself, the users named, or with `*` every user one may see."""
    if not operands.positional:
        wanted = [run.acee.userid]
    elif operands.positional[0].word == "*":
        wanted = [user.userid for user in run.change.users() if may_list(run, user.owner) or user.userid == run.acee.userid]
    else:
        wanted = userids(operands.positional[0])
    rc = 0
    for userid in wanted:
        user = run.change.user(userid)
        if user is None:
            run.say("ICH30001I", kind="USER", userid=userid)
            rc = 4
        elif userid != run.acee.userid and not may_list(run, user.owner):
            run.say("ICH30010I")
            rc = 8
        else:
            _show(run, user, operands)
    return rc


def _show(run: Run, user: User, operands: Operands) -> None:
    if "NORACF" not in operands:
        run.show(*_base(run, user))
        for connection in run.change.connections(userid=user.userid):
            run.show(*_connection(connection))
        run.show("SECURITY-LEVEL=NONE SPECIFIED", "CATEGORY-AUTHORIZATION", " NONE SPECIFIED", "SECURITY-LABEL=NONE SPECIFIED")
    else:
        run.show(f"USER={user.userid}")
    for name in _SEGMENTS:
        if name in operands:
            run.show(*(segments.omvs_lines(user) if name == "OMVS" else segments.text_lines(user, name)))


def _base(run: Run, user: User) -> list[str]:
    rules = run.snapshot.password_rules
    interval = rules.interval if user.interval is None else user.interval
    days = f"{interval:>3}" if interval and user.has_password else "N/A"
    name = f"{user.name:<20}" if user.name else "UNKNOWN"
    expired = "00.000"
    passdate = julian(user.password_date, expired) if user.has_password else "N/A"
    phrasedate = julian(user.phrase_date, expired) if user.has_phrase else "N/A"
    model = user.segments.get(userextras.BASE, {}).get("MODEL", "")
    return [
        f"USER={user.userid:<8}  NAME={name}  OWNER={user.owner:<8}  CREATED={julian(user.created)}",
        f" DEFAULT-GROUP={user.default_group:<8} PASSDATE={passdate:<6} PASS-INTERVAL={days} PHRASEDATE={phrasedate}",
        *(f" ATTRIBUTES={attribute}" for attribute in _attributes(user)),
        f" REVOKE DATE={julian(user.revoke_date)}   RESUME DATE={julian(user.resume_date)}",
        f" LAST-ACCESS={moment(user.last_access)}",
        f" CLASS AUTHORIZATIONS={' '.join(userextras.clauth(user)) or 'NONE'}",
        f" INSTALLATION-DATA={user.data}" if user.data else " NO-INSTALLATION-DATA",
        f" MODEL-NAME={model}" if model else " NO-MODEL-NAME",
        *userextras.logon_lines(user),
    ]


def _attributes(user: User) -> list[str]:
    words = [name.upper() for name in ("special", "operations", "auditor", "restricted", "revoked") if getattr(user, name)]
    if user.protected:
        words.append("PROTECTED")
    if user.has_phrase:
        words.append("PASSPHRASE")
    words += userextras.attribute_words(user)
    return [" ".join(words)] if words else ["NONE"]


def _connection(row: Connection) -> list[str]:
    words = [name.upper() for name in ("special", "operations", "auditor", "revoked") if getattr(row, name)]
    return [
        f"  GROUP={row.group:<8}  AUTH={row.authority:<8} CONNECT-OWNER={row.owner:<8}  CONNECT-DATE={julian(row.created)}",
        f"    CONNECTS={_count(row.connects):>6}  UACC={row.uacc.name:<8} LAST-CONNECT={moment(row.last_connect)}",
        f"    CONNECT ATTRIBUTES={' '.join(words) or 'NONE'}",
        f"    REVOKE DATE={julian(row.revoke_date)}   RESUME DATE={julian(row.resume_date)}",
    ]


def _count(number: int) -> str:
    return f"{number:,}" if number > _TWO_DIGITS else f"{number:02d}"


_TWO_DIGITS = 99
COMMANDS = (Command("LISTUSER", ("LU",), listuser, plain(*_SEGMENTS, "NORACF"), required=False, changes=False),)
