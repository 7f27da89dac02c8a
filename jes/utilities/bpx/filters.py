r"""Commands about text: cat, cmp, cut, diff, echo, grep, head, iconv, printf, sed, sort, tail, tee, tr, uniq, wc, xargs.

Source: [UNIX] command reference. Rules: regular expressions are those of Python, which agree with extended ones in what scripts
use; in basic ones \( \) \{ \} and + ? | change their parts. Lines are host text.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from jes.hosttext import to_host, to_text
from jes.utilities.bpx import copying, running
from jes.utilities.bpx.operands import USAGE, content, each, flags, lines, usage
from jes.utilities.bpx.shell import NEWLINE, Input, Shell
from mvsfs.codepages import mbcs
from mvsfs.codepages.find import page
from mvsfs.errors import MvsError

_CLASSES = {
    "space": r"\s", "blank": " \\t", "digit": "0-9", "alpha": "A-Za-z", "upper": "A-Z", "lower": "a-z", "alnum": "A-Za-z0-9",
}  # fmt: skip
_ESCAPES = {"n": "\n", "t": "\t", "\\": "\\", "a": "\a", "r": "\r", "c": ""}
_PRINTF = re.compile(r"%([-0 ]*\d*(?:\.\d+)?)([sdiuxXoc%])")


def echo(arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    r"""Write the arguments; \n and \t in them act, \c ends without a line end."""
    text = " ".join(arguments)
    if "\\" not in text:
        shell.put(out, text)
        return 0
    shown = re.sub(r"\\([ntar\\c])", lambda match: _ESCAPES[match[1]], text.partition("\\c")[0])
    out += to_host(shown).replace(to_host("\n"), NEWLINE)
    out += b"" if "\\c" in text else NEWLINE
    return 0


def printf(arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """Write arguments as a format says, as often as they last."""
    if not arguments:
        return usage("printf", shell)
    form, rest = arguments[0], list(arguments[1:])
    holes = len([match for match in _PRINTF.finditer(form) if match[2] != "%"])
    while True:
        shown = _PRINTF.sub(lambda match: _filled(match, rest), re.sub(r"\\([ntar\\])", lambda m: _ESCAPES[m[1]], form))
        out += to_host(shown).replace(to_host("\n"), NEWLINE)
        if not rest or not holes:
            return 0


def _filled(match: re.Match[str], rest: list[str]) -> str:
    if match[2] == "%":
        return "%"
    value = rest.pop(0) if rest else ""
    if match[2] in "sc":
        return f"%{match[1]}s" % (value[:1] if match[2] == "c" else value)
    number = int(value) if re.fullmatch(r"[-+]?\d{1,18}", value) else 0
    return f"%{match[1]}{match[2].replace('u', 'd')}" % number


def cat(arguments: list[str], stdin: Input, shell: Shell, out: bytearray) -> int:
    """Write files one after the other, or data sets as lines."""
    names = flags(arguments)[1] or ["-"]

    def act(name: str) -> None:
        nonlocal out
        out += stdin.read() if name == "-" else copying.read(name, shell)

    return each("cat", names, shell, act)


def wc(arguments: list[str], stdin: Input, shell: Shell, out: bytearray) -> int:
    """Count lines, words, bytes."""
    options, names = flags(arguments)
    text = content(names, stdin, shell)
    figures = {"l": text.count(NEWLINE), "w": len(to_text(text).split()), "c": len(text)}
    shown = [str(figures[flag]) for flag in "lwc" if not options or flag in options]
    shell.put(out, " ".join([*shown, *names]))
    return 0


def head(arguments: list[str], stdin: Input, shell: Shell, out: bytearray) -> int:
    """Write the first lines: -n count, 10 unless told."""
    count, names = _count(arguments)
    out += b"".join(line + NEWLINE for line in lines(content(names, stdin, shell))[:count])
    return 0


def tail(arguments: list[str], stdin: Input, shell: Shell, out: bytearray) -> int:
    """Write the last lines; +n those from line n on."""
    count, names = _count(arguments)
    found = lines(content(names, stdin, shell))
    options = flags(arguments, "n")[0]
    begin = int(options["n"][1:]) - 1 if re.fullmatch(r"\+\d+", options.get("n", "")) else max(len(found) - count, 0)
    out += b"".join(line + NEWLINE for line in found[begin:])
    return 0


def _count(arguments: list[str]) -> tuple[int, list[str]]:
    if arguments and re.fullmatch(r"-\d+", arguments[0]):
        return int(arguments[0][1:]), arguments[1:]
    options, names = flags(arguments, "n")
    text = options.get("n", "").lstrip("-")
    return int(text) if text.isdecimal() else 10, names


def regex(text: str, *, ignores_case: bool = False, basic: bool = True) -> re.Pattern[str] | None:
    """Return a pattern, None for one that cannot be read."""
    if basic:
        text = re.sub(r"\\([(){}])|([(){}+?|])", lambda match: match[1] or f"\\{match[2]}", text)
    for name, letters in _CLASSES.items():
        text = text.replace(f"[:{name}:]", letters)
    try:
        return re.compile(text, re.IGNORECASE if ignores_case else 0)
    except re.error:
        return None


def grep(arguments: list[str], stdin: Input, shell: Shell, out: bytearray) -> int:
    """Write the lines that match; 1 when none does. -c -E -F -i -l -n -q -v -w -x."""
    options, words = flags(arguments, "e")
    texts = [options["e"]] if "e" in options else words[:1]
    names = words if "e" in options else words[1:]
    if not texts:
        return usage("grep", shell)
    text = re.escape(texts[0]) if "F" in options else texts[0]
    basic = not options.keys() & {"E", "F"}
    pattern = regex(text, ignores_case="i" in options, basic=basic)
    if pattern is None:
        shell.complain(f"grep: FSUM6051 bad regular expression {texts[0]}")
        return USAGE
    return _grepped(pattern, options, names, stdin, shell, out)


def _grepped(
    pattern: re.Pattern[str], options: dict[str, str], names: list[str], stdin: Input, shell: Shell, out: bytearray
) -> int:
    found_any = False

    def fits(line: bytes) -> bool:
        text = to_text(line)
        match = pattern.fullmatch(text) if "x" in options else pattern.search(text)
        return (match is not None) is ("v" not in options)

    def act(name: str) -> None:
        nonlocal found_any
        data = stdin.read() if name == "-" else copying.read(name, shell)
        found = [(number, line) for number, line in enumerate(lines(data), 1) if fits(line)]
        found_any = found_any or bool(found)
        front = f"{name}:" if len(names) > 1 and "h" not in options else ""
        if "l" in options:
            shell.put(out, *([name] if found else []))
        elif "c" in options:
            shell.put(out, f"{front}{len(found)}")
        elif "q" not in options:
            for number, line in found:
                shell.put(out, front + (f"{number}:" if "n" in options else "") + to_text(line))

    status = each("grep", names or ["-"], shell, act)
    return USAGE if status else 0 if found_any else 1


def sort(arguments: list[str], stdin: Input, shell: Shell, out: bytearray) -> int:
    """Write the lines in order; -r in reverse, -u each once, -n by number, -k by a word, -t cut there."""
    options, names = flags(arguments, "kto")
    separator, field = options.get("t") or None, options.get("k", "").partition(",")[0]

    def key(line: bytes) -> tuple[float, bytes]:
        text = to_text(line)
        if field.isdecimal():
            parts = text.split(separator)
            text = (separator or " ").join(parts[int(field) - 1 :])
        number = re.match(r"\s*(-?\d+(?:\.\d+)?)", text) if "n" in options else None
        return (float(number[1]) if number else 0.0, to_host(text))

    found = sorted(lines(content(names, stdin, shell)), key=key, reverse="r" in options)
    for line in dict.fromkeys(found) if "u" in options else found:
        out += line + NEWLINE
    return 0


def uniq(arguments: list[str], stdin: Input, shell: Shell, out: bytearray) -> int:
    """Write lines once where equal ones follow one another; -c with their number, -d only repeated ones, -u only single ones."""
    options, names = flags(arguments)
    groups: list[tuple[bytes, int]] = []
    for line in lines(content(names, stdin, shell)):
        if groups and groups[-1][0] == line:
            groups[-1] = line, groups[-1][1] + 1
        else:
            groups.append((line, 1))
    for line, count in groups:
        if ("d" in options and count == 1) or ("u" in options and count > 1):
            continue
        shell.put(out, (f"{count:>4} " if "c" in options else "") + to_text(line))
    return 0


def cut(arguments: list[str], stdin: Input, shell: Shell, out: bytearray) -> int:
    """Write characters (-c) or fields (-f, at -d) of each line."""
    options, names = flags(arguments, "cfdb")
    ranges = options.get("f") or options.get("c") or options.get("b") or ""
    if not re.fullmatch(r"\d*-?\d*(,\d*-?\d*)*", ranges) or not ranges:
        return usage("cut", shell)
    for line in lines(content(names, stdin, shell)):
        text = to_text(line)
        if "f" not in options:
            shell.put(out, "".join(_chosen(list(text), ranges)))
        elif (separator := options.get("d") or "\t") in text:
            shell.put(out, separator.join(_chosen(text.split(separator), ranges)))
        elif "s" not in options:
            shell.put(out, text)
    return 0


def _chosen(parts: list[str], ranges: str) -> Iterator[str]:
    wanted: set[int] = set()
    for one in ranges.split(","):
        first, dash, last = one.partition("-")
        begin = int(first) if first else 1
        wanted |= set(range(begin, (int(last) if last else len(parts) if dash else begin) + 1))
    return (part for place, part in enumerate(parts, 1) if place in wanted)


def tr(arguments: list[str], stdin: Input, shell: Shell, out: bytearray) -> int:
    """Translate letters; -d leaves them out, -s writes repeated ones once."""
    options, sets = flags(arguments)
    if not sets:
        return usage("tr", shell)
    first, second = (_letters(text) for text in (*sets, "")[:2])
    text = to_text(stdin.read().replace(NEWLINE, to_host("\n")))
    if "d" in options:
        text = "".join(letter for letter in text if letter not in first)
    elif second:
        padded = second.ljust(len(first), second[-1])
        text = text.translate(str.maketrans(first, padded[: len(first)]))
    if "s" in options:
        repeated = re.escape(second or first)
        text = re.sub(rf"([{repeated}])\1+", r"\1", text)
    out += to_host(text).replace(to_host("\n"), NEWLINE)
    return 0


def _letters(text: str) -> str:
    text = text.replace("[:upper:]", "A-Z").replace("[:lower:]", "a-z").replace("[:digit:]", "0-9").replace("[:space:]", " \t\n")
    text = re.sub(r"\\([ntar\\])", lambda match: _ESCAPES[match[1]], text)
    return re.sub(r"(.)-(.)", lambda match: "".join(map(chr, range(ord(match[1]), ord(match[2]) + 1))), text, flags=re.DOTALL)


def tee(arguments: list[str], stdin: Input, shell: Shell, out: bytearray) -> int:
    """Write what comes in, and to files as well."""
    options, names = flags(arguments)
    data = stdin.read()
    out += data
    return each("tee", names, shell, lambda name: shell.write(name, data, append="a" in options))


def diff(arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """Tell how two files differ, in the normal form; 1 when they do."""
    _, names = flags(arguments)
    if len(names) != 2:
        return usage("diff", shell)
    one, two = ([to_text(line) for line in lines(copying.read(name, shell))] for name in names)
    for kind, a, b, c, d in difflib.SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        left = f"{a + (kind != 'insert')}" + (f",{b}" if b - a > 1 else "")
        right = f"{c + (kind != 'delete')}" + (f",{d}" if d - c > 1 else "")
        shell.put(out, f"{left}{kind[0].replace('r', 'c').replace('i', 'a')}{right}", *(f"< {line}" for line in one[a:b]))
        shell.put(out, *(["---"] if kind == "replace" else []), *(f"> {line}" for line in two[c:d]))
    return int(one != two)


def cmp(arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """Tell where two files first differ; 1 when they do."""
    options, names = flags(arguments)
    if len(names) != 2:
        return usage("cmp", shell)
    one, two = (copying.read(name, shell, binary=True) for name in names)
    if one == two:
        return 0
    if "s" not in options:
        at = next((place for place, (left, right) in enumerate(zip(one, two, strict=False)) if left != right), None)
        if at is None:
            shell.complain(f"cmp: EOF on {names[0] if len(one) < len(two) else names[1]}")
        else:
            shell.put(out, f"{names[0]} {names[1]} differ: char {at + 1}, line {one[:at].count(NEWLINE) + 1}")
    return 1


def iconv(arguments: list[str], stdin: Input, shell: Shell, out: bytearray) -> int:
    """Translate a file from one code page (-f) to another (-t)."""
    options, names = flags(arguments, "ft")
    data = content(names, stdin, shell)
    source, target = options.get("f") or "IBM-1047", options.get("t") or "IBM-1047"
    try:
        text = mbcs.decoder(source).decode(data, True)
        if page(source).ebcdic is not page(target).ebcdic:  # line ends: X'15' on the host, X'0A' elsewhere
            text = text.translate({0x85: 0x0A, 0x0A: 0x85})
        out += mbcs.encoder(target).encode(text)
    except (MvsError, UnicodeError, ValueError):
        shell.complain("iconv: FSUM6603 cannot convert")
        return 1
    return 0


def xargs(arguments: list[str], stdin: Input, shell: Shell, out: bytearray) -> int:
    """Run a command with the words of standard input behind its own."""
    words = to_text(stdin.read().replace(NEWLINE, to_host(" "))).split()
    options, rest = ({}, arguments) if not arguments or not arguments[0].startswith("-n") else ({"n": "1"}, arguments[1:])
    if options and rest and rest[0].isdecimal():
        rest = rest[1:]
    groups = [[word] for word in words] if options else [words]
    status = 0
    for group in groups:
        status = max(status, running.call([*(rest or ["echo"]), *group], shell, Input(), out))
    return status
