"""Full-text search: what is found at rest, and finding it."""
