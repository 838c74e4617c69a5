"""Every SQL statement of the indexes."""
