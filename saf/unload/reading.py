"""An unload taken into the database: what a real system holds, for tests against its rules.

Rules: what is already there under the same name is replaced, except for secrets, which no unload holds; whoever is new gets
the password handed in, or none. Profiles of a class without a row in the class table, and record types not listed, are
counted and passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from saf.access import Access
from saf.classes import BY_NAME
from saf.context import Context
from saf.database import Change
from saf.passwords import folded, hashed, is_phrase
from saf.profiles import Conditional, Connection, Group, Omvs, Profile, User
from saf.unload.layouts import LONG_CONDITIONS, RECORDS, read


@dataclass
class Loaded:
    """What a load did: how many records of which type were taken, and which were passed over."""

    taken: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)


def load(context: Context, lines: Iterable[str], password: str = "") -> Loaded:
    """Take an unload in, as one transaction. `password` is what new users without PROTECTED get, not expired."""
    done = Loaded()
    secret: dict[str, object] = {}
    if password:
        rules = context.snapshot().password_rules
        given = folded(password, rules)
        kind = "phrase" if is_phrase(given) else "password"
        secret = {
            kind: hashed(given, context.options.scrypt, context.options.random),
            f"{kind}_date": context.today,
            "password_as_is": rules.mixedcase,
        }
    with context.database.change() as change:
        loader = _Loader(change, context.today, secret)
        for line in lines:
            kind, values = read(line.rstrip("\r\n"))
            if kind not in RECORDS or not loader.take(kind, values):
                done.passed[kind] += 1
            else:
                done.taken[kind] += 1
    return done


class _Loader:
    """Takes record by record; a profile's access list follows its basic record."""

    def __init__(self, change: Change, today: date, secret: dict[str, object]) -> None:
        self._change = change
        self._today = today
        self._secret = secret

    def take(self, kind: str, values: dict[str, str]) -> bool:
        """Take one record; False when it has no place here."""
        if not values["NAME"]:
            return False
        taker = {
            "0100": self._group,
            "0120": self._group_omvs,
            "0200": self._user,
            "0205": self._connection,
            "0102": self._member,
            "0202": self._class_authority,
            "0210": lambda v: self._segment("DFP", v),
            "0220": lambda v: self._segment("TSO", v),
            "0270": self._user_omvs,
            "0400": self._dataset,
            "0402": self._dataset_condition,
            "0404": self._dataset_access,
            "0500": self._resource,
            "0503": self._member_of_resource,
            "0505": self._resource_access,
            "0507": self._resource_condition,
            "0540": self._started,
        }.get(kind)
        return taker(values) if taker else kind in ("0101", "0203")  # both say what other records say as well

    def _group(self, v: dict[str, str]) -> bool:
        known = self._change.group(v["NAME"])
        gid = known.gid if known else None
        created = _day(v["CREATE_DATE"]) or self._today
        termuacc = v["NOTERMUACC"] != "YES"
        group = Group(
            v["NAME"], v["OWNER_ID"], v["SUPGRP_ID"], created, v["INSTALL_DATA"], termuacc, v["UNIVERSAL"] == "YES", gid
        )
        self._change.put_group(group)
        return True

    def _group_omvs(self, v: dict[str, str]) -> bool:
        group = self._change.group(v["NAME"])
        if group is None or not v["GID"].isdecimal():
            return False
        self._change.put_group(replace(group, gid=int(v["GID"])))
        return True

    def _user(self, v: dict[str, str]) -> bool:
        known = self._change.user(v["NAME"])
        user = User(
            userid=v["NAME"],
            name=v["PROGRAMMER"],
            owner=v["OWNER_ID"],
            default_group=v["DEFGRP_ID"],
            created=_day(v["CREATE_DATE"]) or self._today,
            special=v["SPECIAL"] == "YES",
            operations=v["OPER"] == "YES",
            auditor=v["AUDITOR"] == "YES",
            restricted="RSTD" in v["ATTRIBS"],
            revoked=v["REVOKE"] == "YES",
            revoke_date=_day(v["REVOKE_DATE"]),
            resume_date=_day(v["RESUME_DATE"]),
            data=v["INSTALL_DATA"],
            interval=int(v["PWD_INTERVAL"]) if v["PWD_INTERVAL"].isdecimal() else None,
            last_access=_moment(v["LASTJOB_DATE"], v["LASTJOB_TIME"]),
        )
        base = {name: "YES" for name in ("ADSP", "GRPACC", "UAUDIT") if v[name] == "YES"}
        user = replace(user, segments={"BASE": base} if base else {})
        if known:
            segments = {**known.segments, "BASE": {**known.segments.get("BASE", {}), **base}}
            user = replace(user, password_date=known.password_date, phrase_date=known.phrase_date, omvs=known.omvs)
            self._change.put_user(replace(user, segments=segments))
            return True
        secret = {} if v["NOPWD"] == "PRO" else dict(self._secret)
        dates = {name: secret.pop(name) for name in ("password_date", "phrase_date") if name in secret}
        self._change.put_user(replace(user, **dates), **secret)  # type: ignore[arg-type]
        return True

    def _class_authority(self, v: dict[str, str]) -> bool:
        user = self._change.user(v["NAME"])
        if user is None or v["CLASS"] not in BY_NAME:
            return False
        base = dict(user.segments.get("BASE", {}))
        base["CLAUTH"] = " ".join(sorted({*base.get("CLAUTH", "").split(), v["CLASS"]}))
        self._change.put_user(replace(user, segments={**user.segments, "BASE": base}))
        return True

    def _segment(self, name: str, v: dict[str, str]) -> bool:
        user = self._change.user(v["NAME"])
        if user is None:
            return False
        fields = {field: value for field, value in v.items() if value and field != "NAME"}
        self._change.put_user(replace(user, segments={**user.segments, name: fields}))
        return True

    def _user_omvs(self, v: dict[str, str]) -> bool:
        user = self._change.user(v["NAME"])
        if user is None:
            return False
        uid = int(v["UID"]) if v["UID"].isdecimal() else None
        self._change.put_user(replace(user, omvs=Omvs(uid, v["HOME_PATH"] or "/", v["PROGRAM"] or "/bin/sh")))
        return True

    def _member(self, v: dict[str, str]) -> bool:
        known = self._change.connection(v["MEMBER_ID"], v["NAME"])
        row = known or Connection(v["MEMBER_ID"], v["NAME"], v["NAME"], self._today)
        self._change.put_connection(replace(row, authority=v["AUTH"] or "USE"))
        return True

    def _connection(self, v: dict[str, str]) -> bool:
        known = self._change.connection(v["NAME"], v["GRP_ID"])
        row = Connection(
            v["NAME"],
            v["GRP_ID"],
            v["OWNER_ID"],
            _day(v["CONNECT_DATE"]) or self._today,
            known.authority if known else "USE",
            _level(v["UACC"]),
            v["GRP_SPECIAL"] == "YES",
            v["GRP_OPER"] == "YES",
            v["GRP_AUDIT"] == "YES",
            v["REVOKE"] == "YES",
            _day(v["REVOKE_DATE"]),
            _day(v["RESUME_DATE"]),
            int(v["INIT_CNT"]) if v["INIT_CNT"].isdecimal() else 0,
            _moment(v["LASTCON_DATE"], v["LASTCON_TIME"]),
        )
        self._change.put_connection(row)
        return True

    def _dataset(self, v: dict[str, str]) -> bool:
        volumes = (v["VOL"],) if v["VOL"] and not v["VOL"].startswith("*") else ()
        self._change.put_profile(replace(self._basic("DATASET", v), volumes=volumes, unit=v["DEVICE_NAME"]))
        return True

    def _resource(self, v: dict[str, str]) -> bool:
        if v["CLASS_NAME"] not in BY_NAME:
            return False
        self._change.put_profile(replace(self._basic(v["CLASS_NAME"], v), appldata=v["APPL_DATA"]))
        return True

    def _basic(self, saf_class: str, v: dict[str, str]) -> Profile:
        return Profile(
            saf_class=saf_class,
            name=v["NAME"],
            generic=v["GENERIC"] == "YES",
            owner=v["OWNER_ID"],
            uacc=_level(v["UACC"]),
            created=_day(v["CREATE_DATE"]) or self._today,
            changed=_day(v["LASTCHG_DATE"]),
            warning=v["WARNING"] == "YES",
            audit=_audit(v["AUDIT_OKQUAL"], v["AUDIT_FAQUAL"]),
            globalaudit=_audit(v["GAUDIT_OKQUAL"], v["GAUDIT_FAQUAL"]).replace("NONE", ""),
            level=int(v["LEVEL"]) if v["LEVEL"].isdecimal() else 0,
            data=v["INSTALL_DATA"],
            notify=v["NOTIFY_ID"],
        )

    def _found(self, saf_class: str, name: str) -> Profile | None:
        return self._change.profile(saf_class, name, generic=True) or self._change.profile(saf_class, name, generic=False)

    def _dataset_access(self, v: dict[str, str]) -> bool:
        return self._listed(self._found("DATASET", v["NAME"]), v)

    def _resource_access(self, v: dict[str, str]) -> bool:
        return self._listed(self._found(v["CLASS_NAME"], v["NAME"]), v)

    def _dataset_condition(self, v: dict[str, str]) -> bool:
        return self._conditional(self._found("DATASET", v["NAME"]), v)

    def _resource_condition(self, v: dict[str, str]) -> bool:
        return self._conditional(self._found(v["CLASS_NAME"], v["NAME"]), v)

    def _conditional(self, profile: Profile | None, v: dict[str, str]) -> bool:
        name = v["CACRITERIA"] if v["CATYPE"] in LONG_CONDITIONS else v["CANAME"]
        if profile is None or not name:
            return False
        row = Conditional(v["AUTH_ID"], v["CATYPE"], name, _level(v["ACCESS"]))
        others = tuple(other for other in profile.conditional if other.key != row.key)
        self._change.put_profile(replace(profile, conditional=(*others, row)))
        return True

    def _listed(self, profile: Profile | None, v: dict[str, str]) -> bool:
        if profile is None:
            return False
        entries = dict(profile.access_list) | {v["AUTH_ID"]: _level(v["ACCESS"])}
        self._change.put_profile(replace(profile, access_list=entries))
        return True

    def _member_of_resource(self, v: dict[str, str]) -> bool:
        profile = self._found(v["CLASS_NAME"], v["NAME"])
        if profile is None:
            return False
        self._change.put_profile(replace(profile, members=tuple(dict.fromkeys((*profile.members, v["MEMBER"])))))
        return True

    def _started(self, v: dict[str, str]) -> bool:
        profile = self._found(v["CLASS_NAME"], v["NAME"])
        if profile is None:
            return False
        names = {"USER": v["USER_ID"], "GROUP": v["GROUP_ID"]}
        switches = {name: v[name] for name in ("TRUSTED", "PRIVILEGED", "TRACE")}
        self._change.put_profile(replace(profile, segments=dict(profile.segments) | {"STDATA": names | switches}))
        return True


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _moment(day: str, time: str) -> datetime | None:
    try:
        return datetime.fromisoformat(f"{day}T{time}").astimezone() if day and time else None
    except ValueError:
        return None


def _level(text: str) -> Access:
    return Access.__members__.get(text, Access.NONE)


def _audit(success: str, failures: str) -> str:
    if success == failures and success in Access.__members__:
        return f"ALL({success})"
    parts = [f"{name}({level})" for name, level in (("SUCCESS", success), ("FAILURES", failures)) if level in Access.__members__]
    return ",".join(parts) or "NONE"
