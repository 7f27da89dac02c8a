"""The words of the utilities: one module per family of messages."""
