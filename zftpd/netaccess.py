"""Security zones of the network: the NETACCESS statement of PROFILE.TCPIP, and where a client comes in.

Source: [IPCR NETACCESS]: networks and hosts map to zones, the most specific mapping counts, a host without one is not checked;
the resource of a zone is EZB.NETACCESS.sysname.tcpname.zone in class SERVAUTH. [CR PORTOFENTRY4]: which class a login over IPv4
is verified with; the terminal of a client is its address in eight hexadecimal digits.
Not here: CACHE*, INBOUND and OUTBOUND are read and change nothing, since only clients that sign on are checked. Other
statements of a PROFILE.TCPIP are passed over.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass

from saf.profiles import PortOfEntry

_BEGIN, _END = "NETACCESS", "ENDNETACCESS"
_SWITCHES = {"INBOUND", "NOINBOUND", "OUTBOUND", "NOOUTBOUND", "CACHEALL", "CACHEPERMIT", "CACHESAME"}
_ZONE_MAX = 8
_HOME, _REST = "DEFAULTHOME", "DEFAULT"

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True)
class Zones:
    """Which zone an address lies in. `home` is for the addresses of this host, `rest` for those that nothing names."""

    networks: tuple[tuple[Network, str], ...] = ()
    home: str = ""
    rest: str = ""

    def of(self, host: str, own: str) -> str:
        """Return the zone of a client, or nothing; `own` is the address of this host that it reached."""
        address = ipaddress.ip_address(host.partition("%")[0])
        mapped = getattr(address, "ipv4_mapped", None) or address
        fitting = [row for row in self.networks if mapped.version == row[0].version and mapped in row[0]]
        if fitting:
            return max(fitting, key=lambda row: row[0].prefixlen)[1]
        return (self.home if host == own or mapped.is_loopback else "") or self.rest


def zones(text: str) -> Zones:
    """Return the zones of a PROFILE.TCPIP. Raises ValueError for a mapping that is none, with its line."""
    networks: list[tuple[Network, str]] = []
    others = {_HOME: "", _REST: ""}
    for number, words in _mappings(text):
        try:
            if words[0].upper() in others:
                others[words[0].upper()] = _zone(words[1])
            elif len(words) == 2:
                networks.append((ipaddress.ip_network(words[0], strict=False), _zone(words[1])))
            else:
                network, mask, zone = words
                networks.append((ipaddress.ip_network(f"{network}/{mask}", strict=False), _zone(zone)))
        except (ValueError, IndexError):
            raise ValueError(f"NETACCESS, line {number}: {' '.join(words)} is no network with a security zone") from None
    return Zones(tuple(networks), others[_HOME], others[_REST])


def _mappings(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give the lines between NETACCESS and ENDNETACCESS without comments and switches."""
    within = False
    for number, line in enumerate(text.splitlines(), 1):
        words = line.partition(";")[0].split()
        first = words[0].upper() if words else ""
        if first == _BEGIN:
            within, words = True, words[1:]
        elif first == _END:
            within = False
        words = [word for word in words if word.upper() not in _SWITCHES]
        if within and words:
            yield number, words


def _zone(word: str) -> str:
    if not (word.isascii() and word.isalnum()) or len(word) > _ZONE_MAX:
        raise ValueError(word)
    return word.upper()


def port_of_entry(known: Zones, portofentry4: str, client: str, own: str, prefix: str) -> PortOfEntry | None:
    """Return where a client comes in: its terminal, or its zone; None for a host that lies in none.

    prefix: EZB.NETACCESS.sysname.tcpname.
    """
    address = ipaddress.ip_address(client.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None) or address
    if portofentry4 == "TERMINAL" and mapped.version == 4:
        return PortOfEntry("TERMINAL", mapped.packed.hex().upper())
    zone = known.of(client, own)
    return PortOfEntry("SERVAUTH", f"{prefix}.{zone}") if zone else None
