from __future__ import annotations

import pytest
from flask import Flask

from admin.pagination import page_of


@pytest.mark.parametrize(
    ("asked", "total", "number", "pages"),
    [("", 0, 1, 1), ("1", 20, 1, 1), ("2", 21, 2, 2), ("3", 41, 3, 3), ("9", 41, 3, 3), ("-4", 41, 1, 3),
     ("x", 41, 1, 3), ("1e3", 41, 1, 3)],
)  # fmt: skip
def test_a_page_beyond_the_list_becomes_the_nearest_page(
    embedded_app: Flask, asked: str, total: int, number: int, pages: int
):
    with embedded_app.test_request_context(f"/?page={asked}"):
        page = page_of(total, 20, lambda wanted: f"/list?page={wanted}")
    assert (page.number, page.pages, page.offset) == (number, pages, 20 * (number - 1))
    assert page.url_for(2) == "/list?page=2"
