"""The terminal monitor program in batch, and its commands."""
