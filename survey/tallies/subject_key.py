"""The subject of a tally, and so of a figure."""

SubjectKey = tuple[int, int]
"""The ids of a place and of an employee there, or ALL_EMPLOYEES."""

ALL_EMPLOYEES = 0
"""The id that means everybody who serves at a place."""
