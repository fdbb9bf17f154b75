"""Lighthouse on the pages that readers come to first: `make lighthouse`."""
