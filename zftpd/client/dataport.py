"""How the client and the server agree on a data connection, and have it.

Source: RFC 959, 2428; [CR] FWFRIENDLY, EPSV4, PASSIVEIGNOREADDR, DATACTTIME;
[Diagnosis Guide] EZA2589E for INACTTIME, which limits the wait for the server to connect; page 50 of the source document.
"""

from __future__ import annotations

from zftpd.client import traces
from zftpd.client.codes import ClientError
from zftpd.client.connection import Control
from zftpd.client.data import DataConnection, extended_port, passive_address
from zftpd.client.errors import ServerRefused, SubcommandFailed, timed
from zftpd.client.state import Client

#: How a server says that it does not know EPSV.
UNKNOWN_EPSV = (500, 501, 502, 522)


def open_data(client: Client) -> DataConnection:
    """Agree with the server: EPSV or PASV where FWFRIENDLY, EPSV4 or IPv6 ask for it, else PORT.

    A server without EPSV is asked for PASV or PORT from then on; one that refuses PASV gets PORT unless PASSIVEONLY forbids it.
    Raises SubcommandFailed, ServerRefused.
    """
    control = client.connected()
    timeout = float(client.settings.datacttime) or None
    try:
        data = _passive(client, control, timeout)
        if data is not None:
            return data
        waiting = float(client.settings.inacttime) or None
        data = DataConnection.active(control, waiting, timeout, announced=client.sendport)
    except ValueError as error:
        raise SubcommandFailed(ClientError.SERVER, "data-failed", reason=error) from error
    except OSError as error:
        raise failure(client, error) from error
    if client.sendport:
        _announce(client, control, data)
    return data


def failure(client: Client, error: Exception) -> SubcommandFailed:
    """Return the failure of a data connection that was not made."""
    if isinstance(error, TimeoutError):
        client.say("timed-out", operation="Waiting for data connection")
    return SubcommandFailed(timed(error, ClientError.CONNECT_FAILED), "data-failed", reason=error)


def _passive(client: Client, control: Control, timeout: float | None) -> DataConnection | None:
    """Return a connection to where the server listens, None where it is to connect. Raises OSError, ValueError."""
    if control.is_ipv6 or (client.settings.epsv4 and client.extended):
        try:
            port = extended_port(client.exchange("EPSV").text)
            return DataConnection.passive((control.address, port), timeout, client.source)
        except ServerRefused as refused:
            if control.is_ipv6 or refused.code not in UNKNOWN_EPSV:
                raise
            client.extended = False
    if not client.settings.fwfriendly:
        return None
    try:
        host, port = passive_address(client.exchange("PASV").text)
    except ServerRefused:
        if client.settings.passiveonly:
            raise
        return None
    if client.settings.passiveignoreaddr:
        host = control.address
    return DataConnection.passive((host, port), timeout, client.source)


def _announce(client: Client, control: Control, data: DataConnection) -> None:
    """Send PORT. What goes wrong closes the port again."""
    high, low = divmod(data.port, 256)
    try:
        client.exchange(f"PORT {control.local.replace('.', ',')},{high},{low}")
    except BaseException:
        data.close()
        raise


def establish(client: Client, data: DataConnection) -> None:
    """Have the data connection, under TLS where PROT or the policy says so. Raises OSError, ValueError."""
    control = client.connected()
    direction = "Inbound" if data.listening else "Outbound"
    data.establish()
    traces.tell(client, "SOC", "data connection {0[0]} port {0[1]} to {1[0]} port {1[1]}".format(*data.ends))
    primary = control.security
    if primary is None:
        return
    if client.protection == "P" or primary.immediate:
        data.start_tls(control, client.tls.data(*data.ends, primary, direction))
