"""Every SQL statement of the tallies."""
