"""The steps of importing a file: choose it, see what is in it, download its problems, confirm.

A package defines in a subclass of ``ImportFlow`` what it imports, and adds the five views to its blueprint
with ``add_views``. Its templates ``new.html`` and ``preview.html`` extend those of components/.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from survey.tabular import Checked, ImportOutcome

from . import uploads
from .access import allow
from .forms.fields import FileForm
from .permissions import Can
from .replies import Page422

ImportedRow = TypeVar("ImportedRow")


class ImportFlow(ABC, Generic[ImportedRow]):
    """An import with its steps; ``arguments`` are those of the address."""

    name: ClassVar[str]
    """Part of the signature: a file that was checked for one import cannot confirm another."""
    title: ClassVar[LazyString]
    templates: ClassVar[str]
    """The folder of new.html and preview.html."""
    template: ClassVar[Sequence[Sequence[str]]] = ()
    """The table that is offered as a template, if any; ``template_name`` is the name of its file."""
    template_name: ClassVar[str] = ""
    problem_heading: ClassVar[LazyString] = _l("Column")
    """The heading of the column that says what each problem is about."""
    rows_shown: ClassVar[int] = 10
    already_there: ClassVar[LazyString | None] = None
    """The message after a repeated confirmation, when no good row is left; None shows the preview again."""
    subject: str = ""
    """The name of the object that all rows are imported for, if there is one."""
    chosen: str = ""
    """The value that was chosen beside the file; the page carries it, signed, with the file."""

    def __init__(self, **arguments: Any) -> None:
        self.arguments = arguments

    @abstractmethod
    def trail(self) -> list[tuple[str, str]]:
        """Return the names and addresses of the pages above, the one to go back to last."""

    @abstractmethod
    def check(self, text: str) -> Checked[ImportedRow]:
        """Sort the rows of the file into good and bad and write nothing. Raises tabular.Unreadable."""

    @abstractmethod
    def write(self, text: str, good_rows: bool) -> ImportOutcome[ImportedRow]:
        """Check again and write all rows, or only the good ones with ``good_rows``; none otherwise."""

    @abstractmethod
    def success(self, written: int) -> str:
        """Return the message after ``written`` rows were written."""

    def form(self) -> FileForm:
        """Return the form that takes the file."""
        return FileForm()

    def choice(self, form: FileForm) -> str:
        """Return the value that the valid ``form`` has beside its file."""
        return ""

    def url(self, step: str) -> str:
        """Return the address of a step: new, preview, confirm, problems or template."""
        return url_for(f".{step}", **self.arguments)

    def new(self) -> str:
        return self._choose(self.form())

    def preview(self) -> str | Page422:
        form = self.form()
        upload = uploads.read_upload(form, self._read)
        if upload is None:
            return self._choose(form), 422
        self.chosen = self.choice(form)
        return self._preview(*upload)

    def confirm(self) -> BaseResponse | Page422:
        text = self._signed_text()
        if text is None:
            return uploads.redirect_expired(self.url("new"))
        outcome = self.write(text, request.form.get("rows") == "good")
        if outcome.written:
            flash(self.success(outcome.written), "success")
        elif self.already_there and not outcome.checked.good:
            flash(self.already_there, "success")
        else:
            return self._preview(text, outcome.checked), 422
        return redirect(self.trail()[-1][1], 303)

    def problems(self) -> Response:
        """Return every problem of the file as a table."""
        text = self._signed_text()
        if text is None:
            abort(410)
        return uploads.problems_file(self.check(text).problems, str(self.problem_heading))

    def download_template(self) -> Response:
        return uploads.csv(self.template_name, self.template)

    def _read(self, data: bytes) -> tuple[str, Checked[ImportedRow]]:
        text = uploads.text_of(data)
        return text, self.check(text)

    def _purpose(self) -> str:
        return " ".join([self.name, *map(str, self.arguments.values())])

    def _signed_text(self) -> str | None:
        """Return the signed text of the form, or None, and restore what was chosen with it."""
        content = uploads.read_signed(self._purpose())
        if content is None:
            return None
        self.chosen, text = content
        return str(text)

    def _choose(self, form: FileForm) -> str:
        return render_template(f"{self.templates}/new.html", flow=self, form=form)

    def _preview(self, text: str, checked: Checked[ImportedRow]) -> str:
        return render_template(
            f"{self.templates}/preview.html",
            flow=self,
            checked=checked,
            problems=uploads.shown_problems(checked.problems),
            rows=checked.rows[: self.rows_shown],
            sealed=uploads.sign([self.chosen, text], self._purpose()),
        )


def add_views(
    blueprint: Blueprint, flow: type[ImportFlow[Any]], capability: Can, at: str = "/", beside: str = "/"
) -> None:
    """Give ``blueprint`` the views of ``flow``: new and confirm ``at`` one address, the others ``beside`` it,
    all for those who hold ``capability``."""

    def add(rule: str, endpoint: str, method: str, step: Callable[[Any], Any]) -> None:
        @allow(capability)
        def view(**arguments: Any) -> str | BaseResponse | Page422:
            answer: str | BaseResponse | Page422 = step(flow(**arguments))
            return answer

        blueprint.add_url_rule(rule, endpoint, view, methods=[method])

    blueprint.url_value_preprocessor(uploads.raise_form_limit)
    add(at, "new", "GET", flow.new)
    add(f"{beside}preview", "preview", "POST", flow.preview)
    add(at, "confirm", "POST", flow.confirm)
    add(f"{beside}problems.csv", "problems", "POST", flow.problems)
    if flow.template:
        add(f"{beside}template.csv", "template", "GET", flow.download_template)
