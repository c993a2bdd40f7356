"""Marsad: a ledger of who claimed what."""

__version__ = "0.1.0"
