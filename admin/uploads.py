"""A file that is looked at before it is imported.

The checked text travels in the page, signed, to the confirmation: nothing waits on a server's disk or in its
memory, so that any web host can confirm, and two tabs do not mix.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from typing import Any, TypeVar

from flask import Response, current_app, flash, redirect, request
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response as BaseResponse

from admin.forms.fields import FileForm
from survey import tabular
from survey.refusal import N_
from survey.tabular import Problem

from .access import me
from .labels import reason_text

LARGEST = 2 * 1024 * 1024
LARGEST_FORM = 4 * 1024 * 1024
"""Bytes of a signed file, at worst."""
SECONDS_VALID = 3600
SHOWN_PROBLEMS = 500

Read = TypeVar("Read")


def make_room(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    """The signed file (or its rows) comes back in a form. Before the CSRF check, which reads the form."""
    request.max_form_memory_size = LARGEST_FORM


def read_upload(form: FileForm, read: Callable[[bytes], Read]) -> Read | None:
    """Return what ``read`` makes of the chosen file, of which it gets LARGEST + 1 bytes at most; None, with
    the errors on the form, when there is no file or ``read`` raises tabular.Unreadable."""
    if not form.validate():
        return None
    with closing(form.file.data) as upload:
        data: bytes = upload.read(LARGEST + 1)
    try:
        return read(data)
    except tabular.Unreadable as unreadable:
        form.file.errors = [reason_text(unreadable)]
        return None


def text_of(data: bytes) -> str:
    """Return the text of an uploaded file. Raises tabular.Unreadable, also when it is larger than LARGEST."""
    if len(data) > LARGEST:
        raise tabular.Unreadable(N_("The file is larger than 2 MB. Split it."))
    return tabular.decode(data)


def redirect_expired(address: str) -> BaseResponse:
    """To where the file is chosen, when it does not come back or comes too late."""
    flash(_("The check has expired after an hour. Choose the file again."), "error")
    return redirect(address, 303)


def shown_problems(problems: Sequence[Problem]) -> list[tuple[int, str, str]]:
    """Line, column and sentence of those that a page shows."""
    return [(one.line, one.column, reason_text(one)) for one in problems[:SHOWN_PROBLEMS]]


def problems_file(problems: Sequence[Problem], heading: str) -> Response:
    """Return every problem of a file as a table; ``heading`` is over what each is about."""
    head = [(_("Line"), heading, _("Problem"))]
    return csv("problems.csv", head + [(one.line, one.column, reason_text(one)) for one in problems])


def sign(content: object, what: str) -> str:
    """Return ``content``, which JSON can hold, signed for me and this kind of import."""
    return str(_seal(what).dumps(content))


def read_signed(what: str, name: str = "file") -> Any:
    """Return what the form brings back under ``name``; None when it is not ours or older than an hour."""
    try:
        return _seal(what).loads(request.form.get(name, ""), max_age=SECONDS_VALID)
    except BadData:
        return None


def csv(name: str, table: Iterable[Sequence[object]]) -> Response:
    response = Response(tabular.csv_file(table), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _seal(what: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"{what} {me().id}")
