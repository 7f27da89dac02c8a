"""The pytest plug-in: fixture `zos` gives a running server with a clean store."""
