"""Home, method, API documentation, health."""
