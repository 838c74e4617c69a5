"""What somebody answered, in words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from survey.i18n import text_of
from survey.questionnaires.definition import NOT_APPLICABLE, Definition, Question

OTHER = "~other"


def answers_said(definition: Definition, answers: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """(question, answer) in the order in which they are asked; what the draft no longer asks comes last."""
    found = []
    for question in definition.questions:
        if question.code in answers:
            said = _said(question, answers[question.code], language)
            other = answers.get(question.code + OTHER, "")
            found.append((question.text(language), f"{said} ({other})" if other else said))
    rest = [code for code in answers if code.partition("~")[0] not in definition.by_code]
    return found + [(code, str(answers[code])) for code in rest]


def _said(question: Question, answer: Any, language: str) -> str:
    if answer == NOT_APPLICABLE:
        return _("Not applicable")
    if question.options:
        chosen = answer if isinstance(answer, list) else [answer]
        texts = {option.code: text_of(option.texts, language) for option in question.options}
        return (" › " if question.kind == "ranking" else ", ").join(texts.get(one, one) for one in chosen)
    if question.kind == "yes_no":
        return question.label(int(answer), language) or (_("Yes") if answer else _("No"))
    if question.kind == "consent":
        return _("Yes")
    label = question.label(int(answer) - 1, language) if question.kind == "rating" else ""
    return f"{answer} · {label}" if label else str(answer)
