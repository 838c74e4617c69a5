"""What a view returns besides a page."""

Page422 = tuple[str, int]
"""A page with status 422: what was sent cannot be accepted, and the page says why."""
