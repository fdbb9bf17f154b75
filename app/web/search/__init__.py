"""Search pages and API."""
