"""Turning values into words of a language."""
