"""All sockets, TLS and threads of the server."""
