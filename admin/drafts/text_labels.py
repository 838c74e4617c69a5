"""The position of a text in a questionnaire, in words."""

from collections.abc import Mapping

from flask_babel import gettext as _

from admin.labels.questions import kind_name
from admin.question_rows import question_rows
from survey.questionnaires.definition import Document
from survey.questionnaires.kinds import asks
from survey.questionnaires.rules.translating import Piece


def item_labels(document: Document) -> Mapping[str, str]:
    """Return the label of each item of the document, by its code: "Question 3", "Comment"."""
    return {row.code: _item_label(row.number, row.item["kind"]) for row in question_rows(document)}


def _item_label(number: str, kind: str) -> str:
    if number:
        return _("Question %(number)s", number=number)
    return _("Comment") if asks(kind) else kind_name(kind)


def describe_position(piece: Piece, document: Document, labels: Mapping[str, str]) -> str:
    """Return where a text is used: "Title", "Question 3", "Question 3 · Option 2".

    ``labels`` are those of the items (see item_labels).
    """
    questionnaire_parts = {"title": _("Title"), "summary": _("Summary"), "note": _("Note on the source")}
    if piece.part in questionnaire_parts:
        return questionnaire_parts[piece.part]
    item = labels[piece.item]
    part = {
        "texts": "",
        "help": _("Help"),
        "unit": _("Unit of measure"),
        "labels": _("Label %(number)s", number=int(piece.at or 0) + 1) if piece.part == "labels" else "",
        "options": _("Option %(number)s", number=_number(piece, document)) if piece.part == "options" else "",
    }[piece.part]
    return f"{item} · {part}" if part else item


def _number(piece: Piece, document: Document) -> int:
    """Return the number of the piece's option, from 1. Raise LookupError when its question is gone."""
    for item in document["questions"]:
        if item.get("code") == piece.item:
            return [option["code"] for option in item["options"]].index(piece.at) + 1
    raise LookupError(piece.key)
