"""The chain of accepted changes: hashes, differences, merges. Pure."""
