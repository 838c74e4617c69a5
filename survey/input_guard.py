"""What no address and no form of ours holds: it is refused before a database chokes on it."""

from typing import Any

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter

LARGEST = 2**31 - 1
"""What the columns of ids hold on PostgreSQL."""


class Id(IntegerConverter):
    """A number in an address; a larger one than any row has leads nowhere."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": LARGEST, **kwargs})


def init_app(app: Flask, forms: tuple[str, ...]) -> None:
    """``forms`` are the paths whose forms are looked through: texts with NUL, which nobody types, are not
    kept by PostgreSQL. Answers are read strictly where they are read."""
    app.url_map.converters["int"] = Id

    @app.before_request
    def refuse_nul() -> None:
        if "\0" in request.path:
            abort(404)
        if b"%00" in request.query_string:
            abort(400)
        if request.path.startswith(forms) and any("\0" in text for _, text in request.form.items(multi=True)):
            abort(400)
