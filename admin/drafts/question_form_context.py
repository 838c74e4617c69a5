"""Values for the templates of a question's form."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from admin.labels.dimensions import AGREED_DIMENSIONS, dimension_name
from admin.labels.items import differences
from admin.labels.questions import DIRECTIONS, LOOKS, MARKS, WORDINGS, item_name, kind_name
from survey.questionnaires.definition import Document, Item, Question
from survey.questionnaires.kinds import KINDS, Kind, asks

from .comparison_form import subjects
from .question_settings_form import QuestionForm, labelled_points

BLANK_OPTIONS = 2


def form_values(
    document: Document, form: QuestionForm, code: str, seen: str, fixed: bool, theirs: Item | None = None
) -> dict[str, Any]:
    """Return the values of the templates.

    ``code`` is that of the item in the draft, ``seen`` its digest when the form was opened, ``fixed`` whether
    the code was published. ``theirs`` is the item as somebody else has changed it since, None when nobody
    has.
    """
    values = {"form": form, "code": code, "seen": seen, "fixed": fixed, "conflict": theirs is not None}
    values["differences"] = differences(form.item, theirs, document) if theirs else []
    return values | {"alone": False} | _choices(document, form, code)


def _choices(document: Document, form: QuestionForm, code: str) -> dict[str, Any]:
    item = form.item
    options = [*item.get("options", ()), *[{"code": "", "texts": {}}] * BLANK_OPTIONS]
    offered = subjects(document, code)
    offered_names = {name for name, _text in offered}
    later = [
        row.on
        for group in form.condition.groups
        for row in group.rows
        if row.on and row.on not in offered_names
    ]
    kind = KINDS.get(item["kind"])
    marks = labelled_points(item)
    labels = [*item.get("labels", ()), *[{}] * len(marks)][: len(marks)]
    return {
        "kind": kind_name(item["kind"]),
        "languages": document["languages"],
        "options": options,
        "labels": list(zip(map(_, marks), labels, strict=True)),
        "kind_of": kind or Kind(),
        "can_score": kind is not None and kind.can_score(Question.parse(item)),
        "asks": asks(item["kind"]),
        "mark_names": MARKS,
        "subjects": [*offered, *[(on, _later(on, document)) for on in dict.fromkeys(later)]],
        "earlier": [(name[2:], text) for name, text in offered if name.startswith("q:")],
        "dimensions": [(dimension, dimension_name(dimension)) for dimension in _dimensions(document)],
        "looks": LOOKS.items(),
        "directions": DIRECTIONS.items(),
        "wordings": WORDINGS.items(),
        "scales": [(number, number) for number in range(2, 11)],
    }


def _later(on: str, document: Document) -> str:
    """Return the label of a question that now comes later than the condition on it, or was deleted.

    It stays among the choices, so that saving the form does not drop it silently.
    """
    return _("%(name)s (not asked before this question)", name=item_name(document, on.partition(":")[2]))


def _dimensions(document: Document) -> Iterable[str]:
    """Return AGREED_DIMENSIONS and the dimensions of this questionnaire."""
    own = [item["dimension"] for item in document["questions"] if item.get("dimension")]
    return dict.fromkeys([*AGREED_DIMENSIONS, *own])
