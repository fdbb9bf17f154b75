"""Measurements that are run, not asserted: `make bench`."""
