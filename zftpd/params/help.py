"""HELP SITE and FEAT: texts made from the table and the EXTENSIONS statement.

Source: zos-ftp-server.md 1.5. The one captured line is LISTLEVEL={0|1|2} Specifies the format of the LIST reply. [FLU#981]
Rules: lines hold at most 75 characters, so that with their code they fit 79 columns; words are our own.
"""

from __future__ import annotations

import textwrap

from zftpd.params.kinds import Choice, Count
from zftpd.params.param import Param
from zftpd.params.settings import Settings
from zftpd.params.table import PARAMS

WIDTH = 75
#: What each extension adds to FEAT.
FEATURES = {
    "AUTH_GSSAPI": ("AUTH GSSAPI",),
    "AUTH_TLS": ("AUTH TLS", "PBSZ", "PROT"),
    "MDTM": ("MDTM",),
    "REST_STREAM": ("REST STREAM",),
    "SIZE": ("SIZE",),
    "UTF8": ("UTF8", "LANG en*"),
}
#: Words that act instead of setting a parameter.
ACTIONS = (
    ("CHMod mode file", "Changes the permissions of a z/OS UNIX file: 1-3 octal digits or {u|g|o|a}{=|+|-}{r|w|x|rw|rx|wx|rwx}."),
    ("FIXrecfm n", "Sets RECFM=FB and LRECL=n, as VM clients ask for it."),
    ("QDisk[=volser]", "Shows the free space of one volume or of all."),
    ("VARrecfm n", "Sets RECFM=VB and LRECL=n, as VM clients ask for it."),
)


def help_site() -> list[str]:
    """Return the lines of HELP SITE between its first and its last one, words in alphabetical order."""
    entries = [(usage, param.help) for param in PARAMS for usage in usages(param)] + list(ACTIONS)
    lines: list[str] = []
    for usage, text in sorted(entries, key=lambda entry: entry[0].upper()):
        lines += textwrap.wrap(f"{usage} {text}", WIDTH, subsequent_indent="    ", break_long_words=False)
    return lines


def usages(param: Param) -> list[str]:
    """Return how SITE spells a parameter: WORD, NOWORD or WORD=value."""
    words = list(param.words)
    for spelling in param.site:
        if param.name == "UMASK":
            words.append("UMask nnn")
        elif param.is_switch:
            words.append(f"{spelling} | NO{spelling}")
        else:
            words.append(f"{spelling}={_values(param)}")
    return words


def _values(param: Param) -> str:
    kind = param.kind
    if isinstance(kind, Choice):
        return "{" + "|".join(kind.words) + "}"
    return "n" if isinstance(kind, Count) else "value"


def features(settings: Settings) -> list[str]:
    """Return the feature lines of FEAT without their leading blank; none when no extension is on."""
    wanted = [name for name in FEATURES if name in settings.extensions]
    shown = [feature for name in wanted for feature in FEATURES[name]]
    return sorted(dict.fromkeys(shown), key=ORDER.index)


#: The one captured FEAT lists AUTH TLS, PBSZ, PROT in this order [FLU#677]; the place of the others is assumed.
ORDER = ("UTF8", "LANG en*", "SIZE", "MDTM", "REST STREAM", "AUTH GSSAPI", "AUTH TLS", "PBSZ", "PROT")
