"""The chain of revisions: every accepted change to the record, in one order, each hashed."""
