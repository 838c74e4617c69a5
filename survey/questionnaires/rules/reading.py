"""Reading the answers to a version's questions from a form. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from survey.questionnaires.definition import Answers, Definition
from survey.questionnaires.kinds import KINDS, InvalidAnswer


class UnknownField(ValueError):
    """The form has a field that no question has, so it is not one of our pages."""


@dataclass(frozen=True)
class Reading:
    """The answers in a form, by question code.

    ``errors`` are the reasons of invalid answers (see Kind.refusal_text). ``contacts`` are not stored with
    the answers.
    """

    answers: Answers
    errors: dict[str, str]
    contacts: dict[str, Any] = field(default_factory=dict)


def read(definition: Definition, fields: Mapping[str, str], shown: Collection[str] | None = None) -> Reading:
    """Return the answers in ``fields`` (texts by field name) to the questions in ``shown`` (None: to all).

    Raises UnknownField. Fields of a question that is not in ``shown`` are ignored.
    """
    reading = Reading({}, {})
    for name in fields:
        question = definition.by_code.get(name.partition("~")[0])
        if question is None or name not in KINDS[question.kind].names(question):
            raise UnknownField(name[:100])
    for question in definition.questions:
        if shown is not None and question.code not in shown:
            continue
        kind = KINDS[question.kind]
        try:
            answers = kind.read(question, fields)
        except InvalidAnswer as refused:
            reading.errors[question.code] = refused.reason
            continue
        if answers:
            (reading.contacts if kind.apart else reading.answers).update(answers)
        elif question.required:
            reading.errors[question.code] = "required"
    return reading
