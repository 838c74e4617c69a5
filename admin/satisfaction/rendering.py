"""The rendering of pages of figures, as a whole or as the part that htmx requests from the same address."""

from typing import Any

from flask import Response, render_template
from flask_babel import lazy_gettext as _l

from admin.figure_filters import About, Choice, address, address_of
from admin.next_batch import next_batch
from survey.htmx import vary, wants_partial
from survey.weighting import queries
from survey.weighting.representativeness import Representativeness, representativeness

PAGES = (
    ("indexes", _l("At a glance")),
    ("drivers", _l("Drivers")),
    ("comparison", _l("Comparison")),
    ("comments", _l("Comments")),
)
ABOUT_PLACES = {"comments"}
"""The pages that exist only for places."""
TAKES_ALL = {"comments"}
"""The pages of all responses, without filters of channel, language or care and without weights."""


def render_figures(name: str, about: About, choice: Choice, **values: Any) -> Response:
    """Return the page templates/admin/satisfaction/<name>.html, or for htmx its part, _<name>.html beside it.
    The status is 422 where the filters are invalid."""
    part = wants_partial()
    text = render_template(
        f"admin/satisfaction/{'_' if part else ''}{name}.html",
        about=about,
        choice=choice,
        form=choice.form,
        texts=choice.texts,
        address=address,
        address_of=address_of,
        pages=pages,
        weights=_weights(about, choice),
        next_batch=next_batch(about.place, next(iter(choice.query.versions), None)),
        totals=queries.months(),
        takes_all=name in TAKES_ALL,
        **values,
    )
    return vary(Response(text, 200 if choice.valid else 422, mimetype="text/html"))


def _weights(about: About, choice: Choice) -> Representativeness | None:
    """Return how well the weighted responses represent customers; None without a subject, responses or
    weights."""
    if about.subject is None or not choice.query.versions:
        return None
    return representativeness(choice.query, about.subject.key)


def pages(about: About) -> list[tuple[str, str]]:
    """Return the pages about a place or an employee, (endpoint, label) each."""
    kind = "employee" if about.is_employee else "place"
    excluded = ABOUT_PLACES if about.is_employee else set()
    return [(f"{resource}.{kind}", str(label)) for resource, label in PAGES if resource not in excluded]
