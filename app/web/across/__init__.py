"""Views across claims: comparing two sides, losses, timeline, map."""
