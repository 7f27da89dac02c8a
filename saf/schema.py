"""The tables of the security database.

Rules: all names begin with `saf_`, since the tables share a database with the catalog and the spool. `saf_state.version` counts
the changes: whoever holds a copy of the profiles compares it before each decision. What a sign-on changes (last access, failed
attempts) and what is counted does not count, or every sign-on would make every process read all profiles again.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, Integer, LargeBinary, MetaData, String, Table, Text

METADATA = MetaData()

STATE = Table("saf_state", METADATA, Column("id", Integer, primary_key=True), Column("version", Integer, nullable=False))

OPTIONS = Table("saf_option", METADATA, Column("name", String(32), primary_key=True), Column("value", JSON, nullable=False))

USERS = Table(
    "saf_user",
    METADATA,
    Column("userid", String(8), primary_key=True),
    Column("name", String(20), nullable=False),
    Column("owner", String(8), nullable=False),
    Column("default_group", String(8), nullable=False),
    Column("created", Date, nullable=False),
    *(Column(flag, Boolean, nullable=False, default=False) for flag in ("special", "operations", "auditor", "restricted")),
    Column("revoked", Boolean, nullable=False, default=False),
    Column("revoke_date", Date),
    Column("resume_date", Date),
    Column("data", Text, nullable=False, default=""),
    Column("interval", Integer),
    Column("password_date", Date),
    Column("phrase_date", Date),
    Column("last_access", String(40)),
    Column("failures", Integer, nullable=False, default=0),
    Column("password", String(200), nullable=False, default=""),
    Column("phrase", String(200), nullable=False, default=""),
    Column("password_history", JSON, nullable=False, default=list),
    Column("phrase_history", JSON, nullable=False, default=list),
    Column("omvs", JSON),
    Column("segments", JSON, nullable=False, default=dict),
    Column("password_as_is", Boolean),  # set under MIXEDCASE; empty where an earlier version set it
)

GROUPS = Table(
    "saf_group",
    METADATA,
    Column("name", String(8), primary_key=True),
    Column("owner", String(8), nullable=False),
    Column("superior", String(8), nullable=False),
    Column("created", Date, nullable=False),
    Column("data", Text, nullable=False, default=""),
    Column("termuacc", Boolean, nullable=False, default=True),
    Column("universal", Boolean, nullable=False, default=False),
    Column("gid", Integer),
)

CONNECTIONS = Table(
    "saf_connection",
    METADATA,
    Column("userid", String(8), primary_key=True),
    Column("group", String(8), primary_key=True),
    Column("owner", String(8), nullable=False),
    Column("created", Date, nullable=False),
    Column("authority", String(8), nullable=False, default="USE"),
    Column("uacc", Integer, nullable=False, default=0),
    *(Column(flag, Boolean, nullable=False, default=False) for flag in ("special", "operations", "auditor", "revoked")),
    Column("revoke_date", Date),
    Column("resume_date", Date),
    Column("connects", Integer),
    Column("last_connect", String(40)),
)

PROFILES = Table(
    "saf_profile",
    METADATA,
    Column("saf_class", String(8), primary_key=True),
    Column("name", String(246), primary_key=True),
    Column("generic", Boolean, primary_key=True),
    Column("owner", String(8), nullable=False),
    Column("uacc", Integer, nullable=False),
    Column("created", Date, nullable=False),
    Column("changed", Date),
    Column("warning", Boolean, nullable=False, default=False),
    Column("audit", String(60), nullable=False, default="FAILURES(READ)"),
    Column("level", Integer, nullable=False, default=0),
    *(Column(text, Text, nullable=False, default="") for text in ("data", "appldata", "notify", "unit")),
    Column("volumes", JSON, nullable=False, default=list),
    Column("members", JSON, nullable=False, default=list),
    Column("access_list", JSON, nullable=False, default=dict),
    Column("segments", JSON, nullable=False, default=dict),
    Column("conditional", JSON),
    Column("globalaudit", String(60)),
)

#: What SETROPTS STATISTICS counts, by discrete profile and by entry of its access list (`who`, blank for all together).
STATISTICS = Table(
    "saf_statistic",
    METADATA,
    Column("saf_class", String(8), primary_key=True),
    Column("name", String(246), primary_key=True),
    Column("who", String(8), primary_key=True),
    *(Column(name, Integer, nullable=False, default=0) for name in ("alter", "control", "update", "read")),
    Column("referenced", Date, nullable=False),
    Column("updated", Date),
)

CERTIFICATES = Table(
    "saf_certificate",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("owner", String(8), nullable=False),
    Column("label", String(32), nullable=False),
    Column("der", LargeBinary, nullable=False),
    Column("fingerprint", String(64), nullable=False, index=True),
    Column("public_key", String(64), nullable=False, index=True),
    Column("key", LargeBinary),
    Column("trust", String(9), nullable=False),
    Column("added", Date, nullable=False),
    Column("rolled_over", Boolean, nullable=False, default=False),
    Column("request", Boolean, nullable=False, default=False),
)

RINGS = Table(
    "saf_ring",
    METADATA,
    Column("owner", String(8), primary_key=True),
    Column("name", String(237), primary_key=True),
    Column("created", Date, nullable=False),
)

RING_ENTRIES = Table(
    "saf_ring_entry",
    METADATA,
    Column("owner", String(8), primary_key=True),
    Column("ring", String(237), primary_key=True),
    Column("certificate", Integer, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("usage", String(8), nullable=False),
    Column("is_default", Boolean, nullable=False, default=False),
)

NAME_FILTERS = Table(
    "saf_name_filter",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("owner", String(8), nullable=False),
    Column("label", String(32), nullable=False),
    Column("subject_filter", Text, nullable=False),
    Column("issuer_filter", Text, nullable=False),
    Column("trust", String(9), nullable=False),
)
