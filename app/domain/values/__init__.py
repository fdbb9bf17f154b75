"""Dates, hedged numbers, addresses and other plain values."""
