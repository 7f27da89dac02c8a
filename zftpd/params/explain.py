"""What a configuration file means, statement by statement: the text of `zftpd check-config`.

Not here: reading the file (ftpdata.py) and the words of what is wrong (zftpd/messages.py).
Rules: every statement of the file appears once, in the file's order, with its meaning or with what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from zftpd.messages import message
from zftpd.params.ftpdata import Diagnostic, FtpData
from zftpd.params.param import Param
from zftpd.params.settings import Settings


def complaint(found: Diagnostic, name: str) -> str:
    """Return the message about one diagnostic."""
    advice = found.advice
    if found.reason == "unknown" and advice:
        advice = f" Is {advice} meant?"
    return message(
        f"ftpdata.{found.reason}", name=name, line=found.line, statement=found.statement, value=found.value, advice=advice
    )


def complaints(read: FtpData) -> list[str]:
    """Return the messages about a file. SUPPRESSIGNOREWARNINGS keeps those about ignored statements away."""
    quiet = read.settings.suppressignorewarnings
    return [complaint(each, read.name) for each in read.diagnostics if not (quiet and each.reason == "other side")]


def explained(read: FtpData) -> Iterator[str]:
    """Yield, for each statement in the file's order, what it says and means, and what is wrong with it."""
    wrong: dict[int, list[Diagnostic]] = {}
    for each in read.diagnostics:
        wrong.setdefault(each.line, []).append(each)
    counted = {statement.line: (statement, param) for statement, param in read.counted}
    for line in sorted({*wrong, *counted}):
        if line in counted:
            statement, param = counted[line]
            yield f"line {line}: {statement.keyword} {statement.value}".rstrip()
            yield f"    {param.help}"
            yield f"    Values: {param.kind.allowed}. Default: {default_text(param)}."
        for each in wrong.get(line, ()):
            yield complaint(each, read.name)
    yield summary(read)


def summary(read: FtpData) -> str:
    """Return the closing line."""
    bad = len(read.errors)
    good = len(read.counted)
    verdict = f"{bad} in error" if bad else "every statement is understood"
    return f"{read.name}: {good} statement{'s' * (good != 1)} in effect, {verdict}."


def default_text(param: Param) -> str:
    """Return the default as FTP.DATA writes it, or `none`."""
    value = getattr(Settings(), param.attribute)
    return " ".join(text for text in param.texts(value) if text) or "none" if value is not None else "none"
