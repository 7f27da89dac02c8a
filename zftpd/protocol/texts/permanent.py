"""Texts of the 5yz replies: refused.

Source: zos-ftp-server.md 1.3 to 1.11, 2.3, 5.7, 7; jes-and-jcl.md 1.2 to 1.8, 2.
Rules: the code is part of the row, so a persona may change both code and words.
"""

from __future__ import annotations

from zftpd.protocol.text import ASSUMED, KNOWN, SEEN, Text

_SYNTAX = (
    Text("verb.unknown", 500, "unknown command {verb}", SEEN, "ZREF"),
    Text("verb.toolong", 500, "command line is longer than {limit} bytes", ASSUMED, "no capture"),
    Text("ip.denied", 421, "User Exit rejects open for connection", SEEN, "CR FTCHKIP"),
    Text("verb.denied", 500, "User Exit denies Userid {userid} from using Command {verb}", SEEN, "CODES 500"),
    Text("verb.ux", 500, "UX-{text}", SEEN, "CODES 500"),
    Text("verb.missing", 501, "command {verb} missing its argument", ASSUMED, "no capture"),
    Text("verb.notimplemented", 502, "command {verb} not implemented", ASSUMED, "HELP marks it [ZREF]"),
    Text("type.unknown", 501, "unknown type  {type}\nType remains {current}", SEEN, "ZREF"),
    Text("type.format", 504, "TYPE has unsupported format {form}\nType remains {current}", SEEN, "ZREF"),
    Text("type.local", 504, "Only local byte size allowed is 8\nType remains {current}", SEEN, "CODES 504"),
    Text("type.ucs2", 504, "Only 'TYPE U 2' is supported\nType remains {current}", SEEN, "CODES 504"),
    Text("type.dbcs", 504, "Error - existing type invalid\nType remains {current}", ASSUMED, "CODES 504"),
    Text("stru.unknown", 501, "unknown structure {structure}\nData structure remains {current}", ASSUMED, "as TYPE"),
    Text("stru.page", 504, "Page structure not implemented\nData structure remains {current}", SEEN, "ZREF"),
    Text("stru.ucs2", 504, "Record structure is not supported for TYPE U transfer", SEEN, "CODES 504"),
    Text("rdw.ucs2", 504, "RDW is not supported for TYPE U. Use 'SITE NORDW'", ASSUMED, "rule: CODES 504; words as NOASATRANS"),
    Text("asatrans.ucs2", 504, "NOASATRANS is not supported for TYPE U. Use 'SITE ASATRANS'", SEEN, "CODES 504"),
    Text("mode.unknown", 501, "unknown mode {mode}\nMode remains {current}", ASSUMED, "as TYPE"),
    Text("mode.dbcs", 504, "{mode} mode not implemented for type {type}.", SEEN, "CODES 504"),
    Text(
        "parameter.unconfigured",
        504,
        "Command {verb} aborted -- FTP server not configured for parameter {parameter}.",
        SEEN,
        "CODES 504",
    ),
    Text("parameter.unsupported", 504, "parameter {parameter} not supported", SEEN, "CODES 504"),
    Text("opts.none", 501, "command OPTS aborted -- no options supported for {option}", SEEN, "ZIP#1254"),
    Text("stat.file", 504, "STAT file-identifier: not implemented", SEEN, "ZREF"),
    Text("list.stream", 501, "LIST supported only in Stream mode", SEEN, "CODES 501"),
    Text("help.unknown", 502, "Unknown command {verb}.", ASSUMED, "UG help"),
)

_LOGIN = (
    Text("login.first", 530, "You must first login with USER and PASS.", SEEN, "ZREF"),
    Text("login.not", 530, "Not logged in.", SEEN, "ZREF"),
    Text("pass.failed", 530, "PASS command failed", SEEN, "CODES 530"),
    Text("pass.newformat", 530, "new password format invalid", SEEN, "CODES 530"),
    Text("pass.first", 503, "PASS command must be preceded by USER", SEEN, "CODES 503"),
    Text("pass.reason.wrong", 530, "The password is not correct", ASSUMED, "CR ACCESSERRORMSGS"),
    Text("pass.reason.expired", 530, "The password has expired", ASSUMED, "CR ACCESSERRORMSGS"),
    Text("pass.reason.new", 530, "The new password is not valid", ASSUMED, "CR ACCESSERRORMSGS"),
    Text("pass.reason.revoked", 530, "The user's access has been revoked", ASSUMED, "CR ACCESSERRORMSGS"),
    Text("pass.reason.unknown", 530, "The user is not defined", ASSUMED, "CR ACCESSERRORMSGS"),
    Text("pass.reason.access", 530, "The user is not authorized to use this server", ASSUMED, "CR ACCESSERRORMSGS"),
    Text("user.certificate", 531, "Server requires client certificate for login processing", SEEN, "CODES 531"),
    Text("user.secure", 534, "Server requires a secure connection - issue AUTH first", ASSUMED, "CR SECURE_FTP"),
    Text("user.anonymous.final", 503, "USER command not allowed in an anonymous session", ASSUMED, "CR ANONYMOUSLEVEL"),
    Text(
        "user.anonymous.rejected",
        550,
        "anonymous login rejected by FTP server\nclosing control connection",
        SEEN,
        "CODES 550",
    ),
    Text("access.denied", 550, "Command {verb} fails: access to resource is denied by server.", SEEN, "CODES 550"),
)

_DATA = (
    Text("port.syntax", 501, "bad {verb} argument", ASSUMED, "no capture"),
    Text("port.refused", 504, "Port command not implemented for that parameter", SEEN, "CODES 504"),
    Text("port.ipv6", 522, "command {verb} not allowed with this session - current protocol is not IPv4.", SEEN, "CODES 522"),
    Text("pasv.ipv6", 522, "No IPv4 address available for PASV. Use EPSV.", SEEN, "CODES 522"),
    Text("eprt.family", 522, "Network protocol not supported. Use (1,2)", SEEN, "CODES 522"),
    Text("eprt.session", 522, "network protocol {family} not consistent with this session. Use {other}.", SEEN, "CODES 522"),
    Text("epsv.all", 503, "EPSV ALL received - command not allowed after EPSV ALL", SEEN, "CODES 503"),
    Text("rest.mode", 504, "Restart requires Block or Compressed transfer mode.", SEEN, "ZREF"),
    Text("rest.type", 504, "Restart requires EBCDIC data type.", SEEN, "CODES 504"),
    Text("rest.filetype", 504, "Restart requires filetype=SEQ.", SEEN, "CODES 504"),
    Text("rest.secure", 504, "Restart not allowed with active security mechanism", SEEN, "CODES 504"),
    Text("rest.stou", 504, "Restart not allowed for store unique.", SEEN, "CODES 504"),
    Text("rest.fifo", 504, "Restart not allowed for named pipes", SEEN, "CODES 504"),
    Text("rest.stream", 504, "restart is not supported for type {type}", SEEN, "CODES 504"),
    Text("rest.syntax", 501, "bad REST argument", ASSUMED, "no capture"),
    Text("rest.beyond", 504, "Restart at {marker} is behind the last record, {records}.", ASSUMED, "no capture"),
    Text("rest.behind", 504, "Restart at {marker} is behind the end of the file, {size}.", ASSUMED, "no capture"),
    Text("rest.dataset", 504, "Restart in Stream mode is supported only for z/OS UNIX files.", ASSUMED, "CR EXTENSIONS"),
)

_SECURE = (
    Text("auth.done", 503, "Authentication already established", SEEN, "CODES 503"),
    Text("auth.implicit", 503, "Server on the TLS secure port does not accept the AUTH command", SEEN, "CODES 503"),
    Text("auth.mechanism", 504, "Server does not understand the specified mechanism", SEEN, "CODES 504"),
    Text("auth.pipelined", 500, "command data received before the security handshake is rejected", ASSUMED, "RFC 4217 15.2"),
    Text("pbsz.first", 503, "Must first establish authentication", SEEN, "CODES 503"),
    Text("pbsz.syntax", 501, "bad PBSZ argument", ASSUMED, "no capture"),
    Text("prot.first", 503, "Must first issue PBSZ", SEEN, "CODES 503"),
    Text("prot.level", 504, "Server does not understand the specified protection level", SEEN, "CODES 504"),
    Text("prot.refused", 536, "Requested PROT level not supported by security mechanism", KNOWN, "CODES 536"),
    Text("prot.ccc", 503, "Command PROT rejected -- PROT not allowed after CCC", SEEN, "CODES 503"),
    Text("ccc.refused", 534, "CCC command not allowed - server requires a secure control connection", ASSUMED, "CODES 534"),
    Text("ccc.implicit", 534, "Command ccc not allowed for connection to secure port", SEEN, "CODES 534"),
    Text("adat.first", 503, "Must issue AUTH command before ADAT command", SEEN, "CODES 503"),
)

_NAMES = (
    Text("name.invalid", 501, 'Invalid data set name "{name}".  Use MVS Dsname conventions.', SEEN, "ZREF"),
    Text("name.qualifier", 501, "Qualifier too long.  Use MVS naming conventions.", SEEN, "CODES 501"),
    Text("name.begins", 501, 'A qualifier in "{name}" begins with an invalid character', SEEN, "CONC"),
    Text("name.contains", 501, 'A qualifier in "{name}" contains an invalid character', SEEN, "CONC"),
    Text("name.length", 550, "Name length error for pathname {name}", SEEN, "ZREF"),
    Text("name.star", 501, "A '*' must be the last character of a qualifier.", ASSUMED, "rule: CODES 501"),
    Text("name.lastonly", 501, "'%' and '*' are allowed only in the last qualifier.", ASSUMED, "rule: CODES 501"),
    Text("home.unknown", 550, "{verb} failed. Unknown HOME directory", SEEN, "CODES 550"),
)

_FILES = (
    Text("cwd.notdir", 550, "CWD fails: {path} is not a directory.", SEEN, "CODES 550"),
    Text("unix.cmd", 550, "{verb} cmd failed : {reason}", SEEN, "ZREF"),
    Text("unix.list", 550, "{verb} cmd failed : {path}: {reason}", ASSUMED, "ZNA asserts the reason"),
    Text("unix.list.missing", 550, '{verb} cmd failed : FSUM6785 File or directory "{path}" is not found', ASSUMED, "form: ZREF"),
    Text("unix.list.option", 550, "LIST cmd failed : FSUMA930 /bin/ls: Unknown option -{option}", SEEN, "ZREF"),
    Text("unix.command", 550, "Command {verb} fails: {path} : {reason}", ASSUMED, "CODES 550"),
    Text("tape.format", 550, "READTAPEFormat value {value} but input tape is {format}", SEEN, "CODES 550"),
    Text("fifo.make", 550, "MKFIFO failed: {reason}", ASSUMED, "pattern: MKDIR failed [ZREF]"),
    Text("fifo.dataset", 550, "command XFIF fails: {name} is not a z/OS UNIX path", ASSUMED, "no capture"),
    Text("fifo.file", 550, "command {verb} into {path} not supported when UNIXFILETYPE is FIFO", SEEN, "CODES 550"),
    Text("fifo.uncreated", 550, "command {verb} fails - unable to create named pipe {path}", SEEN, "CODES 550"),
    Text("fifo.filetype", 504, "command {verb} into named pipe fails - filetype must be SEQ", SEEN, "CODES 504"),
    Text("fifo.unique", 504, "command STOU not supported for named pipes", SEEN, "CODES 504"),
    Text("mkd.unix", 550, "MKDIR failed: {reason}", SEEN, "ZREF"),
    Text("rmd.unix", 550, "RMDIR failed: {reason}", SEEN, "ZREF"),
    Text("rmd.missing", 550, '"{name}" data set does not exist.', SEEN, "ZREF"),
    Text("rmd.notpds", 550, "RMD fails: {name} is not a partitioned data set.", ASSUMED, "no capture"),
    Text("rmd.member", 550, "RMD fails: {name} is a member of a partitioned data set.", ASSUMED, "no capture"),
    Text("missing", 550, "{verb} fails: {name} does not exist.", SEEN, "ZREF"),
    Text("dele.notempty", 550, "DELE fails: {path} is a directory and is not empty.", SEEN, "ZREF"),
    Text("dele.unix", 550, "DELE fails: {path}  Rc = {rc}", ASSUMED, "ZNA asserts Rc = 111"),
    Text("dele.failed", 550, "could not delete {name}", SEEN, "CODES ftp550186"),
    Text("abend.550", 550, "System completion code and reason: {code}", SEEN, "CODES ftp550186"),
    Text("rnto.exists", 550, "Rename fails: {name} already exists.", SEEN, "ZREF"),
    Text("rnto.rc", 550, "Renaming attempt failed. Rc was {rc}", SEEN, "ZREF"),
    Text("rnto.first", 503, "RNTO must be preceded by RNFR", ASSUMED, "no capture for MVS"),
    Text(
        "rnto.otherpds",
        550,
        "Cannot rename from partitioned data set {old} to a different partitioned data set {new}.",
        SEEN,
        "CODES 550",
    ),
    Text("size.unconfigured", 501, "command aborted -- FTP server not configured for SIZE/MDTM", SEEN, "ZREF"),
    Text("size.eol", 504, "Server SBSENDEOL must be CRLF for SIZE command", SEEN, "CODES 504"),
    Text("size.dataset", 550, "Command {verb} fails: {verb} is supported only for z/OS UNIX files.", ASSUMED, "rule: UG"),
    Text("size.mode", 504, "Command {verb} fails: {verb} is supported only for Stream mode and File structure.", ASSUMED, "UG"),
)

_TRANSFER = (
    Text("retr.missing", 550, "Data set {dsname} not found", SEEN, "ZREF"),
    Text("retr.member", 550, "Request nonexistent member {name} to be sent.", SEEN, "ZREF"),
    Text(
        "retr.wholepds",
        550,
        "Retrieval of a whole partitioned data set is not supported. Use MGET or MVSGET for this purpose.",
        SEEN,
        "ZOWE#116",
    ),
    Text("command.missing", 550, "Command {verb} fails: {path} does not exist.", SEEN, "ZREF"),
    Text("command.directory", 550, "Command {verb} fails: {path} is a directory.", SEEN, "ZREF"),
    Text("dsorg", 550, "{verb} fails: {name} has data set organization {dsorg}, which is not supported.", ASSUMED, "no capture"),
    Text("dsorg.notpds", 550, "{verb} fails: {name} is not a partitioned data set.", ASSUMED, "no capture"),
    Text("stor.wholepds", 550, "{verb} fails: {name} is a partitioned data set. Specify a member name.", ASSUMED, "no capture"),
    Text(
        "stor.nopds",
        550,
        "{name} requests a nonexistent partitioned data set.  Use MKD command to create it.",
        SEEN,
        "ZREF",
    ),
    Text(
        "svc99",
        550,
        "SVC99 RETURN CODE=4 S99INFO={info} S99ERROR={error} HEX={error:04X} S99ERSN code X'{reason:08X}'.",
        SEEN,
        "ZOWE#144",
    ),
    Text("svc99.create", 550, "Unable to create data set {name} for {verb} command.", SEEN, "ZOWE#144"),
    Text("allocation", 550, "Allocation of {name} failed while executing {verb} command.", SEEN, "CODES 550"),
    Text("notauthorized", 550, "{verb} fails: {name}.  User not authorized.", SEEN, "UNREC; CODES 550"),
    Text("inuse", 550, "{verb} fails: {name} is allocated to another job.", ASSUMED, "CR DSWAITTIME does not apply"),
    Text("migrated", 550, "{verb} fails: {name} is migrated and automatic recall is not allowed.", ASSUMED, "CR AUTORECALL"),
    Text("volume", 550, "{verb} fails: {name} is on volume {volser}, which is not available.", ASSUMED, "no capture"),
    Text("readonly", 550, "{verb} fails: {name} cannot be written, its volume is read-only.", ASSUMED, "no capture"),
    Text("gdg.generations", 550, "{verb} fails: {name} has {generations} generations.", ASSUMED, "no capture"),
    Text("exists.failed", 550, "{verb} fails: {name} already exists.", ASSUMED, "as RNTO [ZREF]"),
    Text("stou.dataset", 550, "Cannot create unique data set name for store unique of {name}.", SEEN, "CODES 550"),
    Text("stou.file", 550, "Cannot create unique file name for store unique of {name}.", SEEN, "CODES 550"),
    Text("stou.member", 550, "Cannot create unique member name for store unique of {name}", SEEN, "CODES 550"),
    Text("codepage", 550, "{verb} fails: code page {name} is not available.", ASSUMED, "no capture"),
)

_LISTS = (
    Text("list.nodatasets", 550, "No data sets found.", SEEN, "ZREF"),
    Text("list.nomembers", 550, "No members found.", SEEN, "ZNA"),
    Text("list.nofiles", 550, "{verb} cmd failed.  No files found.", SEEN, "ZREF"),
    Text("list.nopds", 550, "Partitioned data set '{name}' does not exist", SEEN, "ZNA live suite"),
)

_JOBS = (
    Text("list.nojobs", 550, "No jobs found for JESJOBNAME={jobname}, JESSTATUS={status} and JESOWNER={owner}", SEEN, "JESC"),
    Text(
        "jes.nojob",
        550,
        "Jobid {jobid} not found for JESJOBNAME={jobname}, JESSTATUS={status}, JESOWNER={owner}",
        SEEN,
        "ZREF",
    ),
    Text("jes.noindex", 550, "Index {index} is greater than number of spool files for {jobid}", SEEN, "ZNA live suite"),
    Text("jes.nospool", 550, "No spool files available for {jobid}", KNOWN, "JENK polls until there are some"),
    Text("jes.exit", 550, "User Exit refuses this job to be submitted by {userid}", SEEN, "CR FTCHKJES"),
    Text("jes.verb", 550, "command {verb} is not supported for filetype JES", ASSUMED, "no capture"),
    Text("jes.reader", 550, "Allocation of INTRDR failed while executing {verb} command.", ASSUMED, "pattern: CODES 550"),
    Text("jes.notauthorized", 550, "{verb} fails: {jobid}.  User not authorized.", ASSUMED, "pattern: CODES 550"),
    Text("jes.putgetto", 550, "JESPUTGETTO of {seconds:g} seconds expired before {jobid} ended", ASSUMED, "CR JESPUTGETTO"),
    Text("jes.putget.nojob", 550, "No job was submitted from {name}", ASSUMED, "no capture"),
    Text("sql", 550, "command {verb} fails: DB2 subsystem {db2} is not available", ASSUMED, "no capture"),
)

TEXTS = _SYNTAX + _LOGIN + _DATA + _SECURE + _NAMES + _FILES + _TRANSFER + _LISTS + _JOBS
