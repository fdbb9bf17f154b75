"""Checks of links and quotations."""
