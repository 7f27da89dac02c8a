"""Parameters of new data sets: attributes, space, SMS classes, volumes.

Source: zos-ftp-server.md 4.2 and 6.2; [CFGREF] statements of the same names; [UG] SITE.
Not here: the corrections of BLKSIZE by RECFM and LRECL, which need several values (crossrules.py).
"""

from __future__ import annotations

from zftpd.params.kinds import Choice, Count, Recfm, Text, Word
from zftpd.params.param import Param, Where
from zftpd.params.sets import Volumes

SPACE_MAX = 16777215
_BOTH = Where.BOTH
_CLASS = Word(8, "class name, 1-8 characters", lambda word: word[0].isalpha() or word[0] in "#$@")

PARAMS = (
    Param("RECFM", Recfm(), "VB", "Record format of new data sets.", "UG SITE; ZNA sample rows", "seen", _BOTH, ("RECfm",),
          clearable=True, says="Recfm"),
    Param("LRECL", Count(0, 32760, words=("X",)), 256, "Record length of new data sets in bytes; X is for spanned records of any length.",
          "CODES 200; ZNA", "seen", _BOTH, ("LRecl",), clearable=True, says="Lrecl"),
    Param("BLKSIZE", Count(0, 32760), 6233, "Block size of new data sets in bytes; 0 lets the system determine it.", "CODES 200; ZNA",
          "seen", _BOTH, ("BLKsize", "BLOCKSIze"), clearable=True, says="Blocksize"),
    Param("PRIMARY", Count(1, SPACE_MAX), 1, "Primary space of new data sets, in the units of SPACETYPE.", "CODES 200; CR STAT", "seen", _BOTH,
          ("PRImary",), clearable=True, says="Primary"),
    Param("SECONDARY", Count(0, SPACE_MAX), 1, "Secondary space of new data sets, in the units of SPACETYPE.", "CR STAT", "seen", _BOTH,
          ("SECondary",), clearable=True, says="Secondary"),
    Param("SPACETYPE", Choice(("BLOCK", "CYLINDER", "TRACK"), (("TRACKS", "TRACK"), ("CYLINDERS", "CYLINDER"), ("BLOCKS", "BLOCK"))),
          "TRACK", "Unit in which PRIMARY and SECONDARY are counted. In SITE the unit itself is the word.", "CR; UG SITE", where=_BOTH,
          words={"TRacks": "TRACK", "CYlinders": "CYLINDER", "BLocks": "BLOCK"}),
    Param("DIRECTORY", Count(1, SPACE_MAX), 27, "Directory blocks of a new PDS.", "CR STAT", "seen", _BOTH, ("Directory",), clearable=True,
          says="Directory"),
    Param("RETPD", Count(0, 9999), None, "Days that a new data set is retained.", "UG SITE", where=_BOTH, site=("RETpd",),
          clearable=True, says="Retpd"),
    Param("DCBDSN", Text("data set name"), None, "Existing data set whose attributes new data sets get where RECFM, LRECL, BLKSIZE or RETPD "
          "say nothing.", "UG SITE", where=_BOTH, site=("DCbdsn",), clearable=True),
    Param("UNITNAME", Word(8, "unit name, 1-8 characters"), None, "Device type or group for new data sets.", "UG SITE", where=_BOTH,
          site=("UNIT",), clearable=True, synonyms=("UNIT",)),
    Param("VOLUME", Volumes(), (), "Volume or volumes for new data sets.", "UG SITE", where=_BOTH, site=("VOLume",), clearable=True),
    Param("UCOUNT", Count(1, 59, words=("P",)), None, "Devices to allocate for a new data set; P: one for each volume.", "UG SITE",
          where=_BOTH, site=("UCOUNT",), clearable=True, limit="volumes here have no device count; kept and shown"),
    Param("VCOUNT", Count(1, 255), 59, "Tape volumes that a new data set may use.", "CR STAT", "seen", _BOTH, ("VCOUNT",),
          limit="no tape drives; kept and shown"),
    Param("DATACLASS", _CLASS, None, "SMS data class of new data sets.", "UG SITE; ZREF", "seen", _BOTH, ("DATAClass",), clearable=True,
          synonyms=("DATACLAS",)),
    Param("STORCLASS", _CLASS, None, "SMS storage class of new data sets.", "UG SITE; ZREF", "seen", _BOTH, ("STOrclass",), clearable=True,
          synonyms=("STORCLAS",)),
    Param("MGMTCLASS", _CLASS, None, "SMS management class of new data sets.", "UG SITE; ZREF", "seen", _BOTH, ("MGmtclass",), clearable=True,
          synonyms=("MGMTCLAS",)),
    Param("DSNTYPE", Choice(("SYSTEM", "BASIC", "LARGE")), "SYSTEM", "Type of new sequential data sets.", "UG SITE", where=_BOTH,
          site=("DSNTYPE",)),
    Param("PDSTYPE", Choice(("PDS", "PDSE")), None, "Type of new partitioned data sets; without value the system chooses.",
          "CODES 211", "seen", _BOTH, ("PDSTYPE",), clearable=True),
    Param("EATTR", Choice(("SYSTEM", "NO", "OPT")), "SYSTEM", "Whether new data sets may have extended attributes.", "FLU XDSS", where=_BOTH,
          site=("EATTR",)),
    Param("CONDDISP", Choice(("CATLG", "DELETE")), "CATLG", "What becomes of a new data set when a transfer ends abnormally: kept or deleted.",
          "CODES 200", "seen", _BOTH, ("CONDdisp",), says="Conddisp"),
    Param("MIGRATEVOL", Word(6, "volser"), "MIGRAT", "Volume serial that marks a migrated data set in the catalog.", "UG SITE", where=_BOTH,
          site=("MIGratevol",)),
    Param("BUFNO", Count(1, 255), 5, "Buffers of the access method.", "CODES 200; CR STAT", "seen", _BOTH, ("BUfno",), says="BUfno",
          limit="no access-method buffers to count; kept and shown"),
    Param("DEST", Text("user@node | node.user"), None, "Network destination: stored data sets are sent there instead of being catalogued.",
          "UG SITE; CODES 550", where=_BOTH, site=("DESt",), clearable=True, limit="there is no NJE network; a STOR with DEST is refused"),
    Param("SUBSYS", Word(4, "subsystem name"), None, "Subsystem (BatchPipes) that holds new data sets.", "UG SITE", "seen", Where.SITE,
          ("SUBSYS",), clearable=True, limit="no BatchPipes subsystem; kept"),
)
