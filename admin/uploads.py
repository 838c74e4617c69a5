"""Files that are previewed before they are imported.

The page of the preview carries the checked text, signed, to the confirmation: nothing waits on a server's
disk or in its memory, so that any web host can confirm, and two tabs do not mix.
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
"""The greatest size of a form with a signed file, in bytes."""
SECONDS_VALID = 3600
SHOWN_PROBLEMS = 500

Read = TypeVar("Read")


def raise_form_limit(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Raise the limit of a form's size to LARGEST_FORM, since the signed file comes back in a form.

    This must run before the CSRF check, which reads the form.
    """
    request.max_form_memory_size = LARGEST_FORM


def read_upload(form: FileForm, read: Callable[[bytes], Read]) -> Read | None:
    """Return the result of ``read`` for the chosen file, of which it gets at most LARGEST + 1 bytes.

    Return None, with an error on the form, when there is no file or ``read`` raises tabular.Unreadable.
    """
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
    """Return the text of an uploaded file. Raise tabular.Unreadable, also when it is larger than LARGEST."""
    if len(data) > LARGEST:
        raise tabular.Unreadable(N_("The file is larger than 2 MB. Split it."))
    return tabular.decode(data)


def redirect_expired(address: str) -> BaseResponse:
    """Redirect to the page where the file is chosen, since the signed file is missing or has expired."""
    flash(_("The check has expired after an hour. Choose the file again."), "error")
    return redirect(address, 303)


def shown_problems(problems: Sequence[Problem]) -> list[tuple[int, str, str]]:
    """Return the line, the column and the sentence of the first SHOWN_PROBLEMS problems."""
    return [(problem.line, problem.column, reason_text(problem)) for problem in problems[:SHOWN_PROBLEMS]]


def problems_file(problems: Sequence[Problem], heading: str) -> Response:
    """Return all problems of a file as a CSV file; ``heading`` is that of their columns' names."""
    head = [(_("Line"), heading, _("Problem"))]
    return csv(
        "problems.csv", head + [(problem.line, problem.column, reason_text(problem)) for problem in problems]
    )


def sign(content: object, purpose: str) -> str:
    """Return ``content``, which JSON can hold, signed for the user and for ``purpose``, a type of import."""
    return str(_serializer(purpose).dumps(content))


def read_signed(purpose: str, name: str = "file") -> Any:
    """Return the signed content of the form's field ``name``; None when it is forged or has expired."""
    try:
        return _serializer(purpose).loads(request.form.get(name, ""), max_age=SECONDS_VALID)
    except BadData:
        return None


def csv(name: str, table: Iterable[Sequence[object]]) -> Response:
    """Return ``table`` as a CSV file to download, under ``name``."""
    response = Response(tabular.csv_file(table), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"{purpose} {me().id}")
