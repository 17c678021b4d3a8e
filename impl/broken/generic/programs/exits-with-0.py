"""Ends at once, as if all was done."""
