"""Tables of points and of what they buy, with a module for each subject."""

from . import books, campaigns, catalogue, claims, redemptions, reviews

__all__ = ["books", "campaigns", "catalogue", "claims", "redemptions", "reviews"]
