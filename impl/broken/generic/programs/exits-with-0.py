"""Exits at once with success."""
