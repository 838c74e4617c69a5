"""A whole number, as people type it."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField

WHOLE = re.compile(r"[+-]?\d{1,18}")


class WholeField(IntegerField):
    """Takes 1000, 1,000 and 1 000; refuses fractions and what is too large with one sentence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"render_kw": {"inputmode": "numeric"}, **kwargs})

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = re.sub(r"[\s,，\u2009\u00a0]", "", valuelist[0]).replace("−", "-") if valuelist else ""
        self.data = None
        if not typed:
            return
        if not WHOLE.fullmatch(typed):
            raise ValueError(_l("Enter a whole number, without a fraction."))
        self.data = int(typed)
