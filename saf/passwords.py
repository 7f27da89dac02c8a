"""Passwords and phrases: what they may look like, how they are kept, when they are too old.

Source: [RACFSAG] "Setting password rules"; scrypt [RFC7914]. Kept form: `scrypt$N$r$p$salt$digest`, the last two in base64.
Rules: pure apart from the salt, which the caller's random source gives. A comparison takes the same time whatever differs.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from saf.errors import NewPasswordInvalid
from saf.passwordsyntax import fits

PASSWORD_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@#$")
SPECIAL_CHARACTERS = frozenset(".<+|&!*-%_>?:=")
"""Allowed as well with SETROPTS PASSWORD(SPECIALCHARS)."""
PASSWORD_MAX = 8
PHRASE_MIN = 9
PHRASE_MAX = 100
_MEMORY_LIMIT = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Scrypt:
    """The cost of one verification: `n` is work and memory (128 * r * n bytes), a power of two."""

    n: int = 1 << 14
    r: int = 8
    p: int = 1

    def digest(self, secret: str, salt: bytes) -> bytes:
        """Return the digest that is kept of a secret."""
        return hashlib.scrypt(secret.encode(), salt=salt, n=self.n, r=self.r, p=self.p, maxmem=_MEMORY_LIMIT, dklen=32)


@dataclass(frozen=True, slots=True)
class PasswordRules:
    """The system-wide options (SETROPTS PASSWORD) about passwords; times in days."""

    interval: int = 0
    """Days until a password expires; 0 never. z/OS starts with 30, which a test system would only trip over."""
    minchange: int = 0
    history: int = 0
    revoke: int = 0
    """Consecutive wrong attempts that revoke a user; 0 never."""
    mixedcase: bool = False
    special_characters: bool = False
    warning: int = 0
    """Days before expiry from which a user is to be told; kept and shown."""
    syntax: Sequence[str] = ()
    """Syntax rules as saf/passwordsyntax.py keeps them."""
    min_length: int = 1
    max_length: int = PASSWORD_MAX


def hashed(secret: str, cost: Scrypt, random: Callable[[int], bytes]) -> str:
    """Return the kept form of a secret."""
    salt = random(16)
    return "$".join(("scrypt", str(cost.n), str(cost.r), str(cost.p), _text(salt), _text(cost.digest(secret, salt))))


def matches(secret: str, kept: str) -> bool:
    """Tell whether `secret` is the one of which `kept` is the kept form. Edge: False for an empty or a foreign kept form."""
    parts = kept.split("$")
    if len(parts) != 6 or parts[0] != "scrypt":
        return False
    cost = Scrypt(int(parts[1]), int(parts[2]), int(parts[3]))
    return hmac.compare_digest(cost.digest(secret, base64.b64decode(parts[4])), base64.b64decode(parts[5]))


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def folded(secret: str, rules: PasswordRules, *, as_is: bool | None = True) -> str:
    """Return a password as RACF takes it: in upper case without MIXEDCASE; a phrase (nine characters and more) as it is.

    `as_is` False for a password that was set before MIXEDCASE, which stays in upper case until it is changed.
    """
    return secret.upper() if len(secret) <= PASSWORD_MAX and not (rules.mixedcase and as_is is not False) else secret


def is_phrase(secret: str) -> bool:
    """Tell whether a secret is a phrase by its length."""
    return len(secret) > PASSWORD_MAX


def check_new(
    userid: str, new: str, rules: PasswordRules, kept: Sequence[str], *, user_change: bool = True, syntax: bool = True
) -> None:
    """Check a new password or phrase, already folded, against the rules and the kept forms of the current and former ones.

    `syntax` False leaves the installation's syntax rules out: they bind users, not an administrator's reset.

    Raises: NewPasswordInvalid with the rule broken.
    """
    if is_phrase(new):
        _check_phrase(userid, new)
    else:
        _check_password(userid, new, rules)
        if syntax and not fits(new, rules.syntax):
            raise NewPasswordInvalid(userid, "syntax")
    # The current one is always refused, the former ones as far as HISTORY goes. An administrator's reset skips both.
    if user_change and any(matches(new, old) for old in kept[: rules.history + 1]):
        raise NewPasswordInvalid(userid, "history", is_phrase(new))


def _check_password(userid: str, new: str, rules: PasswordRules) -> None:
    if not rules.min_length <= len(new) <= rules.max_length:
        raise NewPasswordInvalid(userid, "length")
    allowed = PASSWORD_CHARACTERS | (SPECIAL_CHARACTERS if rules.special_characters else frozenset())
    if not set(new) <= allowed:
        raise NewPasswordInvalid(userid, "character")


def _check_phrase(userid: str, new: str) -> None:
    # [RACREF PHRASE]: 14 to 100 characters (9 with the exit that IBM ships), no user ID in it, no more than two equal in a row,
    # two alphabetic and two other characters.
    if not PHRASE_MIN <= len(new) <= PHRASE_MAX:
        raise NewPasswordInvalid(userid, "length", True)
    if any(ord(sign) < 32 for sign in new):
        raise NewPasswordInvalid(userid, "character", True)
    if userid in new.upper():
        raise NewPasswordInvalid(userid, "userid", True)
    letters = sum(sign.isalpha() for sign in new)
    repeated = any(new[i] == new[i + 1] == new[i + 2] for i in range(len(new) - 2))
    if letters < 2 or len(new) - letters < 2 or repeated:
        raise NewPasswordInvalid(userid, "syntax", True)


def is_expired(set_on: date | None, today: date, interval: int) -> bool:
    """Tell whether a secret set on that day has expired. Edge: None is expired (set by an administrator); interval 0 never is."""
    if set_on is None:
        return True
    return interval > 0 and today >= set_on + timedelta(days=interval)
