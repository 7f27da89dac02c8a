"""AT-TLS: the Policy Agent's policy file, the rule that fits a connection, and the reports about it.

Not here: sockets and TLS itself, which zftpd/net does by what `Mapping` says.
"""
