"""Revisions, differences, changes and the feed."""
