"""Code pages: names, single-byte tables, multi-byte codecs."""

from mvsfs.codepages.find import FTP_STANDARD_TABLE, Codepage, find, page
from mvsfs.codepages.sbcs import OneWay, Sbcs, table

__all__ = ["FTP_STANDARD_TABLE", "Codepage", "OneWay", "Sbcs", "find", "page", "table"]
