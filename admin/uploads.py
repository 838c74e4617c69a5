"""A file that is looked at before it is imported.

The checked text travels in the page, signed, to the confirmation: nothing waits on a server's disk or in its
memory, so that any web host can confirm, and two tabs do not mix.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from typing import TypeVar

from flask import Response, current_app, flash, redirect, request
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response as BaseResponse

from admin.forms.fields import FileForm
from survey import tabular
from survey.tabular import Problem

from .access import me
from .labels import said

LARGEST = 2 * 1024 * 1024
LARGEST_FORM = 4 * 1024 * 1024
"""Bytes of a signed file, at worst."""
SECONDS_VALID = 3600
SHOWN_PROBLEMS = 500

Checked = TypeVar("Checked")


def make_room(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    """The signed file (or its rows) comes back in a form. Before the CSRF check, which reads the form."""
    request.max_form_memory_size = LARGEST_FORM


def looked_at(form: FileForm, check: Callable[[str], Checked]) -> tuple[str, Checked] | None:
    """The text of the chosen file and what ``check`` found in it; None, with the errors on the form, when
    there is no file that can be read."""
    if not form.validate() or (data := _uploaded(form)) is None:
        return None
    try:
        text = tabular.decode(data)
        return text, check(text)
    except tabular.Unreadable as unreadable:
        form.file.errors = [said(unreadable)]
        return None


def too_old(address: str) -> BaseResponse:
    """To where the file is chosen, when it does not come back or comes too late."""
    flash(_("That was more than an hour ago. Choose the file again."), "error")
    return redirect(address, 303)


def shown(problems: Sequence[Problem]) -> list[tuple[int, str, str]]:
    """Line, column and sentence of those that a page shows."""
    return [(one.line, one.column, said(one)) for one in problems[:SHOWN_PROBLEMS]]


def problems_file(problems: Sequence[Problem], column: str = "") -> Response:
    """Every problem of a file, as a table to mend it by; ``column`` heads what each is about."""
    head = [(_("Line"), column or _("Column"), _("Problem"))]
    return csv("problems.csv", head + [(one.line, one.column, said(one)) for one in problems])


def _uploaded(form: FileForm) -> bytes | None:
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
