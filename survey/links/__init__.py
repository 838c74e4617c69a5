"""Lasting links and their posters."""
