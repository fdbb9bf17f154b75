"""Addresses, links, forms and rendering of pages."""
