from __future__ import annotations

import pytest
from flask import Flask, Response

from survey.htmx import vary, wants_partial


@pytest.mark.parametrize(
    ("headers", "partial"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "false"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_a_part_is_sent_to_htmx_alone_and_not_when_it_restores_history(headers: dict, partial: bool):
    with Flask(__name__).test_request_context("/", headers=headers):
        assert wants_partial() is partial


def test_a_cache_keeps_the_page_and_its_part_apart():
    assert "HX-Request" in vary(Response(headers={"Vary": "Cookie"})).vary
