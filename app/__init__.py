"""Variorum: contested facts with every side's account side by side."""

from importlib.metadata import version

__version__ = version("variorum")
