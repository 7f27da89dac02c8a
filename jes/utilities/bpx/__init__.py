"""BPXBATCH and AOPBATCH: a small shell over the z/OS UNIX files of this system."""
