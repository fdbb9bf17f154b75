"""Pages and API: translate a request into a call, and its result into a page or JSON."""
