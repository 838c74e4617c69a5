"""Fields for whole numbers, as people type them."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.form import BaseForm
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

WHOLE = re.compile(r"[+-]?\d{1,100}")
LOOK = {"inputmode": "numeric", "class": "whole", "autocomplete": "off"}
LARGEST = 10**18
"""Larger numbers are cut to this one, which no field accepts, so that they get the same error."""


class WholeField(IntegerField):
    """A field that takes 1000, 1,000 and 1 000, and shows a single error for anything but a whole number."""

    # A number control rejects commas, and turning the mouse wheel over it changes the value unnoticed.
    widget = TextInput()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "render_kw": LOOK | kwargs.get("render_kw", {})})

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = re.sub(r"[\s,，\u2009\u00a0]", "", valuelist[0]).replace("−", "-") if valuelist else ""
        self.data = None
        if not typed:
            return
        if not WHOLE.fullmatch(typed):
            raise ValueError(_l("Enter a whole number, without a fraction."))
        self.data = min(max(int(typed), -LARGEST), LARGEST)

    def pre_validate(self, form: BaseForm) -> None:
        if self.process_errors:
            raise StopValidation
