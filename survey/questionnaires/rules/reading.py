"""Reading a form against what a version asks. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from survey.questionnaires.definition import Answers, Definition
from survey.questionnaires.kinds import KINDS, InvalidAnswer


class UnknownField(ValueError):
    """The form holds a field that no question has: it is not one of our pages."""


@dataclass(frozen=True)
class Reading:
    """``answers`` by question code, ``errors``: for each question that was not well answered a reason
    (see Kind.refusal_text), and ``contacts``, which are not stored with the answers."""

    answers: Answers
    errors: dict[str, str]
    contacts: dict[str, Any] = field(default_factory=dict)


def read(definition: Definition, fields: Mapping[str, str], shown: Collection[str] | None = None) -> Reading:
    """What ``fields`` (field name to text) answers. Raises UnknownField.

    Only questions in ``shown`` are read: what was answered to a question that does not show is not there.
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
