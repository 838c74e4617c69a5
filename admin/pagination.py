"""The pages of a long list."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import request


@dataclass(frozen=True)
class Page:
    """The shown page of a list, with ``number`` from 1 and ``size`` rows, for the pagination macro."""

    number: int
    pages: int
    size: int
    url_for: Callable[[int], str]

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size


def page_of(total: int, size: int, url_for: Callable[[int], str]) -> Page:
    """Return the page that ?page= asks for, or the nearest that exists."""
    pages = max(1, -(-total // size))
    wanted = request.args.get("page", 1, type=int)
    return Page(min(max(wanted, 1), pages), pages, size, url_for)
