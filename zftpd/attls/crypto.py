"""What the machine's processor does for cryptography, in System SSL's words.

Source: page 30 of the source document: with AT-TLS in use the stack's output lists the algorithms that the hardware supports.
On z the CPACF facility does it; here it is instructions of the processor, which the operating system lists.
Rules: nothing is claimed that the processor does not say. There is no ICSF.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from zftpd.messages import Message, message

#: Algorithm, and the processor features of which any one assists it (x86, Arm).
ASSISTS: tuple[tuple[str, frozenset[str]], ...] = (
    ("SHA-1", frozenset({"sha_ni", "sha1"})),
    ("SHA-224", frozenset({"sha_ni", "sha2"})),
    ("SHA-256", frozenset({"sha_ni", "sha2"})),
    ("SHA-384", frozenset({"sha512"})),
    ("SHA-512", frozenset({"sha512"})),
    ("DES", frozenset()),
    ("DES3", frozenset()),
    ("AES 128-bit", frozenset({"aes"})),
    ("AES 256-bit", frozenset({"aes"})),
)
CPUINFO = Path("/proc/cpuinfo")


def features(cpuinfo: Path = CPUINFO) -> frozenset[str]:
    """Return the features of the processor that the system lists; none where it lists none."""
    try:
        lines = cpuinfo.read_text().splitlines()
    except OSError:
        return frozenset()
    for line in lines:
        title, _, words = line.partition(":")
        if title.strip().lower() in ("flags", "features"):
            return frozenset(words.split())
    return frozenset()


def assist_lines(present: Collection[str]) -> list[Message]:
    """Return the lines that tell which algorithms are assisted."""
    lines = []
    for name, needed in ASSISTS:
        state = "is available" if needed & set(present) else "is not available"
        lines.append(message("ssl.assist", name=name, state=state))
    return [*lines, message("ssl.icsf")]
