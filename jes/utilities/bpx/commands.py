"""The commands of the small shell.

Source: [UNIX] command reference; jes-and-jcl reference 5.9. Rules: each takes its arguments, standard input, the shell and where
its output goes, and returns an exit status; a refusal of the file system is raised as UnixError and worded by the shell. What is
in no table is not found (127).
"""

from __future__ import annotations

from jes.utilities.bpx import archives, conditions, copying, files, filters, mvs
from jes.utilities.bpx.builtins import BUILTINS
from jes.utilities.bpx.sed import sed
from jes.utilities.bpx.shell import Program

COMMANDS: dict[str, Program] = {
    **BUILTINS,
    "ls": files.ls, "mkdir": files.mkdir, "rm": files.rm, "rmdir": files.rmdir, "mv": files.mv, "touch": files.touch,
    "chmod": files.chmod, "chown": files.chown, "ln": files.ln, "find": files.find, "du": files.du, "cp": copying.cp,
    "echo": filters.echo, "printf": filters.printf, "cat": filters.cat, "wc": filters.wc, "head": filters.head,
    "tail": filters.tail, "grep": filters.grep, "egrep": lambda arguments, *rest: filters.grep(["-E", *arguments], *rest),
    "fgrep": lambda arguments, *rest: filters.grep(["-F", *arguments], *rest), "sort": filters.sort, "uniq": filters.uniq,
    "cut": filters.cut, "tr": filters.tr, "tee": filters.tee, "diff": filters.diff, "cmp": filters.cmp, "iconv": filters.iconv,
    "xargs": filters.xargs, "sed": sed,
    "test": conditions.test, "[": conditions.test, "expr": conditions.expr,
    "tar": archives.tar, "pax": archives.pax,
    "tso": mvs.tso, "tsocmd": mvs.tso, "submit": mvs.submit, "chtag": mvs.chtag, "extattr": mvs.extattr, "env": mvs.env,
    "whoami": mvs.whoami, "date": mvs.date, "uname": mvs.uname, "hostname": mvs.hostname, "basename": mvs.basename,
    "dirname": mvs.dirname, "sleep": mvs.sleep,
}  # fmt: skip
