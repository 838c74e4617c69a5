import pytest
from flask import g, render_template_string

from admin.figure_filters import About, choose
from admin.satisfaction.overview import EMPTY_CONTENT
from admin.satisfaction.rendering import render_figures
from tests import factories


def test_the_part_and_the_page_share_an_address(embedded_app):
    user = factories.staff()
    for headers, whole in (({}, True), ({"HX-Request": "true"}, False)):
        with embedded_app.test_request_context("/admin/indexes/", headers=headers):
            g._login_user = user
            response = render_figures("show", About("Everything", []), choose(), k=5, **EMPTY_CONTENT)
        assert ("<html" in response.get_data(as_text=True)) == whole
        assert response.headers["Vary"] == "HX-Request"
        assert "Everything" in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("value", "plain", "signed"),
    [
        (None, "–", "–"),
        (-0.04, "0.0", "0.0"),
        (0.04, "0.0", "0.0"),
        (-1.26, "−1.3", "−1.3"),
        (2, "2.0", "+2.0"),
    ],
)
def test_a_number_that_rounds_to_0_has_no_sign(embedded_app, value, plain, signed):
    page = """{% from "components/charts.html" import number -%}
    {%- from "components/figures.html" import signed -%}
    {{ number(value) }} {{ signed(value) }}"""
    with embedded_app.test_request_context():
        assert render_template_string(page, value=value) == f"{plain} {signed}"
