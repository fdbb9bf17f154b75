"""A record as YAML files: read with every fault at its line, checked, and written in one layout."""
