"""The tables of the catalog: what a VTOC, a catalog, a directory and the ENQ queue know.

Rules: dates are proleptic day numbers (date.toordinal), moments are ISO texts with zone; both sort and cost no parsing in
a listing of 10,000 rows. `slot` is empty for a catalogued data set and the volume serial for one that is only on its volume,
so that one name may be catalogued once and lie uncatalogued on other volumes. A content column names a row of `content`.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from mvsfs.storage.database import metadata

#: SQLite numbers rows by itself only when the column is exactly INTEGER.
_Number = BigInteger().with_variant(Integer, "sqlite")

#: Names compare by their bytes, whatever the language of the database: searching is by ranges.
_Dsname = String(44).with_variant(String(44, collation="C"), "postgresql")


def _cascade(column: str) -> ForeignKey:
    return ForeignKey(column, ondelete="CASCADE")


#: Processes that use this store; a row outlives its process until the next one sweeps it.
holder = Table(
    "holder",
    metadata,
    Column("id", _Number, primary_key=True, autoincrement=True),
    Column("system", String(8), nullable=False),
    Column("pid", Integer, nullable=False),
    sqlite_autoincrement=True,  # the number of a dead process is never given again: it is part of object names
)

#: One row for each kept content object. small: the bytes themselves; doomed: forgotten, the file is still to be removed.
content = Table(
    "content",
    metadata,
    Column("reference", String(48), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("doomed", Boolean, nullable=False),
    Column("small", LargeBinary),
)
Index("content_doomed", content.c.doomed, sqlite_where=content.c.doomed, postgresql_where=content.c.doomed)

dataset = Table(
    "dataset",
    metadata,
    Column("id", _Number, primary_key=True, autoincrement=True),
    Column("dsname", _Dsname, nullable=False),
    Column("slot", String(6), nullable=False),
    Column("dsorg", String(4), nullable=False),
    Column("dsntype", String(8), nullable=False),
    Column("recfm", String(4)),
    Column("lrecl", Integer, nullable=False),
    Column("blksize", Integer, nullable=False),
    Column("volser", String(6), nullable=False),
    Column("unit", String(8), nullable=False),
    Column("status", String(16), nullable=False),
    Column("created", Integer),
    Column("referred", Integer),
    Column("expires", Integer),
    Column("space_unit", String(8), nullable=False),
    Column("block_length", Integer, nullable=False),
    Column("primary", Integer, nullable=False),
    Column("secondary", Integer, nullable=False),
    Column("extents", Integer, nullable=False),
    Column("allocated_tracks", Integer, nullable=False),
    Column("used_tracks", Integer, nullable=False),
    Column("used_cells", BigInteger, nullable=False),  # partitioned: high-water mark in track cells (PDSE: in 4 KiB pages)
    Column("directory_blocks", Integer, nullable=False),
    Column("directory_bytes", BigInteger, nullable=False),
    Column("storclas", String(8), nullable=False),
    Column("mgmtclas", String(8), nullable=False),
    Column("dataclas", String(8), nullable=False),
    Column("eattr", String(4), nullable=False),
    Column("content", String(48)),
    Column("form", String(6)),
    Column("records", BigInteger, nullable=False),
    Column("size", BigInteger, nullable=False),
    UniqueConstraint("dsname", "slot"),
)

member = Table(
    "member",
    metadata,
    Column("dataset", _Number, _cascade("dataset.id"), primary_key=True, autoincrement=False),
    Column("name", String(8), primary_key=True),
    Column("alias_of", String(8), nullable=False),
    Column("ttr", Integer, nullable=False),
    Column("content", String(48)),
    Column("form", String(6)),
    Column("records", BigInteger, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("cells", BigInteger, nullable=False),
    Column("version", Integer),  # null: no ISPF statistics
    Column("modification", Integer),
    Column("created", Integer),
    Column("changed", String(32)),
    Column("lines", Integer),
    Column("initial_lines", Integer),
    Column("modified_lines", Integer),
    Column("userid", String(8)),
    Column("module_size", Integer),  # null: no load module
    Column("module_ac", Integer),
    Column("module_amode", String(3)),
    Column("module_rmode", String(3)),
    Column("module_attributes", String(40)),
    Column("module_entry", Integer),
    Column("userdata", LargeBinary),
)

#: Second names of data sets (catalog aliases), and paths to clusters.
alias = Table(
    "alias",
    metadata,
    Column("alias", _Dsname, primary_key=True),
    Column("dsname", _Dsname, nullable=False),
    Column("created", Integer),
)

gdg = Table(
    "gdg",
    metadata,
    Column("dataset", _Number, _cascade("dataset.id"), primary_key=True, autoincrement=False),
    Column("limit", Integer, nullable=False),
    Column("scratch", Boolean, nullable=False),
    Column("empty", Boolean, nullable=False),
    Column("fifo", Boolean, nullable=False),
    Column("purge", Boolean, nullable=False),
    Column("extended", Boolean, nullable=False),
    Column("altered", Integer),
)

volume = Table(
    "volume",
    metadata,
    Column("volser", String(6), primary_key=True),
    Column("device", String(8), nullable=False),
    Column("cylinders", Integer, nullable=False),
    Column("use", String(8), nullable=False),
    Column("storage_group", String(8), nullable=False),
    Column("online", Boolean, nullable=False),
)

#: Free track ranges of each volume; what is in neither table is the volume's label track and VTOC.
free_space = Table(
    "free_space",
    metadata,
    Column("volser", String(6), primary_key=True),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("tracks", Integer, nullable=False),
)

#: Track ranges in use. dataset null: reserved by `holder` for a data set that is being written for the first time.
extent = Table(
    "extent",
    metadata,
    Column("id", _Number, primary_key=True, autoincrement=True),
    Column("dataset", _Number, _cascade("dataset.id"), index=True),
    Column("holder", _Number, index=True),
    Column("volser", String(6), nullable=False),
    Column("start", Integer, nullable=False),
    Column("tracks", Integer, nullable=False),
)

enqueue = Table(
    "enqueue",
    metadata,
    Column("id", _Number, primary_key=True, autoincrement=True),
    Column("qname", String(8), nullable=False),
    Column("rname", String(255), nullable=False),
    Column("exclusive", Boolean, nullable=False),
    Column("holder", _Number, nullable=False, index=True),
    Column("hold", BigInteger, nullable=False),
    Column("userid", String(8), nullable=False),
    Column("jobname", String(8), nullable=False),
    Column("asid", Integer, nullable=False),
)
Index("enqueue_name", enqueue.c.rname, enqueue.c.qname)
Index("enqueue_hold", enqueue.c.holder, enqueue.c.hold)

#: Who waits in turn for names that others hold: a row for each name, in the order of coming.
enqueue_wait = Table(
    "enqueue_wait",
    metadata,
    Column("id", _Number, primary_key=True, autoincrement=True),
    Column("qname", String(8), nullable=False),
    Column("rname", String(255), nullable=False),
    Column("exclusive", Boolean, nullable=False),
    Column("holder", _Number, nullable=False),
    Column("waiter", BigInteger, nullable=False),
    Column("userid", String(8), nullable=False),
    Column("jobname", String(8), nullable=False),
    Column("asid", Integer, nullable=False),
    sqlite_autoincrement=True,  # a place in the line is never used again
)

#: VSAM clusters, alternate indexes and paths. base: an alternate index's cluster, a path's entry.
cluster = Table(
    "cluster",
    metadata,
    Column("dataset", _Number, _cascade("dataset.id"), primary_key=True, autoincrement=False),
    Column("kind", String(7), nullable=False),  # CLUSTER AIX PATH
    Column("organisation", String(2), nullable=False),  # KS ES RR LS
    Column("base", _Dsname, nullable=False, index=True),
    Column("data_name", _Dsname, nullable=False),
    Column("index_name", _Dsname, nullable=False),
    Column("keylen", Integer, nullable=False),
    Column("keyoff", Integer, nullable=False),
    Column("average", Integer, nullable=False),
    Column("maximum", Integer, nullable=False),
    Column("cisize", Integer, nullable=False),
    Column("unique", Boolean, nullable=False),
    Column("upgrade", Boolean, nullable=False),
    Column("reuse", Boolean, nullable=False),
    Column("spanned", Boolean, nullable=False),
    Column("erase", Boolean, nullable=False),
    Column("share_regions", Integer, nullable=False),
    Column("share_systems", Integer, nullable=False),
    Column("free_ci", Integer, nullable=False),
    Column("free_ca", Integer, nullable=False),
    Column("loaded", Boolean, nullable=False),
    Column("high_rba", BigInteger, nullable=False),
    Column("records", BigInteger, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("inserted", BigInteger, nullable=False),
    Column("updated", BigInteger, nullable=False),
    Column("deleted", BigInteger, nullable=False),
)

#: Records of clusters in key order. KSDS: the key; ESDS, LDS: the RBA, RRDS: the number, as eight bytes. An alternate index holds
#: (alternate key, base key) with the base key as data.
cluster_record = Table(
    "cluster_record",
    metadata,
    Column("dataset", _Number, _cascade("dataset.id"), primary_key=True, autoincrement=False),
    Column("record_key", LargeBinary, primary_key=True),
    Column("data", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
