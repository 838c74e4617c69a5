"""Counts of answers: closed in batches, read, rebuilt, proved."""
