"""What readers ask, for pages, API, exchange and commands alike."""
