"""Reading a form against what a version asks. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from .definition import Definition
from .kinds import KINDS, Refused

Answers = dict[str, int | str]


class UnknownField(ValueError):
    """The form holds a field that no question has: it is not one of our pages."""


@dataclass(frozen=True)
class Reading:
    """``answers`` by question code, and for each question that was not well answered the reason:
    "required", "range", "length" or "characters"."""

    answers: Answers
    errors: dict[str, str]


def read(definition: Definition, fields: Mapping[str, str]) -> Reading:
    """What ``fields`` (question code to text) answers. Raises UnknownField."""
    answers: Answers = {}
    errors: dict[str, str] = {}
    if not fields.keys() <= definition.by_code.keys():
        raise UnknownField(", ".join(sorted(fields.keys() - definition.by_code.keys()))[:100])
    for question in definition.questions:
        try:
            answer = KINDS[question.kind].parse(question, fields.get(question.code, ""))
        except Refused as refused:
            errors[question.code] = refused.reason
            continue
        if answer is not None:
            answers[question.code] = answer
        elif question.required:
            errors[question.code] = "required"
    return Reading(answers, errors)
