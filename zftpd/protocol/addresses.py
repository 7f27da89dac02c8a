"""The addresses of PORT, EPRT, PASV and EPSV.

Source: RFC 959 4.1.2, RFC 2428.
Rules: pure; a wrong form raises BadAddress, an unknown family UnknownFamily.
"""

from __future__ import annotations

import ipaddress
from functools import lru_cache


class BadAddress(ValueError):
    """The argument has not the form that the command needs."""


class UnknownFamily(ValueError):
    """The network protocol number of EPRT or EPSV is neither 1 nor 2."""


def parse_port(argument: str) -> tuple[str, int]:
    """Return host and port of `h1,h2,h3,h4,p1,p2`. Raises BadAddress."""
    parts = argument.split(",")
    if len(parts) != 6 or not all(part.strip().isascii() and part.strip().isdecimal() for part in parts):
        raise BadAddress(argument)
    numbers = [int(part) for part in parts]
    if any(number > 255 for number in numbers):
        raise BadAddress(argument)
    return ".".join(map(str, numbers[:4])), numbers[4] * 256 + numbers[5]


def parse_eprt(argument: str) -> tuple[int, str, int]:
    """Return family (1 or 2), host and port of `|1|132.235.1.2|6275|`. Raises BadAddress, UnknownFamily."""
    if len(argument) < 7:
        raise BadAddress(argument)
    parts = argument.split(argument[0])
    if len(parts) != 5 or parts[0] or parts[4]:
        raise BadAddress(argument)
    family, host, port = parts[1:4]
    if family not in {"1", "2"}:
        raise UnknownFamily(family)
    try:
        address = ipaddress.ip_address(host)
    except ValueError as error:
        raise BadAddress(argument) from error
    if address.version != (4 if family == "1" else 6) or not (port.isascii() and port.isdecimal()) or not 0 < int(port) < 65536:
        raise BadAddress(argument)
    return int(family), str(address), int(port)


def format_pasv(host: str, port: int) -> str:
    """Return `h1,h2,h3,h4,p1,p2`."""
    return f"{host.replace('.', ',')},{port // 256},{port % 256}"


@lru_cache(maxsize=1024)
def plain_host(host: str) -> str:
    """Return an IPv4-mapped IPv6 address as the IPv4 address that it is, others unchanged."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)
