"""Problems of a questionnaire in words."""

import re

from flask_babel import gettext as _

from survey.questionnaires.definition import Document
from survey.questionnaires.rules.checking import DocumentProblem

from .questions import OPERATORS, item_name, language_name

PART = re.compile(r"(labels|options)\[(\d+)\]|\.(help|unit|title)\b")


def describe_problem(problem: DocumentProblem, document: Document | None = None) -> str:
    """Return the sentence of ``problem`` in the language of the screen.

    With the ``document`` that has the problem, questions have their texts instead of their codes.
    """
    detail = dict(problem.detail)
    if document is not None:
        if "other" in detail:
            detail["other"] = item_name(document, detail["other"])
        if "codes" in detail:
            detail["codes"] = " → ".join(item_name(document, code) for code in detail["codes"].split(" → "))
        if "language" in detail:
            detail["language"] = language_name(detail["language"])
        if "operator" in detail:
            detail["operator"] = str(OPERATORS.get(detail["operator"], detail["operator"]))
    return _(problem.text) % detail


def describe_part(where: str) -> str:
    """Return the name of the part of a question that has a problem, by its path ``where`` in the document.

    "" stands for the question itself.
    """
    match = PART.search(where)
    if match is None:
        return ""
    numbered, number, named_part = match.groups()
    if numbered:
        words = {"labels": _("Label %(number)s"), "options": _("Option %(number)s")}
        return words[numbered] % {"number": int(number) + 1}
    return {"help": _("Help"), "unit": _("Unit of measure"), "title": _("Title")}[named_part]
