"""The database as an unload: every group, user, connection and profile, no secret.

Source: [RACFMAC] IRRDBU00. The order is the utility's: groups, users, data sets, general resources, each by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from saf.context import Context
from saf.database import Tables
from saf.profiles import Conditional, Connection, Group, Profile, User
from saf.statistics import Usage, usage
from saf.unload.layouts import LONG_CONDITIONS, SEGMENTS, write

_SWITCH = {True: "YES", False: "NO"}


def lines(context: Context) -> Iterator[str]:
    """Give the records of the unload."""
    with context.database.read() as tables:
        connections = tables.connections()
        groups = tables.groups()
        interval = int(tables.options().get("password", {}).get("interval", 0))
        for group in groups:
            yield from _group(group, groups, [row for row in connections if row.group == group.name])
        for user in tables.users():
            yield from _user(user, [row for row in connections if row.userid == user.userid], interval)
        yield from _profiles(tables)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _group(group: Group, groups: list[Group], members: list[Connection]) -> Iterator[str]:
    basic = {
        "NAME": group.name,
        "SUPGRP_ID": group.superior,
        "CREATE_DATE": _day(group.created),
        "OWNER_ID": group.owner,
        "UACC": "NONE",
        "NOTERMUACC": _SWITCH[not group.termuacc],
        "INSTALL_DATA": group.data,
        "UNIVERSAL": _SWITCH[group.universal],
    }
    yield write("0100", basic)
    for below in groups:
        if below.superior == group.name:
            yield write("0101", {"NAME": group.name, "SUBGRP_ID": below.name})
    for row in members:
        if group.universal and row.authority == "USE":
            continue
        yield write("0102", {"NAME": group.name, "MEMBER_ID": row.userid, "AUTH": row.authority})
    if group.gid is not None:
        yield write("0120", {"NAME": group.name, "GID": f"{group.gid:010d}"})


def _user(user: User, connections: list[Connection], interval: int) -> Iterator[str]:
    base = user.segments.get("BASE", {})
    yield write("0200", _basic_user(user, base) | {"PWD_INTERVAL": _interval(user, interval)})
    for name in base.get("CLAUTH", "").split():
        yield write("0202", {"NAME": user.userid, "CLASS": name})
    for row in connections:
        yield write("0203", {"NAME": user.userid, "GRP_ID": row.group})
    for row in connections:
        yield write("0205", _connection(row))
    for kind, segment in SEGMENTS.items():
        if user.segments.get(segment):
            yield write(kind, {"NAME": user.userid, **user.segments[segment]})
    if user.omvs is not None:
        uid = "" if user.omvs.uid is None else f"{user.omvs.uid:010d}"
        yield write("0270", {"NAME": user.userid, "UID": uid, "HOME_PATH": user.omvs.home, "PROGRAM": user.omvs.program})


def _interval(user: User, system: int) -> str:
    """Return the days that a password lasts, 000 for NOINTERVAL alone; blank for who follows a system without an interval."""
    days = user.interval if user.interval is not None else system or None
    return "" if days is None else f"{days:03d}"


def _basic_user(user: User, base: Mapping[str, str]) -> dict[str, object]:
    protected = not user.has_password and not user.has_phrase
    return {
        "NAME": user.userid,
        "CREATE_DATE": _day(user.created),
        "OWNER_ID": user.owner,
        "ADSP": base.get("ADSP", "NO"),
        "SPECIAL": _SWITCH[user.special],
        "OPER": _SWITCH[user.operations],
        "REVOKE": _SWITCH[user.revoked],
        "GRPACC": base.get("GRPACC", "NO"),
        "PWD_DATE": _day(user.password_date),
        "PROGRAMMER": user.name,
        "DEFGRP_ID": user.default_group,
        "LASTJOB_TIME": f"{user.last_access:%H:%M:%S}" if user.last_access else "",
        "LASTJOB_DATE": _day(user.last_access),
        "INSTALL_DATA": user.data,
        "UAUDIT": base.get("UAUDIT", "NO"),
        "AUDITOR": _SWITCH[user.auditor],
        "NOPWD": "PRO" if protected else "PHR" if not user.has_password else "NO",
        "OIDCARD": "NO",
        "REVOKE_DATE": _day(user.revoke_date),
        "RESUME_DATE": _day(user.resume_date),
        "ATTRIBS": "RSTD" if user.restricted else "",
        "PHR_DATE": _day(user.phrase_date),
    }


def _connection(row: Connection) -> dict[str, object]:
    return {
        "NAME": row.userid,
        "GRP_ID": row.group,
        "CONNECT_DATE": _day(row.created),
        "OWNER_ID": row.owner,
        "UACC": row.uacc.name,
        "INIT_CNT": f"{min(row.connects, 65_535):05d}",
        "LASTCON_TIME": f"{row.last_connect:%H:%M:%S}" if row.last_connect else "",
        "LASTCON_DATE": _day(row.last_connect),
        "GRP_ADSP": "NO",
        "GRP_SPECIAL": _SWITCH[row.special],
        "GRP_OPER": _SWITCH[row.operations],
        "REVOKE": _SWITCH[row.revoked],
        "GRP_ACC": "NO",
        "NOTERMUACC": "NO",
        "GRP_AUDIT": _SWITCH[row.auditor],
        "REVOKE_DATE": _day(row.revoke_date),
        "RESUME_DATE": _day(row.resume_date),
    }


def _profiles(tables: Tables) -> Iterator[str]:
    profiles = tables.profiles()
    for profile in profiles:
        if profile.saf_class == "DATASET":
            yield from _dataset(profile, usage(tables, profile))
    for profile in profiles:
        if profile.saf_class != "DATASET":
            yield from _resource(profile, usage(tables, profile))


def _common(profile: Profile, used: Usage) -> dict[str, object]:
    success, failures = audit_parts(profile.audit)
    return {
        "NAME": profile.name,
        "GENERIC": _SWITCH[profile.generic],
        "CREATE_DATE": _day(profile.created),
        "OWNER_ID": profile.owner,
        "LASTCHG_DATE": _day(profile.changed or profile.created),
        "LASTREF_DATE": _day(used.referenced or profile.created),
        **{f"{name.upper()}_CNT": f"{count:05d}" for name, count in used.counts.items()},
        "UACC": profile.uacc.name,
        "AUDIT_LEVEL": profile.audit.partition("(")[0].replace("FAILURES", "FAIL"),
        "AUDIT_OKQUAL": success,
        "AUDIT_FAQUAL": failures,
        **_global_audit(profile.globalaudit),
        "LEVEL": f"{profile.level:03d}",
        "INSTALL_DATA": profile.data,
        "WARNING": _SWITCH[profile.warning],
        "NOTIFY_ID": profile.notify,
    }


def _global_audit(audit: str) -> dict[str, object]:
    success, failures = audit_parts(audit)
    level = audit.partition("(")[0].replace("FAILURES", "FAIL") or "NONE"
    return {"GAUDIT_LEVEL": level, "GAUDIT_OKQUAL": success, "GAUDIT_FAQUAL": failures}


def audit_parts(audit: str) -> tuple[str, str]:
    """Return the access levels from which successes and failures are audited, blank for none."""
    parts = dict(part.rstrip(")").split("(", 1) for part in audit.split(",") if "(" in part)
    everything = parts.get("ALL", "")
    return parts.get("SUCCESS", everything), parts.get("FAILURES", everything)


def _dataset(profile: Profile, used: Usage) -> Iterator[str]:
    volume = profile.volumes[0] if profile.volumes else ""
    extra = {"VOL": volume, "DS_TYPE": "NONVSAM", "GRPDS": "NO", "DEVICE_NAME": profile.unit}
    yield write("0400", _common(profile, used) | extra)
    place = {"NAME": profile.name, "VOL": volume}
    for row in profile.conditional:
        yield write("0402", place | _condition(row))
    for who, held in profile.access_list.items():
        yield write("0404", place | {"AUTH_ID": who, "ACCESS": held.name, "ACCESS_CNT": _count(used, who)})


def _count(used: Usage, who: str) -> str:
    return f"{used.entries.get(who, 0):05d}"


def _condition(row: Conditional) -> dict[str, object]:
    """Return the fields of an entry of a conditional access list; a SERVAUTH profile is too long for CANAME."""
    long = row.saf_class in LONG_CONDITIONS
    name = {"CACRITERIA": row.name} if long else {"CANAME": row.name}
    return {"CATYPE": row.saf_class, "AUTH_ID": row.who, "ACCESS": row.level.name, "ACCESS_CNT": "00000", **name}


def _resource(profile: Profile, used: Usage) -> Iterator[str]:
    place = {"NAME": profile.name, "CLASS_NAME": profile.saf_class}
    yield write("0500", _common(profile, used) | place | {"APPL_DATA": profile.appldata})
    for member in profile.members:
        yield write("0503", place | {"MEMBER": member})
    for who, held in profile.access_list.items():
        yield write("0505", place | {"AUTH_ID": who, "ACCESS": held.name, "ACCESS_CNT": _count(used, who)})
    for row in profile.conditional:
        yield write("0507", place | _condition(row))
    started = profile.segments.get("STDATA")
    if started:
        switches = {name: started.get(name, "NO") for name in ("TRUSTED", "PRIVILEGED", "TRACE")}
        names = {"USER_ID": started.get("USER", ""), "GROUP_ID": started.get("GROUP", "")}
        yield write("0540", place | names | switches)
