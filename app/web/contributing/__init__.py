"""Submitting, reviewing and editing."""
