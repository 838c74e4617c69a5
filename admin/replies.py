"""Types of what a view returns besides a page."""

Page422 = tuple[str, int]
"""A page with status 422, which says why the form that was sent cannot be accepted."""
