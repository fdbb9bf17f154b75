"""Measurements that are run, not asserted: `python -m bench.comparing` and its siblings."""
