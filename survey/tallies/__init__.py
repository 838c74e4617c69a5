"""Counts of answers: folded, read, rebuilt, proved."""
