"""FTPKEEPALIVE and DATAKEEPALIVE: TCP keepalive packets, so that firewalls do not forget an idle connection.

Source: [CR] FTPKEEPALIVE, DATAKEEPALIVE; the security document page 53.
Rules: 0 seconds turns keepalive off, as the parameters' default does.
"""

from __future__ import annotations

import socket

#: The option for idle seconds, by platform.
_IDLE = getattr(socket, "TCP_KEEPIDLE", getattr(socket, "TCP_KEEPALIVE", None))


def arm(sock: socket.socket, seconds: int) -> None:
    """Send keepalive packets after `seconds` of silence, or none for 0."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, int(bool(seconds)))
    if seconds and _IDLE is not None:
        sock.setsockopt(socket.IPPROTO_TCP, _IDLE, min(seconds, 32767))  # more is more than Linux takes
        if hasattr(socket, "TCP_KEEPINTVL"):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, min(seconds, 32767))
