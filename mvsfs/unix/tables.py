"""The two tables behind z/OS UNIX files: inodes, and the directory entries that name them.

Rules: contents are write-once objects of the content store; a row names the one that is current, so replacing a
file is a change of one column. `links` counts directory entries for files and 2 + subdirectories for directories.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Identity, Index, Integer, String, Table, Text

from mvsfs.storage.database import metadata

#: SQLite numbers rows by itself only when the column is exactly INTEGER.
Number = BigInteger().with_variant(Integer, "sqlite")

unix_inode = Table(
    "unix_inode",
    metadata,
    Column("id", Number, Identity(start=2), primary_key=True),  # 1 is the root's, which gives it itself
    Column("kind", String(1), nullable=False),
    Column("mode", Integer, nullable=False),
    Column("uid", Integer, nullable=False),
    Column("gid", Integer, nullable=False),
    Column("size", BigInteger, nullable=False, default=0),
    Column("mtime_us", BigInteger, nullable=False),
    Column("links", Integer, nullable=False, default=1),
    Column("content", String(48)),
    Column("target", Text, nullable=False, default=""),
    Column("tag_codepage", String(32), nullable=False, default=""),
    Column("tag_text", Boolean, nullable=False, default=False),
)

unix_entry = Table(
    "unix_entry",
    metadata,
    Column("parent", Number, ForeignKey("unix_inode.id"), primary_key=True, autoincrement=False),
    Column("name", Text, primary_key=True),
    Column("inode", Number, ForeignKey("unix_inode.id"), nullable=False),
)

Index("unix_entry_inode", unix_entry.c.inode)
Index("unix_inode_content", unix_inode.c.content)

#: The root directory's inode number.
ROOT = 1
