"""Texts of the 2yz and 3yz replies: done, or one more thing is needed.

Source: zos-ftp-server.md 1.1 to 1.10, 2.2, 2.3, 7; jes-and-jcl.md section 1.
Rules: some of these have no final full stop, and two blanks follow some full stops; clients and captures show them so.
"""

from __future__ import annotations

from zftpd.protocol.text import ASSUMED, KNOWN, SEEN, Text

_SESSION = (
    Text("greeting", 220, "{jobname} IBM FTP CS {release} at {hostname}, {time} on {date}.", SEEN, "ZIP#1254"),
    Text("greeting.secure", 220, "FTP {time} on {date}.", SEEN, "FLU#20; APAR PQ88308 took IBM out"),
    Text("greeting.idle", 220, "Connection will close if idle for more than {minutes} minutes.", SEEN, "FLU#20"),
    Text("greeting.idle.seconds", 220, "Connection will close if idle for more than {seconds} seconds.", SEEN, "ZREF"),
    Text("greeting.noidle", 220, "Connection will not timeout.", SEEN, "UG"),
    Text("user.ok", 331, "Send password please.", SEEN, "ZREF"),
    Text("user.anonymous", 331, "Send email address as password please.", ASSUMED, "CR ANONYMOUS"),
    Text("pass.ok", 230, '{userid} is logged on.  Working directory is "{directory}".', SEEN, "ZREF"),
    Text("pass.changed", 230, "Password was changed.", SEEN, "NET V1R11"),
    Text("pass.ftpsrc", 230, "Processing {name} configuration file...", SEEN, "UG setusrlvl"),
    Text("quit", 221, "Quit command received. Goodbye.", SEEN, "ZREF"),
    Text("rein", 220, "Reinitialize command successful. Logged off.", ASSUMED, "HELP lists REIN [ZREF]"),
    Text("noop", 200, "OK", SEEN, "ZREF"),
    Text("allo", 202, "ALLO not necessary; you may proceed", ASSUMED, "by analogy with bare SITE [ZREF]"),
    Text("abor", 226, "Abort successful.", SEEN, "ZREF"),
)

_SETTINGS = (
    Text("type.ok", 200, "Representation type is {type}", SEEN, "ZREF"),
    Text("type.ok.local", 200, "Local byte 8, representation type is Image", SEEN, "ZREF"),
    Text("stru.ok", 250, "Data structure is {structure}", SEEN, "ZREF"),
    Text("mode.ok", 200, "Data transfer mode is {mode}", SEEN, "ZREF"),
    Text("site.ok", 200, "SITE command was accepted", SEEN, "ZREF"),
    Text("site.bare", 202, "SITE not necessary; you may proceed", SEEN, "ZREF"),
    Text("rest.ok", 350, "Restart requested at {marker}", ASSUMED, "CODES 350"),
    Text("lang.ok", 200, "LANG is {language}", ASSUMED, "RFC 2640"),
    Text("opts.utf8", 200, "UTF8 OPTS command successful", ASSUMED, "CR EXTENSIONS UTF8"),
)

_DATA = (
    Text("port.ok", 200, "Port request OK.", SEEN, "ZREF"),
    Text("eprt.ok", 200, "EPRT request OK", SEEN, "ZREF"),
    Text("pasv.ok", 227, "Entering Passive Mode ({address})", SEEN, "HYP#725"),
    Text("epsv.ok", 229, "Entering Extended Passive Mode (|||{port}|)", SEEN, "ZREF"),
    Text("epsv.all.ok", 200, "EPSV ALL received", ASSUMED, "RFC 2428"),
)

_SECURE = (
    Text("auth.ok", 234, "Security environment established - ready for negotiation", SEEN, "CODES 234"),
    Text("pbsz.ok", 200, "Protection buffer size accepted", SEEN, "CODES 200"),
    Text("prot.ok.P", 200, "Data connection protection set to private", SEEN, "CODES"),
    Text("prot.ok.C", 200, "Data connection protection set to clear", ASSUMED, "by analogy"),
    Text("ccc.ok", 200, "CCC command successful", SEEN, "CODES 200"),
)

_DIRECTORY = (
    Text("pwd.prefix", 257, "\"'{prefix}'\" is working directory.", SEEN, "ZREF"),
    Text("pwd.pds", 257, "\"'{prefix}'\" partitioned data set is working directory.", SEEN, "ZREF"),
    Text("pwd.unix", 257, '"{path}" is the HFS working directory.', SEEN, "ZREF"),
    Text("cwd.prefix", 250, '"{prefix}" is the working directory name prefix.', SEEN, "ZREF"),
    Text("cwd.pds", 250, 'The working directory "{prefix}" is a partitioned data set', SEEN, "ZREF"),
    Text("cwd.loadlib", 250, "The working directory may be a load library", SEEN, "FLU GetZOSListRealm"),
    Text("cwd.unix", 250, "HFS directory {path} is the current working directory", SEEN, "ZREF"),
    Text("mkd.ok", 257, "\"'{name}'\" created.", SEEN, "ZREF"),
    Text("mkd.unix.ok", 257, '"{name}" created.', SEEN, "ZREF"),
    Text("dele.ok", 250, "{name} deleted.", SEEN, "ZREF"),
    Text("rnfr.ok", 350, "RNFR accepted. Please supply new name for RNTO.", SEEN, "ZREF"),
    Text("rnto.ok", 250, "{old} renamed to {new}", SEEN, "ZREF"),
    Text("size", 213, "{size}", KNOWN, "RFC 3659"),
    Text("mdtm", 213, "{stamp}", KNOWN, "RFC 3659"),
)

_TRANSFER = (
    Text("transfer.done", 250, "Transfer completed successfully.", SEEN, "ZREF"),
    Text("transfer.truncated", 250, "Transfer completed (data was truncated)", SEEN, "ZREF"),
    Text("list.done", 250, "List completed successfully.", SEEN, "ZREF"),
    Text("list.limit", 250, "JESENTRYLIMIT of {limit} reached.  Additional entries not displayed", SEEN, "ZREF"),
    Text("jes.known", 250, "It is known to JES as {jobid}", SEEN, "ZREF"),
    Text("jes.cancelled", 250, "Cancel successful", SEEN, "ZREF"),
)

_INFORMATION = (
    Text("syst", 215, "{kind} is the operating system of this server. FTP Server is running on z/OS.", SEEN, "ZREF"),
    Text("help.head", 214, "The following commands are recognized:", SEEN, "ZREF"),
    Text("help.done", 214, "HELP command successful.", SEEN, "ZREF"),
    Text("help.verb", 214, "{text}", KNOWN, "UG help"),
    Text("feat.none", 211, "no Extensions supported", SEEN, "ZREF"),
    Text("feat.head", 211, " Extensions supported", SEEN, "CODES 211"),
    Text("feat.end", 211, "End", SEEN, "CODES 211"),
    Text("stat.end", 211, "*** end of status ***", SEEN, "CR"),
    Text("xsta.undefined", 211, "The value of option {option} is undefined", SEEN, "CODES 211"),
    Text("xdss", 200, "{attributes}", SEEN, "FLU"),
)

TEXTS = _SESSION + _SETTINGS + _DATA + _SECURE + _DIRECTORY + _TRANSFER + _INFORMATION
