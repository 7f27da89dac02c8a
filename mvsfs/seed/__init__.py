"""Seed folders: plain files and a manifest that describe the data sets and z/OS UNIX files of a test system."""
