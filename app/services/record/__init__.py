"""Changing the record: loading, merging, appending, redacting, exporting."""
