"""Tables of points and of what they buy: a module a subject."""

from . import books, campaigns, catalogue, claims, redemptions, reviews

__all__ = ["books", "campaigns", "catalogue", "claims", "redemptions", "reviews"]
