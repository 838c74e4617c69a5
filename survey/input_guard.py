"""Reject input that no address or form of ours contains, before it causes an error in the database."""

from typing import Any

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter

LARGEST = 2**31 - 1
"""The largest value of an id's column on PostgreSQL."""


class Id(IntegerConverter):
    """A number in an address; one that is larger than any id is not found."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": LARGEST, **kwargs})


def init_app(app: Flask, forms: tuple[str, ...]) -> None:
    """Reject NUL, which nobody types and PostgreSQL does not store, in addresses and in forms.

    ``forms`` are the paths whose forms are checked. Answers are checked where they are read.
    """
    app.url_map.converters["int"] = Id

    @app.before_request
    def refuse_nul() -> None:
        if "\0" in request.path:
            abort(404)
        if b"%00" in request.query_string:
            abort(400)
        if request.path.startswith(forms) and any("\0" in text for _, text in request.form.items(multi=True)):
            abort(400)
