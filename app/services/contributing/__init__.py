"""What contributors and moderators do: keys, submitting, reviewing, and what stays of it.

Each function takes a session and the time, and never commits.
"""
