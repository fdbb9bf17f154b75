"""The pattern book: every part of pages in each of its states."""
