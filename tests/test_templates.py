"""Templates are strict: a name that a view forgot is an error, not an empty text."""

import pytest
from jinja2 import UndefinedError


def test_a_name_that_a_view_forgot_is_an_error(embedded_app):
    template = embedded_app.jinja_env.from_string("{{ forgotten }}")
    with pytest.raises(UndefinedError, match="forgotten"):
        template.render()


def test_an_attribute_that_does_not_exist_is_an_error(embedded_app):
    template = embedded_app.jinja_env.from_string("{{ thing.forgotten }}")
    with pytest.raises(UndefinedError, match="forgotten"):
        template.render(thing=object())
