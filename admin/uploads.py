"""A file that is looked at before it is imported.

The checked text travels in the page, signed, to the confirmation: nothing waits on a server's disk or in its
memory, so that any web host can confirm, and two tabs do not mix.
"""

from collections.abc import Iterable, Sequence
from contextlib import closing

from flask import Response, current_app, request
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer

from survey import tabular

from .access import me
from .forms.places import FileForm

LARGEST = 2 * 1024 * 1024
LARGEST_FORM = 4 * 1024 * 1024
"""Bytes of a signed file, at worst."""
SECONDS_VALID = 3600


def make_room(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    """The signed file comes back as a form field. Before the CSRF check, which reads the form."""
    request.max_form_memory_size = LARGEST_FORM


def uploaded(form: FileForm) -> bytes | None:
    """The bytes of the file; None, with the error on the form, when it is too large."""
    with closing(form.file.data) as upload:
        data: bytes = upload.read(LARGEST + 1)
    if len(data) > LARGEST:
        form.file.errors = [_("The file is larger than 2 MB. Split it.")]
        return None
    return data


def sealed(text: str, what: str) -> str:
    """``text`` signed for me and this kind of import."""
    return str(_seal(what).dumps(text))


def unsealed(what: str) -> str | None:
    """The text that the form brings back; None when it is not ours or older than an hour."""
    try:
        return str(_seal(what).loads(request.form.get("file", ""), max_age=SECONDS_VALID))
    except BadData:
        return None


def csv(name: str, table: Iterable[Sequence[object]]) -> Response:
    response = Response(tabular.file(table), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _seal(what: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"{what} {me().id}")
