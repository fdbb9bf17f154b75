"""Backups: one file that holds the database, the snapshots and the secret.

archive   the file: a tar archive of numbered parts, with checksums of each and of the whole
contents  what the parts are: the database's rows, the snapshots' files, the secret
place     the empty place that a restore fills: staged, then put in place, all or nothing
"""
