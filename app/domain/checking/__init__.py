"""Checking records before they are accepted."""
